package desk

import (
	"fmt"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
)

// Gate is what the window shows before sealing: Gaps, and firmer than the format
// asks: a deduction without evidence needs a reason in words, or the liaison has
// nothing to check, and points chosen from a range need the reason for the
// choice. Last comes what is worth a second look.
func (in *Inspector) Gate() []inspection.Gap {
	return slices.Concat(in.unreasonedGaps(), in.Gaps(), in.letterGaps(), in.materialGaps(), in.roomGaps(), in.sharedGaps(), in.closedGaps())
}

// closedGaps say that the round was closed here: what is signed now comes after it.
func (in *Inspector) closedGaps() []inspection.Gap {
	if !in.round.Closed {
		return nil
	}
	return []inspection.Gap{{Text: i18n.T("本轮在这台电脑上已经结束；现在签发的会改变已经结束的结果，请先和汇总单位说好")}}
}

// unreasonedGaps are the findings that still need words.
func (in *Inspector) unreasonedGaps() []inspection.Gap {
	var firm []inspection.Gap
	for i := range in.c.Engine.Len() {
		code := in.c.Engine.Indicator(i).Code
		e := in.rec.Entries[code]
		for k, f := range e.Findings {
			if why := in.unreasoned(i, e, f); why != "" {
				firm = append(firm, inspection.Gap{Indicator: code, Place: fmt.Sprintf("entries.%s.findings[%d].note", code, k), Blocking: true, Text: why})
			}
		}
	}
	return firm
}

// unreasoned says why a finding still needs words; "" if it does not.
func (in *Inspector) unreasoned(i int, e inspection.Entry, f inspection.Finding) string {
	if f.Note != "" {
		return ""
	}
	name := f.Rule
	if name == "" {
		name = in.c.Engine.Indicator(i).Code
	}
	if r := in.c.Engine.Rule(i, f.Rule); r != nil && r.Kind == scoring.Range {
		return i18n.T("%s 的分数在范围内酌定，要写明理由", name)
	}
	if in.c.Engine.Part(i).Kind != scoring.Deduct || len(f.Evidence)+len(e.Evidence) > 0 || e.Note != "" {
		return ""
	}
	return i18n.T("%s 扣分没有佐证，要写明原因", name)
}

// materialGaps are the materials that were not there or not whole, by indicator: what
// follows from it (a finding, a word in the note) is for the inspector to say.
func (in *Inspector) materialGaps() []inspection.Gap {
	var out []inspection.Gap
	for i := range in.c.Engine.Len() {
		ind := in.c.Engine.Indicator(i)
		e := in.rec.Entries[ind.Code]
		if len(e.Findings) > 0 || e.Note != "" || e.State == scoring.Absent {
			continue
		}
		for _, m := range ind.Materials {
			switch e.Materials[m.Title] {
			case "none":
				out = append(out, inspection.Gap{Indicator: ind.Code, Place: "entries." + ind.Code + ".note", Text: i18n.T("材料“%s”没有，没有写扣分，也没有写说明", m.Title)})
			case "partial":
				out = append(out, inspection.Gap{Indicator: ind.Code, Place: "entries." + ind.Code + ".note", Text: i18n.T("材料“%s”不全，没有写扣分，也没有写说明", m.Title)})
			}
		}
	}
	return out
}

// roomGaps says when the evidence is more than a sealed file can hold, and which file
// is the largest.
func (in *Inspector) roomGaps() []inspection.Gap {
	var sum int64
	var most inspection.EvidenceRef
	for _, x := range in.rec.Evidence {
		if sum += x.Bytes; x.Bytes > most.Bytes {
			most = x
		}
	}
	if sum <= EvidenceRoom {
		return nil
	}
	at := ""
	for _, code := range sortedKeys(in.rec.Entries) {
		if usedIn(in.rec.Entries[code], most.SHA256) {
			at = code
		}
	}
	return []inspection.Gap{{Indicator: at, Place: "entries." + at + ".evidence", Text: i18n.T("佐证共 %.1f MiB，一份评分表大约放得下 %d MiB，恐怕签不成；最大的是“%s”（%.1f MiB），请删去一些或换小的",
		float64(sum)/(1<<20), EvidenceRoom>>20, most.Name, float64(most.Bytes)/(1<<20))}}
}

func usedIn(e inspection.Entry, sha string) bool {
	return slices.Contains(e.Evidence, sha) || slices.ContainsFunc(e.Findings, func(f inspection.Finding) bool { return slices.Contains(f.Evidence, sha) })
}
