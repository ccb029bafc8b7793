package desk

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/scoring"
)

// RubricRelease is what a person says when a rubric is published. Points and
// Rules say that the document gives the points and the deduction cases: only so
// do they become official.
type RubricRelease struct {
	Version, From, To string
	Document          string // number of the document 文号
	Points, Rules     bool
}

// ReleaseOf is what a draft says about its publication so far.
func (e *RubricEditor) ReleaseOf() RubricRelease {
	return RubricRelease{Version: e.Setting("version"), From: e.Setting("from"), To: e.Setting("to"), Document: e.Setting("basis")}
}

// Publish freezes the draft: it becomes a rubric of the workbook that nothing
// changes any more, and the draft is gone. Refused while something is wrong or a
// kept case gives another result.
func (e *RubricEditor) Publish(r RubricRelease) (*inspection.Compiled, error) {
	if err := e.Flush(); err != nil {
		return nil, err
	}
	c, err := e.Compiled()
	if err != nil {
		return nil, err
	}
	return e.d.release(c, r, e.id)
}

// PublishRubric freezes a rubric that comes from a file, or a new version of one
// that is there.
func (d *Desk) PublishRubric(c *inspection.Compiled, r RubricRelease) (*inspection.Compiled, error) {
	return d.release(c, r, "")
}

// PublishNamed publishes the draft of an id, or the rubric that a code or a file
// names. Days and document are those that it says itself, but for what say changes;
// official it becomes only if say names the document, too.
func (d *Desk) PublishNamed(name string, say func(*RubricRelease)) (*inspection.Compiled, error) {
	e, err := d.DraftOf(name)
	switch {
	case err != nil:
		return nil, err
	case e != nil:
		return e.Publish(said(e.ReleaseOf(), say))
	}
	c, err := FindRubric(d, name, "")
	if err != nil {
		return nil, err
	}
	x := c.Rubric
	return d.PublishRubric(c, said(RubricRelease{Version: x.Version, From: x.Effective.From, To: x.Effective.To, Document: x.Basis}, say))
}

func said(r RubricRelease, say func(*RubricRelease)) RubricRelease {
	own := r.Document
	r.Document = ""
	say(&r)
	if r.Document == "" && !r.Points && !r.Rules {
		r.Document = own
	}
	return r
}

func (d *Desk) release(c *inspection.Compiled, r RubricRelease, draft string) (*inspection.Compiled, error) {
	next, err := d.released(c, r)
	if err != nil {
		return nil, err
	}
	owner := draft
	if draft == "" {
		if owner, err = d.CasesOf(c); err != nil {
			return nil, err
		}
	}
	runs, err := d.RunCases(owner, next)
	if err != nil {
		return nil, err
	}
	var differ []string
	for _, x := range runs {
		if x.Differs != "" {
			differ = append(differ, x.Name+"："+x.Differs)
		}
	}
	if len(differ) > 0 {
		return nil, i18n.E("有 %d 个用例的结果与预期不同，没有发布：\n%s", len(differ), strings.Join(differ, "\n"))
	}
	err = d.wb.PublishRubric(context.Background(), next.Hash, next.JSON, owner, draft, map[string]any{"sha256": next.Hash, "code": next.Rubric.Code, "version": next.Rubric.Version,
		"document": next.Rubric.Basis, "points_status": next.Rubric.PointsStatus, "rules_status": next.Rubric.RulesStatus, "cases": len(runs)})
	if err != nil {
		return nil, err
	}
	return d.Compiled(next.Hash)
}

// released is the rubric as it will be frozen.
func (d *Desk) released(c *inspection.Compiled, r RubricRelease) (*inspection.Compiled, error) {
	r.Document = strings.TrimSpace(r.Document)
	if (r.Points || r.Rules) && r.Document == "" {
		return nil, i18n.E("分值或扣分情形定为正式，要写明依据的文号；没有发布")
	}
	if r.From != "" && r.To != "" && r.From > r.To {
		return nil, i18n.E("适用自 %s 晚于适用至 %s；没有发布", r.From, r.To)
	}
	next := *c.Rubric
	next.Version, next.Basis, next.Effective = strings.TrimSpace(r.Version), r.Document, scoring.Effective{From: r.From, To: r.To}
	next.PointsStatus, next.RulesStatus = status(r.Points), status(r.Rules)
	if r.Points && r.Rules {
		next.Notes = slices.DeleteFunc(slices.Clone(next.Notes), func(n string) bool { return strings.HasPrefix(n, "示例") })
	}
	if r.Rules {
		if err := notIllustrative(&next); err != nil {
			return nil, err
		}
	}
	if found := next.Check(); len(found) > 0 {
		return nil, i18n.E("%s；没有发布", i18n.Person(found[0].Err))
	}
	if found := next.Doubts(); len(found) > 0 {
		return nil, i18n.E("%s：%s；没有发布", found[0].Place, i18n.Person(found[0].Err))
	}
	b, err := rubricBytes(&next)
	if err != nil {
		return nil, err
	}
	list, err := d.Rubrics()
	if err != nil {
		return nil, err
	}
	hash := canon.Hash(b)
	for _, x := range list {
		if x.Came { // what others call a version of it takes no number away
			continue
		}
		if x.Hash == hash {
			return nil, i18n.E("第 %s 版已经发布过，内容相同；没有改动", x.Version)
		}
		if x.Code == next.Code && x.Version == next.Version {
			return nil, i18n.E("%s 已有第 %s 版，发布过的不能改；请换一个版本号", next.Code, next.Version)
		}
	}
	return inspection.Compile(b)
}

// notIllustrative refuses cases that are still marked as examples: rules that are
// official must not say otherwise.
func notIllustrative(r *scoring.Rubric) error {
	for _, p := range r.Parts {
		for _, g := range p.Groups {
			for _, x := range g.Indicators {
				for _, rule := range x.Rules {
					if strings.HasPrefix(rule.Text, "（示例）") {
						return i18n.E("%s 还标着“（示例）”，不能定为正式；没有发布", rule.Code)
					}
				}
			}
		}
	}
	return nil
}

func status(official bool) string {
	if official {
		return scoring.Official
	}
	return scoring.Illustrative
}

// freeVersion is a version that no rubric of the code has: the number after the
// one given, or after the highest.
func (d *Desk) freeVersion(code, version string) (string, error) {
	list, err := AllRubrics(d)
	if err != nil {
		return "", err
	}
	list = slices.DeleteFunc(list, func(x RubricInfo) bool { return x.Came })
	most, err := strconv.Atoi(version)
	if err != nil {
		most = 1
	}
	for _, x := range list {
		if n, err := strconv.Atoi(x.Version); err == nil && x.Code == code {
			most = max(most, n)
		}
	}
	return strconv.Itoa(most + 1), nil
}

// NextVersion is a version that nothing of the rubric's code has yet.
func (d *Desk) NextVersion(c *inspection.Compiled) (string, error) {
	return d.freeVersion(c.Rubric.Code, c.Rubric.Version)
}

// settingArchived marks rubrics that are not offered any more.
const settingArchived = "rubric.archived."

// ArchiveRubric takes a rubric out of what is offered for new rounds, or offers
// it again. It stays in the workbook, for what was judged by it.
func (d *Desk) ArchiveRubric(hash string, archived bool) error {
	c, err := d.Compiled(hash)
	if err != nil {
		return err
	}
	value, kind := "", "rubric-offer"
	if archived {
		value, kind = "1", "rubric-archive"
	}
	ctx := context.Background()
	if err := d.wb.SetSetting(ctx, settingArchived+hash, value); err != nil {
		return err
	}
	return d.wb.AddLog(ctx, kind, map[string]any{"sha256": hash, "code": c.Rubric.Code, "version": c.Rubric.Version})
}

// RubricUses are the rounds that used each rubric, by its hash: those of this
// workbook and those of the records that came.
func (d *Desk) RubricUses() (map[string][]string, error) {
	rounds, err := d.Rounds()
	if err != nil {
		return nil, err
	}
	seen := map[string]map[string]bool{}
	use := func(hash, round string) {
		if seen[hash] == nil {
			seen[hash] = map[string]bool{}
		}
		seen[hash][round] = true
	}
	for _, r := range rounds {
		use(r.RubricHash, r.Code)
	}
	known, err := d.wb.RubricRounds(context.Background())
	if err != nil {
		return nil, err
	}
	for hash, list := range known {
		for _, r := range list {
			use(hash, r)
		}
	}
	out := map[string][]string{}
	for hash, set := range seen {
		out[hash] = sortedKeys(set)
	}
	return out, nil
}

// DraftCarry says what of an inspection's draft would hold under another
// version of its rubric.
type DraftCarry struct {
	Round   string   `json:"round"`
	Unit    string   `json:"unit"`
	From    string   `json:"from"`    // hash of the rubric it is judged by
	Carries []string `json:"carries"` // indicators with an entry that holds
	Again   []string `json:"again"`   // those that must be checked again
}

// CarryOver tells for each draft on another version of a rubric what would carry
// over to it: an entry holds where the indicator's digest is the same. A rubric
// whose code was changed is a version too, where anything holds.
func (d *Desk) CarryOver(to *inspection.Compiled) ([]DraftCarry, error) {
	ctx := context.Background()
	rows, err := d.wb.Drafts(ctx, "")
	if err != nil {
		return nil, err
	}
	after, err := to.Digests()
	if err != nil {
		return nil, err
	}
	out := []DraftCarry{}
	for _, row := range rows {
		c, err := d.Compiled(row.RubricHash)
		if err != nil || c.Hash == to.Hash {
			continue
		}
		before, err := c.Digests()
		if err != nil {
			return nil, err
		}
		draft, err := d.wb.Draft(ctx, row.ID)
		if err != nil {
			return nil, err
		}
		var rec inspection.Record
		if err := canon.Decode(draft.JSON, &rec); err != nil {
			return nil, err
		}
		x := DraftCarry{Round: row.Round, Unit: row.Unit, From: row.RubricHash, Carries: []string{}, Again: []string{}}
		for _, code := range sortedKeys(rec.Entries) {
			switch state := rec.Entries[code].State; {
			case state == "" || state == scoring.Unchecked:
			case before[code] != "" && before[code] == after[code]:
				x.Carries = append(x.Carries, code)
			default:
				x.Again = append(x.Again, code)
			}
		}
		if c.Rubric.Code == to.Rubric.Code || len(x.Carries) > 0 {
			out = append(out, x)
		}
	}
	return out, nil
}
