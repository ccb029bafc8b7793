package model

import (
	"xunping/assets/i18n"
	"xunping/desk"
)

// Work is a line of 我的工作在哪.
type Work struct{ Round, Unit, State, File, Receipt string }

// NewWork writes a line.
func NewWork(w desk.WorkItem) Work {
	x := Work{Round: w.RoundTitle, Unit: w.Unit.Name, File: w.Path}
	if x.Round == "" {
		x.Round = w.Round
	}
	if w.Draft {
		x.State = i18n.T("检查中 %d/%d　%s", w.Done, w.Total, w.At)
		x.File = i18n.T("只在工作簿里，还没有签发")
		return x
	}
	x.State = i18n.T("第 %d 版已签　%s", w.Revision, Clock(w.At))
	switch {
	case w.Path == "":
		x.File = i18n.T("在工作簿里，可另存")
	case w.Gone:
		x.File = i18n.T("文件已不在原处：%s（工作簿里还有）", w.Path)
	}
	x.Receipt = i18n.T("尚无回执")
	if w.Receipt != "" {
		x.Receipt = i18n.T("已收 %s", Clock(w.Receipt))
	}
	return x
}
