package report

import (
	"fmt"
	"image"
	"strings"
	"time"

	"xunping/inspection"
	"xunping/scoring"
)

// Scorecard is what the pages show. Hash is empty for pages that are not to be
// signed (未签发).
type Scorecard struct {
	Record   *inspection.Record
	Hash     string
	Rubric   *inspection.Compiled
	Result   *scoring.Result // with derivation
	Evidence map[string][]byte
	Pictures map[string][]byte        // what Picture made of evidence before; the rest is made now
	UnitName func(code string) string // for the sheet of facts
}

// Field is the place of a signature on the pages, in millimetres from the
// upper left corner; pages count from 1.
type Field struct {
	Name       string
	Page       int
	X, Y, W, H float64
}

// Layout is the drawn document.
type Layout struct {
	PDF     []byte
	Pages   int
	Title   string
	Fields  []Field
	Heads   []Heading
	Missing []rune // runes the font lacks; printed 〓 and said so on the page
}

// Heading is a section of the sheet: page from 1, millimetres from its top.
type Heading struct {
	Title string
	Page  int
	Y     float64
}

// Drawing is the version of this drawing. It rises with every change that
// makes other pages of an equal record, so that a comparison of pages can tell
// a changed program from a changed sheet.
const Drawing = "scorecard/7"

// card is a scorecard being drawn.
type card struct {
	*pen
	c        Scorecard
	r        *inspection.Record
	engine   *scoring.Engine
	evidence map[string]int // number of each piece, from 1
	fields   []Field
	code     func() (image.Image, error) // the QR code of the hash, once it is made
}

// DrawScorecard draws the pages of a record: head, result, findings, how it
// was computed, room for opinion and signatures, photographs. Equal input gives
// equal bytes, but for the numbers of images of one width: sealing settles those.
func DrawScorecard(c Scorecard) (*Layout, error) {
	code := qrAhead(c.Hash)
	k, err := newCard(c)
	if err != nil {
		return nil, err
	}
	k.code = code
	k.pdf.SetCompression(false) // sealing compresses, better
	k.pdf.SetFooterFunc(k.foot)
	k.font(9.5, false)
	k.newPage()
	k.title()
	k.facts()
	k.result()
	for i := range c.Rubric.Rubric.Parts {
		k.part(&c.Rubric.Rubric.Parts[i])
	}
	k.derivation()
	k.notes()
	k.opinion()
	k.signatures()
	k.evidenceList()
	if err := k.verifying(); err != nil {
		return nil, err
	}
	k.photos()
	k.lacking()
	return k.layout(k.heading() + " " + c.Record.Unit.Name + " " + c.Record.Round.Title)
}

// newCard prepares the drawing of a record, dated by the record.
func newCard(c Scorecard) (*card, error) {
	raw, _, err := c.Record.Canonical()
	if err != nil {
		return nil, err
	}
	when, err := time.Parse(time.RFC3339, c.Record.Sealed)
	if err != nil {
		when = time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	k := &card{pen: newPen(string(raw)+string(c.Rubric.JSON)+extra, when), c: c, r: c.Record, engine: c.Rubric.Engine, evidence: map[string]int{}}
	for i, e := range c.Record.Evidence {
		k.evidence[e.SHA256] = i + 1
	}
	return k, nil
}

// layout ends the document.
func (k *card) layout(title string) (*Layout, error) {
	l := &Layout{Title: title, Fields: k.fields, Heads: k.heads, Pages: k.pdf.PageNo()}
	for r := range k.missing {
		l.Missing = append(l.Missing, r)
	}
	var err error
	l.PDF, err = k.output()
	return l, err
}

// heading is the name of the form.
func (k *card) heading() string {
	return strings.TrimSuffix(k.c.Rubric.Rubric.Title, "指标") + "评分表"
}

// illustrative tells whether points or cases are examples.
func (k *card) illustrative() bool {
	r := k.c.Rubric.Rubric
	return r.PointsStatus != scoring.Official || r.RulesStatus != scoring.Official
}

// Marks of the paper.
const (
	markIllustrative = "示例扣分情形与示例分值，附件1待录入"
	markTrial        = "试评"
	markUnsigned     = "未签发"
	markSecret       = "不得录入涉密信息"
)

func (k *card) marks() string {
	var m []string
	if k.c.Hash == "" {
		m = append(m, markUnsigned)
	}
	if t := k.trialMarks(); t != "" {
		m = append(m, t)
	}
	return strings.Join(m, "　")
}

// trialMarks say that the round or its points are not meant in earnest.
func (k *card) trialMarks() string {
	var m []string
	if k.r.Round.Trial {
		m = append(m, markTrial)
	}
	if k.illustrative() {
		m = append(m, markIllustrative)
	}
	return strings.Join(m, "　")
}

func (k *card) title() {
	k.font(16, true)
	for _, l := range k.wrap(k.heading(), textWidth) {
		k.text(marginLeft, k.y, textWidth, l, "C")
		k.y += k.lineHeight()
	}
	if m := k.marks(); m != "" {
		k.font(9.5, true)
		k.text(marginLeft, k.y, textWidth, "【"+m+"】", "C")
		k.y += k.lineHeight()
	}
	k.y += 2
}

// facts is the table of who was checked, when, by whom, on what basis.
func (k *card) facts() {
	r := k.r
	var inspectors []string
	for _, p := range r.People.Inspectors {
		inspectors = append(inspectors, strings.TrimSpace(p.Name+" "+p.Number+" "+p.Org))
	}
	rows := [][2]string{
		{"被检查单位", r.Unit.Name + "（" + r.Unit.Code + "）"}, {"检查轮次", r.Round.Title},
		{"检查时间", period(r.Visit)}, {"检查地点", r.Visit.Place},
		{"检查员", strings.Join(inspectors, "；")}, {"检查依据", r.Visit.Basis},
		{"单位负责人", strings.TrimSpace(r.People.UnitHead.Name + " " + r.People.UnitHead.Title)},
		{"联络员", strings.TrimSpace(r.People.Liaison.Name + " " + r.People.Liaison.Phone)},
		{"数据截止", r.Round.Cutoff}, {"版次", revision(r)},
	}
	for i := 0; i < len(rows); i += 2 {
		k.factRow(rows[i], rows[i+1])
	}
	k.y += 3
}

// revision says which sheet this one replaces, or which it settles.
func revision(r *inspection.Record) string {
	s := fmt.Sprintf("第 %d 版", r.Revision)
	switch len(r.Parents) {
	case 0:
		return s
	case 1:
		return fmt.Sprintf("%s，替代第 %d 版（短码 %s）", s, r.Revision-1, short(r.Parents[0]))
	}
	var old []string
	for _, p := range r.Parents {
		old = append(old, short(p))
	}
	return s + "，由大数据主管部门裁定，替代短码 " + strings.Join(old, "、")
}

func (k *card) factRow(a, b [2]string) {
	const name = 22.0
	k.font(9.5, false)
	value := textWidth/2 - name
	left, right := k.wrap(a[1], value-2*cellPad), k.wrap(b[1], value-2*cellPad)
	h := float64(max(len(left), len(right)))*k.lineHeight() + 2*cellPad
	k.need(h)
	x := marginLeft
	for _, side := range []struct {
		name  string
		lines []string
	}{{a[0], left}, {b[0], right}} {
		k.rect(x, k.y, name, h)
		k.rect(x+name, k.y, value, h)
		k.text(x+cellPad, k.y+cellPad, name-2*cellPad, side.name, "L")
		k.lines(x+name+cellPad, k.y+cellPad, value-2*cellPad, side.lines, "L")
		x += name + value
	}
	k.y += h
}

// result is the box with the total, grade, list and the formula with its
// numbers.
func (k *card) result() {
	res := k.c.Result
	k.font(10, false)
	lines := k.formulas()
	h := max(24, float64(len(lines))*k.lineHeight()+6)
	k.need(h)
	k.rect(marginLeft, k.y, textWidth, h)
	k.rect(marginLeft, k.y, 52, h)
	k.font(26, true)
	k.text(marginLeft, k.y+h/2-k.lineHeight()*0.62, 52, res.Total.Value(), "C")
	k.font(10, false)
	verdict := res.Band
	if len(res.Lists) > 0 {
		verdict += "　" + strings.Join(res.Lists, "、")
	}
	if verdict == "" {
		verdict = "无得分"
	}
	k.font(11, true)
	k.text(marginLeft, k.y+h/2+k.lineHeight()*0.8, 52, verdict, "C")
	k.font(8, false)
	k.text(marginLeft+2, k.y+1.2, 20, "总分", "L")
	k.font(10, false)
	k.lines(marginLeft+56, k.y+(h-float64(len(lines))*k.lineHeight())/2, textWidth-58, lines, "L")
	k.y += h + 3
}

// formulas are the lines beside the total: each part with its numbers.
func (k *card) formulas() []string {
	var out []string
	var sum []string
	for i := range k.c.Result.Parts {
		p := &k.c.Result.Parts[i]
		sum = append(sum, p.Part.Code)
		out = append(out, p.Part.Title+"　"+k.formula(p))
	}
	out = append(out, "总分 = "+strings.Join(sum, " + ")+" = "+k.c.Result.Total.Value())
	var wrapped []string
	for _, l := range out {
		wrapped = append(wrapped, k.wrap(l, textWidth-58)...)
	}
	return wrapped
}

func (k *card) formula(p *scoring.PartResult) string {
	code := p.Part.Code
	switch {
	case p.Gate == scoring.GateClosed:
		return fmt.Sprintf("%s = 0（门槛未达到，不评加分）", code)
	case p.Part.Kind == scoring.Bonus:
		return fmt.Sprintf("%s = %s", code, p.Score.Value())
	case !p.Score.Known:
		return code + " 无得分（全部指标不检查）"
	case p.Part.Absence.Policy == scoring.Rescale:
		return fmt.Sprintf("%s =（M − 扣分）× N =（%s − %s）× %s = %s", code, p.ScoredFull.Plain(), p.Moved.Plain(), p.Factor.String(), p.Score.Value())
	}
	return fmt.Sprintf("%s = %s − %s = %s", code, p.Part.Full.String(), p.Moved.Plain(), p.Score.Value())
}

// foot stands on every page.
func (k *card) foot() {
	y := k.y
	size, bold := k.size, k.bold
	k.font(7.5, false)
	at := pageHeight - 15.0
	k.hline(marginLeft, pageWidth-marginRight, at)
	rubric := k.c.Rubric.Rubric
	hash := "记录 " + short(k.c.Hash)
	if k.c.Hash == "" {
		hash = markUnsigned
	}
	k.text(marginLeft, at+1, textWidth, hash+"　指标体系 "+rubric.Code+" 第"+rubric.Version+"版 "+short(k.c.Rubric.Hash), "L")
	k.pdf.SetXY(marginLeft, at+1)
	k.pdf.CellFormat(textWidth, k.lineHeight(), fmt.Sprintf("第 %d 页 共 {nb} 页", k.pdf.PageNo()), "", 0, "RM", false, 0, "")
	k.text(marginLeft, at+1+k.lineHeight(), textWidth, strings.TrimLeft(k.marks()+"　"+markSecret, "　"), "L")
	k.y = y
	k.font(size, bold)
}

func short(hash string) string { return hash[:min(16, len(hash))] }

// clock shows a time without seconds and zone; other texts stay.
func clock(stamp string) string {
	t, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return stamp
	}
	return t.Format("2006-01-02 15:04")
}
