package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/ui/look"
	"xunping/ui/model"
)

// reading is the chosen rubric to read.
func (v *rubricListView) reading() fyne.CanvasObject {
	c := v.shown
	if c == nil {
		return container.NewCenter(look.NewText(i18n.T("工作簿里还没有指标体系。从 Excel 或文件起草一套。")))
	}
	box := look.Column(look.Gap2, look.Page(c.Rubric.Title), look.Small(i18n.T("代码 %s　第 %s 版　哈希 %s", c.Rubric.Code, c.Rubric.Version, c.Hash[:16])), v.bar())
	if days := model.Days(c.Rubric.Effective); days != "" || c.Rubric.Basis != "" {
		box.Add(look.Small(strings.TrimSpace(c.Rubric.Basis + "　" + days)))
	}
	for _, n := range c.Rubric.Notes {
		box.Add(look.Note(n))
	}
	for _, p := range c.Rubric.Parts {
		box.Add(look.HLine())
		box.Add(look.Head(i18n.T("%s　%s　满分 %s", p.Code, p.Title, p.Full.String())))
		for _, g := range p.Groups {
			box.Add(look.Bold(g.Code + "　" + g.Title))
			for i := range g.Indicators {
				ind := &g.Indicators[i]
				lines := look.Column(2, container.NewBorder(nil, nil, nil, look.Number(i18n.T("%s 分", ind.Points.String())), look.NewText(ind.Code+"　"+ind.Title).Elided()))
				for k := range ind.Rules {
					lines.Add(look.Note(ind.Rules[k].Code + "　" + ind.Rules[k].Text + model.RuleHint(&ind.Rules[k])))
				}
				box.Add(look.Card(lines))
			}
		}
	}
	return container.NewVScroll(look.Inset(look.Gap4, box))
}

func (s *shell) exportRubric(c *inspection.Compiled) {
	s.saveFile(c.Rubric.Code+"-"+c.Rubric.Version+".xlsx", func(path string) error {
		return s.say(desk.SaveRubricBook(path, c), i18n.T("已写入 %s", path))
	})
}

// compareRubrics sets a rubric against another version, indicator by indicator,
// and says what of the inspection drafts would carry over to it.
func (s *shell) compareRubrics(c *inspection.Compiled) {
	list, err := s.desk.Rubrics()
	if err != nil {
		s.fail(err)
		return
	}
	var words []string
	var others []desk.RubricInfo
	for _, r := range list {
		if r.Hash != c.Hash {
			others = append(others, r)
			words = append(words, i18n.T("%s　第 %s 版", r.Code, r.Version))
		}
	}
	if len(others) == 0 {
		s.toast(i18n.T("没有别的指标体系可比"))
		return
	}
	place := container.NewStack()
	sel := look.NewSelect(words, nil)
	sel.OnChanged = func(string) {
		old, err := s.desk.Compiled(others[max(sel.SelectedIndex(), 0)].Hash)
		if err == nil {
			place.Objects = []fyne.CanvasObject{s.comparison(old, c)}
			place.Refresh()
			return
		}
		s.fail(err)
	}
	at := 0
	for i, r := range others {
		if r.Code == c.Rubric.Code {
			at = i
		}
	}
	sel.SetSelectedIndex(at)
	s.sheet(i18n.T("第 %s 版与别的版本比较", c.Rubric.Version), look.Column(look.Gap2, pair(i18n.T("与哪一版比"), sel), place))
}

var compareColumns = []float32{64, 60, 0, 100, 200}

func (s *shell) comparison(old, now *inspection.Compiled) fyne.CanvasObject {
	diff, err := desk.CompareRubrics(old, now)
	if err != nil {
		return look.NewPara(i18n.Person(err)).In(look.Lost)
	}
	box := look.Column(2, tableHead(compareColumns, i18n.T("指标"), i18n.T("变化"), i18n.T("名称"), i18n.T("分值"), i18n.T("改了哪些")), look.HLine())
	same := 0
	for _, x := range diff.Indicators {
		if x.Change == inspection.ChangeSame {
			same++
			continue
		}
		row := tableRow(compareColumns)
		word, points, members := model.ChangeWords(x)
		fillRow(row, look.Ink, x.Indicator, word, x.Title, points, members)
		box.Add(row)
	}
	box.Add(look.Small(i18n.T("%d 项没有变化", same)))
	box.Add(look.HLine())
	box.Add(changedLines(diff.Lines))
	carry, err := s.desk.CarryOver(now)
	if err != nil {
		return look.NewPara(i18n.Person(err)).In(look.Lost)
	}
	if len(carry) > 0 {
		box.Add(look.HLine())
		box.Add(look.Bold(i18n.T("换到这一版时，检查草稿里可以沿用的")))
	}
	for _, x := range carry {
		again := i18n.T("都可以沿用")
		if len(x.Again) > 0 {
			again = i18n.T("要重查 %s", strings.Join(x.Again, i18n.T("、")))
		}
		box.Add(look.Note(i18n.T("%s　%s：沿用 %d 项，%s", x.Round, x.Unit, len(x.Carries), again)))
	}
	return box
}

// changeColumns: the line itself stands above its columns; before and after share the room.
var changeColumns = []float32{56, 96, 0, 250}

// changedLines are what differs line by line, each column before and after.
func changedLines(list []desk.LineChange) fyne.CanvasObject {
	box := look.Column(2)
	if len(list) == 0 {
		box.Add(look.Small(i18n.T("逐行比较没有不同")))
		return box
	}
	box.Add(tableHead(changeColumns, i18n.T("哪一行"), i18n.T("哪一栏"), i18n.T("原来"), i18n.T("现在")))
	box.Add(look.HLine())
	for _, x := range list {
		x = x.Said()
		box.Add(look.Bold(model.LineWords(x)))
		for _, c := range x.Cells {
			head, from, to := model.CellWords(c)
			box.Add(look.Grid(changeColumns, look.NewText(""), look.Small(head), look.NewPara(from).In(look.Secondary), look.NewPara(to)))
		}
	}
	return box
}
