// Package rubrics holds the rubrics that come with the program.
//
// jutongyong-2019 is made from the published explanation of the indicators
// (附件2): structure, flows, steps, day limits, notes and terms are the policy's
// own words, cited by clause. The points of the 22 indicators and the deduction
// cases are in an annex (附件1) that nobody has published; those in the file
// are illustrative, and the file says so.
//
// zfwz-2019 and zfwz-2019-zhaoqing have the structure of 国办秘函〔2019〕19号
// (vetoes, 100 points, a bonus above 80) with the two ways of treating bodies
// without services: the rest is scored out of 75 and multiplied by 4/3 with a
// bonus of 30, or the 20 points of services are spread over the rest with a
// bonus of 25 and a veto that leaves at most 59. What of them is not published
// is illustrative and marked so.
package rubrics

import _ "embed"

//go:embed jutongyong-2019.json
var jutongyong []byte

//go:embed zfwz-2019.json
var websites []byte

//go:embed zfwz-2019-zhaoqing.json
var websitesZhaoqing []byte

// Builtin is a rubric that comes with the program.
type Builtin struct {
	Code, Title string
	JSON        []byte // FORMATS §1, not canonical
}

// List gives all of them.
func List() []Builtin {
	return []Builtin{{"jutongyong-2019", "2019年推进政务数据“聚通用”工作检查指标", jutongyong},
		{"zfwz-2019", "政府网站与政务新媒体检查指标（2019年，国办结构）", websites},
		{"zfwz-2019-zhaoqing", "政府网站与政务新媒体检查指标（2019年，肇庆做法）", websitesZhaoqing}}
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
