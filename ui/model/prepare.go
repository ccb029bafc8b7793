package model

import (
	"strconv"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// SameMeasure tells whether what is offered is what the record has.
func SameMeasure(a, b inspection.Measure) bool {
	da, ta, oka := a.Counts()
	db, tb, okb := b.Counts()
	return oka && okb && da == db && ta == tb && a.AsOf == b.AsOf && a.Completed == b.Completed
}

// OfferedWords says what is offered for a measure, and from where.
func OfferedWords(m inspection.Measure) string {
	done, total, _ := m.Counts()
	if m.Source == inspection.SourcePlatform {
		return i18n.T("平台数据 %s／%s，截至 %s", done.String(), total.String(), m.AsOf)
	}
	return i18n.T("上轮已完成 %s／%s，完成日期 %s", done.String(), total.String(), m.Completed)
}

// Prepare is how a round is prepared: what is set, and for each unit who has it
// and what is known of it before.
type Prepare struct {
	Plan  desk.Plan
	round desk.RoundInfo
	lines []Line
	units []string
}

// NewPrepare lays out a round.
func NewPrepare(r desk.RoundInfo, p desk.Plan, units []desk.UnitRow, figures map[string][]inspection.Figure, letters []desk.LetterRow) *Prepare {
	x := &Prepare{Plan: p, round: r}
	count := map[string]int{}
	for _, l := range letters {
		if l.Standing == "" {
			count[l.Unit.Code]++
		}
	}
	for _, u := range units {
		team := p.TeamOf(u.Unit.Code)
		x.units = append(x.units, u.Unit.Code)
		x.lines = append(x.lines, Line{Cells: []string{u.Unit.Code, u.Unit.Name, KindWord(u.Unit.Kind), TeamWord(team), number(len(figures[u.Unit.Code])),
			number(count[u.Unit.Code]), u.Previous, StateWord(u.State)}, Group: team})
	}
	return x
}

func number(n int) string {
	if n == 0 {
		return "—"
	}
	return strconv.Itoa(n)
}

// TeamWord is the name of a team, or that there is none.
func TeamWord(team string) string {
	if team == "" {
		return i18n.T("未编组")
	}
	return team
}

// Unit is the unit of a line.
func (p *Prepare) Unit(l Line) string { return p.units[l.Place] }

// Table is the units as a table.
func (p *Prepare) Table() *Table {
	return NewTable([]Column{{Word: i18n.T("代码"), Width: 90}, {Word: i18n.T("单位")}, {Word: i18n.T("类别"), Width: 110}, {Word: i18n.T("检查组"), Width: 150},
		{Word: i18n.T("平台数据"), Width: 80, Figure: true}, {Word: i18n.T("行文"), Width: 64, Figure: true}, {Word: i18n.T("上轮"), Width: 76, Figure: true},
		{Word: i18n.T("状态"), Width: 90}}, p.lines)
}

// Words say what is set for the round.
func (p *Prepare) Words() string {
	words := p.round.Code + "　" + p.round.Title
	if p.round.Trial {
		words += "　" + i18n.T("试评")
	}
	if p.round.Cutoff != "" {
		words += "　" + i18n.T("数据截止 %s", p.round.Cutoff)
	}
	return words + "　" + i18n.T("%d 人签名　规定时间 %d 项　检查组 %d", p.round.SignersNeeded(), len(p.round.Deadlines), len(p.Plan.Teams))
}

// TaskWords say what a task pack holds.
func TaskWords(x desk.TaskInfo) string {
	return i18n.T("%s：单位 %d，平台数据 %d，行文 %d，上轮结果 %d", TeamWord(x.Team), x.Units, x.Figures, x.Letters, x.Records)
}

// TaskLines say what a task pack brings, each with its name.
func TaskLines(t *desk.TaskPlan) [][2]string {
	told := i18n.T("当场告知")
	if !t.Task.Told {
		told = i18n.T("不当场告知，得分隐藏（Ctrl+H 显示）")
	}
	out := [][2]string{{i18n.T("检查组"), TeamWord(t.Team)}, {i18n.T("单位"), i18n.T("%d 个", t.Units)}, {i18n.T("数据截止"), t.Task.Round.Cutoff}, {i18n.T("得分"), told},
		{i18n.T("随带"), i18n.T("名册第 %d 版，平台数据 %d 项，行文 %d 份，上轮结果 %d 份", t.Roster, t.Figures, t.Letters, t.Records)}}
	if len(t.Kept) > 0 {
		out = append(out, [2]string{i18n.T("保留"), i18n.T("这台电脑上已经有工作，或者是另一个组的任务，仍留在列表里：%s", Join(t.Kept))})
	}
	return out
}
