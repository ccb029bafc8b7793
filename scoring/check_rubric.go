package scoring

import (
	"fmt"
	"regexp"

	"xunping/assets/i18n"
)

// Problem is one thing that is wrong or missing, with its place
// (parts[0].groups[1].indicators[2].points).
type Problem struct {
	Place   string
	Code    string // the indicator, if it lies in one
	Missing bool   // unfinished rather than wrong
	Err     error  // a sentence for a person
}

// Error names the place and says what is wrong there.
func (p Problem) Error() string { return p.Place + "：" + i18n.Person(p.Err) }

// Limits of a rubric.
const (
	maxParts      = 20
	maxIndicators = 2000
	maxRules      = 200 // of one indicator
)

var (
	codePattern = regexp.MustCompile(`^[\pL\pN][\pL\pN._-]{0,63}$`)
	dayPattern  = regexp.MustCompile(`^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`)
)

// checker gathers problems.
type checker struct{ found []Problem }

func (c *checker) add(place, zh string, args ...any) {
	c.found = append(c.found, Problem{Place: place, Err: i18n.E(zh, args...)})
}

// Check tells everything that is wrong with the rubric (FORMATS §1); nothing
// if it can be used.
func (r *Rubric) Check() []Problem {
	c := &checker{}
	if r.Format != RubricFormat {
		c.add("format", "格式应为 %s", RubricFormat)
	}
	c.code("code", r.Code)
	c.text("version", r.Version)
	c.text("title", r.Title)
	c.oneOf("points_status", r.PointsStatus, Illustrative, Official)
	c.oneOf("rules_status", r.RulesStatus, Illustrative, Official)
	c.oneOf("free_findings", r.FreeFindings, "allowed", "needs_approval", "never")
	c.day("effective.from", r.Effective.From)
	c.day("effective.to", r.Effective.To)
	if r.Places < 0 || r.Places > 4 {
		c.add("places", "小数位数应在 0 到 4 之间")
	}
	c.bands(r)
	c.lists(r)
	c.parts(r)
	return c.found
}

func (c *checker) text(place, s string) {
	if s == "" {
		c.add(place, "不能为空")
	}
}

func (c *checker) code(place, s string) {
	if !codePattern.MatchString(s) {
		c.add(place, "代码“%s”不合格：字母或数字开头，可含字母、数字、点、横线、下划线", s)
	}
}

func (c *checker) day(place, s string) {
	if s != "" && !IsDay(s) {
		c.add(place, "“%s”不是日期，应写成 2019-08-31", s)
	}
}

func (c *checker) oneOf(place, s string, allowed ...string) {
	for _, a := range allowed {
		if s == a {
			return
		}
	}
	if s == "" {
		c.add(place, "这里要写：%s 之一", choices(allowed))
		return
	}
	c.add(place, "“%s”不能用，要写：%s 之一", Said(s), choices(allowed))
}

func (c *checker) bands(r *Rubric) {
	if len(r.Bands) == 0 {
		c.add("bands", "缺少等级")
		return
	}
	for i, b := range r.Bands {
		place := fmt.Sprintf("bands[%d]", i)
		c.text(place+".name", b.Name)
		if i > 0 && b.From >= r.Bands[i-1].From {
			c.add(place+".from", "等级下限应逐级降低")
		}
	}
	if last := len(r.Bands) - 1; r.Bands[last].From != 0 {
		c.add(fmt.Sprintf("bands[%d].from", last), "最后一个等级应从 0 开始")
	}
}

func (c *checker) lists(r *Rubric) {
	for i, l := range r.Lists {
		place := fmt.Sprintf("lists[%d]", i)
		c.text(place+".name", l.Name)
		if l.AtLeast == nil && l.Below == nil {
			c.add(place, "榜单要有界限：“不低于”或“低于”")
		}
	}
}

// parts checks parts, groups and indicators, codes across the whole rubric,
// and the references between them.
func (c *checker) parts(r *Rubric) {
	if len(r.Parts) == 0 || len(r.Parts) > maxParts {
		c.add("parts", "应有 1 到 %d 个部分", maxParts)
	}
	seen := codes{}
	deduct := map[string]bool{}
	count := 0
	for i := range r.Parts {
		p := &r.Parts[i]
		place := fmt.Sprintf("parts[%d]", i)
		c.unique(seen, "part", place+".code", p.Code)
		c.part(r, i, place)
		var sum Exact
		for gi := range p.Groups {
			g := &p.Groups[gi]
			gp := fmt.Sprintf("%s.groups[%d]", place, gi)
			c.unique(seen, "group", gp+".code", g.Code)
			for k := range g.Indicators {
				ind := &g.Indicators[k]
				ip := fmt.Sprintf("%s.indicators[%d]", gp, k)
				c.unique(seen, "indicator", ip+".code", ind.Code)
				deduct[ind.Code] = p.Kind == Deduct
				sum = sum.add(exact(ind.Points))
				c.indicator(p, ind, ip, seen)
				count++
			}
		}
		if sum.Cmp(exact(p.Full)) != 0 {
			c.add(place+".full", "部分 %s 各指标分值之和是 %s，应等于 %s", p.Code, sum.Plain(), p.Full.String())
		}
	}
	if count > maxIndicators {
		c.add("parts", "指标超过 %d 项", maxIndicators)
	}
	c.references(r, deduct)
}

// codes remembers the codes of each kind: parts, groups, indicators, rules and
// measures each have their own names.
type codes map[[2]string]bool

func (c *checker) unique(seen codes, kind, place, code string) {
	c.code(place, code)
	if seen[[2]string{kind, code}] {
		c.add(place, "代码 %s 已经用过，同一类的代码不能重复", code)
		return
	}
	seen[[2]string{kind, code}] = true
}

func (c *checker) part(r *Rubric, i int, place string) {
	p := &r.Parts[i]
	c.text(place+".title", p.Title)
	c.oneOf(place+".kind", p.Kind, Deduct, Bonus)
	if p.Full == 0 {
		c.add(place+".full", "满分不能是 0")
	}
	c.oneOf(place+".absence.policy", p.Absence.Policy, Rescale, FullMarks, Spread, NoAbsence)
	if p.Kind == Bonus && p.Absence.Policy != NoAbsence {
		c.add(place+".absence.policy", "加分部分“缺项时”只能是“不允许”：折算的公式按扣分定义")
	}
	if p.Absence.Policy == NoAbsence && len(p.Absence.Allowed) > 0 {
		c.add(place+".absence.allowed", "“缺项时”是“不允许”，就不能再列可以没有的指标")
	}
	if p.Gate != nil {
		c.gate(r, i, place+".gate")
	}
}

func (c *checker) gate(r *Rubric, i int, place string) {
	g := r.Parts[i].Gate
	if (g.AtLeast == nil) == (g.Above == nil) {
		c.add(place, "门槛要写“不低于”或“高于”多少分，只写一样")
	}
	for k := range i {
		if r.Parts[k].Code == g.Part {
			return
		}
	}
	c.add(place+".part", "门槛要看前面的一个部分，前面没有部分“%s”", g.Part)
}

// references checks what points from one indicator to another.
func (c *checker) references(r *Rubric, deduct map[string]bool) {
	for i := range r.Parts {
		p := &r.Parts[i]
		place := fmt.Sprintf("parts[%d]", i)
		own := map[string]bool{}
		for gi, g := range p.Groups {
			for k, ind := range g.Indicators {
				own[ind.Code] = true
				at := fmt.Sprintf("%s.groups[%d].indicators[%d].mirror", place, gi, k)
				if ind.Mirror != "" && !deduct[ind.Mirror] {
					c.add(at, "对应指标“%s”不是扣分指标", ind.Mirror)
				}
			}
		}
		for code, a := range p.Absence.Allowed {
			at := place + ".absence.allowed." + code
			if !own[code] {
				c.add(at, "本部分没有指标“%s”", code)
			}
			if a.Letter != "" {
				c.oneOf(at+".letter", a.Letter, "required", "optional")
			}
		}
	}
}

// IsDay tells whether s is a real day written YYYY-MM-DD.
func IsDay(s string) bool {
	if !dayPattern.MatchString(s) {
		return false
	}
	year, month, day := digits(s[:4]), digits(s[5:7]), digits(s[8:])
	last := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
	if month == 2 && (year%4 == 0 && year%100 != 0 || year%400 == 0) {
		last = 29
	}
	return day <= last
}

func digits(s string) int {
	n := 0
	for _, c := range []byte(s) {
		n = n*10 + int(c-'0')
	}
	return n
}
