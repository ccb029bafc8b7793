package seal

import (
	"fmt"

	"xunping/assets/i18n"
)

// Refusal says why a file is not accepted: the rule of FORMATS §4 it breaks,
// in words for a person.
type Refusal struct {
	Rule          int
	Reason        error
	DataSignature bool // the record's own signature still holds
}

// Error names the rule and the reason.
func (r *Refusal) Error() string {
	return i18n.T("规则 %d：%s", r.Rule, i18n.Person(r.Reason))
}

// Unwrap gives the reason.
func (r *Refusal) Unwrap() error { return r.Reason }

func refuse(rule int, zh string, args ...any) error {
	return &Refusal{Rule: rule, Reason: i18n.E(zh, args...)}
}

// structure refuses a file whose structure is not of the profile; detail is
// technical.
func structure(rule int, format string, args ...any) error {
	return refuse(rule, "文件结构不合规定（%s）", fmt.Sprintf(format, args...))
}

// Limits of a sealed file (FORMATS, preamble).
const (
	maxFile     = 64 << 20
	maxObjects  = 50000
	maxDepth    = 64
	maxInflated = 256 << 20
)
