package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// editVisit asks for what stands in the head of the scorecard: when, where,
// on what basis, by whom, and who received the team.
func (v *walkView) editVisit() {
	if v.entry != nil {
		v.entry.flush()
	}
	r := v.in.Record()
	visit, people := r.Visit, r.People
	// The draft's own stay as they are until 确定.
	people.Inspectors = slices.Clone(people.Inspectors)
	if len(people.Inspectors) == 0 { // the same team as last time
		people.Inspectors = model.ReadTeam(v.s.desk.Setting("team", ""))
	}
	for len(people.Inspectors) < 2 {
		people.Inspectors = append(people.Inspectors, inspection.Person{})
	}
	var fields []*ime.Entry
	field := func(p *string, hint string) fyne.CanvasObject {
		f := ime.NewEntry()
		f.SetText(*p)
		f.SetPlaceHolder(hint)
		f.OnChanged = func(t string) { *p = t }
		fields = append(fields, f)
		return f
	}
	from, to := model.Clock(visit.From), model.Clock(visit.To)
	box := look.Column(look.Gap2,
		pair(i18n.T("开始时间"), field(&from, "2019-08-06 09:00")),
		pair(i18n.T("结束时间"), field(&to, "2019-08-06 17:30")),
		pair(i18n.T("地点"), field(&visit.Place, "")),
		pair(i18n.T("检查依据"), field(&visit.Basis, i18n.T("如 桂数函〔2019〕258号"))))
	for i := range people.Inspectors {
		p := &people.Inspectors[i]
		box.Add(pair(i18n.T("检查员 %d", i+1), container.NewGridWithColumns(3,
			field(&p.Name, i18n.T("姓名")), field(&p.Number, i18n.T("证件号码")), field(&p.Org, i18n.T("单位")))))
	}
	box.Add(pair(i18n.T("单位负责人"), container.NewGridWithColumns(2,
		field(&people.UnitHead.Name, i18n.T("姓名")), field(&people.UnitHead.Title, i18n.T("职务")))))
	box.Add(pair(i18n.T("联络员"), container.NewGridWithColumns(2,
		field(&people.Liaison.Name, i18n.T("姓名")), field(&people.Liaison.Phone, i18n.T("电话")))))
	wrong := look.Small("").In(look.Lost)
	box.Add(wrong)
	d := look.NewDialog(v.s.win, i18n.T("检查时间、地点与人员"), box).Size(640, 0).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("确定"), func() bool {
		var err error
		if visit.From, err = model.Stamp(from); err == nil {
			visit.To, err = model.Stamp(to)
		}
		if err == nil {
			err = v.in.SetVisit(visit)
		}
		if err == nil {
			err = v.in.SetPeople(model.Named(people))
		}
		if err != nil {
			wrong.Set(i18n.Person(err))
			return false
		}
		_ = v.s.desk.SetSetting("team", model.TeamText(v.in.Record().People.Inspectors))
		v.update()
		return true
	})
	for _, f := range fields {
		f.OnSubmitted, f.OnEscape = func(string) { d.Enter() }, d.Escape
	}
	d.Focus(fields[0]).Show()
}
