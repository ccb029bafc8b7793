package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"xunping/inspection"
	"xunping/scoring"
	"xunping/seal"
	"xunping/store"
)

// FindingKey names a finding in the items of the acts of rectification 整改:
// indicator, slash, the finding's id.
func FindingKey(indicator, finding string) string { return indicator + "/" + finding }

func splitFinding(key string) (indicator, finding string) {
	indicator, finding, _ = strings.Cut(key, "/")
	return indicator, finding
}

// Words of a recheck 复查, as the acts carry them.
const (
	RecheckDone  = "已整改"
	RecheckPart  = "部分"
	RecheckNot   = "未整改"
	RecheckLater = "延期"
)

// Rechecks are the outcomes of a recheck.
func Rechecks() []string { return []string{RecheckDone, RecheckPart, RecheckNot, RecheckLater} }

// RectifyState is where one item of a notice stands.
type RectifyState string

// The states of an item.
const (
	RectifyOpen     RectifyState = "open"     // 待整改
	RectifyAnswered RectifyState = "answered" // 已答复，待复查
	RectifyDone     RectifyState = "done"     // 已整改，销号
	RectifyPart     RectifyState = "part"     // 部分
	RectifyNot      RectifyState = "not"      // 未整改
)

// RectifyAnswer is what a unit says it did about one item.
type RectifyAnswer struct {
	Hash     string
	Measure  string   // 整改措施
	Done     string   // day the unit claims
	Evidence []string // hashes
}

// RectifyItem 销号台账的一行 is one finding of a notice with all that followed.
type RectifyItem struct {
	Notice, NoticeNumber string // act and its 文号
	Act                  *inspection.Act
	Issued               string
	Case                 inspection.CaseKey
	Unit                 inspection.Unit
	Record               string // in which it was found
	Indicator, Title     string
	Finding              inspection.Finding
	RuleText             string
	Require              string // what counts as done
	First, Due           string // due as first set, and as it stands
	Extensions           int
	Answer               *RectifyAnswer
	Rechecked            string // day of the last recheck
	RecheckResult        string // one of Rechecks, "" while nobody looked again
	RecheckNote          string
	RecheckBy            string
	State                RectifyState
	Steps                []ActInfo // extensions, answers and rechecks that speak of it
	Repeats              int       // in how many earlier rounds the same fault was found
}

// Open tells whether the item is still to be put right.
func (i *RectifyItem) Open() bool { return i.State != RectifyDone }

// Overdue tells whether the item is open after its day.
func (i *RectifyItem) Overdue(today string) bool { return i.Open() && i.Due != "" && today > i.Due }

// RectifyEntry is a notice 整改通知单. Items are by FindingKey: Text what counts
// as done, Until by when.
type RectifyEntry struct {
	Record             string
	Items              map[string]inspection.ActItem
	Number, Date, Text string
	Replaces           string
	Scans              [][]byte
}

// DemandRectify signs the notice to a unit.
func (d *Desk) DemandRectify(ctx context.Context, e RectifyEntry, id seal.Signer, out string) (string, error) {
	rec, err := d.record(ctx, e.Record)
	if err != nil {
		return "", err
	}
	a := inspection.Act{Kind: inspection.ActRectify, Case: rec.Case(), About: []string{e.Record}, Number: e.Number, Date: e.Date,
		Items: e.Items, Text: e.Text, Replaces: e.Replaces}
	return d.issue(ctx, a, id, e.Scans, out)
}

// RectifyStep is a step after the notice: answer, extension or recheck.
type RectifyStep struct {
	Notice   string // the act of kind rectify
	Items    map[string]inspection.ActItem
	Date     string
	Number   string
	Text     string
	By       inspection.Person
	Replaces string
	Scans    [][]byte
	Shown    [][]byte // evidence of every item of an answer
	Kept     []string // hashes of files of the act that it replaces
}

func (d *Desk) rectifyStep(ctx context.Context, kind inspection.ActKind, e RectifyStep, id seal.Signer, out string) (string, error) {
	n, err := d.act(e.Notice)
	if err != nil {
		return "", err
	}
	a := inspection.Act{Kind: kind, Case: n.Case, About: []string{e.Notice}, By: e.By, Number: e.Number, Date: e.Date, Items: e.Items,
		Text: e.Text, Replaces: e.Replaces}
	if kind == inspection.ActExtension {
		a.Decision = inspection.Accepted
	}
	kept, err := d.filesOf(e.Kept)
	if err != nil {
		return "", err
	}
	for _, b := range e.Shown {
		for key, x := range a.Items {
			x.Claim = strings.TrimSpace(x.Claim + " " + hashOf(b))
			a.Items[key] = x
		}
	}
	return d.issue(ctx, a, id, slices.Concat(kept, e.Scans, e.Shown), out)
}

// Extend 延期 sets a later day for items, before the day has passed.
func (d *Desk) Extend(ctx context.Context, e RectifyStep, id seal.Signer, out string) (string, error) {
	return d.rectifyStep(ctx, inspection.ActExtension, e, id, out)
}

// AnswerRectify enters what the unit did. Items: Text the measure, Until the day
// it was done, Claim the hashes of its evidence.
func (d *Desk) AnswerRectify(ctx context.Context, e RectifyStep, id seal.Signer, out string) (string, error) {
	return d.rectifyStep(ctx, inspection.ActAnswer, e, id, out)
}

// Recheck 复查 enters what was found when looking again. Items: Claim one of
// Rechecks, Text the note, Until a new day for what is put off.
func (d *Desk) Recheck(ctx context.Context, e RectifyStep, id seal.Signer, out string) (string, error) {
	return d.rectifyStep(ctx, inspection.ActRecheck, e, id, out)
}

// RectifyLedger 销号台账 are the items of all notices of a round ("" is all
// rounds) by unit, day and indicator.
func (d *Desk) RectifyLedger(round string) ([]RectifyItem, error) {
	return d.rectifyItems(context.Background(), store.ActFilter{Round: round})
}

// OpenItems are what a unit has still to put right, of all rounds: it comes first
// in the next walk-through.
func (d *Desk) OpenItems(unit string) ([]RectifyItem, error) {
	list, err := d.rectifyItems(context.Background(), store.ActFilter{Unit: unit})
	return slices.DeleteFunc(list, func(i RectifyItem) bool { return !i.Open() }), err
}

// NoticeItems are the items of one notice.
func (d *Desk) NoticeItems(notice string) ([]RectifyItem, error) {
	return d.noticeItems(context.Background(), notice, "")
}

// noticeItems are the items of a notice as if an act had not been made: one that is
// about to be replaced.
func (d *Desk) noticeItems(ctx context.Context, notice, without string) ([]RectifyItem, error) {
	a, err := d.act(notice)
	if err != nil {
		return nil, err
	}
	s, err := d.actSet(ctx, store.ActFilter{Round: a.Case.Round, Unit: a.Case.Unit})
	if err != nil {
		return nil, err
	}
	s.gone[without] = true
	list, err := d.itemsOf(ctx, s)
	return slices.DeleteFunc(list, func(i RectifyItem) bool { return i.Notice != notice }), err
}

func (d *Desk) rectifyItems(ctx context.Context, f store.ActFilter) ([]RectifyItem, error) {
	s, err := d.actSet(ctx, f)
	if err != nil {
		return nil, err
	}
	return d.itemsOf(ctx, s)
}

func (d *Desk) itemsOf(ctx context.Context, s *actSet) ([]RectifyItem, error) {
	var out []RectifyItem
	for _, x := range s.of(inspection.ActRectify) {
		items, err := d.noticed(ctx, s, x)
		if err != nil {
			return nil, err
		}
		out = append(out, items...)
	}
	slices.SortStableFunc(out, func(a, b RectifyItem) int {
		return cmp.Or(strings.Compare(a.Unit.Code, b.Unit.Code), strings.Compare(a.Due, b.Due), strings.Compare(a.Case.Round, b.Case.Round))
	})
	return out, nil
}

// noticed are the items of one notice, each folded over what came after.
func (d *Desk) noticed(ctx context.Context, s *actSet, x ActInfo) ([]RectifyItem, error) {
	rec, err := d.record(ctx, x.Act.About[0])
	if err != nil && !store.IsNotFound(err) {
		return nil, err
	}
	c, err := d.Compiled(x.Act.Case.Rubric)
	if err != nil && !store.IsNotFound(err) {
		return nil, err
	}
	steps := followUps(s, x.Hash)
	var out []RectifyItem
	for _, key := range sortedKeys(x.Act.Items) {
		i := RectifyItem{Notice: x.Hash, Act: x.Act, NoticeNumber: x.Act.Number, Issued: x.Act.Date, Case: x.Act.Case, Record: x.Act.About[0],
			Unit: d.unitNamed(x.Act.Case.Unit), Require: x.Act.Items[key].Text, First: x.Act.Items[key].Until, State: RectifyOpen}
		i.Due = i.First
		i.Indicator, i.Finding.ID = splitFinding(key)
		if rec != nil {
			i.Unit = rec.Unit
			d.describe(ctx, &i, rec, c)
		}
		for _, step := range steps {
			if item, ok := step.Act.Items[key]; ok {
				i.Steps = append(i.Steps, step)
				i.follow(step, item)
			}
		}
		out = append(out, i)
	}
	return out, nil
}

// describe fills in what the record says of the finding.
func (d *Desk) describe(ctx context.Context, i *RectifyItem, rec *inspection.Record, c *inspection.Compiled) {
	for _, f := range rec.Entries[i.Indicator].Findings {
		if f.ID == i.Finding.ID {
			i.Finding = f
			i.Repeats = d.Repeats(ctx, i.Indicator, f)
		}
	}
	if c == nil {
		return
	}
	n, ok := c.Engine.Index(i.Indicator)
	if !ok {
		return
	}
	ind := c.Engine.Indicator(n)
	i.Title = ind.Title
	if at := slices.IndexFunc(ind.Rules, func(r scoring.Rule) bool { return r.Code == i.Finding.Rule }); at >= 0 {
		i.RuleText = ind.Rules[at].Text
	}
}

// followUps are the extensions, answers and rechecks of a notice by day; on one
// day in this order.
func followUps(s *actSet, notice string) []ActInfo {
	kinds := []inspection.ActKind{inspection.ActExtension, inspection.ActAnswer, inspection.ActRecheck}
	var out []ActInfo
	line := s.line(notice)
	for _, k := range kinds {
		out = append(out, s.onAny(k, line)...)
	}
	slices.SortStableFunc(out, func(a, b ActInfo) int { return strings.Compare(actDay(a.Act), actDay(b.Act)) })
	return out
}

// follow takes one step of an item. What was done with stays done; a day can only
// be put off before it has passed.
func (i *RectifyItem) follow(x ActInfo, item inspection.ActItem) {
	day := actDay(x.Act)
	switch x.Act.Kind {
	case inspection.ActExtension:
		i.putOff(day, item.Until)
	case inspection.ActAnswer:
		i.Answer = &RectifyAnswer{Hash: x.Hash, Measure: item.Text, Done: item.Until, Evidence: strings.Fields(item.Claim)}
		if i.Open() {
			i.State = RectifyAnswered
		}
	case inspection.ActRecheck:
		if !slices.Contains(Rechecks(), item.Claim) {
			return // nobody can say what it means
		}
		i.Rechecked, i.RecheckResult, i.RecheckNote, i.RecheckBy = day, item.Claim, item.Text, x.Act.By.Name
		i.State = map[string]RectifyState{RecheckDone: RectifyDone, RecheckPart: RectifyPart, RecheckNot: RectifyNot}[item.Claim]
		switch item.Claim {
		case RecheckDone:
		case RecheckLater:
			i.State = RectifyOpen
			i.putOff(day, item.Until)
		default: // a new day for what is left
			i.Due = max(i.Due, item.Until)
		}
	}
}

func (i *RectifyItem) putOff(day, until string) {
	if until > i.Due && day <= i.Due {
		i.Due = until
		i.Extensions++
	}
}

// maxRepeats bounds a chain of links; rounds are months.
const maxRepeats = 240

// Repeats counts in how many earlier records the same fault of an indicator was
// found, along continues. A link to a record that is not here counts and ends the
// count.
func (d *Desk) Repeats(ctx context.Context, indicator string, f inspection.Finding) int {
	n, seen := 0, map[inspection.Continues]bool{}
	for f.Continues != nil && n < maxRepeats && !seen[*f.Continues] {
		link := *f.Continues
		seen[link] = true
		n++
		rec, err := d.record(ctx, link.Record)
		if err != nil {
			return n
		}
		list := rec.Entries[indicator].Findings
		at := slices.IndexFunc(list, func(x inspection.Finding) bool { return x.ID == link.Finding })
		if at < 0 {
			return n
		}
		f = list[at]
	}
	return n
}
