package calendar

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Counted by hand on the calendars of the years named.
func TestCountKnownSpans(t *testing.T) {
	c, err := With("")
	must(t, err)
	for _, x := range []struct {
		from, to string
		want     int
		why      string
	}{
		{"2019-08-05", "2019-08-05", 0, "answered the same day"},
		{"2019-08-05", "2019-08-06", 1, "day 1 is the working day after receipt"},
		{"2019-08-09", "2019-08-12", 1, "a weekend between"},
		{"2019-04-03", "2019-04-09", 1, "三月三 and 清明: 4 to 8 April are free"},
		{"2019-09-30", "2019-10-08", 1, "the week of the national day"},
		{"2019-09-27", "2019-09-30", 2, "Sunday the 29th was worked"},
		{"2019-10-11", "2019-10-14", 2, "Saturday the 12th was worked"},
		{"2021-04-13", "2021-04-19", 2, "三月三 14 to 16, Sunday the 18th worked"},
		{"2019-12-31", "2020-01-02", 1, "over new year"},
	} {
		got, err := c.Count(x.from, x.to)
		must(t, err)
		if got.Days != x.want {
			t.Errorf("%s to %s is %d days, want %d: %s", x.from, x.to, got.Days, x.want, x.why)
		}
	}
}

func TestUnknownYearsAreSaid(t *testing.T) {
	c, err := With("")
	must(t, err)
	s, err := c.Count("2022-04-01", "2022-04-10")
	must(t, err)
	if len(s.National) != 0 || len(s.Regional) != 1 {
		t.Errorf("三月三 of 2022 is not listed, and the count says %+v", s)
	}
	s, err = c.Count("2031-06-01", "2031-06-10")
	must(t, err)
	if len(s.National) != 1 || len(s.Regional) != 0 {
		t.Errorf("2031 is not announced, and the count says %+v", s)
	}
	own, err := With("2031 全\n2031-06-02 休 端午\n# note\n")
	must(t, err)
	s, err = own.Count("2031-05-30", "2031-06-03")
	must(t, err)
	if s.Days != 1 || len(s.National) != 0 {
		t.Errorf("own lines give %+v", s)
	}
	for _, bad := range []string{"2031-06-02", "2031-13-02 休", "2031 休", "x 班"} {
		if _, err := With(bad); err == nil {
			t.Errorf("the line %q is taken", bad)
		}
	}
	for _, bad := range [][2]string{{"2019-08-06", "2019-08-05"}, {"x", "2019-08-05"}, {"2019-02-30", "2019-08-05"}, {"1019-01-01", "2019-01-01"}} {
		if _, err := c.Count(bad[0], bad[1]); err == nil {
			t.Errorf("%v is counted", bad)
		}
	}
}

// A span is the sum of its pieces, wherever it is cut.
func TestCountAddsUp(t *testing.T) {
	c, err := With("")
	must(t, err)
	begin := time.Date(2018, 1, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.IntRange(0, 3000).Draw(t, "a")
		b := a + rapid.IntRange(0, 200).Draw(t, "b")
		d := b + rapid.IntRange(0, 200).Draw(t, "d")
		day := func(n int) string { return begin.AddDate(0, 0, n).Format(time.DateOnly) }
		ab, _ := c.Count(day(a), day(b))
		bd, _ := c.Count(day(b), day(d))
		ad, _ := c.Count(day(a), day(d))
		if ab.Days+bd.Days != ad.Days {
			t.Fatalf("%s–%s–%s: %d + %d ≠ %d", day(a), day(b), day(d), ab.Days, bd.Days, ad.Days)
		}
	})
}

// Each listed day changes something: a free day is no weekend, a worked one is.
func TestListsHoldOnlyExceptions(t *testing.T) {
	c, err := With("")
	must(t, err)
	if len(c.days) < 200 {
		t.Fatalf("only %d days are listed", len(c.days))
	}
	for d, worked := range c.days {
		day, err := time.Parse(time.DateOnly, d)
		must(t, err)
		weekend := day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
		if weekend != worked && d != "2023-04-23" { // a worked Sunday that 三月三 made free again
			t.Errorf("%s (%s) is listed as worked=%t", d, day.Weekday(), worked)
		}
	}
}
