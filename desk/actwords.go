package desk

import (
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
)

// instant makes claimed times of different zones comparable.
func instant(at string) string {
	t, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return at
	}
	return t.UTC().Format(time.RFC3339)
}

// ActWord is what people call an act: its kind, or what it is used for.
func ActWord(a *inspection.Act) string {
	switch {
	case isService(a):
		return i18n.T("送达")
	case step(a) == StepReview:
		return i18n.T("审核")
	case step(a) == StepIssue:
		return i18n.T("签发")
	case a.Kind == inspection.ActPublication && a.Replaces != "":
		return i18n.T("更正发布")
	}
	return KindWord(a.Kind)
}

// DecisionWord is what an act decided, "" if it decides nothing.
func DecisionWord(a *inspection.Act) string {
	switch a.Decision {
	case inspection.Accepted:
		return i18n.T("同意")
	case inspection.Refused:
		return i18n.T("不同意")
	case inspection.Partly:
		return i18n.T("部分同意")
	}
	return ""
}

// ActSays puts an act into one line.
func ActSays(a *inspection.Act) string {
	var out []string
	add := func(words string) {
		if words != "" {
			out = append(out, words)
		}
	}
	add(a.Number)
	add(a.Date)
	add(DecisionWord(a))
	if a.Valid.To != "" {
		add(i18n.T("异议期至 %s", a.Valid.To))
	}
	for _, key := range sortedKeys(a.Items) {
		x := a.Items[key]
		if key == itemStep {
			continue
		}
		words := strings.TrimSpace(key + " " + x.Text)
		if a.Kind != inspection.ActAnswer && key != itemOverride && x.Claim != "" { // hashes; what was open, in codes
			words += "〔" + x.Claim + "〕"
		}
		if x.Until != "" {
			words += " " + x.Until
		}
		add(words)
	}
	add(a.Text)
	return strings.Join(out, i18n.T("；"))
}

// KindWord is what people call an act of a kind.
func KindWord(k inspection.ActKind) string {
	switch k {
	case inspection.ActOpinion:
		return i18n.T("单位意见")
	case inspection.ActLetter:
		return i18n.T("行文登记")
	case inspection.ActObjection:
		return i18n.T("异议")
	case inspection.ActRuling:
		return i18n.T("复核裁定")
	case inspection.ActApproval:
		return i18n.T("审批")
	case inspection.ActReturn:
		return i18n.T("退回")
	case inspection.ActRectify:
		return i18n.T("整改通知")
	case inspection.ActAnswer:
		return i18n.T("整改答复")
	}
	return laterKind(k)
}

func laterKind(k inspection.ActKind) string {
	switch k {
	case inspection.ActExtension:
		return i18n.T("整改延期")
	case inspection.ActRecheck:
		return i18n.T("整改复查")
	case inspection.ActListChange:
		return i18n.T("榜单调整")
	case inspection.ActPublication:
		return i18n.T("发布")
	case inspection.ActAcceptance:
		return i18n.T("认可")
	case inspection.ActReceipt:
		return i18n.T("回执")
	}
	return string(k)
}

// ObjectionWord is what people call the state of an objection.
func ObjectionWord(s ObjectionState) string {
	switch s {
	case ObjectionOpen:
		return i18n.T("待裁定")
	case ObjectionChange:
		return i18n.T("待改分")
	}
	return i18n.T("办结")
}

// RectifyWord is what people call the state of an item.
func RectifyWord(s RectifyState) string {
	switch s {
	case RectifyAnswered:
		return i18n.T("待复查")
	case RectifyDone:
		return i18n.T("已整改")
	case RectifyPart:
		return i18n.T("部分整改")
	case RectifyNot:
		return i18n.T("未整改")
	}
	return i18n.T("待整改")
}

// StageWord is what people call the stage of a publication.
func StageWord(stage string) string {
	switch stage {
	case StageDrafted:
		return i18n.T("已拟稿，待审核")
	case StageReviewed:
		return i18n.T("已审核，待签发")
	case StageIssued:
		return i18n.T("已签发，待发布")
	case StagePublished:
		return i18n.T("已发布")
	case StageRefused:
		return i18n.T("退稿")
	}
	return i18n.T("失效")
}

// Scope is how far a snapshot is meant to go.
func (s *Snapshot) Scope() string { return s.Act.Items[itemScope].Text }

// Override is the reason for which a snapshot leaves something open, "" if it
// does not.
func (s *Snapshot) Override() string { return s.Act.Items[itemOverride].Text }
