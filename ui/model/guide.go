package model

import (
	"strconv"

	"xunping/assets/i18n"
	"xunping/scoring"
)

// Section is one folded part of the guidance.
type Section struct {
	Title string
	Lines []string
	steps []scoring.Step // of a flow, one for each line
}

// Step is the step of a flow that a line shows, nil where the line is none.
func (s *Section) Step(line int) *scoring.Step {
	if line < len(s.steps) {
		return &s.steps[line]
	}
	return nil
}

// Guide is what the rubric says about an indicator, in the policy's words.
func Guide(ind *scoring.Indicator) []Section {
	g := ind.Guide
	if g == nil {
		return nil
	}
	var out []Section
	add := func(title string, lines ...string) {
		if len(lines) > 0 && lines[0] != "" {
			out = append(out, Section{Title: title, Lines: lines})
		}
	}
	add(i18n.T("存在问题"), g.Problem)
	add(i18n.T("主要目标"), g.Goal)
	for _, f := range g.Flows {
		lines := make([]string, len(f.Steps))
		for i, s := range f.Steps {
			lines[i] = stepLine(i, s)
		}
		if len(lines) > 0 {
			out = append(out, Section{f.Title, lines, f.Steps})
		}
	}
	add(i18n.T("建设标准"), g.Standards...)
	add(i18n.T("注"), g.Notes...)
	return out
}

func stepLine(i int, s scoring.Step) string {
	line := strconv.Itoa(i+1) + ". " + s.Title
	if s.Text != "" {
		line += "。" + s.Text
	}
	if s.Who != "" {
		line += i18n.T("（责任单位：%s）", s.Who)
	}
	if s.Days != nil {
		line += i18n.T("（时限 %d 个工作日）", *s.Days)
	}
	return line
}
