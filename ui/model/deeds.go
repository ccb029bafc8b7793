package model

import (
	"xunping/assets/i18n"
	"xunping/inspection"
)

// Deed is something that can be done about a matter.
type Deed string

// The deeds of 办理.
const (
	DeedServe    Deed = "serve"
	DeedObject   Deed = "object"
	DeedRule     Deed = "rule"
	DeedRevise   Deed = "revise"
	DeedReturn   Deed = "return"
	DeedPack     Deed = "pack"
	DeedNotice   Deed = "notice"
	DeedExtend   Deed = "extend"
	DeedForm     Deed = "form"
	DeedRead     Deed = "read"
	DeedAnswer   Deed = "answer"
	DeedRecheck  Deed = "recheck"
	DeedApprove  Deed = "approve"
	DeedScans    Deed = "scans"
	DeedPaper    Deed = "paper"
	DeedTimeline Deed = "timeline"
	DeedAmend    Deed = "amend"
)

// DeedWord is what its button says.
func DeedWord(d Deed) string {
	switch d {
	case DeedServe:
		return i18n.T("登记送达…")
	case DeedObject:
		return i18n.T("登记异议…")
	case DeedRule:
		return i18n.T("复核裁定…")
	case DeedRevise:
		return i18n.T("按裁定改分…")
	case DeedReturn:
		return i18n.T("退回检查组…")
	case DeedPack:
		return i18n.T("写成文件交出…")
	case DeedNotice:
		return i18n.T("整改通知…")
	}
	return laterDeed(d)
}

func laterDeed(d Deed) string {
	switch d {
	case DeedExtend:
		return i18n.T("延期…")
	case DeedForm:
		return i18n.T("写出答复表…")
	case DeedRead:
		return i18n.T("读入答复表…")
	case DeedAnswer:
		return i18n.T("登记答复…")
	case DeedRecheck:
		return i18n.T("复查…")
	case DeedApprove:
		return i18n.T("审批…")
	case DeedScans:
		return i18n.T("附件另存…")
	case DeedPaper:
		return i18n.T("写成公文…")
	case DeedAmend:
		return i18n.T("更正…")
	case DeedTimeline:
		return i18n.T("全过程…")
	}
	return publishDeed(d)
}

// PeopleText writes the names of people in a row.
func PeopleText(people []inspection.Person) string {
	out := ""
	for _, p := range people {
		out = join(out, p.Name)
	}
	return out
}
