package model

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
)

// Join writes codes in a row.
func Join(codes []string) string {
	if len(codes) == 0 {
		return i18n.T("无")
	}
	return strings.Join(codes, i18n.T("、"))
}

// JoinForm asks what a person must decide before drafts are joined. Nothing is
// chosen beforehand.
type JoinForm struct {
	Choices desk.JoinChoices
	j       *desk.Joining
	tells   Telling
}

// NewJoinForm makes the form for a hand-over pack.
func NewJoinForm(j *desk.Joining, tells Telling) *JoinForm {
	return &JoinForm{Choices: desk.JoinChoices{}, j: j, tells: tells}
}

// Open names what is still to be decided.
func (f *JoinForm) Open() []string { return f.Choices.Open(f.j) }

// JoinAsk is one indicator in which the sides differ: what each says, and what is
// asked.
type JoinAsk struct {
	Title        string
	Mine, Theirs []string
	Questions    []JoinQuestion
}

// JoinQuestion is one choice, with a word for each answer.
type JoinQuestion struct {
	Title  string
	Words  []string
	Choose func(i int)
}

// Asks are the questions about a draft.
func (f *JoinForm) Asks(x *desk.DraftJoin) []JoinAsk {
	var out []JoinAsk
	for i := range x.Clash {
		c := &x.Clash[i]
		a := JoinAsk{Title: i18n.T("%s 两边都查过，不同", c.Code), Mine: f.tells.Lines(c.Mine), Theirs: f.tells.Lines(c.Theirs)}
		if c.Values {
			words := []string{i18n.T("用我的"), i18n.T("用对方的")}
			if c.Both {
				words = append(words, i18n.T("两边都记"))
			}
			a.Questions = append(a.Questions, f.question(i18n.T("检查结果"), words, x.Unit.Code, c.Code, func(ch *desk.JoinChoice, s desk.Side) { ch.Values = s }))
		}
		if c.Notes {
			words := []string{i18n.T("用我的"), i18n.T("用对方的"), i18n.T("两段都留")}
			a.Questions = append(a.Questions, f.question(i18n.T("说明文字"), words, x.Unit.Code, c.Code, func(ch *desk.JoinChoice, s desk.Side) { ch.Notes = s }))
		}
		out = append(out, a)
	}
	return out
}

func (f *JoinForm) question(title string, words []string, unit, code string, set func(*desk.JoinChoice, desk.Side)) JoinQuestion {
	return JoinQuestion{Title: title, Words: words, Choose: func(i int) {
		if f.Choices[unit] == nil {
			f.Choices[unit] = map[string]desk.JoinChoice{}
		}
		ch := f.Choices[unit][code]
		set(&ch, []desk.Side{desk.SideMine, desk.SideTheirs, desk.SideBoth}[i])
		f.Choices[unit][code] = ch
	}}
}

// JoinLines say what a draft brings without a question.
func JoinLines(x *desk.DraftJoin) []string {
	if x.New {
		return []string{i18n.T("这里还没有这个单位的检查，整份接过来。")}
	}
	var out []string
	if n := len(x.Take); n > 0 {
		out = append(out, i18n.T("对方查过而这里没有查的 %d 项，直接并入：%s", n, Join(x.Take)))
	}
	if n := len(x.Add); n > 0 {
		out = append(out, i18n.T("对方写了说明或加了佐证的 %d 项，并到这里的后面：%s", n, Join(x.Add)))
	}
	if n := len(x.Same); n > 0 {
		out = append(out, i18n.T("两边查得一样的 %d 项，说明和佐证合在一起：%s", n, Join(x.Same)))
	}
	if x.Head {
		out = append(out, i18n.T("检查时间、地点、单位负责人或联系人两边写的不同，用这里的；合入后请核对。"))
	}
	if len(out)+len(x.Clash) == 0 {
		out = append(out, i18n.T("两边查过的都一样，没有要并入的。"))
	}
	return out
}
