package scoring

import (
	"strings"
	"testing"
)

// What nobody can mean is named where it stands; the legal rubric has nothing of it.
func TestDoubts(t *testing.T) {
	if found := legal(t).Doubts(); len(found) > 0 {
		t.Fatalf("the legal rubric: %v", found)
	}
	ind := func(r *Rubric) *Indicator { return &r.Parts[0].Groups[0].Indicators[0] }
	rule := func(r *Rubric, kind string) *Rule {
		for i := range ind(r).Rules {
			if x := &ind(r).Rules[i]; x.Kind == kind {
				return x
			}
		}
		t.Fatal("no rule of kind", kind)
		return nil
	}
	for place, change := range map[string]func(*Rubric){
		"effective.to":      func(r *Rubric) { r.Effective = Effective{From: "2020-02-01", To: "2020-01-01"} },
		"bands[1].name":     func(r *Rubric) { r.Bands[1].Name = r.Bands[0].Name },
		"lists[0].at_least": func(r *Rubric) { r.Lists[0].AtLeast, r.Lists[0].Below = ptr(80*One), ptr(60*One) },
		"notes[0]":          func(r *Rubric) { r.Notes = []string{""} },
		".title":            func(r *Rubric) { r.Parts[0].Groups[0].Title = "" },
		".target":           func(r *Rubric) { ind(r).Measures[0].Target = ptr(100 * One) },
		".text":             func(r *Rubric) { rule(r, Fixed).Text = "" },
		".who":              func(r *Rubric) { rule(r, Fixed).Who = []string{"部门"} },
		".cap_group":        func(r *Rubric) { rule(r, Fixed).CapGroup = &CapGroup{Code: "g0"} },
		".cap":              func(r *Rubric) { rule(r, Each).Cap = ptr(*rule(r, Each).Per - 1) },
		".step":             func(r *Rubric) { rule(r, Share).Step = ptr(10 * One) },
		".tiers[0].from":    func(r *Rubric) { rule(r, Tiers).Tiers[0].From = 90 * One },
		".needs[1]":         func(r *Rubric) { x := rule(r, Complete); x.Needs = append(x.Needs[:1:1], x.Needs[0]) },
		".points":           func(r *Rubric) { rule(r, Fixed).Points = ptr(Decimal(0)) },
		".per":              func(r *Rubric) { rule(r, Share).Per = ptr(Decimal(0)) },
		"groups[1]":         func(r *Rubric) { r.Parts[0].Groups = append(r.Parts[0].Groups, Group{Code: "Z", Title: "空"}) },
	} {
		r := legal(t)
		change(r)
		found := r.Doubts()
		if len(found) != 1 || !strings.HasSuffix(found[0].Place, place) {
			t.Errorf("%s: %v", place, found)
		}
	}
}
