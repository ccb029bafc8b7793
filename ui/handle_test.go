package ui

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/ime"
	"xunping/ui/look"
	"xunping/ui/model"
)

// handled is a round after its results, made by hand so that days and hashes are
// the same on every machine.
func handled(t *testing.T, s *shell) *model.Handling {
	t.Helper()
	rows, err := s.desk.Rank(s.round.Code, "")
	must(t, err)
	rows = slices.DeleteFunc(rows, func(r desk.RankRow) bool { return r.Hash == "" })
	a, b, c := rows[0], rows[1], rows[2]
	by := inspection.Person{Name: "汇总员"}
	served := func(r desk.RankRow, day, until string) desk.Service {
		return desk.Service{Hash: r.Unit.Code, Record: r.Hash, Served: day, Until: until,
			Act: &inspection.Act{Kind: inspection.ActReceipt, Case: inspection.CaseKey{Unit: r.Unit.Code}, Text: "直接送达", By: by}}
	}
	finding := inspection.Finding{ID: "f1", Note: "三个系统没有提出迁移上云申请"}
	h := &model.Handling{Today: "2019-09-10", Limit: desk.ObjectionLimit{Days: 5}, Results: rows,
		Services: map[string]desk.Service{a.Hash: served(a, "2019-08-27", "2019-09-03"), b.Hash: served(b, "2019-09-09", "2019-09-17")}}
	h.Objections = []desk.Objection{{Hash: "0b1ec7", Act: &inspection.Act{Number: "南数〔2019〕9号", Text: "扣分依据不足", Files: []string{"5ca9"}}, Unit: a.Unit, Record: a.Hash, Revision: 1,
		Served: "2019-08-27", Until: "2019-09-03", Received: "2019-09-02", State: desk.ObjectionOpen,
		Claims: []desk.Claim{{Indicator: "A2", Title: "非涉密信息系统应用迁移上云", Text: "五个系统中两个已在七月迁移", Claim: "6"}}}}
	h.Returns = []desk.Return{{Hash: "4e74", Unit: b.Unit, Record: b.Hash, Revision: 1, Act: &inspection.Act{By: by, Items: map[string]inspection.ActItem{"B1": {Text: "照片不清", Until: "2019-09-05"}}}}}
	h.Items = []desk.RectifyItem{
		{Notice: "47", NoticeNumber: "桂数改〔2019〕1号", Issued: "2019-09-02", Unit: c.Unit, Indicator: "A2", Title: "非涉密信息系统应用迁移上云", Finding: finding, Require: "三个系统提出申请并完成迁移",
			First: "2019-09-09", Due: "2019-09-30", Extensions: 1, State: desk.RectifyAnswered, Repeats: 2,
			Answer: &desk.RectifyAnswer{Measure: "已全部提出申请", Done: "2019-09-06", Evidence: []string{"e1"}}},
		{Notice: "47", NoticeNumber: "桂数改〔2019〕1号", Issued: "2019-09-02", Unit: c.Unit, Indicator: "B1", Title: "数据归集", Finding: inspection.Finding{ID: "f2", Note: "目录未更新"}, Require: "更新目录",
			First: "2019-09-05", Due: "2019-09-05", State: desk.RectifyOpen},
		{Notice: "47", NoticeNumber: "桂数改〔2019〕1号", Issued: "2019-09-02", Unit: c.Unit, Indicator: "C1", Title: "应用", Finding: inspection.Finding{ID: "f3", Note: "没有使用记录"}, Require: "补记录",
			First: "2019-09-05", Due: "2019-09-05", State: desk.RectifyDone, Rechecked: "2019-09-06", RecheckBy: "复查员"}}
	h.Changes = []desk.ListChange{{Hash: "11", Unit: b.Unit, Act: &inspection.Act{By: by}, Changes: []desk.ListMove{{List: "黑榜", Add: true, Why: "瞒报"}}}}
	h.Leads = []desk.Lead{{Round: s.round.Code, From: a.Unit, For: c.Unit, Short: "1f0c2d3e", Indicator: "A2", Title: "非涉密信息系统应用迁移上云", Finding: finding}}
	h.Open = []desk.OpenWork{
		{Kind: inspection.ActReturn, StateWord: "待重交", Unit: b.Unit, Act: "4e74", Detail: "B1", Until: "2019-09-05", Over: true},
		{Kind: inspection.ActRectify, StateWord: "待整改", Unit: c.Unit, Act: "47", Item: "B1/f2", Detail: "B1 目录未更新", Until: "2019-09-05", Over: true},
		{Kind: inspection.ActRectify, StateWord: "待复查", Unit: c.Unit, Act: "47", Item: "A2/f1", Detail: "A2 三个系统没有提出迁移上云申请", Until: "2019-09-30"},
		{Kind: inspection.ActObjection, StateWord: "待裁定", Unit: a.Unit, Act: "0b1ec7", Detail: "A2（主张 6 分）"},
		{Kind: inspection.ActListChange, StateWord: "待审批", Unit: b.Unit, Act: "11", Detail: "列入黑榜：瞒报"}}
	return h
}

// handleScreens are the states of the page 办理 and the forms of its acts.
func handleScreens() map[string]func(*testing.T, *shell) {
	at := func(view string, m func(*model.Handling) model.Matter) func(*testing.T, *shell) {
		return func(t *testing.T, s *shell) {
			v := s.screen.(*bureauView)
			v.leads, v.handling = map[string][]desk.Lead{}, handled(t, s)
			v.handleAt.view = view
			if m != nil {
				v.handling.Table(view)
				v.handleAt.matter = m(v.handling)
			}
			v.choose("handle")
		}
	}
	line := func(n int) func(*model.Handling) model.Matter {
		return func(h *model.Handling) model.Matter { return h.Matter(model.Line{Place: n}) }
	}
	return map[string]func(*testing.T, *shell){
		"handle-nothing": func(t *testing.T, s *shell) { bureauAt(t, s, "handle") },
		"handle-open":    at(model.HandleOpen, line(3)),
		"handle-served":  at(model.HandleServed, line(0)),
		"handle-returns": at(model.HandleReturns, line(0)),
		"handle-rectify": at(model.HandleRectify, line(0)),
		"handle-leads":   at(model.HandleLeads, nil),
		"handle-objection": func(t *testing.T, s *shell) {
			at(model.HandleServed, line(0))(t, s)
			v := s.screen.(*bureauView)
			v.acts().askObjection(v.handling.ServedOn(v.handleAt.matter.Unit), v.handleAt.matter, nil)
		},
		"handle-notice": func(t *testing.T, s *shell) {
			at(model.HandleServed, line(0))(t, s)
			v := s.screen.(*bureauView)
			v.acts().askNotice(v.handleAt.matter, nil, nil)
		},
		"handle-limit": func(t *testing.T, s *shell) { bureauAt(t, s, "handle").askLimit() },
	}
}

// The page 办理 in its states, and the forms of its acts.
func TestGoldenHandle(t *testing.T) {
	for name, show := range handleScreens() {
		t.Run(name, func(t *testing.T) {
			s := withBureauKey(t)
			show(t, s)
			still(s)
			longAgo(s)
			golden(t, s, name)
		})
	}
	t.Run("handle-none", func(t *testing.T) {
		s := newWindow(t, "zh")
		s.goTo(placeBureau)
		bureauAt(t, s, "handle")
		still(s)
		golden(t, s, "handle-none")
	})
}

// longAgo puts a fixed day in the place of today.
func longAgo(s *shell) {
	top := s.win.Canvas().Overlays().Top()
	if top == nil {
		return
	}
	for _, o := range test.LaidOutObjects(top) {
		if e, ok := o.(*ime.Entry); ok && e.Text == s.desk.Today() {
			e.SetText("2019-09-10")
		}
	}
}

// fill answers the form on top: its fields in their order, the last one the
// passphrase, and presses Enter. It tells whether the form was taken.
func fill(t *testing.T, s *shell, answers ...string) bool {
	t.Helper()
	return fillForm(t, s, append(answers, desk.DemoPassphrase), true)
}

// fillPlain is fill of a form that signs nothing.
func fillPlain(t *testing.T, s *shell, answers ...string) bool {
	t.Helper()
	return fillForm(t, s, answers, false)
}

func fillForm(t *testing.T, s *shell, answers []string, signed bool) bool {
	t.Helper()
	top := s.win.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("no form is open")
	}
	var entries []*ime.Entry
	for _, o := range test.LaidOutObjects(top) {
		if e, ok := o.(*ime.Entry); ok {
			entries = append(entries, e)
		}
	}
	if len(entries) < len(answers) {
		t.Fatalf("%d fields for %d answers", len(entries), len(answers))
	}
	for i, a := range answers {
		if signed && i == len(answers)-1 {
			i = len(entries) - 1
		}
		entries[i].SetText(a)
	}
	s.win.Canvas().Unfocus()
	press(s, fyne.KeyReturn)
	s.rest()
	return s.win.Canvas().Overlays().Top() != top
}

// tick ticks the row of an item form that begins with a word.
func tick(t *testing.T, s *shell, word string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(s.win.Canvas().Overlays().Top()) {
		if c, ok := o.(*look.Check); ok && strings.HasPrefix(c.Text, word) {
			c.SetChecked(true)
			return
		}
	}
	t.Fatalf("no row begins with %s", word)
}

// pickWord chooses a word in the select that has it.
func pickWord(t *testing.T, s *shell, word string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(s.win.Canvas().Overlays().Top()) {
		if c, ok := o.(*look.Select); ok && slices.Contains(c.Options, word) {
			c.SetSelected(word)
			return
		}
	}
	t.Fatalf("nothing offers %s", word)
}

// withBureauKey opens the bureau of the demonstration with its key at hand.
func withBureauKey(t testing.TB) *shell { return withBureauKeyIn(t, "zh") }

func withBureauKeyIn(t testing.TB, language string) *shell {
	t.Helper()
	s := newBureauIn(t, language)
	dir, err := demoDir()
	must(t, err)
	_, err = s.desk.AddKey(filepath.Join(dir, "keys", "bureau.p12"), desk.DemoPassphrase)
	must(t, err)
	return s
}

func (v *bureauView) followed(t *testing.T) *model.Handling {
	t.Helper()
	v.withHandling(func() {})
	return v.handling
}

// faulty is a result with a deduction.
func faulty(t *testing.T, s *shell, h *model.Handling) (m model.Matter, code string) {
	t.Helper()
	for _, r := range h.Results {
		if r.Hash == "" {
			continue
		}
		rec, c, err := s.desk.Sheet(r.Hash)
		must(t, err)
		if f := model.NoticeForm(rec, c); len(f.Rows) > 0 {
			code, _, _ = strings.Cut(f.Rows[0].Key, "/")
			return model.Matter{Kind: model.MatterSheet, ID: r.Hash, Unit: r.Unit.Code}, code
		}
	}
	t.Fatal("nothing was deducted")
	return m, ""
}

// From service to the revision that a ruling asks for, all in the window. What
// nobody may do is refused in the form, which stays as it was written.
func TestObjectionInTheWindow(t *testing.T) {
	s := withBureauKey(t)
	v := bureauAt(t, s, "handle")
	h := v.followed(t)
	m, code := faulty(t, s, h)
	n := len(h.Unserved())
	(&handlePage{v: v, m: h}).serveAll()
	if !fill(t, s, "2019-08-27", "直接送达") {
		t.Fatal("the service was not taken")
	}
	if h = v.followed(t); n == 0 || len(h.Unserved()) != 0 {
		t.Fatalf("of %d sheets %d are not served", n, len(h.Unserved()))
	}
	v.askLimit()
	if fill(t, s, "五") {
		t.Error("a limit that is no number was taken")
	}
	if !fill(t, s, "5", "工作方案第五条") || v.followed(t).Limit.Days != 5 {
		t.Fatalf("the limit is %+v", v.handling.Limit)
	}
	v.acts().askObjection(v.followed(t).ServedOn(m.Unit), m, nil)
	if fill(t, s) {
		t.Error("an objection against nothing was taken")
	}
	tick(t, s, code)
	if !fill(t, s, "0", "七月已完成", "2019-08-27", "2019-09-02", "南数〔2019〕9号") {
		t.Fatal("the objection was not taken")
	}
	o := v.followed(t).Objections[0]
	if o.State != desk.ObjectionOpen || o.Claims[0].Claim != "0" || o.Act.Number != "南数〔2019〕9号" {
		t.Fatalf("registered as %+v", o)
	}
	rec, _, err := s.desk.Sheet(m.ID)
	must(t, err)
	one := rec.People.Inspectors[0]
	v.askRuling(&o)
	if fill(t, s, "0", "属实", one.Name, one.Number) {
		t.Error("an inspector of the unit ruled")
	}
	if !fill(t, s, "0", "属实", "复核员", "F001", "桂数复〔2019〕1号", "2019-09-20") {
		t.Fatal("the ruling was not taken")
	}
	o = v.followed(t).Objections[0]
	if o.State != desk.ObjectionChange || o.Ruling.Changes[0] != code {
		t.Fatalf("ruled as %+v", o)
	}
	v.revise(&o)
	w, ok := s.screen.(*walkView)
	if !ok || w.walk.Code() != code || !strings.Contains(w.in.Record().Reasons[code], o.Ruling.Short) {
		t.Fatalf("the revision is %T", s.screen)
	}
}

// A notice goes out, its form comes back, a day is put off, and the recheck closes
// one item of two.
func TestRectificationInTheWindow(t *testing.T) {
	s := withBureauKey(t)
	v := bureauAt(t, s, "handle")
	m, _ := faulty(t, s, v.followed(t))
	v.acts().askNotice(m, nil, func() { v.handleAt = handlePlace{view: model.HandleRectify}; v.refresh() })
	rows := 0
	for _, o := range test.LaidOutObjects(s.win.Canvas().Overlays().Top()) {
		if c, ok := o.(*look.Check); ok && c.Checked {
			rows++
		}
	}
	if rows == 0 {
		t.Fatal("no finding is offered")
	}
	answers := []string{}
	if rows > 1 {
		answers = append(answers, "") // fills in where ticked
	}
	for range rows {
		answers = append(answers, "完成迁移", "2099-09-30")
	}
	if !fill(t, s, append(answers, "桂数改〔2019〕1号", "2019-09-09")...) {
		t.Fatal("the notice was not taken")
	}
	h := v.followed(t)
	if len(h.Items) != rows || v.handleAt.view != model.HandleRectify {
		t.Fatalf("%d items of %d, at %s", len(h.Items), rows, v.handleAt.view)
	}
	id := idOf(h, 0)
	i := h.Item(id)
	v.acts().askExtend(i, nil)
	skip := answers[:len(answers)-2*rows]
	if fill(t, s, append(slices.Clone(skip), "材料未到", "2098-01-01")...) {
		t.Error("an earlier day was taken for an extension")
	}
	if !fill(t, s, append(slices.Clone(skip), "材料未到", "2099-12-31")...) {
		t.Fatal("the extension was not taken")
	}
	i = v.followed(t).Item(id)
	if i == nil || i.Extensions != 1 {
		t.Fatalf("after the extension %+v", i)
	}
	v.acts().askRecheck(i, nil)
	pickWord(t, s, "未整改")
	if !fill(t, s, append(slices.Clone(skip), "没有动")...) {
		t.Fatal("the recheck was not taken")
	}
	if i = v.followed(t).Item(id); i.State != desk.RectifyNot {
		t.Errorf("after the recheck %+v", i)
	}
}

// idOf is the ID of the matter of an item.
func idOf(h *model.Handling, n int) string {
	h.Table(model.HandleRectify)
	return h.Matter(model.Line{Place: n}).ID
}
