package model

import (
	"xunping/assets/i18n"
	"xunping/inspection"
)

// DecisionWord is what an act decided.
func DecisionWord(d string) string {
	switch d {
	case inspection.Accepted:
		return i18n.T("认可")
	case inspection.Refused:
		return i18n.T("不认可")
	case inspection.Partly:
		return i18n.T("部分认可")
	}
	return i18n.T("未决定")
}
