package desk

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
	"xunping/seal"
)

// generated is a set of sealed files that somebody made at random: records of a
// few units with forks, corrections, missing and wrong parents, settlements and
// settlements of settlements, later signatures, acts before and after what they
// are about, a signer who is enrolled late and one who is revoked.
type generated struct {
	*yard
	*testing.T
	rng     *rand.Rand
	dir     string
	office  *seal.Root
	draft   seal.Draft
	signers []*generatedKey
	records []generatedRecord
	files   []string
	rosters [][]byte
	quick   string         // a key file
	made    map[string]int // what there is of each kind
}

// generatedKey is a key with the chain of what it signed.
type generatedKey struct {
	id     *seal.Identity
	who    inspection.Person
	bureau bool
	chain  []string
}

type generatedRecord struct {
	rec  *inspection.Record
	hash string
}

// Sealed files that arrive in any order, partition and repetition, with the
// rosters between them, or in two workbooks that merge each other's hand-in, give
// one digest. 4 generated sets of files, 40 with XUNPING_LONG=1; each in some
// orders and both ways.
func TestFilesInAnyOrder(t *testing.T) {
	cases, orders := 4, 3
	if os.Getenv("XUNPING_LONG") != "" {
		cases, orders = 40, 5
	}
	y := newYard(t)
	draft, _, err := drawn(y.record(0), y.card.Rubric, nil)
	must(t, err)
	root, err := OpenRoot(filepath.Join(y.dir, "keys", "root.p12"), DemoPassphrase)
	must(t, err)
	// Hand-ins are signed with a key file that opens at once.
	quick := filepath.Join(t.TempDir(), "quick.p12")
	b, err := y.keys["inspector-1"].Encode(DemoPassphrase, 1)
	must(t, err)
	must(t, os.WriteFile(quick, b, 0o600))
	all := map[string]int{}
	for seed := range cases {
		g := &generated{quick: quick, yard: y, T: t, rng: rand.New(rand.NewPCG(uint64(seed), 5)), dir: t.TempDir(), office: root, draft: draft, made: map[string]int{}}
		g.generate()
		want, states := g.merged(g.files, g.rosters, len(g.files))
		for k, n := range states {
			all[k] += n
		}
		for range orders {
			if got, _ := g.merged(g.shuffled(), g.rosters, 1+g.rng.IntN(9)); got != want {
				t.Fatalf("case %d: an order gives the digest %s, want %s", seed, got, want)
			}
		}
		g.bothWays(want)
		for k, n := range g.made {
			all[k] += n
		}
	}
	for _, k := range []string{"records", "acts", "settlements", "missing parents", "wrong parents", "forks of a chain", "later signatures", "packs", "of the bureau",
		inspection.CaseResult, inspection.CaseConflict, string(inspection.ReasonRevoked)} {
		if all[k] == 0 {
			t.Errorf("no case had %s", k)
		}
	}
	t.Logf("%d sets of files: %v", cases, all)
}

func (g *generated) generate() {
	g.Helper()
	office, err := Create(filepath.Join(g.dir, "office.xpb"), CreateOptions{Empty: true})
	must(g.T, err)
	defer office.Close()
	_, err = office.ImportRoster(g.roster, g.root)
	must(g.T, err)
	for i, name := range []string{"inspector-1", "inspector-2", "inspector-3", "bureau"} {
		id := g.yard.keys[name]
		p := id.Person()
		g.signers = append(g.signers, &generatedKey{id: id, who: inspection.Person{Name: p.Name, Number: p.Number}, bureau: i == 3})
	}
	late, err := seal.NewIdentity(seal.Person{Name: "检查员丁", Number: "J009", Org: demoOrg}, time.Now())
	must(g.T, err)
	g.signers = append(g.signers, &generatedKey{id: late, who: inspection.Person{Name: "检查员丁", Number: "J009"}})
	for range 14 + g.rng.IntN(8) {
		if len(g.records) > 3 && g.rng.IntN(4) == 0 {
			g.act()
		} else {
			g.inspect()
		}
	}
	req, err := late.Request()
	must(g.T, err)
	_, _, err = office.Enrol(g.office, req, []inspection.Role{inspection.RoleInspector})
	must(g.T, err)
	enrolled, err := office.RosterPack()
	must(g.T, err)
	g.rosters = [][]byte{g.roster, enrolled}
	if chain := g.signers[2].chain; len(chain) > 0 {
		revoked, err := office.Revoke(g.office, "J003", []string{chain[g.rng.IntN(len(chain))]}, "调离")
		must(g.T, err)
		g.rosters = append(g.rosters, revoked)
	}
	g.rng.Shuffle(len(g.files), func(i, j int) { g.files[i], g.files[j] = g.files[j], g.files[i] })
}

// next is the place in a key's chain of what it signs next; now and then it
// forgets the last one, as a restored laptop does.
func (g *generated) next(k *generatedKey) (previous string, counter int) {
	at := len(k.chain)
	if at > 1 && g.rng.IntN(7) == 0 {
		at--
		g.made["forks of a chain"]++
	}
	if at > 0 {
		previous = k.chain[at-1]
	}
	return previous, at + 1
}

// inspect seals a record: a first one, a correction, or a settlement.
func (g *generated) inspect() {
	g.Helper()
	k := g.signers[g.rng.IntN(len(g.signers))]
	rec := g.yard.record(1 + g.rng.IntN(3))
	rec.ID = demoID(time.Date(2019, 8, 6, 9, 0, 0, 0, beijing), g.rng)
	rec.People.Inspectors = []inspection.Person{k.who, {Name: "检查员乙", Number: "J002"}}
	if k.who.Number == "J002" {
		rec.People.Inspectors[1] = inspection.Person{Name: "检查员甲", Number: "J001"}
	}
	var same []generatedRecord // of the unit
	for _, r := range g.records {
		if r.rec.Unit == rec.Unit {
			same = append(same, r)
		}
	}
	g.descend(rec, k, same)
	count := scoring.Decimal(1+g.rng.IntN(5)) * scoring.One
	e := rec.Entries["C1"]
	e.State, e.Findings = scoring.Checked, []inspection.Finding{{ID: "f1", Rule: "C1-2", Count: count, Points: count / 2, Note: "核查"}}
	rec.Entries["C1"] = e
	g.sealed(rec, k)
}

// descend gives a record its parents.
func (g *generated) descend(rec *inspection.Record, k *generatedKey, same []generatedRecord) {
	switch n := g.rng.IntN(6); {
	case len(same) > 1 && (k.bureau || n == 0):
		g.rng.Shuffle(len(same), func(i, j int) { same[i], same[j] = same[j], same[i] })
		for _, p := range same[:2+g.rng.IntN(len(same)-1)] {
			rec.Parents, rec.Revision = append(rec.Parents, p.hash), max(rec.Revision, p.rec.Revision+1)
		}
		slices.Sort(rec.Parents)
		rec.ID, rec.Follows = same[0].rec.ID, same[0].hash
		g.made["settlements"]++
	case len(same) > 0 && n < 4:
		p := same[g.rng.IntN(len(same))]
		rec.ID, rec.Revision, rec.Parents = p.rec.ID, p.rec.Revision+1, []string{p.hash}
	case n == 4:
		rec.Revision, rec.Parents = 2, []string{canon.Hash(fmt.Append(nil, g.rng.Uint64()))}
		g.made["missing parents"]++
	case n == 5 && len(g.records) > 0:
		p := g.records[g.rng.IntN(len(g.records))]
		rec.Revision, rec.Parents = p.rec.Revision+1, []string{p.hash}
		g.made["wrong parents"]++
	}
}

// sealed signs a record into one file or two: as a PDF, as a pack, and as a copy
// with the signature of somebody else.
func (g *generated) sealed(rec *inspection.Record, k *generatedKey) {
	g.Helper()
	now := time.Date(2019, 8, 6, 17, 0, 0, 0, time.UTC)
	previous, counter := g.next(k)
	rec.Signer, rec.Previous, rec.Counter, rec.Sealed = k.id.SPKI(), &previous, counter, now.Format(time.RFC3339)
	var err error
	rec.Claimed, err = rec.ScoreJSON(g.card.Rubric)
	must(g.T, err)
	raw, hash, err := rec.Canonical()
	must(g.T, err)
	k.chain = append(k.chain[:counter-1], hash)
	g.records = append(g.records, generatedRecord{rec, hash})
	g.made["records"]++
	if g.rng.IntN(3) == 0 {
		p7s, err := k.id.SignCMS(raw)
		must(g.T, err)
		files := map[string][]byte{g.card.Rubric.Hash + ".rubric.json": g.card.Rubric.JSON, hash + ".inspection.json": raw, hash + "." + k.id.SPKI() + ".p7s": p7s}
		g.beside(files, hash, raw, k)
		g.pack(seal.PackInspections, files, k)
		if g.rng.IntN(2) == 0 {
			return
		}
	}
	d := g.draft
	d.Record = raw
	pdf, err := seal.SealPDF(d, k.id, now)
	must(g.T, err)
	g.write(".pdf", pdf)
	if co := g.signers[g.rng.IntN(3)]; co != k && g.rng.IntN(2) == 0 {
		pdf, err = seal.Cosign(pdf, inspection.FieldCoinspector, co.id, now)
		must(g.T, err)
		g.write(".pdf", pdf)
		g.made["later signatures"]++
	}
}

// beside adds the signatures of others on a record to its pack: which field they
// are is known by the roster only, which may come later.
func (g *generated) beside(files map[string][]byte, hash string, raw []byte, k *generatedKey) {
	g.Helper()
	for _, other := range g.signers {
		if other == k || g.rng.IntN(2) > 0 {
			continue
		}
		p7s, err := other.id.SignCMS(raw)
		must(g.T, err)
		files[hash+"."+other.id.SPKI()+".p7s"] = p7s
		if g.made["signatures beside"]++; other.bureau {
			g.made["of the bureau"]++
		}
	}
}

// act signs an act about some record.
func (g *generated) act() {
	g.Helper()
	kinds := []inspection.ActKind{inspection.ActApproval, inspection.ActOpinion, inspection.ActLetter, inspection.ActReturn}
	kind := kinds[g.rng.IntN(len(kinds))]
	k := g.signers[3]
	if kind.ForInspectors() || g.rng.IntN(5) == 0 { // one who must not
		k = g.signers[g.rng.IntN(3)]
	}
	about := g.records[g.rng.IntN(len(g.records))]
	previous, counter := g.next(k)
	a := inspection.Act{Format: inspection.ActFormat, ID: demoID(time.Date(2019, 8, 7, 9, 0, 0, 0, beijing), g.rng), Kind: kind, Case: about.rec.Case(), About: []string{about.hash},
		Made: "2019-08-07T09:00:00+08:00", By: k.who, Decision: inspection.Accepted, Signer: k.id.SPKI(), Previous: previous, Counter: counter}
	if kind == inspection.ActLetter {
		a.Number, a.Date, a.Items = "函〔2019〕1号", "2019-07-01", map[string]inspection.ActItem{"A1": {Text: "无"}}
	}
	raw, hash, err := a.Canonical()
	must(g.T, err)
	p7s, err := k.id.SignCMS(raw)
	must(g.T, err)
	k.chain = append(k.chain[:counter-1], hash)
	g.pack(seal.PackActs, map[string][]byte{hash + ".act.json": raw, hash + ".act.json.p7s": p7s}, k)
	g.made["acts"]++
}

func (g *generated) pack(kind string, files map[string][]byte, k *generatedKey) {
	g.Helper()
	b, err := seal.WritePack(kind, files, k.id, time.Date(2019, 8, 8, 9, 0, 0, 0, time.UTC))
	must(g.T, err)
	g.write(".zip", b)
	g.made["packs"]++
}

func (g *generated) write(ext string, b []byte) {
	g.Helper()
	path := filepath.Join(g.dir, fmt.Sprintf("%03d%s", len(g.files), ext))
	must(g.T, os.WriteFile(path, b, 0o600))
	g.files = append(g.files, path)
}

// shuffled is the files in another order, some of them twice.
func (g *generated) shuffled() []string {
	list := append(slices.Clone(g.files), g.files[:g.rng.IntN(len(g.files))]...)
	g.rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// merged merges files in batches of at most so many, the rosters in any order
// between them, and gives the digest and how many cases are in which state.
func (g *generated) merged(files []string, rosters [][]byte, batch int) (string, map[string]int) {
	g.Helper()
	d, err := Create(filepath.Join(g.TempDir(), "wb.xpb"), CreateOptions{Empty: true})
	must(g.T, err)
	defer d.Close()
	g.into(d, files, rosters, batch)
	states := map[string]int{}
	cases, err := d.wb.Cases(g.Context(), "2019-08")
	must(g.T, err)
	for _, c := range cases {
		states[c.State]++
	}
	away, err := d.wb.Quarantine(g.Context())
	must(g.T, err)
	for _, o := range away {
		states[string(o.Standing)]++
	}
	return digestOf(g.T, d), states
}

func (g *generated) into(d *Desk, files []string, rosters [][]byte, batch int) {
	g.Helper()
	d.trial = true // no backups before every merge
	var steps []func()
	for part := range slices.Chunk(files, batch) {
		steps = append(steps, func() {
			r, err := d.Merge(g.Context(), part, false, nil)
			must(g.T, err)
			if r.Refused > 0 {
				g.Fatalf("a genuine file was refused: %+v", r.Results)
			}
		})
	}
	for _, p := range rosters {
		steps = append(steps, func() { _, err := d.ImportRoster(p, g.root); must(g.T, err) })
	}
	g.rng.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	for _, s := range steps {
		s()
	}
}

// bothWays puts half of the files into each of two workbooks, which then merge
// what the other hands in.
func (g *generated) bothWays(want string) {
	g.Helper()
	half := len(g.files) / 2
	var desks []*Desk
	var packs [][]string
	for i, part := range [][]string{g.files[:half], g.files[half:]} {
		d, err := Create(filepath.Join(g.TempDir(), "half.xpb"), CreateOptions{Empty: true})
		must(g.T, err)
		defer d.Close()
		g.into(d, part, g.rosters, len(part))
		h, err := d.HandIn(g.Context(), HandIn{Round: "2019-08", KeyPath: g.quick, Passphrase: DemoPassphrase,
			Out: filepath.Join(g.TempDir(), fmt.Sprint(i, ".zip"))}, nil)
		must(g.T, err)
		desks, packs = append(desks, d), append(packs, h.Files)
	}
	for i, d := range desks {
		_, err := d.Merge(g.Context(), packs[1-i], false, nil)
		must(g.T, err)
		if got := digestOf(g.T, d); got != want {
			g.Fatalf("after the hand-in of the other, workbook %d has the digest %s, want %s", i, got, want)
		}
	}
}
