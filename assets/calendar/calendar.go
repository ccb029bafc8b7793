// Package calendar counts working days 工作日: five days a week, but for the
// holidays and shifted days that the State Council announces for each year and
// the regional ones of Guangxi (壮族三月三). The announcements are data, one line
// a day; a bureau adds the lines of a new year itself.
//
// What is not known is said: a year without an announcement counts as weeks
// alone, and Count names it.
package calendar

import (
	_ "embed"
	"strings"
	"sync"
	"time"

	"xunping/assets/i18n"
)

//go:embed china.txt
var china string

//go:embed guangxi.txt
var guangxi string

// Calendar says which days are worked.
type Calendar struct {
	days     map[string]bool // YYYY-MM-DD → worked
	national map[int]bool    // years whose national holidays are known
	regional map[int]bool    // years whose regional ones are
}

var builtin = sync.OnceValues(func() (*Calendar, error) {
	c := &Calendar{days: map[string]bool{}, national: map[int]bool{}, regional: map[int]bool{}}
	if err := c.read(china, c.national); err != nil {
		return nil, err
	}
	return c, c.read(guangxi, c.regional)
})

// With is the built-in calendar with a person's own lines over it: a date and 休
// or 班 (off, work), or a year and 全 (all) when all of that year is in. The error names the line.
func With(own string) (*Calendar, error) {
	b, err := builtin()
	if err != nil {
		return nil, err
	}
	c := &Calendar{days: copied(b.days), national: copied(b.national), regional: copied(b.regional)}
	both := map[int]bool{}
	if err := c.read(own, both); err != nil {
		return nil, err
	}
	for y := range both {
		c.national[y], c.regional[y] = true, true
	}
	return c, nil
}

func copied[K comparable](m map[K]bool) map[K]bool {
	out := make(map[K]bool, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

func (c *Calendar) read(text string, years map[int]bool) error {
	n := 0
	for line := range strings.Lines(text) {
		n++
		f := strings.Fields(line)
		if len(f) == 0 || strings.HasPrefix(f[0], "#") {
			continue
		}
		if !c.line(f, years) {
			return i18n.E("节假日第 %d 行不对：写成“2026-04-20 休”“2026-04-18 班”或“2026 全”", n)
		}
	}
	return nil
}

func (c *Calendar) line(f []string, years map[int]bool) bool {
	if len(f) < 2 {
		return false
	}
	if y, err := time.Parse("2006", f[0]); err == nil && (f[1] == "全" || f[1] == "all") {
		years[y.Year()] = true
		return true
	}
	worked, known := map[string]bool{"休": false, "off": false, "班": true, "work": true}[f[1]]
	if _, err := time.Parse(time.DateOnly, f[0]); err != nil || !known {
		return false
	}
	c.days[f[0]] = worked
	return true
}

// Worked tells whether a day is a working day.
func (c *Calendar) Worked(day time.Time) bool {
	if worked, listed := c.days[day.Format(time.DateOnly)]; listed {
		return worked
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// Span is a count of working days.
type Span struct {
	Days int
	// National and Regional are years in the span whose holidays are not known;
	// there only the weeks were counted.
	National, Regional []int
}

// maxSpan keeps a typing error from counting for ever.
const maxSpan = 3660

// Count counts the working days from the receipt of something to the day it was
// answered: day 1 is the first working day after receipt, and an answer on the
// day of receipt took 0.
func (c *Calendar) Count(received, answered string) (Span, error) {
	from, err := time.Parse(time.DateOnly, received)
	if err != nil {
		return Span{}, i18n.E("“%s”不是日期：请写 2019-08-31", received)
	}
	to, err := time.Parse(time.DateOnly, answered)
	if err != nil {
		return Span{}, i18n.E("“%s”不是日期：请写 2019-08-31", answered)
	}
	if to.Before(from) {
		return Span{}, i18n.E("答复日期早于收到日期")
	}
	if to.Sub(from) > maxSpan*24*time.Hour {
		return Span{}, i18n.E("两个日期相差太远，请核对")
	}
	var s Span
	for d := from.AddDate(0, 0, 1); !d.After(to); d = d.AddDate(0, 0, 1) {
		if c.Worked(d) {
			s.Days++
		}
	}
	c.unknown(&s, from, to)
	return s, nil
}

// After is the last day of a limit of so many working days that begins when
// something is received: day 1 is the first working day after receipt.
func (c *Calendar) After(received string, days int) (last string, s Span, err error) {
	from, err := time.Parse(time.DateOnly, received)
	if err != nil {
		return "", s, i18n.E("“%s”不是日期：请写 2019-08-31", received)
	}
	if days < 0 || days > maxSpan/2 {
		return "", s, i18n.E("期限 %d 个工作日不对，请核对", days)
	}
	d := from
	for s.Days < days {
		if d = d.AddDate(0, 0, 1); c.Worked(d) {
			s.Days++
		}
		if d.Sub(from) > maxSpan*24*time.Hour { // own lines may call every day off
			return "", s, i18n.E("期限 %d 个工作日不对，请核对", days)
		}
	}
	c.unknown(&s, from, d)
	return d.Format(time.DateOnly), s, nil
}

// unknown names the years of a span whose holidays are not known.
func (c *Calendar) unknown(s *Span, from, to time.Time) {
	for y := from.Year(); y <= to.Year(); y++ {
		if !c.national[y] {
			s.National = append(s.National, y)
		}
		// 三月三 falls between the middle of March and the end of April.
		if !c.regional[y] && spans(from, to, y) {
			s.Regional = append(s.Regional, y)
		}
	}
}

func spans(from, to time.Time, year int) bool {
	first, last := time.Date(year, 3, 20, 0, 0, 0, 0, time.UTC), time.Date(year, 4, 30, 0, 0, 0, 0, time.UTC)
	return !to.Before(first) && !from.After(last)
}
