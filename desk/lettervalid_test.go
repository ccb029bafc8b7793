package desk

import (
	"slices"
	"strings"
	"testing"

	"xunping/inspection"
)

// A letter whose validity ended before the visit, or that was refused, is warned
// of: in the list with the result that rests on it, where it is chosen, and before
// signing. A refused letter is registered and awaited by nobody.
func TestLettersThatDoNotHoldAreSaid(t *testing.T) {
	o := newOffice(t, 6)
	d := o.bureau
	letters, err := d.Letters()
	must(t, err)
	var rec *inspection.Record
	i := slices.IndexFunc(letters, func(l LetterRow) bool {
		rec, _, _, err = d.oneHead("2019-08", l.Unit.Code)
		return err == nil && slices.ContainsFunc(l.Indicators, func(code string) bool {
			a := rec.Entries[code].Absence
			return a != nil && a.Letter == l.Number && a.Date == l.Date
		})
	})
	if i < 0 {
		t.Fatal("no result rests on a letter")
	}
	l := letters[i]
	last := l.Hash
	enter := func(decision string, valid inspection.Period) LetterRow {
		t.Helper()
		a := *l.Act
		a.Replaces, a.Decision, a.Valid, a.By = last, decision, valid, inspection.Person{}
		last, _, err = d.NewAct(t.Context(), a, o.key)
		must(t, err)
		list, err := d.LettersIn("2019-08")
		must(t, err)
		return list[slices.IndexFunc(list, func(x LetterRow) bool { return x.Hash == last })]
	}
	day := visitDay(rec)
	for _, c := range []struct {
		decision, from, to, want string
	}{{inspection.Accepted, "2019-01-01", day, ""}, {inspection.Accepted, "", "2019-07-02", "已经过期"},
		{inspection.Accepted, "2020-01-01", "", "还没有开始"}, {inspection.Refused, "", "", "不同意"}} {
		got := enter(c.decision, inspection.Period{From: c.from, To: c.to})
		if (got.Against == "") != (c.want == "") || !strings.Contains(got.Against, c.want) {
			t.Errorf("%+v: it says %q", c, got.Against)
		}
		chosen, err := d.LettersOf(l.Unit.Code, l.Indicators[0])
		must(t, err)
		if why := against(chosen, rec.Entries[l.Indicators[0]].Absence, day); !strings.Contains(why, c.want) || (why == "") != (c.want == "") {
			t.Errorf("%+v: where it is chosen it says %q", c, why)
		}
	}
	awaited, err := d.AwaitedLetters("2019-08")
	must(t, err)
	if slices.ContainsFunc(awaited, func(x LetterRow) bool { return x.Unit.Code == l.Unit.Code && x.Number == l.Number }) {
		t.Error("a letter that was refused still waits to be registered")
	}
	c, err := d.Compiled(rec.Rubric.SHA256)
	must(t, err)
	in := &Inspector{d: d, c: c, rec: rec}
	if !slices.ContainsFunc(in.Gate(), func(g inspection.Gap) bool {
		return g.Indicator == l.Indicators[0] && !g.Blocking && strings.Contains(g.Text, "不同意")
	}) {
		t.Error("it is not said before signing")
	}
}
