package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
	"xunping/ui/model"
)

// showBatches lists the imports of this workbook with what each brought, what it
// refused and why, and takes one out again while nothing made here rests on it.
func (v *bureauView) showBatches() {
	list, err := v.s.desk.Batches()
	if err != nil {
		v.s.fail(err)
		return
	}
	box := look.Column(look.Gap3)
	if len(list) == 0 {
		box.Add(look.NewPara(i18n.T("还没有导入过文件。每次写入成为一个批次，可以整批撤回。")))
	}
	var d *look.Dialog
	for _, b := range list {
		box.Add(look.Card(v.batchCard(b, func() { d.Hide() })))
	}
	d = look.NewDialog(v.s.win, i18n.T("以前的批次"), container.NewVScroll(box)).Size(760, 560).Reading(i18n.T("关闭"))
	d.Show()
}

// mostRefused is how many refused files of a batch are named.
const mostRefused = 20

func (v *bureauView) batchCard(b desk.BatchInfo, close func()) fyne.CanvasObject {
	words := model.NewBatch(b)
	box := look.Column(look.Gap1, look.Bold(words.Title), look.Small(words.When), look.NewText(words.Totals))
	for i, f := range b.Refused {
		if i == mostRefused {
			box.Add(look.Small(i18n.T("还有 %d 个，见台账", len(b.Refused)-i)))
			break
		}
		box.Add(look.Note(i18n.T("拒收 %s：%s", f.Name, f.Reason)).In(look.Lost))
	}
	if b.Undone {
		return box
	}
	undo := look.NewButton(i18n.T("整批撤回…"), func() { close(); v.askUndo(b) })
	return container.NewBorder(nil, nil, nil, container.NewCenter(undo), box)
}

func (v *bureauView) askUndo(b desk.BatchInfo) {
	d := look.NewDialog(v.s.win, i18n.T("整批撤回"), look.Fixed(520, 0, look.NewPara(i18n.T("第 %d 批带来的记录和行为会全部取出，就像没有收到过；日志留下这件事，名册不撤。原文件还在 U 盘上，可以再收。", b.ID)))).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("撤回"), func() bool {
		v.s.run(job{title: i18n.T("整批撤回"),
			work: func(ctx context.Context, _ desk.Progress) error { return v.s.desk.UndoBatch(ctx, b.ID) },
			done: func(err error) {
				if err == nil {
					v.clear()
					err = v.load()
				}
				if err != nil {
					v.s.fail(err)
					return
				}
				v.refresh()
				v.s.toast(i18n.T("已撤回第 %d 批", b.ID))
			}})
		return true
	})
	d.Show()
}
