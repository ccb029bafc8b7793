package desk

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// A case of the test bench is text, one thing a line, or the JSON of a record:
//
//	单位 city                  kind of the unit
//	其余 未检查                what is not named is 已检查 without it
//	期限 D5-m2 2019-09-30      a day that the round sets
//	A1 缺项 桂数函〔2019〕1号 2019-07-01
//	A4 未检查
//	A2-1                       a fixed rule, or a veto
//	A2-2 3                     three cases of a rule; points of a range
//	A2-m1 10/15 2019-07-20     done of total, when completed
//	A5 另扣 2                  points that no rule lists

// ReadCase makes a record of a case.
func ReadCase(c *inspection.Compiled, text string) (*inspection.Record, error) {
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		r, err := inspection.ReadRecord([]byte(text))
		if err != nil {
			return nil, err
		}
		r.Rubric = inspection.RubricRef{Code: c.Rubric.Code, SHA256: c.Hash}
		return r, caseProblem(r, c)
	}
	k := caseReader{c: c, r: &inspection.Record{Rubric: inspection.RubricRef{Code: c.Rubric.Code, SHA256: c.Hash}, Entries: map[string]inspection.Entry{}}, rest: scoring.Checked}
	for n, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(strings.ReplaceAll(line, "／", "/"))
		if len(words) == 0 {
			continue
		}
		if err := k.line(words); err != nil {
			return nil, i18n.E("用例第 %d 行：%s", n+1, i18n.Person(err))
		}
	}
	for i := range c.Engine.Len() {
		code := c.Engine.Indicator(i).Code
		if e := k.r.Entries[code]; e.State == "" {
			if e.State = k.rest; len(e.Findings)+len(e.Measures) > 0 {
				e.State = scoring.Checked
			}
			k.r.Entries[code] = e
		}
	}
	return k.r, caseProblem(k.r, c)
}

// caseProblem is the first thing in a case that the rubric never allows; what is
// only missing is no matter here.
func caseProblem(r *inspection.Record, c *inspection.Compiled) error {
	for _, p := range r.Check(c) {
		if !p.Missing {
			return i18n.E("用例不合这套指标：%s", i18n.Person(p.Err))
		}
	}
	return nil
}

type caseReader struct {
	c    *inspection.Compiled
	r    *inspection.Record
	rest scoring.State
}

var caseStates = map[string]scoring.State{"未检查": scoring.Unchecked, "已检查": scoring.Checked, "不评": scoring.NotScored, "缺项": scoring.Absent}

func (k *caseReader) line(words []string) error {
	used := 0
	word := func(i int) string {
		if used = max(used, i); i < len(words) {
			return words[i]
		}
		return ""
	}
	if err := k.said(words[0], word); err != nil {
		return err
	}
	if used+1 < len(words) {
		return i18n.E("“%s”在这里没有意思，请删去", words[used+1])
	}
	return nil
}

func (k *caseReader) said(first string, word func(int) string) error {
	switch first {
	case "单位":
		kind, ok := unitKinds[word(1)]
		if !ok || word(1) == "" {
			return i18n.E("没有“%s”这类单位，写 设区市、自治区部门 或 中直单位", word(1))
		}
		k.r.Unit.Kind = kind
		return nil
	case "其余":
		state, ok := caseStates[word(1)]
		if !ok || state == scoring.Absent {
			return i18n.E("“其余”写 已检查、未检查 或 不评")
		}
		k.rest = state
		return nil
	case "期限":
		if !k.asksDay(word(1)) {
			return i18n.E("没有由轮次规定期限的完成情况“%s”", word(1))
		}
		if !scoring.IsDay(word(2)) {
			return i18n.E("“%s”不是日期，应写成 2019-08-31", word(2))
		}
		if k.r.Round.Deadlines == nil {
			k.r.Round.Deadlines = map[string]string{}
		}
		k.r.Round.Deadlines[word(1)] = word(2)
		return nil
	}
	for i := range k.c.Engine.Len() {
		ind := k.c.Engine.Indicator(i)
		e := k.r.Entries[ind.Code]
		done, err := k.entry(ind, &e, first, word)
		if err != nil {
			return err
		}
		if done {
			k.r.Entries[ind.Code] = e
			return nil
		}
	}
	return i18n.E("没有指标、规则或完成情况“%s”", first)
}

// asksDay tells whether the round sets the day of a measure.
func (k *caseReader) asksDay(measure string) bool {
	for i := range k.c.Engine.Len() {
		for _, m := range k.c.Engine.Indicator(i).Measures {
			if m.Code == measure {
				return m.Deadline == scoring.RoundDeadline
			}
		}
	}
	return false
}

// entry takes a line that names the indicator, one of its rules or measures.
func (k *caseReader) entry(ind *scoring.Indicator, e *inspection.Entry, name string, word func(int) string) (bool, error) {
	if name == ind.Code {
		return true, k.indicator(ind.Code, e, word)
	}
	for i := range ind.Rules {
		if r := &ind.Rules[i]; r.Code == name {
			return true, k.rule(e, r, word(1))
		}
	}
	for _, m := range ind.Measures {
		if m.Code != name {
			continue
		}
		done, total, _ := strings.Cut(word(1), "/")
		a, err := scoring.ParseDecimal(done)
		b, err2 := scoring.ParseDecimal(total)
		if err != nil || err2 != nil {
			return true, i18n.E("完成情况写成 10/15，后面可以写完成日期")
		}
		if e.Measures == nil {
			e.Measures = map[string]inspection.Measure{}
		}
		e.Measures[name] = inspection.Measure{Done: &a, Total: &b, Completed: word(2)}
		return true, nil
	}
	return false, nil
}

func (k *caseReader) indicator(code string, e *inspection.Entry, word func(int) string) error {
	if word(1) == "另扣" || word(1) == "另加" {
		points, err := scoring.ParseDecimal(word(2))
		if err != nil {
			return err
		}
		clause := word(3)
		if clause == "" {
			clause = i18n.T("用例")
		}
		e.Findings = append(e.Findings, inspection.Finding{ID: freeID(e), Points: points, Clause: clause})
		return nil
	}
	state, ok := caseStates[word(1)]
	if !ok {
		return i18n.E("指标后面写 缺项、未检查、已检查、不评 或 另扣 分值")
	}
	if e.State = state; state == scoring.Absent {
		e.Absence = &inspection.Absence{Letter: word(2), Date: word(3), Reason: i18n.T("用例")}
		for _, p := range k.c.Rubric.Parts {
			e.Absence.Conditions = append(e.Absence.Conditions, p.Absence.Allowed[code].Conditions...)
		}
	}
	return nil
}

func (k *caseReader) rule(e *inspection.Entry, r *scoring.Rule, figure string) error {
	f := inspection.Finding{ID: freeID(e), Rule: r.Code}
	if r.Kind == scoring.Each && figure == "" {
		figure = "1"
	}
	if figure != "" {
		if r.Kind == scoring.Fixed || r.Kind == scoring.Veto {
			return i18n.E("规则 %s 只有一次，后面不写数", r.Code)
		}
		d, err := scoring.ParseDecimal(figure)
		if err != nil {
			return err
		}
		f.Count = d
	}
	switch points, ok := r.GivenBy(f.Count); {
	case r.Kind == scoring.Range:
		f.Points, f.Count = f.Count, 0
	case !ok:
		return i18n.E("规则 %s 由完成情况得出，请写完成情况", r.Code)
	default:
		if f.Points = points; r.Kind != scoring.Each {
			f.Count = 0
		}
	}
	e.Findings = append(e.Findings, f)
	return nil
}
