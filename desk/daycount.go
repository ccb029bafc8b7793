package desk

import (
	"strings"

	"xunping/assets/calendar"
	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// settingHolidays are the workbook's own lines over the built-in calendar.
const settingHolidays = "calendar"

// Holidays are the lines that this workbook adds to the built-in calendar.
func (d *Desk) Holidays() string { return d.Setting(settingHolidays, "") }

// SetHolidays replaces them; a wrong line is named and nothing changes.
func (d *Desk) SetHolidays(lines string) error {
	if _, err := calendar.With(lines); err != nil {
		return err
	}
	return d.SetSetting(settingHolidays, strings.TrimSpace(lines))
}

// DayCount is how long a step of a flow took, against its limit.
type DayCount struct {
	calendar.Span
	Limit, Over int // working days; Over is 0 within the limit
}

// CountDays counts the working days between two dates against a limit.
func (d *Desk) CountDays(received, answered string, limit int) (DayCount, error) {
	c, err := calendar.With(d.Holidays())
	if err != nil {
		return DayCount{}, err
	}
	span, err := c.Count(received, answered)
	if err != nil {
		return DayCount{}, err
	}
	return DayCount{span, limit, max(span.Days-limit, 0)}, nil
}

// Words say a count as a person writes it into a note, with what is not known.
func (c DayCount) Words(step, received, answered string) string {
	s := i18n.T("%s：%s 收到，%s 完成，%d 个工作日，时限 %d 个工作日", step, received, answered, c.Days, c.Limit)
	if c.Over > 0 {
		s += i18n.T("，超过 %d 个工作日", c.Over)
	}
	for _, y := range c.National {
		s += i18n.T("（%d 年放假安排未登记，只按周末计）", y)
	}
	for _, y := range c.Regional {
		s += i18n.T("（%d 年“壮族三月三”未登记）", y)
	}
	return s + i18n.T("。")
}

// StepBinds tells whether a step of a flow binds a unit: only then can its limit
// become a finding. A step that names nobody, or the bureau's own offices, binds
// no unit.
func StepBinds(s scoring.Step, u inspection.Unit) bool {
	if s.Who == "" {
		return false
	}
	if u.Name != "" && strings.Contains(s.Who, u.Name) {
		return true
	}
	switch u.Kind {
	case "city":
		return strings.Contains(s.Who, "各市") || strings.Contains(s.Who, "有关市") || strings.Contains(s.Who, "设区市")
	case "department":
		return strings.Contains(s.Who, "各部门") || strings.Contains(s.Who, "有关部门")
	case "central":
		return strings.Contains(s.Who, "中直") || strings.Contains(s.Who, "中央驻桂")
	}
	return false
}
