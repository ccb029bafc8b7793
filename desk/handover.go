package desk

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
	"xunping/seal"
	"xunping/store"
)

const draftSuffix = ".draft.json"

// HandOver packs the open drafts of units with their evidence and rubric, for a
// colleague's laptop. Without a key at hand ("" as path) the pack is signed by a
// key made for it alone and thrown away: the other side reads “unknown”.
func (d *Desk) HandOver(ctx context.Context, round string, units []string, keyPath, passphrase, out string) error {
	files := map[string][]byte{}
	for _, u := range units {
		if err := d.packDraft(ctx, round, u, files); err != nil {
			return err
		}
	}
	if len(files) == 0 {
		return i18n.E("没有选择要交接的单位")
	}
	var id *seal.Identity
	var err error
	if keyPath == "" {
		id, err = seal.NewIdentity(seal.Person{Name: i18n.T("未署名"), Number: "-"}, d.clock())
	} else {
		id, err = OpenKey(keyPath, passphrase)
	}
	if err != nil {
		return err
	}
	pack, err := seal.WritePack(seal.PackDraft, files, id, d.clock().Truncate(time.Second))
	if err != nil {
		return err
	}
	return writeFile(out, pack)
}

func (d *Desk) packDraft(ctx context.Context, round, unit string, files map[string][]byte) error {
	rec, err := d.openDraft(round, unit)
	if err != nil {
		return err
	}
	if rec == nil {
		return i18n.E("单位 %s 没有正在进行的检查", unit)
	}
	raw, err := canon.Encode(rec)
	if err != nil {
		return err
	}
	files[rec.ID+draftSuffix] = raw
	if files[rec.Rubric.SHA256+".rubric.json"], err = d.wb.Rubric(ctx, rec.Rubric.SHA256); err != nil {
		return err
	}
	ev, err := d.evidence(ctx, rec)
	if err != nil {
		return err
	}
	for h, b := range ev {
		files[h+".bin"] = b
	}
	return nil
}

// Clash is an indicator that two drafts checked in different ways.
type Clash struct {
	Code         string
	Mine, Theirs inspection.Entry
}

// DraftJoin is one draft of a pack against what is here.
type DraftJoin struct {
	Unit   inspection.Unit
	Round  inspection.Round
	New    bool     // there is no draft of this unit here
	Take   []string // indicators that only they checked
	Clash  []Clash
	Theirs *inspection.Record
}

// Joining is an opened hand-over pack.
type Joining struct {
	From   string // signer by the roster, or what its certificate claims
	Known  bool   // in the roster
	Drafts []DraftJoin
	files  map[string][]byte
}

// PlanJoin reads a hand-over pack and says what it would bring, without changing
// anything.
func (d *Desk) PlanJoin(path string) (*Joining, error) {
	b, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	z, err := seal.OpenPack(b)
	if err != nil {
		return nil, err
	}
	if z.Kind != seal.PackDraft {
		return nil, i18n.E("这不是交接包。评分表和其他包请在“汇总”里接收")
	}
	roster, err := d.Roster()
	if err != nil {
		return nil, err
	}
	j := &Joining{From: signerName(roster, seal.SPKI(z.Signer), z.Signer.Raw), Known: roster.Entry(seal.SPKI(z.Signer)) != nil, files: z.Files}
	for _, name := range sortedKeys(z.Files) {
		if !strings.HasSuffix(name, draftSuffix) {
			continue
		}
		x, err := d.planDraft(z.Files, name)
		if err != nil {
			return nil, err
		}
		j.Drafts = append(j.Drafts, x)
	}
	if len(j.Drafts) == 0 {
		return nil, i18n.E("交接包里没有草稿")
	}
	return j, nil
}

func (d *Desk) planDraft(files map[string][]byte, name string) (DraftJoin, error) {
	rec, err := inspection.ReadRecord(files[name])
	if err != nil {
		return DraftJoin{}, i18n.E("交接包里的 %s 不合格：%s", name, err)
	}
	if rec.IsSealed() || rec.ID+draftSuffix != name {
		return DraftJoin{}, i18n.E("交接包里的 %s 不是草稿，或名称与内容不符", name)
	}
	raw := files[rec.Rubric.SHA256+".rubric.json"]
	if raw == nil {
		raw = d.rubricOf(rec.Rubric.SHA256)
	}
	c, err := inspection.Compile(raw)
	if err != nil || c.Hash != rec.Rubric.SHA256 {
		return DraftJoin{}, i18n.E("交接包里没有 %s 所用的指标体系", rec.Unit.Name, err)
	}
	for _, p := range rec.Check(c) {
		if !p.Missing {
			return DraftJoin{}, i18n.E("交接包里的 %s 不合格：%s", name, p.Err)
		}
	}
	x := DraftJoin{Unit: rec.Unit, Round: rec.Round, Theirs: rec}
	mine, err := d.openDraft(rec.Round.Code, rec.Unit.Code)
	if err != nil {
		return x, err
	}
	if mine == nil {
		x.New = true
		return x, nil
	}
	if mine.Rubric.SHA256 != rec.Rubric.SHA256 {
		return x, i18n.E("%s 在这里用的是另一版指标体系，不能合在一起", rec.Unit.Name)
	}
	return x, x.compare(mine)
}

// compare sorts the indicators: only they began it, or both did and differ.
func (x *DraftJoin) compare(mine *inspection.Record) error {
	diffs, err := inspection.Compare(nil, mine, x.Theirs)
	if err != nil {
		return err
	}
	for _, d := range diffs {
		a, b := mine.Entries[d.Indicator], x.Theirs.Entries[d.Indicator]
		switch {
		case done(b) && !done(a), !done(a) && !done(b) && blankEntry(a):
			x.Take = append(x.Take, d.Indicator)
		case done(a) && done(b):
			x.Clash = append(x.Clash, Clash{d.Indicator, a, b})
		}
	}
	return nil
}

func done(e inspection.Entry) bool { return e.State != "" && e.State != scoring.Unchecked }

func blankEntry(e inspection.Entry) bool {
	return e.Note == "" && len(e.Evidence) == 0 && len(e.Materials) == 0 && len(e.Aspects) == 0
}

// Join takes the drafts of a pack. What only the others checked is taken; where
// both did, theirs holds the indicators (by unit code) in which theirs wins.
// Every joined draft is one change, which undo takes back.
func (d *Desk) Join(ctx context.Context, j *Joining, theirs map[string][]string) error {
	for name, b := range j.files {
		if h, ok := strings.CutSuffix(name, ".bin"); ok && canon.Hash(b) == h {
			if _, err := d.wb.PutEvidence(ctx, b, mediaType(b)); err != nil {
				return err
			}
		}
		if strings.HasSuffix(name, ".rubric.json") {
			if _, err := d.wb.PutRubric(ctx, b); err != nil {
				return err
			}
		}
	}
	for i := range j.Drafts {
		x := &j.Drafts[i]
		if err := d.joinDraft(ctx, x, theirs[x.Unit.Code]); err != nil {
			return i18n.E("%s 没有合进来：%s", x.Unit.Name, err)
		}
	}
	return nil
}

func (d *Desk) joinDraft(ctx context.Context, x *DraftJoin, theirs []string) error {
	if err := d.knowPlace(x); err != nil {
		return err
	}
	in, err := d.Inspect(x.Round.Code, x.Unit.Code)
	if errors.Is(err, ErrSealed) && len(x.Theirs.Parents) > 0 {
		in, err = d.Correct(x.Round.Code, x.Unit.Code)
	}
	if err != nil {
		return err
	}
	if x.New && in.rec.ID != x.Theirs.ID { // nothing is here: the inspection keeps its id
		if err := d.wb.DropDraft(ctx, in.rec.ID); err != nil {
			return err
		}
		in.rec = clone(x.Theirs)
		return in.begin(ctx)
	}
	take := append(append([]string{}, x.Take...), theirs...)
	if x.New {
		take = sortedKeys(x.Theirs.Entries)
	}
	return in.change(i18n.T("合入交接的草稿"), func(r *inspection.Record) error {
		for _, code := range take {
			r.Entries[code] = joinEntry(r.Entries[code], x.Theirs.Entries[code])
			if why := x.Theirs.Reasons[code]; why != "" {
				if r.Reasons == nil {
					r.Reasons = map[string]string{}
				}
				r.Reasons[code] = why
			}
		}
		for _, e := range x.Theirs.Evidence {
			if !slices.ContainsFunc(r.Evidence, func(h inspection.EvidenceRef) bool { return h.SHA256 == e.SHA256 }) {
				r.Evidence = append(r.Evidence, e)
			}
		}
		joinHead(r, x.Theirs)
		return nil
	})
}

// joinEntry is their entry with what was noted here before checking.
func joinEntry(mine, theirs inspection.Entry) inspection.Entry {
	if done(mine) {
		return theirs
	}
	if mine.Note != "" && !strings.Contains(theirs.Note, mine.Note) {
		theirs.Note = strings.TrimSpace(theirs.Note + "\n" + mine.Note)
	}
	for _, h := range mine.Evidence {
		if !slices.Contains(theirs.Evidence, h) {
			theirs.Evidence = append(theirs.Evidence, h)
		}
	}
	return theirs
}

// joinHead fills what is not known here: visit and people.
func joinHead(r, theirs *inspection.Record) {
	fill(&r.Visit, theirs.Visit)
	for _, p := range theirs.People.Inspectors {
		if !slices.ContainsFunc(r.People.Inspectors, func(x inspection.Person) bool { return x.Number == p.Number && x.Name == p.Name }) {
			r.People.Inspectors = append(r.People.Inspectors, p)
		}
	}
	if r.People.UnitHead == (inspection.Person{}) {
		r.People.UnitHead = theirs.People.UnitHead
	}
	if r.People.Liaison == (inspection.Person{}) {
		r.People.Liaison = theirs.People.Liaison
	}
}

// knowPlace makes round and unit known here, for a laptop that was not prepared.
func (d *Desk) knowPlace(x *DraftJoin) error {
	if _, err := d.Round(x.Round.Code); isNotFound(err) {
		if err := d.PutRound(RoundInfo{Round: x.Round, RubricHash: x.Theirs.Rubric.SHA256}); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	if _, err := d.unit(x.Unit.Code); err == nil {
		return nil
	}
	return d.wb.PutUnits(context.Background(), []store.UnitRow{{Code: x.Unit.Code, Name: x.Unit.Name, Kind: x.Unit.Kind, Pinyin: Initials(x.Unit.Name)}})
}
