package ui

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/look"
	"xunping/ui/model"
)

// reviewPage is 横向复核: judgements of one indicator side by side over all
// units, changed with a reason, signed together.
type reviewPage struct {
	v      *bureauView
	only   string // indicator
	body   *fyne.Container
	thumbs map[string]fyne.CanvasObject
}

func (v *bureauView) reviewView() fyne.CanvasObject {
	if v.s.round.Code == "" {
		return v.overviewView()
	}
	place := container.NewStack()
	v.withReview(func() {
		if v.review.Empty() {
			place.Objects = []fyne.CanvasObject{container.NewCenter(look.NewText(i18n.T("还没有要复核的。收到的评分表里有酌情、自定扣分和加分时，按指标列在这里比较。")))}
			place.Refresh()
			return
		}
		p := &reviewPage{v: v, body: container.NewStack(), thumbs: map[string]fyne.CanvasObject{}}
		codes, words := v.review.Indicators()
		sel := look.NewSelect(append([]string{i18n.T("全部指标")}, words...), nil)
		sel.SetSelectedIndex(0)
		sel.OnChanged = func(string) {
			p.only = ""
			if i := sel.SelectedIndex(); i > 0 {
				p.only = codes[i-1]
			}
			p.show()
		}
		p.show()
		place.Objects = []fyne.CanvasObject{container.NewBorder(look.InsetXY(0, look.Gap2, look.Across(look.Gap2, look.Fixed(420, 0, sel))), nil, nil, nil, p.body)}
		place.Refresh()
	})
	return place
}

// withReview reads what was judged; it stands in the records.
func (v *bureauView) withReview(then func()) {
	if v.review != nil {
		then()
		return
	}
	var rows []desk.ReviewRow
	code := v.s.round.Code
	read := func(ctx context.Context, p desk.Progress) (err error) {
		rows, err = v.s.desk.Review(ctx, code, p)
		return err
	}
	v.read(i18n.T("打开各单位的记录"), read, func() {
		v.review = model.NewReview(rows)
		if n := v.review.Resume(v.s.reviews[code]); n > 0 {
			v.s.toast(i18n.T("%d 处没有签名的改动没有保留：所依据的记录已经变了", n))
		}
		if v.s.reviews == nil {
			v.s.reviews = map[string]*model.Review{}
		}
		v.s.reviews[code] = v.review
		then()
	})
}

func (p *reviewPage) show() {
	r := p.v.review
	t := &dataTable{s: p.v.s, t: r.Table(p.only), high: 44}
	t.chips = func(column int, l model.Line) []fyne.CanvasObject {
		if column != model.ReviewPhotos {
			return nil
		}
		if l.Cells == nil {
			return []fyne.CanvasObject{}
		}
		return p.photos(r.Row(l).Evidence, 40, 3, false)
	}
	t.open = func(l model.Line) { p.edit(r.Row(l)) }
	t.says = r.Spread
	tools := t.tools(i18n.T("全部情形"), model.ReviewWhy)
	p.v.find = t.find
	if changes, units := r.Pending(); changes > 0 {
		tools.Add(look.Middle(look.Bold(i18n.T("%d 处改动，%d 个单位，未签名", changes, units)).In(look.Waiting)))
		tools.Add(look.NewButton(i18n.T("放弃改动"), func() { r.Forget(nil); p.show() }))
		sign := look.NewButton(i18n.T("签名修订…"), p.sign)
		sign.Importance = widget.HighImportance
		tools.Add(sign)
	}
	p.body.Objects = []fyne.CanvasObject{container.NewBorder(look.InsetXY(0, look.Gap2, tools), nil, nil, nil, t.view())}
	p.body.Refresh()
}

// photos are the first pictures of a row, small; what is no picture is the sign
// of a file. With large a click shows one large; in the table a click opens the
// row.
func (p *reviewPage) photos(refs []inspection.EvidenceRef, side float32, most int, large bool) []fyne.CanvasObject {
	row := look.Across(look.Gap1)
	for i, ref := range refs {
		if i == most {
			row.Add(look.Middle(look.Small(i18n.T("等 %d 个", len(refs)))))
			break
		}
		small := look.Fixed(side, side, p.photo(ref.SHA256, int(side)*2))
		if large {
			row.Add(p.v.s.enlarging(ref.SHA256, ref.Name, small))
			continue
		}
		row.Add(small)
	}
	return []fyne.CanvasObject{row}
}

func (p *reviewPage) photo(sha string, side int) fyne.CanvasObject {
	if side <= 100 && p.thumbs[sha] != nil {
		return p.thumbs[sha]
	}
	o := p.v.s.evidencePicture(sha, side)
	if side <= 100 {
		p.thumbs[sha] = o
	}
	return o
}

// edit shows one judgement whole, and takes a change with its reason.
func (p *reviewPage) edit(r desk.ReviewRow) {
	facts := i18n.T("%s %s　%s　第 %d 版", r.Indicator, r.Title, r.Team, r.Revision)
	box := look.Column(look.Gap2, look.NewPara(facts))
	for _, f := range r.Facts {
		box.Add(look.Small(f))
	}
	if r.Note != "" {
		box.Add(pair(i18n.T("指标说明"), look.NewPara(r.Note)))
	}
	if len(r.Evidence) > 0 {
		box.Add(container.NewHScroll(look.Fixed(0, 130, container.NewHBox(p.photos(r.Evidence, 120, 12, true)...))))
	}
	questions, read := p.questions(r)
	old, changed := p.v.review.Edit(r)
	questions = append(questions, question{label: i18n.T("理由"), value: old.Reason, hint: i18n.T("为什么改，写进修订")})
	d := p.v.s.askUnder(box, r.Unit.Name, i18n.T("记下改动"), questions, func(a []string) error {
		e, err := read(a)
		if err != nil {
			return err
		}
		e.Reason = a[len(a)-1]
		if err := p.v.review.Change(r, e); err != nil {
			return err
		}
		p.show()
		return nil
	})
	if changed {
		d.Aside(look.NewButton(i18n.T("撤回这处改动"), func() { d.Hide(); p.v.review.Forget(&r); p.show() }))
	}
	d.Show()
}

// questions ask for what can be changed in a row; read makes the edit of the
// answers.
func (p *reviewPage) questions(r desk.ReviewRow) ([]question, func(a []string) (desk.ReviewEdit, error)) {
	if r.Finding == nil {
		return p.newFinding(r)
	}
	f, counted := *r.Finding, r.Rule != nil && r.Rule.Kind == scoring.Each
	keep, drop := i18n.T("保留"), i18n.T("删去这一条")
	figure := question{label: i18n.T("分数"), value: f.Points.String(), hint: i18n.T("可给 %s 到 %s 分", r.Min.String(), r.Max.String())}
	switch {
	case counted:
		figure = question{label: i18n.T("次数"), value: f.Count.String()}
	case r.Rule != nil && r.Rule.Kind != scoring.Range:
		figure = question{label: i18n.T("分数"), value: f.Points.String(), options: []string{f.Points.String()}}
	}
	return []question{figure, {label: i18n.T("说明"), value: f.Note, lines: 2}, {label: i18n.T("这一条"), options: []string{keep, drop}}},
		func(a []string) (desk.ReviewEdit, error) {
			e := desk.ReviewEdit{Remove: a[2] == drop}
			n, err := model.Points(a[0])
			if err != nil {
				return e, err
			}
			if counted && n != f.Count {
				e.Count = &n
			} else if !counted && n != f.Points {
				e.Points = &n
			}
			if a[1] != f.Note {
				e.Note = &a[1]
			}
			if !e.Remove && e.Count == nil && e.Points == nil && e.Note == nil {
				return e, i18n.E("没有写任何改动")
			}
			return e, nil
		}
}

// newFinding scores an indicator that the bureau decides.
func (p *reviewPage) newFinding(r desk.ReviewRow) ([]question, func(a []string) (desk.ReviewEdit, error)) {
	c, err := p.v.s.desk.Compiled(p.v.s.round.RubricHash)
	if err != nil {
		p.v.s.fail(err)
		return nil, nil
	}
	i, _ := c.Engine.Index(r.Indicator)
	var codes, words []string
	for _, rule := range c.Engine.Indicator(i).Rules {
		if slices.Contains([]string{scoring.Range, scoring.Fixed, scoring.Each}, rule.Kind) {
			codes, words = append(codes, rule.Code), append(words, rule.Code+" "+rule.Text)
		}
	}
	return []question{{label: i18n.T("依据"), options: words}, {label: i18n.T("分数或次数"), hint: i18n.T("0 是不给分")}, {label: i18n.T("说明"), lines: 2}},
		func(a []string) (desk.ReviewEdit, error) {
			if a[1] == "0" {
				return desk.ReviewEdit{Remove: true}, nil
			}
			at := model.Place(words, a[0])
			if at < 0 || at >= len(codes) {
				return desk.ReviewEdit{}, i18n.E("这项没有可以直接给分的情形：写 0 不给分，或请检查员更正记录")
			}
			n, err := model.Points(a[1])
			e := desk.ReviewEdit{Rule: codes[at], Note: &a[2]}
			if rule := c.Engine.Rule(i, e.Rule); rule != nil && rule.Kind == scoring.Each {
				e.Count = &n
			} else {
				e.Points = &n
			}
			return e, err
		}
}

// sign makes the changes of each unit a revision signed by the bureau.
func (p *reviewPage) sign() {
	changes, units := p.v.review.Pending()
	intro := i18n.T("%d 处改动成为 %d 个单位的新版次，写明理由，由汇总单位签名。原来的版次仍在，可以查看。", changes, units)
	p.v.s.askSigned(i18n.T("签名修订"), intro, i18n.T("签名"), nil, func(_ []string, key desk.KeyInfo, pass string) error {
		p.signAll(key, pass)
		return nil
	})
}

func (p *reviewPage) signAll(key desk.KeyInfo, pass string) {
	s, by := p.v.s, p.v.review.ByUnit()
	var signed []string // beside the window, read when the work is over
	over := func(err error) {
		// What was signed before an error or a cancel stays signed; the other changes
		// stay to be signed.
		p.v.review.Signed(signed)
		if lerr := p.v.load(); err == nil {
			err = lerr
		}
		if err != nil {
			s.fail(err)
		} else {
			s.toast(i18n.T("已签名 %d 个单位的修订", len(signed)))
		}
		p.v.refresh()
	}
	s.run(job{title: i18n.T("签名修订"),
		work: func(ctx context.Context, progress desk.Progress) error {
			for unit, edits := range by {
				progress(len(signed), len(by), unit)
				choices, err := s.desk.ReviewChoices(s.round.Code, unit, edits)
				if err != nil {
					return err
				}
				a, err := s.desk.Amend(s.round.Code, unit, choices)
				if err != nil {
					return err
				}
				if _, err := s.desk.SignAmendment(ctx, a, key.Path, pass, ""); err != nil {
					return err
				}
				signed = append(signed, unit)
			}
			return nil
		},
		done:      over,
		cancelled: func() { over(nil) }})
}
