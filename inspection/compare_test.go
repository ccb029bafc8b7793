package inspection

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"xunping/scoring"
)

// said is an entry that says n; 0 is no entry.
func said(n int) (Entry, bool) {
	if n == 0 {
		return Entry{}, false
	}
	return Entry{State: scoring.Checked, Note: fmt.Sprint(n)}, true
}

func saying(n ...int) *Record {
	r := &Record{Entries: map[string]Entry{}}
	for i, v := range n {
		if e, ok := said(v); ok {
			r.Entries[fmt.Sprint("A", i)] = e
		}
	}
	return r
}

func TestCompare(t *testing.T) {
	const none, open, same = 0, -1, -2
	for _, k := range []struct {
		name            string
		before          *Record
		heads           []*Record
		want            int // head proposed
		wantBeforeEntry bool
	}{
		{"nobody changed it", saying(1), []*Record{saying(1), saying(1)}, same, true},
		{"both changed it alike", saying(1), []*Record{saying(2), saying(2)}, same, true},
		{"the first changed it", saying(1), []*Record{saying(2), saying(1)}, 0, true},
		{"the second changed it", saying(1), []*Record{saying(1), saying(2)}, 1, true},
		{"changed in two ways", saying(1), []*Record{saying(2), saying(3)}, open, true},
		{"taken away by one", saying(1), []*Record{saying(1), saying(none)}, 1, true},
		{"taken away and changed", saying(1), []*Record{saying(2), saying(none)}, open, true},
		{"no ancestor, one has it", nil, []*Record{saying(none), saying(2)}, 1, false},
		{"no ancestor, both have it", nil, []*Record{saying(1), saying(2)}, open, false},
		{"three heads, two alike", saying(1), []*Record{saying(1), saying(2), saying(2)}, 1, true},
		{"three heads, two ways", saying(1), []*Record{saying(1), saying(2), saying(3)}, open, true},
	} {
		t.Run(k.name, func(t *testing.T) {
			got, err := Compare(k.before, k.heads...)
			if err != nil {
				t.Fatal(err)
			}
			if k.want == same {
				if len(got) != 0 {
					t.Errorf("shown: %+v", got)
				}
				return
			}
			if len(got) != 1 || got[0].Take != k.want || got[0].Open() != (k.want == open) || (got[0].Before != nil) != k.wantBeforeEntry || len(got[0].Heads) != len(k.heads) {
				t.Fatalf("got %+v, want head %d", got, k.want)
			}
		})
	}
}

func TestCompareUncheckedIsNoEntry(t *testing.T) {
	r := &Record{Entries: map[string]Entry{"A0": {State: scoring.Unchecked}}}
	got, err := Compare(nil, r, saying(0))
	if err != nil || len(got) != 0 {
		t.Errorf("%v, %+v", err, got)
	}
}

// Against a model: per indicator, an edit by one head alone is proposed, and
// swapping the heads changes nothing but who it is.
func TestCompareTwoHeads(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) []int { return rapid.SliceOfN(rapid.IntRange(0, 3), 5, 5).Draw(t, name) }
		o, a, b := draw("ancestor"), draw("a"), draw("b")
		got, err := Compare(saying(o...), saying(a...), saying(b...))
		if err != nil {
			t.Fatal(err)
		}
		swapped, err := Compare(saying(o...), saying(b...), saying(a...))
		if err != nil {
			t.Fatal(err)
		}
		k := 0
		for i := range o {
			want := 0
			switch {
			case a[i] == b[i]:
				continue
			case a[i] == o[i]:
				want = 1
			case b[i] != o[i]:
				want = -1
			}
			if k >= len(got) || got[k].Indicator != fmt.Sprint("A", i) || got[k].Take != want {
				t.Fatalf("indicator %d: %+v, want %d", i, got, want)
			}
			if other := swapped[k].Take; want >= 0 && other != 1-want || want < 0 && other != want {
				t.Fatalf("swapped: %d, want the other of %d", other, want)
			}
			k++
		}
		if k != len(got) {
			t.Fatalf("%d shown, %d differ", len(got), k)
		}
	})
}
