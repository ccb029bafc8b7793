package ui

import (
	"testing"

	"xunping/scoring"
	"xunping/ui/look"
)

// A further finding of a rule has its own count, and its reason has the focus.
func TestAnotherFinding(t *testing.T) {
	s := newWindow(t, "zh")
	v := at(t, s, "450100")
	v.open("A2")
	s.win.Canvas().Focus(v.entry.controls["A2-2"])
	typing(t, s, "1")
	v.entry.fields["another.A2-2"].(*look.Button).OnTapped()
	typing(t, s, "区里的")
	settled(v)
	f := v.in.Record().Entries["A2"].Findings
	if len(f) != 2 || f[1].Note != "区里的" || f[0].Note != "" {
		t.Fatalf("found %+v", f)
	}
	s.win.Canvas().Focus(v.entry.controls["A2-2/"+f[1].ID])
	typing(t, s, "+")
	if f = v.in.Record().Entries["A2"].Findings; f[0].Count != scoring.One || f[1].Count != 2*scoring.One {
		t.Errorf("counted %+v", f)
	}
}
