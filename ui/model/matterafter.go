package model

import (
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

func (h *Handling) aboutReturn(r *desk.Return) About {
	a := About{Title: i18n.T("%s　退回", r.Unit.Name), Act: r.Hash, Files: r.Act.Files}
	a.amends(r.Hash, r.Act)
	a.say(i18n.T("退回"), i18n.T("第 %d 版", r.Revision))
	a.say(i18n.T("经手"), r.Act.By.Name)
	a.say(i18n.T("说明"), r.Act.Text)
	for _, code := range sortedKeys(itemTexts(r.Act.Items)) {
		x := r.Act.Items[code]
		a.say(code, i18n.T("%s；%s 前重交", x.Text, x.Until))
	}
	if r.Again == "" {
		a.accent(i18n.T("重交"), i18n.T("还没有重交"), roleWaiting)
	} else {
		a.accent(i18n.T("重交"), i18n.T("已重交，改了：%s", shownValue(CodesText(r.Changed))), roleGained)
		a.accent(i18n.T("没有改"), CodesText(r.Untouched), roleWaiting)
		a.accent(i18n.T("另外改了"), CodesText(r.Beyond), roleWaiting)
		for _, c := range r.Changes {
			a.say(c.Indicator, changeWords(c))
		}
	}
	a.rest()
	return a
}

// changeWords say how one indicator was and is: what it counts, and each line that
// went or came.
func changeWords(c desk.ReturnChange) string {
	counts := i18n.T("%s 不变", c.Loses)
	if c.Lost != c.Loses {
		counts = c.Lost + " → " + c.Loses
	}
	was, is := linesOf(c.Was), linesOf(c.Is)
	out := []string{c.Title + "　" + counts}
	for _, l := range was {
		if !slices.Contains(is, l) {
			out = append(out, i18n.T("原：%s", l))
		}
	}
	for _, l := range is {
		if !slices.Contains(was, l) {
			out = append(out, i18n.T("现：%s", l))
		}
	}
	if len(out) == 1 {
		out = append(out, i18n.T("只改了佐证或材料"))
	}
	return strings.Join(out, "\n")
}

func linesOf(e *inspection.Entry) []string {
	if e == nil {
		return nil
	}
	return Telling{}.Lines(*e)
}

func (h *Handling) aboutItem(i *desk.RectifyItem) About { return AboutItem(i, h.Today) }

// AboutItem tells all of an item of a notice, also to a team on its visit.
func AboutItem(i *desk.RectifyItem, today string) About {
	a := About{Title: i18n.T("%s　整改 %s", i.Unit.Name, i.Indicator), Act: i.Notice}
	if i.Act != nil {
		a.amends(i.Notice, i.Act)
	}
	for _, x := range i.Steps {
		a.amends(x.Hash, x.Act)
	}
	a.say(i18n.T("通知"), spaced(i.NoticeNumber, i.Issued))
	a.say(i18n.T("指标"), i.Indicator+" "+i.Title)
	a.say(i18n.T("问题"), i.Words())
	a.say(i18n.T("怎样算完"), i.Require)
	due := i.Due
	if i.Extensions > 0 {
		due = i18n.T("%s（原 %s，延期 %d 次）", i.Due, i.First, i.Extensions)
	}
	if i.Overdue(today) {
		a.accent(i18n.T("期限"), i18n.T("%s 逾期", due), roleLost)
	} else {
		a.say(i18n.T("期限"), due)
	}
	if i.Repeats > 0 {
		a.accent(i18n.T("重复"), i18n.T("以前 %d 轮已有同样的问题", i.Repeats), roleWaiting)
	}
	if i.Answer != nil {
		a.say(i18n.T("答复"), i18n.T("%s（%s 完成，佐证 %d 件）", i.Answer.Measure, i.Answer.Done, len(i.Answer.Evidence)))
		a.Files = i.Answer.Evidence
	}
	if i.Rechecked != "" {
		a.say(i18n.T("复查"), spaced(i.Rechecked, i.RecheckBy, i.RecheckNote))
	}
	a.accent(i18n.T("状态"), desk.RectifyWord(i.State), map[bool]string{true: roleWaiting, false: roleGained}[i.Open()])
	if a.Waits = i.Open(); a.Waits {
		a.Deeds = []Deed{DeedForm, DeedRead, DeedAnswer, DeedRecheck}
		if i.State == desk.RectifyAnswered {
			a.Deeds = []Deed{DeedRecheck, DeedForm, DeedRead, DeedAnswer}
		}
		if !i.Overdue(today) { // a day is put off before it has passed
			a.Deeds = append(a.Deeds, DeedExtend)
		}
	}
	a.Deeds = append(a.Deeds, DeedPaper)
	a.rest()
	return a
}
