package desk

import (
	"slices"
	"testing"

	"xunping/assets/rubrics"
	"xunping/inspection"
)

// workedCases are worked by hand, the arithmetic beside each. The points of all
// three rubrics are illustrative; what is shown is how they count.
var workedCases = map[string][]struct {
	name, text, total, band string
	parts                   map[string]string
}{
	"jutongyong-2019": {
		// M = 100 − 8; D = 2 + 3·1 = 5; X = (92 − 5)·100/92 = 8700/92 = 94.5652…
		{"A1 absent", "A1 缺项 桂数函〔2019〕1号 2019-07-01\nA2-1\nA2-2 3", "94.57", "非常高", map[string]string{"X": "94.57", "Y": "0.00"}},
		// 2 + min(9·1, 4) + min(5·1, 3) + 1·⌊(1 − 5/15)/0.1⌋ = 2 + 4 + 3 + 6 = 15, of A2 at most 10
		{"caps within caps", "A2-1\nA2-2 9\nA2-3 5\nA2-m1 5/15", "90.00", "非常高", map[string]string{"X": "90.00"}},
		// M = 100 − 8 − 10 − 10 − 8 − 6 = 58; D = 2; X = 56·100/58 = 96.5517…
		{"all five absent", "A1 缺项 文1 2019-07-01\nA2 缺项 文1 2019-07-01\nA3 缺项 文1 2019-07-01\nA4 缺项\nB3 缺项\nC1-1", "96.55", "非常高", nil},
		// D = 10 (A2) + 8 (C1: 2 + 6) + 8 (C2: 2 + 6) + 2 (C3) + 2 (A1) = 30; X = 70, which opens Y; Y = min(12·0.5, 6) = 6
		{"exactly 70 opens the bonus", "A2-1\nA2-2 9\nA2-3 5\nA2-m1 5/15\nC1-1\nC1-2 12\nC2-1\nC2-2 12\nC3-1\nA1-1\nE1-1 12", "76.00", "中", map[string]string{"X": "70.00", "Y": "6.00"}},
		// the same and 0.5 more: X = 69.5, the bonus stays closed and its points do not count
		{"below 70 it stays closed", "A2-1\nA2-2 9\nA2-3 5\nA2-m1 5/15\nC1-1\nC1-2 12\nC2-1\nC2-2 12\nC3-1\nA1-1\nA1-2 0.5", "69.50", "低", map[string]string{"X": "69.50", "Y": "0.00"}},
		// X = 100; D1 in time 4, D2 a day late 0, E2 = 2·1.5 + 1.5 = 4.5; Y = 8.5
		{"in time and too late", "D1-m1 20/20 2019-11-30\nD2-m1 10/10 2019-12-01\nE2-1 2\nE2-2 1.5", "108.50", "非常高", map[string]string{"X": "100.00", "Y": "8.50"}},
		// A1 absent: what mirrors it gains nothing; X = 92·100/92 = 100
		{"no bonus for what is absent", "A1 缺项 文1 2019-07-01\nD2-m1 10/10 2019-11-01", "104.00", "非常高", map[string]string{"X": "100.00", "Y": "4.00"}},
	},
	"zfwz-2019": {
		// FIELD's own example: without services M = 75; D = 3·3 + 3·2 = 15; (75 − 15)·4/3 = 80, not above 80
		{"no services, 80", "B1 缺项\nA5-3 3\nA4-4 3", "80.00", "合格", map[string]string{"X": "80.00", "Y": "0.00"}},
		// D = 9 + 2 + 2 = 13; (75 − 13)·4/3 = 248/3 = 82.6667, above 80; Y = 3
		{"no services, bonus", "B1 缺项\nA5-3 3\nA4-4\nA1-7\nD1-1", "85.67", "合格", map[string]string{"X": "82.67", "Y": "3.00"}},
		// D = 10 + 6 + 4 = 20; X = 80 is not above 80
		{"80 has no bonus", "B1-2 10\nB1-3 3\nA4-4 2", "80.00", "合格", map[string]string{"X": "80.00", "Y": "0.00"}},
		// B1 10 + 10 + 3 = 23, A5 9, A4 8, C1 0.5: D = 40.5
		{"below 60", "B1-2 10\nB1-3 5\nB1-4\nA5-3 3\nA4-4 4\nC1-1", "59.50", "不合格", map[string]string{"X": "59.50"}},
		// a veto fails the whole: no score is left
		{"vetoed", "A2-1", "—", "不合格", nil},
	},
	"zfwz-2019-zhaoqing": {
		// 20 points over 8 indicators: each can lose 2.5 more; A2: min(2 + 6, 5 + 2.5) = 7.5
		{"spread", "B1 缺项\nA2-2\nA2 另扣 6 第二部分", "92.50", "合格", map[string]string{"X": "92.50", "Y": "0.00"}},
		// with services: min(2 + 6, 5) = 5
		{"not spread", "A2-2\nA2 另扣 6 第二部分", "95.00", "合格", map[string]string{"X": "95.00"}},
		// nothing lost but a veto: at most 59
		{"vetoed, 59", "A4-1", "59.00", "不合格", nil},
	},
}

func TestWorkedCases(t *testing.T) {
	for _, b := range rubrics.List() {
		c, err := inspection.Compile(b.JSON)
		must(t, err)
		if len(workedCases[b.Code]) < 3 {
			t.Errorf("%s has %d worked cases", b.Code, len(workedCases[b.Code]))
		}
		if !illustrative(c) || !slices.ContainsFunc(c.Rubric.Notes, func(n string) bool { return len(n) > 6 && n[:6] == "示例" }) {
			t.Errorf("%s does not say that it is illustrative", b.Code)
		}
		for _, x := range workedCases[b.Code] {
			r, err := ReadCase(c, x.text)
			if err != nil {
				t.Errorf("%s %s: %v", b.Code, x.name, err)
				continue
			}
			got := ResultOf(r.Score(c))
			if got.Total != x.total || got.Band != x.band {
				t.Errorf("%s %s: %s, want %s %s", b.Code, x.name, got, x.total, x.band)
			}
			for p, want := range x.parts {
				if got.Parts[p] != want {
					t.Errorf("%s %s: %s %s, want %s", b.Code, x.name, p, got.Parts[p], want)
				}
			}
		}
	}
}
