package ui

import (
	"context"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
)

func (s *shell) exportUnits() {
	s.saveFile(i18n.T("单位名单")+".xlsx", func(path string) error {
		return s.say(s.desk.WriteUnits(path), i18n.T("已写入 %s", path))
	})
}

func (s *shell) importUnits() {
	s.openFile(func(path string) {
		var r desk.ImportReport
		s.run(job{title: i18n.T("从表格导入单位"),
			work: func(context.Context, desk.Progress) (err error) { r, err = s.desk.ImportUnits(path); return err },
			done: func(err error) {
				if err != nil {
					s.fail(err)
					return
				}
				s.goTo(placeUnits)
				s.showImported(r)
			}})
	})
}

// showImported says what came of an import of units. Names that nearly agree are
// shown, for a person to compare.
func (s *shell) showImported(r desk.ImportReport) {
	words := i18n.T("新增 %d，改动 %d，相同 %d", r.Added, r.Changed, r.Same)
	if len(r.Near)+len(r.Renamed) == 0 {
		s.toast(words)
		return
	}
	box := look.Column(look.Gap2, look.NewText(words))
	if len(r.Renamed) > 0 {
		box.Add(look.NewPara(i18n.T("这些代码原来是别的名称或类别，请核对是不是同一个单位：")).In(look.Waiting))
	}
	for _, x := range r.Renamed {
		box.Add(look.NewPara(x.Words()))
	}
	if len(r.Near) > 0 {
		box.Add(look.NewPara(i18n.T("这些名称很相近，请核对是不是同一个单位：")).In(look.Waiting))
	}
	columns := []float32{110, 0, 110, 240}
	for _, x := range r.Near {
		row := tableRow(columns)
		fillRow(row, look.Ink, x.Code, x.Name, x.Other, x.Title)
		box.Add(row)
	}
	s.sheet(i18n.T("从表格导入单位"), box)
}
