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

// structure refuses a file whose structure is not of the profile, with the
// sentence of the rule that it breaks; detail is technical and names the place.
func structure(rule int, format string, args ...any) error {
	detail := fmt.Sprintf(format, args...)
	switch rule {
	case 1:
		return refuse(rule, "文件的骨架不合规定，可能被别的软件另存过，或没有传完整（%s）", detail)
	case 2:
		return refuse(rule, "文件目录里有评分表不该有的东西，如脚本、动作、第二套内容（%s）", detail)
	case 3:
		return refuse(rule, "文件里有没有定义的引用，可能藏着以后才启用的内容（%s）", detail)
	case 4:
		return refuse(rule, "签名没有按规定盖住文件的每一个字节（%s）", detail)
	case 5:
		return refuse(rule, "签名之后改动了不许改的地方（%s）", detail)
	case 6:
		return refuse(rule, "签名数据的写法不合规定（%s）", detail)
	}
	return refuse(rule, "文件里的记录或附件不合规定（%s）", detail)
}

// Limits of a sealed file (FORMATS, preamble).
const (
	maxFile     = 64 << 20
	maxObjects  = 50000
	maxDepth    = 64
	maxInflated = 256 << 20
)
