package model

import (
	"testing"
	"time"
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
