package report

import (
	"fmt"
	"strings"
	"time"

	"xunping/inspection"
)

// Notice 检查通知 is what a unit gets before the visit: who comes when and on
// what basis, and the list of materials 材料清单 to have ready.
type Notice struct {
	Round   inspection.Round
	Unit    inspection.Unit
	Rubric  *inspection.Compiled
	Visit   inspection.Visit
	People  inspection.People
	Number  string // 文号
	Contact string
	Issuer  string
	Date    string // of the notice, as printed
	When    time.Time
}

// DrawNotice draws the notice and the list of materials, which has room to tick
// 有／无／不全 on site.
func DrawNotice(n Notice) (*Layout, error) {
	all := fmt.Sprint(n.Round, n.Unit, n.Visit, n.People, n.Number, n.Contact, n.Issuer, n.Date)
	k := &card{pen: newPen(all+string(n.Rubric.JSON)+extra, n.When), c: Scorecard{Rubric: n.Rubric, Record: &inspection.Record{Round: n.Round, Unit: n.Unit}},
		r: &inspection.Record{Round: n.Round, Unit: n.Unit}, engine: n.Rubric.Engine}
	k.pdf.SetFooterFunc(func() { k.plainFoot("检查通知　" + n.Unit.Name) })
	k.font(12, false)
	k.newPage()
	k.noticeText(n)
	k.materials(n.Unit.Kind)
	k.lacking()
	return k.layout("检查通知 " + n.Unit.Name + " " + n.Round.Title)
}

func (k *card) noticeText(n Notice) {
	k.font(18, true)
	k.y += 6
	k.text(marginLeft, k.y, textWidth, "检查通知", "C")
	k.y += k.lineHeight()
	k.font(10.5, false)
	if n.Number != "" {
		k.text(marginLeft, k.y, textWidth, n.Number, "C")
		k.y += k.lineHeight()
	}
	k.y += 4
	k.font(12, false)
	k.para(n.Unit.Name + "：")
	basis := n.Visit.Basis
	if basis == "" {
		basis = n.Rubric.Rubric.Title
	}
	k.para("　　根据" + basis + "，现就“" + n.Round.Title + "”到你单位开展检查。有关事项通知如下：")
	var inspectors []string
	for _, p := range n.People.Inspectors {
		inspectors = append(inspectors, strings.TrimSpace(p.Name+"（"+p.Number+"）"))
	}
	for i, line := range [][2]string{{"检查时间", period(n.Visit)}, {"检查地点", n.Visit.Place}, {"检查人员", strings.Join(inspectors, "、")},
		{"数据截止", n.Round.Cutoff}, {"联系人", n.Contact}} {
		k.para(fmt.Sprintf("　　%d. %s：%s", i+1, line[0], blank(line[1])))
	}
	k.para("　　请按后附材料清单准备材料，安排单位负责人和联络员到场。材料中不得含有涉密信息。没有相应业务的指标，请按政策要求准备行文。")
	k.y += 8
	k.text(marginLeft, k.y, textWidth-12, n.Issuer, "R")
	k.y += k.lineHeight()
	k.text(marginLeft, k.y, textWidth-12, n.Date, "R")
	k.y += k.lineHeight()
}

func period(v inspection.Visit) string {
	if v.To == "" {
		return clock(v.From)
	}
	return clock(v.From) + " 至 " + clock(v.To)
}

// materials is the list to be ticked. A rubric without any says so.
func (k *card) materials(kind string) {
	k.newPage()
	k.font(14, true)
	k.text(marginLeft, k.y, textWidth, "材料清单", "C")
	k.y += k.lineHeight() + 2
	t := &table{p: k.pen, size: 9, columns: []column{{"指标", 44, "L"}, {"材料", 45, "L"}, {"应包含的内容", 40, "L"}, {"有", 12, "C"}, {"无", 12, "C"}, {"不全", 12, "C"}}}
	t.begin()
	rows := 0
	for i := range k.engine.Len() {
		ind := k.engine.Indicator(i)
		for _, m := range ind.Materials {
			rows++
			t.row(cell{text: ind.Code + " " + ind.Title}, cell{text: m.Title}, cell{text: strings.Join(m.Contents, "、")}, cell{}, cell{}, cell{})
		}
	}
	k.font(9, false)
	k.y += 2
	if rows == 0 {
		k.para("本指标体系没有列出材料。")
	}
	k.para("现场在“有、无、不全”中打勾。清单取自指标体系所列的材料名称和要求，不能代替政策原文。")
}

// plainFoot is the foot of a paper that carries no record.
func (k *card) plainFoot(left string) {
	y, size, bold := k.y, k.size, k.bold
	k.font(7.5, false)
	at := pageHeight - 15.0
	k.hline(marginLeft, pageWidth-marginRight, at)
	k.text(marginLeft, at+1, textWidth, left, "L")
	k.text(marginLeft, at+1, textWidth, fmt.Sprintf("第 %d 页 共 {nb} 页", k.pdf.PageNo()), "R")
	k.text(marginLeft, at+1+k.lineHeight(), textWidth, strings.TrimLeft(k.trialMarks()+"　"+markSecret, "　"), "L")
	k.y = y
	k.font(size, bold)
}
