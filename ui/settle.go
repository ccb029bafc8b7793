package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// choice is the column 采用 of a row: which one stands, and why.
func (v *conflictView) choice(r model.ConflictRow) fyne.CanvasObject {
	takes := []int{}
	var words []string
	for i := range r.Heads {
		takes, words = append(takes, i), append(words, i18n.T("采用%s组", model.HeadLetter(i)))
	}
	takes, words = append(takes, model.TakeBoth, model.TakeNew), append(words, i18n.T("都采用"), i18n.T("新的值…"))
	if r.Absence != nil {
		takes, words = append(takes, model.TakeAbsent), append(words, i18n.T("没有该项…"))
	}
	if r.Pick.Take != model.TakeNone {
		takes, words = append(takes, model.TakeNone), append(words, i18n.T("不选了"))
	}
	sel := look.NewSelect(words, nil)
	sel.PlaceHolder = r.Word
	for i, t := range takes {
		if t == r.Pick.Take && t != model.TakeNone {
			sel.SetSelectedIndex(i)
		}
	}
	reason := ime.NewEntry()
	reason.SetPlaceHolder(i18n.T("理由（必填）"))
	reason.SetText(r.Pick.Reason)
	sel.OnChanged = func(string) {
		take := takes[max(sel.SelectedIndex(), 0)]
		switch take {
		case model.TakeNew:
			v.askNew(r, reason.Text)
			return
		case model.TakeAbsent:
			v.askAbsent(r, reason.Text)
			return
		}
		v.try(func() error { return v.m.Choose(r.Code, model.Pick{Take: take, Reason: reason.Text}) })
	}
	if r.Pick.Take == model.TakeNone {
		return look.Column(look.Gap1, sel)
	}
	reason.OnChanged = func(text string) { // the row stays as it is, or the caret would be lost
		p := r.Pick
		if p.Reason = text; v.m.Choose(r.Code, p) == nil {
			v.foot.Objects = []fyne.CanvasObject{v.footView()}
			v.foot.Refresh()
		}
	}
	box := look.Column(look.Gap1, sel, reason)
	for _, line := range r.Written() {
		box.Add(look.NewPara(line))
	}
	return box
}

// askNew enters a value that no head has.
func (v *conflictView) askNew(r model.ConflictRow, why string) {
	st := v.m.Settlement()
	i, _ := st.Compiled().Engine.Index(r.Code)
	entry, ok := st.Record.Entries[r.Code]
	form := model.NewEntryForm(st.Compiled().Engine.Indicator(i), st.Unit.Kind, nil)
	if ok {
		form = model.NewEntryForm(st.Compiled().Engine.Indicator(i), st.Unit.Kind, &entry)
	}
	v.askEntry(r, model.TakeNew, i18n.T("按次数的写次数，幅度的写分值，其余写 1 表示存在；留空表示没有。完成情况写成 10/15。"), form.Fields, form.Read, why)
}

// askAbsent enters that the unit has no such thing, with its letter.
func (v *conflictView) askAbsent(r model.ConflictRow, why string) {
	st := v.m.Settlement()
	var entries []*inspection.Entry
	if r.Pick.Take == model.TakeAbsent {
		entries = append(entries, r.Pick.Entry)
	}
	for _, h := range st.Heads {
		e := h.Record.Entries[r.Code]
		entries = append(entries, &e)
	}
	letters, err := v.s.desk.LettersOf(st.Unit.Code, r.Code)
	if err != nil {
		v.s.fail(err)
		return
	}
	form := model.NewAbsenceForm(r.Absence, entries, letters)
	v.askEntry(r, model.TakeAbsent, form.Intro(), form.Fields, form.Read, why)
}

// askEntry asks for the fields of an entry and for the reason, and chooses what
// was written.
func (v *conflictView) askEntry(r model.ConflictRow, take int, intro string, fields []model.EntryField, read func([]string) (*inspection.Entry, error), why string) {
	var questions []question
	for _, f := range fields {
		questions = append(questions, question{label: f.Label, hint: f.Hint, value: f.Value, tick: f.Tick})
	}
	questions = append(questions, question{label: i18n.T("这样处理的理由"), value: why, hint: i18n.T("必填，随记录保存")})
	v.s.ask(r.Code+"　"+r.Title, intro, i18n.T("采用这个值"), questions, func(a []string) error {
		e, err := read(a[:len(a)-1])
		if err != nil {
			return err
		}
		if a[len(a)-1] == "" {
			return i18n.E("请写明理由")
		}
		if err := v.m.Choose(r.Code, model.Pick{Take: take, Entry: e, Reason: a[len(a)-1]}); err != nil {
			return err
		}
		v.refresh()
		return nil
	})
}

// footView is the total under each choice and the button that signs.
func (v *conflictView) footView() fyne.CanvasObject {
	value, band, final := v.m.Total()
	line := look.Across(look.Gap4)
	for i, h := range v.m.Settlement().Heads {
		line.Add(look.Middle(look.Small(i18n.T("%s组原总分 %s", model.HeadLetter(i), h.Value))))
	}
	line.Add(look.Middle(look.Bold(i18n.T("按现在的选择 %s　%s", value, band))))
	var missing fyne.CanvasObject
	if codes := v.m.Missing(); len(codes) > 0 {
		missing = look.InsetXY(look.Gap4, 0, look.Middle(look.Small(i18n.T("还要选择或写理由：%s", model.Join(codes))).In(look.Waiting).Elided()))
	}
	sign := look.NewButton(i18n.T("签发处理结果…"), v.sign)
	sign.Importance = widget.HighImportance
	if !final {
		sign.Disable()
	}
	return look.InsetXY(0, look.Gap2, container.NewBorder(nil, nil, line, sign, missing))
}

// sign signs the settlement with a key of the bureau. Its file goes to the teams
// like any other scorecard.
func (v *conflictView) sign() {
	keys, err := v.s.desk.Keys()
	if err != nil {
		v.s.fail(err)
		return
	}
	words, bureau := model.BureauKeys(keys)
	if len(bureau) == 0 {
		v.s.needKey()
		return
	}
	key, pass, wrong := look.NewSelect(words, nil), ime.NewPassword(), look.NewPara("").In(look.Lost)
	key.SetSelectedIndex(0)
	box := look.Column(look.Gap2, look.Note(i18n.T("处理结果是汇总单位签名的新版评分表，以各份为来源。总分变了的，还要审批后才算定稿。文件可以交回各组，他们合并后看到同样的结果。")),
		pair(i18n.T("汇总密钥"), key), pair(i18n.T("口令"), pass), wrong)
	d := look.NewDialog(v.s.win, i18n.T("签发处理结果"), look.Fixed(520, 0, box)).Cancel(i18n.T("取消"), nil)
	d.Main(i18n.T("签发并存为…"), func() bool {
		k := bureau[max(key.SelectedIndex(), 0)]
		if _, err := desk.OpenKey(k.Path, pass.Text); err != nil {
			wrong.Set(i18n.Person(err))
			return false
		}
		st := v.m.Settlement()
		v.s.saveFile(st.Key.Round+"-"+st.Unit.Code+i18n.T("-处理结果")+".pdf", func(out string) error {
			v.signInto(k.Path, pass.Text, out)
			return nil
		})
		return true
	})
	pass.OnSubmitted, pass.OnEscape = func(string) { d.Enter() }, d.Escape
	d.Focus(pass).Show()
	v.s.recall(bureau[0].SPKI, pass)
}

func (v *conflictView) signInto(key, pass, out string) {
	var done desk.Sealed
	v.s.run(job{title: i18n.T("签发处理结果"),
		work: func(ctx context.Context, _ desk.Progress) (err error) {
			done, err = v.s.desk.SignSettlement(ctx, v.m.Settlement(), key, pass, out)
			return err
		},
		done: func(err error) {
			if err == nil {
				err = v.m.Forget()
			}
			if err != nil {
				v.s.fail(err)
				return
			}
			v.back()
			v.s.toast(i18n.T("已签发：%s", done.Path))
		}})
}

// thumb is a piece of evidence as a small picture, or the sign of a file; a
// click shows it large.
func (v *conflictView) thumb(sha string) fyne.CanvasObject {
	return v.s.enlarging(sha, "", look.Fixed(48, 48, v.s.evidencePicture(sha, 96)))
}

// enlarging is a small picture that a click shows large, under the name of its
// file where one is known.
func (s *shell) enlarging(sha, name string, small fyne.CanvasObject) fyne.CanvasObject {
	if name == "" {
		name = i18n.T("佐证")
	}
	return look.NewRow(small, func() {
		look.NewDialog(s.win, name, s.evidencePicture(sha, 1200)).Size(860, 640).Reading(i18n.T("关闭")).Show()
	})
}

// evidencePicture is evidence of the workbook as a picture of at most side
// pixels, or the sign of a file.
func (s *shell) evidencePicture(sha string, side int) fyne.CanvasObject {
	img, err := s.desk.Thumbnail(sha, side)
	if err != nil || img == nil {
		return widget.NewIcon(theme.FileIcon())
	}
	p := canvas.NewImageFromImage(img)
	p.FillMode = canvas.ImageFillContain
	return p
}

// topColumns are columns of fixed widths, the one of 0 taking what is left,
// aligned at the top: cells of different heights.
type topColumns struct{ widths []float32 }

func (c topColumns) MinSize(o []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for i, x := range o {
		w := c.widths[i]
		if w == 0 {
			w = leastRest
		}
		x.Resize(fyne.NewSize(w, x.MinSize().Height)) // paragraphs learn their height from their width
		m.Height = max(m.Height, x.MinSize().Height)
	}
	return m
}

// leastRest is the width of the column that takes what is left.
const leastRest = 160

func (c topColumns) Layout(o []fyne.CanvasObject, size fyne.Size) {
	rest := size.Width
	for _, w := range c.widths {
		rest -= w + look.Gap2
	}
	x := float32(0)
	for i, obj := range o {
		w := c.widths[i]
		if w == 0 {
			w = max(rest, leastRest)
		}
		obj.Resize(fyne.NewSize(w, obj.MinSize().Height))
		obj.Move(fyne.NewPos(x, 0))
		x += w + look.Gap2
	}
}
