package desk

import (
	"cmp"
	"strings"

	"xunping/inspection"
)

// heldOpen is why results did not stand, or were missing, when the publication was
// frozen, by unit: it went out with an override, and says so of each.
func (w *bulletin) heldOpen() map[string]string {
	out := map[string]string{}
	for line := range strings.SplitSeq(w.frozen.Act.Items[itemOverride].Claim, "\n") {
		switch kind, unit, why := openLine(line); kind {
		case BlockProvisional:
			out[unit] = provisionalOnPaper(why)
		case BlockConflict:
			out[unit] = "结果有冲突，还没有处理"
		case BlockMissing:
			out[unit] = cmp.Or(why, "没有交评分表")
		}
	}
	return out
}

func provisionalOnPaper(why string) string {
	if why == "" {
		return "结果暂定"
	}
	return "结果暂定：" + why
}

// noRank is why a unit without a rank has none, by its row alone.
func noRank(r inspection.PublishedRow) string {
	switch {
	case r.Record == "":
		return "没有结果"
	case r.Band != "":
		return "否决（" + r.Band + "）"
	}
	return "无得分"
}

// notStanding names the units whose result is provisional, and those without a rank.
func (w *bulletin) notStanding() (provisional, none []string) {
	for _, r := range w.rows {
		switch {
		case r.open == "":
		case r.Rank == 0:
			none = append(none, r.name)
		default:
			provisional = append(provisional, r.name)
		}
	}
	return provisional, none
}
