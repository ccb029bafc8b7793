package ui

import (
	"xunping/assets/i18n"
	"xunping/desk"
)

// askNotice writes the notice of inspection and the list of materials for the
// open unit, before the visit.
func (v *walkView) askNotice() { v.noticeNumbered("") }

// noticeNumbered is askNotice with a number that was typed before.
func (v *walkView) noticeNumbered(number string) {
	s, r := v.s, v.in.Record()
	intro := i18n.T("时间、地点、检查员取自“检查时间、地点与人员”，没有写的留空待填。材料清单取自指标体系。")
	s.ask(i18n.T("检查通知与材料清单"), intro, i18n.T("存为 PDF…"), []question{{label: i18n.T("文号"), hint: i18n.T("可不写"), value: number},
		{label: i18n.T("联系人"), hint: i18n.T("姓名、电话"), value: s.desk.Setting("notice.contact", "")},
		{label: i18n.T("落款"), value: s.desk.Setting("notice.issuer", v.in.Compiled().Rubric.Issuer)}}, func(a []string) error {
		_ = s.desk.SetSetting("notice.contact", a[1])
		_ = s.desk.SetSetting("notice.issuer", a[2])
		s.saveFileOr(r.Unit.Code+i18n.T("-检查通知")+".pdf", func(path string) error {
			pdf, err := s.desk.Notice(r.Round.Code, r.Unit.Code, desk.NoticeRequest{Number: a[0], Contact: a[1], Issuer: a[2], Visit: r.Visit, People: r.People})
			return s.saved(path, desk.SavePaper(path, pdf, err))
		}, func() { v.noticeNumbered(a[0]) })
		return nil
	})
}

// saveFacts writes 现场检查记录: what the unit signs on site, without points.
func (v *walkView) saveFacts() {
	if v.entry != nil {
		v.entry.flush()
	}
	v.s.saveFile(v.in.Record().Unit.Code+i18n.T("-现场检查记录")+".pdf", func(path string) error {
		pdf, err := v.counted().FactSheet() // what is only tried out is on no paper
		return v.s.saved(path, desk.SavePaper(path, pdf, err))
	})
}

// savePens writes the pages marked 未签发, for pens, when no key is at hand.
func (v *walkView) savePens() {
	if v.entry != nil {
		v.entry.flush()
	}
	v.s.saveFile(v.in.Record().Unit.Code+i18n.T("-未签发")+".pdf", func(path string) error {
		pdf, err := v.counted().Preview()
		return v.s.saved(path, desk.SavePaper(path, pdf, err))
	})
}

// saved says where a file went and opens it.
func (s *shell) saved(path string, err error) error {
	if err == nil {
		s.toast(i18n.T("已写入 %s", path))
		s.openPath(path)
	}
	return err
}
