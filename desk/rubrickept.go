package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/store"
)

// CaseResult is what a case gives, in the words that a kept case is compared by.
type CaseResult struct {
	Total string            `json:"total"`
	Band  string            `json:"band,omitempty"`
	Lists []string          `json:"lists,omitempty"`
	Parts map[string]string `json:"parts,omitempty"`
}

// ResultOf is what a computed score is in those words.
func ResultOf(res *scoring.Result) CaseResult {
	out := CaseResult{Total: res.Total.Value(), Band: res.Band, Lists: res.Lists, Parts: map[string]string{}}
	for _, p := range res.Parts {
		out.Parts[p.Part.Code] = p.Score.Value()
	}
	return out
}

// String is the result in a line.
func (r CaseResult) String() string {
	var words []string
	for _, p := range sortedKeys(r.Parts) {
		words = append(words, p+" "+r.Parts[p])
	}
	words = append(words, i18n.T("总分 %s", r.Total))
	if r.Band != "" {
		words = append(words, r.Band)
	}
	return strings.Join(append(words, r.Lists...), "　")
}

// RubricCase is a kept case, with what it must give.
type RubricCase struct {
	Name string     `json:"name"`
	Text string     `json:"text"`
	Want CaseResult `json:"want"`
}

// CaseRun is a case as it was run. Differs is what is not as expected; "" for
// nothing.
type CaseRun struct {
	RubricCase
	Got     CaseResult `json:"got"`
	Differs string     `json:"differs,omitempty"`
}

// A case lies beside the version that it tries: a draft, under its id, or what was
// published, under its hash. A new draft begins with those of its origin, and
// what is published has those of its draft, whatever becomes of the codes.

// CasesOf is the owner of a rubric's cases: its hash where it is known here, else,
// for a file, that of the newest version of its code.
func (d *Desk) CasesOf(c *inspection.Compiled) (string, error) {
	return d.casesOf(c.Rubric.Code, c.Hash)
}

func (d *Desk) casesOf(code, hash string) (string, error) {
	list, err := AllRubrics(d)
	if err != nil {
		return "", err
	}
	owner := hash
	for _, r := range list {
		if r.Hash == hash {
			return hash, nil
		}
		if r.Code == code {
			owner = r.Hash
		}
	}
	return owner, nil
}

// DraftOf is the draft of an id, nil where no draft has it.
func (d *Desk) DraftOf(id string) (*RubricEditor, error) {
	e, err := d.EditRubric(id)
	if isNotFound(err) {
		return nil, nil
	}
	return e, err
}

// VersionNamed is the draft of an id, or the rubric that a hash, a code or a file
// names, with the owner of its cases.
func (d *Desk) VersionNamed(name string) (c *inspection.Compiled, owner string, err error) {
	e, err := d.DraftOf(name)
	switch {
	case err != nil:
		return nil, "", err
	case e != nil:
		c, err = e.Compiled()
		return c, e.id, err
	}
	if c, err = FindRubric(d, name, ""); err == nil {
		owner, err = d.CasesOf(c)
	}
	return c, owner, err
}

// KeepCase keeps a case beside a version. A total that is given is what somebody
// computed by hand; else what the case gives now is expected.
func (d *Desk) KeepCase(owner string, c *inspection.Compiled, name, text, total string) (CaseRun, error) {
	if name = strings.TrimSpace(name); name == "" {
		return CaseRun{}, i18n.E("用例要有名称")
	}
	r, err := ReadCase(c, text)
	if err != nil {
		return CaseRun{}, err
	}
	x := RubricCase{Name: name, Text: text, Want: ResultOf(r.Score(c))}
	if total = strings.TrimSpace(total); total != "" {
		if _, err := scoring.ParseDecimal(total); err != nil && total != "—" {
			return CaseRun{}, i18n.E("手工算出的总分“%s”不是数；没有总分的写 —", total)
		}
		x.Want = CaseResult{Total: total}
	}
	want, err := json.Marshal(x.Want)
	if err != nil {
		return CaseRun{}, err
	}
	if err := d.wb.PutRubricCase(context.Background(), store.RubricCase{Owner: owner, Name: name, Body: text, Want: string(want)}); err != nil {
		return CaseRun{}, err
	}
	return runCase(c, x), nil
}

// DropCase throws a kept case away; back brings it again.
func (d *Desk) DropCase(owner, name string) (back func() error, err error) {
	c, err := d.wb.DropRubricCase(context.Background(), owner, name)
	return func() error { return d.wb.PutRubricCase(context.Background(), c) }, err
}

// RunCases runs the kept cases of an owner by a rubric.
func (d *Desk) RunCases(owner string, c *inspection.Compiled) ([]CaseRun, error) {
	rows, err := d.wb.RubricCases(context.Background(), owner)
	if err != nil {
		return nil, err
	}
	out := make([]CaseRun, len(rows))
	for i, row := range rows {
		x := RubricCase{Name: row.Name, Text: row.Body}
		if err := json.Unmarshal([]byte(row.Want), &x.Want); err != nil {
			return nil, fmt.Errorf("case %s: %w", row.Name, err)
		}
		out[i] = runCase(c, x)
	}
	return out, nil
}

func runCase(c *inspection.Compiled, x RubricCase) CaseRun {
	run := CaseRun{RubricCase: x}
	r, err := ReadCase(c, x.Text)
	if err != nil {
		run.Differs = i18n.Person(err)
		return run
	}
	run.Got = ResultOf(r.Score(c))
	got := run.Got
	if x.Want.Parts == nil { // only the total was said
		got = CaseResult{Total: got.Total}
	}
	if a, b := got.String(), x.Want.String(); a != b && trimFigure(a) != trimFigure(b) {
		run.Differs = i18n.T("应为 %s，现为 %s", b, a)
	}
	return run
}

// trimFigure lets a hand-written 96 stand for 96.00.
func trimFigure(s string) string {
	if !strings.Contains(s, ".") || strings.Contains(s, "　") {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
