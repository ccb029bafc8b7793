package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// revokeView shows what a key signed and lets a person tick the last ones that
// are still believed; what that leaves standing shows at once.
type revokeView struct {
	s      *shell
	entry  inspection.RosterEntry
	choice *model.Revocation
	rows   []model.RevocationRow
	list   *look.List
	sum    *look.Text
	reason *ime.Entry
}

var revokeColumns = []float32{36, 150, 84, 90, 150, 150, 130, 0}

func newRevokeView(s *shell, e inspection.RosterEntry, choice *model.Revocation) *revokeView {
	return &revokeView{s: s, entry: e, choice: choice, rows: choice.Rows(), sum: look.Bold(choice.Summary()), reason: ime.NewEntry()}
}

func (v *revokeView) show() {
	if v.entry.Revoked != nil {
		v.reason.SetText(v.entry.Revoked.Reason)
	}
	intro := i18n.T("勾选他最后几份可信的内容：它们和它们之前的都认可，其余进隔离区，与日期和收到的先后无关。两台电脑或恢复备份造成的分叉，把各支的末尾都勾上。密钥从未被盗用、只是人调走时，勾选全部链尾。")
	wrong := look.Small("").In(look.Lost)
	top := look.Column(look.Gap2, look.NewPara(intro), pair(i18n.T("理由"), v.reason), wrong)
	d := look.NewDialog(v.s.win, i18n.T("吊销 %s 的密钥", v.entry.Name), container.NewBorder(look.InsetXY(0, look.Gap2, top), look.InsetXY(0, look.Gap2, v.sum), nil, nil, v.table())).Size(1080, 640)
	d.Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("下一步：根密钥…"), func() bool {
		if v.reason.Text == "" {
			wrong.Set(i18n.T("吊销要写理由"))
			return false
		}
		d.Hide()
		v.s.revokeWith(v.entry, v.choice.Last(), v.reason.Text)
		return false
	})
	v.reason.OnEscape, v.reason.OnSubmitted = d.Escape, func(string) { d.Enter() }
	d.Focus(v.reason).Show()
}

func (v *revokeView) table() fyne.CanvasObject {
	if len(v.rows) == 0 {
		return container.NewCenter(look.NewText(i18n.T("这把密钥在这个工作簿里没有签过内容。吊销后，它以后出现的一份也不认。")))
	}
	v.list = look.NewList(func() int { return len(v.rows) }, func() fyne.CanvasObject { return tableRow(revokeColumns) }, func(i widget.ListItemID, o fyne.CanvasObject) {
		r := v.rows[i]
		tick, role := "□", look.Lost
		if r.Chosen {
			tick = "■"
		}
		if r.Counts {
			role = look.Gained
		}
		fillRow(o, look.Ink, tick, r.Short, r.Kind, r.Round, r.Unit, r.Claimed, r.Odd, r.Verdict)
		cells := o.(*fyne.Container).Objects[0].(*fyne.Container).Objects
		cells[len(cells)-1].(*look.Text).SetIn(r.Verdict, role)
	})
	v.list.OnEnter = func(i widget.ListItemID) {
		v.choice.Toggle(i)
		v.rows = v.choice.Rows()
		v.sum.Set(v.choice.Summary())
		v.list.Refresh()
	}
	head := container.NewVBox(tableHead(revokeColumns, "", i18n.T("短码"), i18n.T("种类"), i18n.T("轮次"), i18n.T("单位"), i18n.T("时间（自称）"), i18n.T("签名链"), i18n.T("结果")), look.HLine())
	return look.Card(container.NewBorder(head, nil, nil, nil, v.list))
}
