package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/model"
)

// afterSteps walk through what follows the score: service, objection, return,
// rectification, and the timeline of a unit.
func (t *tourist) afterSteps() []func() error {
	view := func(name string) func() error { return func() error { return t.handle(name) } }
	return []func() error{
		t.followUp,
		view(model.HandleOpen), t.shot("handle"),
		view(model.HandleServed), t.shot("served"),
		t.object, t.shot("objection"), t.closeDialog,
		view(model.HandleReturns), t.shot("returns"),
		view(model.HandleRectify), t.shot("rectify"),
		t.recheckForm, t.shot("recheck"), t.closeDialog,
		t.timeline, t.shot("timeline"), func() error { t.s.goTo(placeBureau); return nil },
	}
}

// day is a day before or after today.
func (t *tourist) day(offset int) string {
	return time.Now().AddDate(0, 0, offset).Format(time.DateOnly)
}

// bureauKey opens the bureau's key of the demonstration.
func (t *tourist) bureauKey() (desk.Signer, error) {
	return desk.OpenKey(filepath.Join(t.demo, "keys", "bureau.p12"), t.pass)
}

// followUp serves the sheets but one, and lets one unit object, one be sent back,
// and one be told what to put right.
func (t *tourist) followUp() error {
	ctx, d, round := context.Background(), t.s.desk, t.s.round.Code
	id, err := t.bureauKey()
	if err != nil {
		return err
	}
	if _, err := d.SetObjectionLimit(ctx, round, 5, i18n.T("如 工作方案第五条"), id, ""); err != nil {
		return err
	}
	sheets, err := t.faults()
	if err != nil {
		return err
	}
	if len(sheets) < 3 {
		return fmt.Errorf("the demonstration has %d sheets with findings", len(sheets))
	}
	for _, x := range sheets[1:] {
		if _, err := d.RegisterService(ctx, desk.ServiceEntry{Record: x.hash, Served: t.day(-12), How: "直接送达"}, id, ""); err != nil {
			return err
		}
	}
	if _, err := d.RegisterObjection(ctx, desk.ObjectionEntry{Record: sheets[1].hash, Served: t.day(-12), Received: t.day(-9), Number: "南数〔2019〕9号", Text: "扣分依据不足",
		Claims: map[string]inspection.ActItem{sheets[1].code: {Text: "两个系统已在七月迁移，有验收单", Claim: "2"}}}, id, ""); err != nil {
		return err
	}
	if _, err := d.SendBack(ctx, desk.ReturnEntry{Record: sheets[2].hash, Items: map[string]inspection.ActItem{sheets[2].code: {Text: "照片看不清系统名称", Until: t.day(-1)}}}, id, ""); err != nil {
		return err
	}
	return t.demand(ctx, id, sheets[0])
}

// demand sends a notice, and lets the unit answer its first item.
func (t *tourist) demand(ctx context.Context, id desk.Signer, x fault) error {
	d := t.s.desk
	rec, c, err := d.Sheet(x.hash)
	if err != nil {
		return err
	}
	f := model.NoticeForm(rec, c)
	for i := range f.Rows {
		f.Rows[i].Text, f.Rows[i].Until = "按指标要求补齐并提供证明", t.day(30-40*(i%2))
	}
	items, err := f.Items()
	if err != nil {
		return err
	}
	notice, err := d.DemandRectify(ctx, desk.RectifyEntry{Record: x.hash, Number: "桂数改〔2019〕1号", Date: t.day(-20), Items: items}, id, "")
	if err != nil {
		return err
	}
	_, err = d.AnswerRectify(ctx, desk.RectifyStep{Notice: notice, Date: t.day(-2), By: inspection.Person{Name: "联络员（示例）"},
		Items: map[string]inspection.ActItem{f.Rows[0].Key: {Text: "已补报，见附件", Until: t.day(-3)}}}, id, "")
	return err
}

// fault is a sheet that counts with an indicator that lost points.
type fault struct{ unit, hash, code string }

func (t *tourist) faults() ([]fault, error) {
	rows, err := t.s.desk.Rank(t.s.round.Code, "")
	if err != nil {
		return nil, err
	}
	var out []fault
	for _, r := range rows {
		if r.Hash == "" {
			continue
		}
		rec, c, err := t.s.desk.Sheet(r.Hash)
		if err != nil {
			return nil, err
		}
		if f := model.NoticeForm(rec, c); len(f.Rows) > 0 {
			code, _, _ := strings.Cut(f.Rows[0].Key, "/")
			out = append(out, fault{r.Unit.Code, r.Hash, code})
		}
	}
	return out, nil
}

// handle shows a view of 办理 with its first line chosen.
func (t *tourist) handle(view string) error {
	v := t.bureau()
	if err := v.load(); err != nil {
		return err
	}
	v.handleAt = handlePlace{view: view}
	v.choose("handle")
	v.refresh()
	v.handling.Table(view)
	if v.handling.Len() > 0 {
		v.handleAt.matter = v.handling.Matter(model.Line{})
	}
	v.refresh()
	return nil
}

// object opens the form of an objection.
func (t *tourist) object() error {
	v := t.bureau()
	sheets, err := t.faults()
	if err != nil {
		return err
	}
	v.acts().askObjection(v.handling.ServedOn(sheets[0].unit), model.Matter{Kind: model.MatterSheet, ID: sheets[0].hash, Unit: sheets[0].unit}, nil)
	return nil
}

// recheckForm opens the form of a recheck.
func (t *tourist) recheckForm() error {
	v := t.bureau()
	i := v.handling.Item(v.handleAt.matter.ID)
	if i == nil {
		return fmt.Errorf("nothing to recheck")
	}
	v.acts().askRecheck(i, nil)
	return nil
}

// timeline shows all that is known of the unit with the objection.
func (t *tourist) timeline() error {
	h := t.bureau().handling
	if len(h.Objections) == 0 {
		return fmt.Errorf("nobody objected")
	}
	t.s.showTimeline(h.Objections[0].Unit.Code)
	return nil
}
