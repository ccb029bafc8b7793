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

// KeepCase keeps a case beside the versions of a rubric. A total that is given is
// what somebody computed by hand; else what the case gives now is expected.
func (d *Desk) KeepCase(c *inspection.Compiled, name, text, total string) (CaseRun, error) {
	if name = strings.TrimSpace(name); name == "" {
		return CaseRun{}, i18n.E("用例要有名称")
	}
	r, err := ReadCase(c, text)
	if err != nil {
		return CaseRun{}, err
	}
	x := RubricCase{Name: name, Text: text, Want: ResultOf(r.Score(c))}
	if total = strings.TrimSpace(total); total != "" {
		x.Want = CaseResult{Total: total}
	}
	want, err := json.Marshal(x.Want)
	if err != nil {
		return CaseRun{}, err
	}
	if err := d.wb.PutRubricCase(context.Background(), store.RubricCase{Code: c.Rubric.Code, Name: name, Body: text, Want: string(want)}); err != nil {
		return CaseRun{}, err
	}
	return runCase(c, x), nil
}

// DropCase throws a kept case away.
func (d *Desk) DropCase(code, name string) error {
	return d.wb.DropRubricCase(context.Background(), code, name)
}

// RunCases runs the kept cases of a rubric's code by that rubric.
func (d *Desk) RunCases(c *inspection.Compiled) ([]CaseRun, error) {
	rows, err := d.wb.RubricCases(context.Background(), c.Rubric.Code)
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
