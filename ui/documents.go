package ui

import (
	"context"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/model"
)

// What follows the score is told on paper: each of these writes one official
// document, as PDF to print or as DOCX to go on with.

// askPaper writes the document of a matter: 复核意见 of a decided objection,
// 整改通知单 of a finding's notice.
func (v *bureauView) askPaper(h *model.Handling, m model.Matter) {
	if m.Kind == model.MatterObjection {
		r := h.Objection(m.ID).Ruling
		v.askDocument(i18n.T("复核意见"), m.Unit, func(ctx context.Context, path string) error { return v.s.desk.WriteRuling(ctx, r.Hash, path) })
		return
	}
	notice := h.Item(m.ID).Notice
	v.askDocument(i18n.T("整改通知单"), m.Unit, func(ctx context.Context, path string) error { return v.s.desk.WriteRectifyNotice(ctx, notice, path) })
}

// askApprovalSheet writes 呈批单 of a snapshot, with room for the steps not taken.
func (v *bureauView) askApprovalSheet(x *desk.Process) {
	round := v.s.round.Code
	v.askDocument(i18n.T("呈批单"), round, func(ctx context.Context, path string) error {
		return v.s.desk.WriteApprovalSheet(ctx, round, x.Hash, path)
	})
}

func (v *bureauView) askDocument(title, name string, write func(ctx context.Context, path string) error) {
	formats := []string{"PDF", "DOCX"}
	d := v.s.desk
	v.s.ask(title, i18n.T("PDF 用来打印；DOCX 可以在文字处理软件里接着改。"), i18n.T("存为…"), []question{{label: i18n.T("格式"), options: formats, value: d.Setting("document.format", formats[0])}}, func(a []string) error {
		_ = d.SetSetting("document.format", a[0])
		v.s.saveFile(name+"-"+title+"."+strings.ToLower(a[0]), func(path string) error { v.writeDocument(title, path, write); return nil })
		return nil
	})
}

// askClearance writes 销号台账 of the round.
func (v *bureauView) askClearance() {
	round, title := v.s.round.Code, i18n.T("销号台账")
	v.s.saveFile(round+"-"+title+".xlsx", func(path string) error {
		v.writeDocument(title, path, func(ctx context.Context, path string) error { return v.s.desk.WriteClearance(ctx, round, path) })
		return nil
	})
}

func (v *bureauView) writeDocument(title, path string, write func(ctx context.Context, path string) error) {
	v.s.run(job{title: title, work: func(ctx context.Context, _ desk.Progress) error { return write(ctx, path) }, done: func(err error) {
		if err = v.s.saved(path, err); err != nil {
			v.s.fail(err)
		}
	}})
}
