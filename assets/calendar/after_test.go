package calendar

import (
	"testing"

	"pgregory.net/rapid"
)

func TestAfter(t *testing.T) {
	c, err := With("")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		from string
		days int
		want string
	}{
		{"2019-09-09", 5, "2019-09-17"}, // 中秋节 on the 13th
		{"2019-09-27", 2, "2019-09-30"}, // Sunday the 29th is worked before 国庆节
		{"2019-08-30", 0, "2019-08-30"},
	} {
		if got, _, err := c.After(x.from, x.days); err != nil || got != x.want {
			t.Errorf("%d working days after %s: %s, %v; want %s", x.days, x.from, got, err, x.want)
		}
	}
	for _, days := range []int{-1, maxSpan} {
		if _, _, err := c.After("2019-08-30", days); err == nil {
			t.Errorf("a limit of %d is taken", days)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(1, 60).Draw(t, "days")
		last, _, err := c.After("2019-04-01", days)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := c.Count("2019-04-01", last); err != nil || s.Days != days {
			t.Errorf("%s is %d working days away, not %d (%v)", last, s.Days, days, err)
		}
	})
}
