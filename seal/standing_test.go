package seal

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/inspection/canon"
)

// Attacks that are none on the file: it is sound, and what it is worth is decided
// by the roster and by the records it meets. They are seen by a bureau that has
// another team's honest record of the same unit.

// standing is such a file, with what the bureau must make of it.
type standing struct {
	attack
	says string
}

// victims are honest records of another team, and of one whose key is revoked.
type victims struct {
	other, revoked []byte
	thief          *Identity // the revoked key
	second         *Identity // another key of the first inspector
}

func (f *forger) victims() *victims {
	if f.v != nil {
		return f.v
	}
	id := func(name, number string) *Identity {
		made, err := NewIdentity(Person{name, number, "示例局"}, noon)
		must(f.t, err)
		return made
	}
	v := &victims{thief: id("检查员丁", "J004"), second: id("检查员甲", "J001")}
	v.other = sealedRecord(f.t, f.c, f.tm.otherHand, func(r *inspection.Record) {
		r.ID, r.People.Inspectors = "01912f00-0000-7000-8000-000000000009", []inspection.Person{{Name: "检查员丙", Number: "J003"}}
	})
	v.revoked = sealedRecord(f.t, f.c, v.thief, func(r *inspection.Record) {
		r.ID, r.People.Inspectors = "01912f00-0000-7000-8000-000000000008", []inspection.Person{{Name: "检查员丁", Number: "J004"}}
	})
	f.v = v
	return v
}

// roster is what the bureau knows: the first two inspectors, the first one with
// a second key, the other team's, one revoked after his first record, the bureau.
func (f *forger) roster() *inspection.Roster {
	v := f.victims()
	r := &inspection.Roster{}
	for _, id := range []*Identity{f.tm.one, f.tm.two, f.tm.otherHand, v.second, v.thief} {
		r.Entries = append(r.Entries, NewEntry(id.cert, []inspection.Role{inspection.RoleInspector}))
	}
	r.Entries = append(r.Entries, NewEntry(f.tm.bureau.cert, []inspection.Role{inspection.RoleBureau}))
	r.Entry(v.thief.SPKI()).Revoked = &inspection.Revoked{Last: []string{canon.Hash(v.revoked)}, Reason: "遗失"}
	return r
}

// worth says what the bureau makes of an accepted file beside the victims.
func (f *forger) worth(card *Scorecard) string {
	v := f.victims()
	set := inspection.Set{Roster: f.roster()}
	node := func(b []byte) inspection.Node {
		r, err := inspection.ReadRecord(b)
		must(f.t, err)
		return inspection.NewNode(r, canon.Hash(b), f.c)
	}
	own := inspection.NewNode(card.Inspection, card.Hash, card.Rubric)
	set.Records = []inspection.Node{own, node(v.other), node(v.revoked)}
	state := inspection.Derive(set)
	if reason := state.Standings[card.Hash]; reason != "" {
		return "quarantined, " + strings.ReplaceAll(string(reason), "_", " ") + " (rule 8)"
	}
	var says []string
	trust := inspection.NewTrust(set.Roster, nil)
	for _, s := range card.Signatures[1:] {
		if got := trust.Signature(inspection.Signature{Object: card.Hash, Field: s.Field, SPKI: s.SPKI}, card.Inspection.Signer); got != inspection.SignatureValid {
			says = append(says, fmt.Sprintf("its %s is %s (rule 9)", s.Field, strings.ReplaceAll(got, "_", " ")))
		}
	}
	for _, c := range state.Cases {
		if c.Key != own.Case {
			continue
		}
		idle := 0
		for _, e := range c.Idle {
			if e.Child == card.Hash {
				idle++
			}
		}
		if idle > 0 {
			says = append(says, fmt.Sprintf("%d parent links do not count (§2)", idle))
		}
		if c.State == inspection.CaseResult && c.Key.Rubric != f.c.Hash {
			says = append(says, "another case (§2)")
		}
		if len(own.Parents) > 0 && c.State == inspection.CaseConflict {
			says = append(says, fmt.Sprintf("conflict of %d, the other team's record still stands", len(c.Heads)))
		}
		if own.Signer == f.tm.bureau.SPKI() && c.State == inspection.CaseResult {
			says = append(says, "supersedes its parents")
		}
	}
	if len(card.Missing) > 0 {
		says = append(says, "missing evidence is named (rule 7)")
	}
	if len(says) == 0 {
		return "valid"
	}
	return strings.Join(says, "; ")
}

// on changes the record before it is sealed by s.
func on(s func(*forger) Signer, edit func(f *forger, r *inspection.Record)) func(*forger) []byte {
	return func(f *forger) []byte {
		return f.record(s(f), func(r *inspection.Record) { edit(f, r) })
	}
}

func cosignedBy(field string, s func(*forger) Signer) func(*forger) []byte {
	return func(f *forger) []byte {
		honest := f.honest(1)
		card, err := OpenPDF(honest)
		must(f.t, err)
		b, err := cosign(honest, card.Hash, field, s(f), noon) // Cosign refuses some of them
		must(f.t, err)
		return b
	}
}

func standingAttacks() []standing {
	one := func(f *forger) Signer { return f.tm.one }
	bureau := func(f *forger) Signer { return f.tm.bureau }
	other := func(f *forger) string { return canon.Hash(f.victims().other) }
	second := func(f *forger) string { return canon.Hash(f.victims().revoked) }
	nothing := func(*forger, *inspection.Record) {}
	return []standing{
		{attack{"honest, one signature", 0, true, func(f *forger) []byte { return f.honest(1) }}, "valid"},
		{attack{"honest, two signatures", 0, true, func(f *forger) []byte { return f.honest(2) }}, "valid"},
		{attack{"a countersignature rolled back", 0, true, func(f *forger) []byte {
			b := f.honest(2)
			d, err := readDocument(b)
			must(f.t, err)
			return b[:d.revisions[0].end]
		}}, "valid"},
		{attack{"an outsider with the same name and number", 0, true, on(func(f *forger) Signer { return f.tm.stranger }, nothing)}, "quarantined, unknown signer (rule 8)"},
		{attack{"an inspector whom the record does not name", 0, true, on(func(f *forger) Signer { return f.tm.otherHand }, nothing)}, "quarantined, not named (rule 8)"},
		{attack{"a back-dated record of a revoked key", 0, true, on(func(f *forger) Signer { return f.victims().thief }, func(f *forger, r *inspection.Record) {
			r.People.Inspectors, r.Sealed = []inspection.Person{{Name: "检查员丁", Number: "J004"}}, noon.AddDate(0, 0, -3).Format("2006-01-02T15:04:05-07:00")
		})}, "quarantined, revoked (rule 8)"},
		{attack{"an outsider in the co-inspector's field", 0, true, cosignedBy(inspection.FieldCoinspector, func(f *forger) Signer {
			id, err := NewIdentity(Person{"检查员乙", "J002", "示例局"}, noon)
			must(f.t, err)
			return id
		})}, "its coinspector is unknown (rule 9)"},
		{attack{"the signer's own second key as co-inspector", 0, true, cosignedBy(inspection.FieldCoinspector, func(f *forger) Signer { return f.victims().second })}, "its coinspector is wrong role (rule 9)"},
		{attack{"a revoked key as co-inspector", 0, true, cosignedBy(inspection.FieldCoinspector, func(f *forger) Signer { return f.victims().thief })}, "its coinspector is revoked (rule 9)"},
		{attack{"an inspector in the bureau's field", 0, true, cosignedBy(inspection.FieldBureau, func(f *forger) Signer { return f.tm.two })}, "its bureau is wrong role (rule 9)"},
		{attack{"another team's record as parent", 0, true, on(one, func(f *forger, r *inspection.Record) {
			r.Parents, r.Revision = []string{other(f)}, 2
		})}, "1 parent links do not count (§2); conflict of 3, the other team's record still stands"},
		{attack{"another team's record as parent, under its id", 0, true, on(one, func(f *forger, r *inspection.Record) {
			r.Parents, r.Revision, r.ID = []string{other(f)}, 2, "01912f00-0000-7000-8000-000000000009"
		})}, "1 parent links do not count (§2); conflict of 3, the other team's record still stands"},
		{attack{"an inspector's settlement", 0, true, on(one, func(f *forger, r *inspection.Record) { settle(r, other(f), second(f)) })},
			"2 parent links do not count (§2); conflict of 3, the other team's record still stands"},
		{attack{"an inspector's settlement, countersigned by the bureau", 0, true, func(f *forger) []byte {
			b, err := Cosign(on(one, func(f *forger, r *inspection.Record) { settle(r, other(f), second(f)) })(f), inspection.FieldBureau, f.tm.bureau, noon)
			must(f.t, err)
			return b
		}}, "2 parent links do not count (§2); conflict of 3, the other team's record still stands"},
		{attack{"the bureau's settlement", 0, true, on(bureau, func(f *forger, r *inspection.Record) { settle(r, other(f), second(f)) })}, "supersedes its parents"},
		{attack{"a whole record on a rubric of the same code with other points", 0, true, otherPoints}, "another case (§2)"},
		{attack{"evidence left out", 0, true, func(f *forger) []byte {
			return f.embedded(func(files map[string][]byte) { delete(files, hexHash([]byte("照片"))) })
		}}, "missing evidence is named (rule 7)"},
	}
}

func settle(r *inspection.Record, a, b string) {
	if b < a {
		a, b = b, a
	}
	r.Parents, r.Revision, r.Follows = []string{a, b}, 2, a
}

// otherPoints seals honestly on a rubric that has the code of the known one and
// moves a point from one indicator to another.
func otherPoints(f *forger) []byte {
	r := string(f.c.JSON)
	for _, x := range [][2]string{{`"code":"A1"`, "-"}, {`"code":"A2"`, "+"}} {
		at := strings.Index(r, x[0])
		p := at + strings.Index(r[at:], `"points":"`) + len(`"points":"`)
		end := p + strings.IndexByte(r[p:], '"')
		var n int
		_, err := fmt.Sscan(r[p:end], &n)
		must(f.t, err)
		if x[1] == "+" {
			n++
		} else {
			n--
		}
		r = r[:p] + fmt.Sprint(n) + r[end:]
	}
	c, err := inspection.Compile([]byte(r))
	must(f.t, err)
	d := f.d
	d.Rubric, d.Evidence, d.Record = c.JSON, nil, sealedRecord(f.t, c, f.tm.one, nil)
	b, err := SealPDF(d, f.tm.one, noon)
	must(f.t, err)
	return b
}

func acceptedFiles() []attack {
	var out []attack
	for _, s := range standingAttacks() {
		out = append(out, s.attack)
	}
	return out
}

// What a sound file is worth at the bureau is what the format demands.
func TestWhatAcceptedFilesAreWorth(t *testing.T) {
	f := newForger(t)
	for _, s := range standingAttacks() {
		t.Run(s.name, func(t *testing.T) {
			b := s.file(f)
			card, err := OpenPDF(b)
			must(t, err)
			if got := f.worth(card); got != s.says {
				t.Errorf("it is %q, should be %q", got, s.says)
			}
			if !bytes.Equal(card.Record, f.d.Record) && len(card.Inspection.Parents) == 0 && s.says == "valid" {
				t.Error("another record came out")
			}
		})
	}
}
