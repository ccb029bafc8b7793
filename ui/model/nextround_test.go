package model

import (
	"strings"
	"testing"
	"time"

	"xunping/desk"
)

func TestNextRound(t *testing.T) {
	now := time.Date(2026, 3, 31, 23, 0, 0, 0, time.UTC)
	for _, x := range []struct{ last, code, title, cutoff string }{
		{"", "2026-03", "2026年3月检查", "2026-02-28"},
		{"2019-08", "2019-09", "2019年9月检查", "2019-08-31"},
		{"2019-12", "2020-01", "2020年1月检查", "2019-12-31"},
		{"试点", "2026-03", "2026年3月检查", "2026-02-28"},
	} {
		if code, title, cutoff := NextRound(x.last, now); code != x.code || title != x.title || cutoff != x.cutoff {
			t.Errorf("after %q: %s %s %s", x.last, code, title, cutoff)
		}
	}
}

// A new round is offered every rubric that is not archived; the newest version
// of what was used before is proposed, and examples say so.
func TestRubricChoices(t *testing.T) {
	list := []desk.RubricInfo{{Hash: "a1", Code: "a", Version: "1", Illustrative: true}, {Hash: "a2", Code: "a", Version: "2"}, {Hash: "a3", Code: "a", Version: "3", Archived: true}, {Hash: "b1", Code: "b", Version: "1"}}
	for present, want := range map[string]string{"a1": "a2", "a3": "a2", "b1": "b1", "": "b1"} {
		out, at := RubricChoices(list, present)
		if len(out) != 3 || out[at].Hash != want {
			t.Errorf("after %s: %v at %d", present, out, at)
		}
		if !strings.Contains(out[0].Words, "示例") || strings.Contains(out[1].Words, "示例") {
			t.Error(out)
		}
	}
}
