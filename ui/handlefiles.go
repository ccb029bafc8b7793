package ui

import (
	"context"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// askPack writes an act as a file to hand on.
func (v *bureauView) askPack(a model.About) {
	v.s.askSigned(i18n.T("写成文件交出"), i18n.T("把这份行为记录连同附件写成一个文件。对方合并它，就知道同样的事。"), i18n.T("签名并存为…"), nil,
		func(_ []string, key desk.KeyInfo, pass string) error {
			id, err := desk.OpenKey(key.Path, pass)
			if err == nil {
				v.acts().savePack(a.Act[:8])(a.Act, id)
			}
			return err
		})
}

// askExportActs writes all acts of the round as one file, for another workbook.
func (v *bureauView) askExportActs() {
	code := v.s.round.Code
	v.s.askSigned(i18n.T("导出行为记录"), i18n.T("把本轮的全部行为记录连同附件写成一个文件，交给另一个工作簿合并。"), i18n.T("签名并存为…"), nil,
		func(_ []string, key desk.KeyInfo, pass string) error {
			id, err := desk.OpenKey(key.Path, pass)
			if err != nil {
				return err
			}
			v.s.saveFile(code+i18n.T("-行为记录")+".zip", func(out string) error {
				n, err := v.s.desk.ExportActs(context.Background(), code, id, out)
				return v.s.say(err, i18n.T("%d 份行为记录已写入 %s", n, out))
			})
			return nil
		})
}

// askReceipts signs a receipt for each sheet that came in and has none, a file for
// each inspector.
func (v *bureauView) askReceipts() {
	code := v.s.round.Code
	v.s.askSigned(i18n.T("签回执"), i18n.T("给还没有回执的评分表各签一份，每个检查员一个文件，随 U 盘带回。"), i18n.T("选择文件夹…"), nil,
		func(_ []string, key desk.KeyInfo, pass string) error {
			id, err := desk.OpenKey(key.Path, pass)
			if err != nil {
				return err
			}
			v.s.openFolder(i18n.T("签回执"), func(dir string) { v.writeReceipts(code, id, dir) })
			return nil
		})
}

func (v *bureauView) writeReceipts(code string, id desk.Signer, dir string) {
	var made []desk.ReceiptResult
	v.s.run(job{title: i18n.T("签回执"),
		work: func(ctx context.Context, p desk.Progress) (err error) {
			made, err = v.s.desk.Confirm(ctx, code, id, dir, p)
			return err
		},
		done: func(err error) {
			if err != nil {
				v.s.fail(err)
				return
			}
			v.changed(i18n.T("回执：%d 个文件", len(made)))
			if len(made) == 0 {
				return
			}
			box := look.Column(look.Gap2)
			for _, r := range made {
				box.Add(look.NewPara(i18n.T("%s：%d 份", r.Inspector, r.Records)))
				box.Add(look.Note(r.File))
			}
			v.s.sheet(i18n.T("签回执"), box)
		}})
}

// saveScans writes the files that acts name into a folder.
func (s *shell) saveScans(hashes []string) {
	s.openFolder(i18n.T("附件另存"), func(dir string) {
		if err := s.desk.SaveScans(hashes, dir); err != nil {
			s.fail(err)
			return
		}
		s.toast(i18n.T("%d 个附件已写到 %s", len(hashes), dir))
	})
}
