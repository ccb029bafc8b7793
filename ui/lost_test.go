package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/ime"
	"xunping/ui/look"
)

// People that are edited are the draft's after 确定, on disk, too; after Escape nothing
// of it is.
func TestPeopleAreEditedWhole(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	two := []inspection.Person{{Name: "张三", Number: "J1", Org: "局"}, {Name: "李四", Number: "J2", Org: "局"}}
	must(t, v.in.SetPeople(inspection.People{Inspectors: two}))
	rename := func(key fyne.KeyName) {
		v.editVisit()
		field := fieldWith(t, s, "张三")
		field.SetText("赵六")
		s.win.Canvas().Focus(field)
		press(s, key)
	}
	rename(fyne.KeyEscape)
	if got := v.in.Record().People.Inspectors[0].Name; got != "张三" {
		t.Errorf("after Escape the draft has %s", got)
	}
	rename(fyne.KeyReturn)
	s.desk.Close()
	must(t, s.open(s.desk.Path()))
	if got := at(t, s, "450100").in.Record().People.Inspectors[0].Name; got != "赵六" {
		t.Errorf("on disk is %s", got)
	}
}

// fieldWith is the field on top that holds a text.
func fieldWith(t *testing.T, s *shell, text string) *ime.Entry {
	t.Helper()
	var found *ime.Entry
	for _, o := range test.LaidOutObjects(s.top()) {
		if e, ok := o.(*ime.Entry); ok && e.Text == text {
			found = e
		}
	}
	if found == nil {
		t.Fatalf("no field holds %q", text)
	}
	return found
}

// Points of a range that are typed anew stay those of the same finding, with its
// reason, also while the field is empty; a first number brings the field of the reason.
func TestRangeIsTypedAnew(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	code, rule := aRange(t, v)
	v.open(code)
	field := v.entry.controls[rule].(*ime.Entry)
	s.win.Canvas().Focus(field)
	typing(t, s, "0.5")
	v.entry.pause()
	if v.entry.fields["findings[0].note"] == nil {
		t.Fatalf("no field for the reason: %v", v.entry.fields)
	}
	id := v.in.Record().Entries[code].Findings[0].ID
	must(t, v.in.EditFinding(code, id, func(f *inspection.Finding) { f.Note = "缺两项" }))
	v.rebuild()
	field = v.entry.controls[rule].(*ime.Entry)
	s.win.Canvas().Focus(field)
	field.SetText("")
	v.entry.pause()
	if f := v.in.Record().Entries[code].Findings; len(f) != 1 || f[0].Note != "缺两项" {
		t.Fatalf("an empty field left %+v", f)
	}
	field.SetText("1")
	v.entry.pause()
	if f := v.in.Record().Entries[code].Findings; len(f) != 1 || f[0].Note != "缺两项" || f[0].Points != scoring.One {
		t.Fatalf("another number left %+v", f)
	}
	field = v.entry.controls[rule].(*ime.Entry)
	field.SetText("0")
	field.OnSubmitted("0")
	if f := v.in.Record().Entries[code].Findings; len(f) != 0 {
		t.Errorf("0 and Enter left %+v", f)
	}
}

func aRange(t *testing.T, v *walkView) (code, rule string) {
	t.Helper()
	e := v.in.Compiled().Engine
	for i := range e.Len() {
		for _, r := range e.Indicator(i).Rules {
			if r.Kind == scoring.Range && *r.Min <= scoring.One/2 && *r.Max >= scoring.One {
				return e.Indicator(i).Code, r.Code
			}
		}
	}
	t.Fatal("no range")
	return "", ""
}

// The words of an opinion are still there after the place to write to was not chosen.
func TestOpinionIsKept(t *testing.T) {
	s := newWindow(t, "zh")
	s.showOpinion(madeUp.revisions[1], names.keys, []string{"a.jpg"}, []string{"", "基本同意", "A2 已整改", "", ""})
	for _, text := range []string{"基本同意", "A2 已整改"} {
		fieldWith(t, s, text)
	}
}

// Who leaves the choice of a place has the form again as it was, and can leave that.
func TestFormIsThereAgainWithoutAPlace(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.askNotice()
	typing(t, s, "桂数检〔2019〕9号")
	press(s, fyne.KeyReturn)
	fieldWith(t, s, "450100-检查通知.pdf")
	press(s, fyne.KeyEscape)
	fieldWith(t, s, "桂数检〔2019〕9号")
	press(s, fyne.KeyEscape)

	v.askHandOver()
	tap(t, s, "存为交接包…")
	fieldWith(t, s, "450100-交接.zip")
	press(s, fyne.KeyEscape)
	tap(t, s, "存为交接包…")
	fieldWith(t, s, "450100-交接.zip")
	press(s, fyne.KeyEscape)
	press(s, fyne.KeyEscape)
	if top := s.win.Canvas().Overlays().Top(); top != nil {
		t.Error("a form that was left is still there")
	}
}

// What was typed and refused is in its field again when its indicator is, and finished
// there.
func TestRefusedIsKeptForTheWayBack(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.open("A2")
	v.focusFigures()
	for _, text := range []string{"20", "15"} {
		typing(t, s, text)
		press(s, fyne.KeyReturn)
	}
	v.step(1)
	press(s, fyne.KeyEscape)
	v.step(-1)
	if got := v.entry.figures[0].Text + "/" + v.entry.figures[1].Text; got != "20/15" {
		t.Fatalf("on the way back stands %s", got)
	}
	v.entry.figures[0].SetText("10")
	settled(v)
	if m := v.in.Record().Entries["A2"].Measures["A2-m1"]; m.Done == nil || m.Done.String() != "10" || m.Total.String() != "15" {
		t.Errorf("finished: %+v", m)
	}
	v.step(1)
	v.step(-1)
	if got := v.entry.figures[0].Text; got != "10" {
		t.Errorf("after it was taken stands %s", got)
	}
}

// A second measure that was filled in while the first was typed is typed over, as a
// cell of Excel is.
func TestFilledInIsTypedOver(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.open("D5")
	if len(v.entry.figures) < 8 {
		t.Fatalf("%d figures", len(v.entry.figures))
	}
	v.focusFigures()
	for _, text := range []string{"60", "60", "2019-08-31", "2019-07-20"} {
		typing(t, s, text)
		press(s, fyne.KeyReturn)
	}
	thirty := 30 * scoring.One
	must(t, v.in.SetMeasure("D5", "D5-m2", inspection.Measure{Done: &thirty, Total: &thirty, AsOf: "2019-07-31"})) // as from the platform
	v.entry.pause()
	for _, text := range []string{"60", "61", "2019-08-30"} {
		typing(t, s, text)
		press(s, fyne.KeyReturn)
	}
	settled(v)
	if m := v.in.Record().Entries["D5"].Measures["D5-m2"]; m.Done == nil || m.Done.String() != "60" || m.Total.String() != "61" || m.AsOf != "2019-08-30" {
		t.Errorf("typed over what was filled in: %+v", m)
	}
}

// What is thrown away by the bin is said with what goes with it, also what was only
// just typed.
func TestTheBinSaysWhatGoes(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.open("A2")
	must(t, v.in.SetCount("A2", "A2-2", scoring.One))
	v.rebuild()
	id := v.in.Record().Entries["A2"].Findings[0].ID
	s.win.Canvas().Focus(v.entry.fields["finding."+id])
	typing(t, s, "x")
	v.entry.fields["finding."+id+".drop"].(*look.Button).Tapped(nil)
	if len(v.in.Record().Entries["A2"].Findings) != 0 || !s.reads("A2-2 的记录连同原因、佐证去掉了，Ctrl+Z 可以恢复") {
		t.Errorf("%+v, and the window says %v", v.in.Record().Entries["A2"].Findings, s.texts())
	}
	v.undo(false)
	if f := v.in.Record().Entries["A2"].Findings; len(f) != 1 || f[0].Note != "x" {
		t.Errorf("brought back: %+v", f)
	}
}

// A gap that is about the whole sheet leads to no page that has nothing to do with it.
func TestAGapOfTheWholeSheet(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.jump(inspection.Gap{Text: "上一版不在这台电脑上"})
	if s.win.Canvas().Overlays().Top() != nil || !s.reads("上一版不在这台电脑上") {
		t.Errorf("it opened %T and says %v", s.win.Canvas().Overlays().Top(), s.texts())
	}
	v.jump(inspection.Gap{Place: "visit.from", Text: "没有写时间"})
	if s.win.Canvas().Overlays().Top() == nil {
		t.Error("a missing time opens nothing")
	}
}
