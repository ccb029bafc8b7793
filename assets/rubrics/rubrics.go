// Package rubrics holds the rubrics that come with the program.
//
// jutongyong-2019 is made from the published explanation of the indicators
// (附件2): structure, flows, steps, day limits, notes and terms are the policy's
// own words, cited by clause. The points of the 22 indicators and the deduction
// cases are in an annex (附件1) that nobody has published; those in the file
// are illustrative, and the file says so.
package rubrics

import _ "embed"

//go:embed jutongyong-2019.json
var jutongyong []byte

// Builtin is a rubric that comes with the program.
type Builtin struct {
	Code, Title string
	JSON        []byte // FORMATS §1, not canonical
}

// List gives all of them.
func List() []Builtin {
	return []Builtin{{"jutongyong-2019", "2019年推进政务数据“聚通用”工作检查指标", jutongyong}}
}

// Get finds one by its code.
func Get(code string) (Builtin, bool) {
	for _, b := range List() {
		if b.Code == code {
			return b, true
		}
	}
	return Builtin{}, false
}
