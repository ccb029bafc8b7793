package desk

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"
	"time"

	"xunping/inspection"
	"xunping/scoring"
)

// demoWork is one visit of a demonstration: random but legal.
type demoWork struct {
	*demo
	in     *Inspector
	rng    *rand.Rand
	unit   inspection.Unit
	n      int   // place of the unit on the list
	people []int // who leads, who signs too
	start  time.Time
	care   int // how careful the unit is, 1 to 6: faults are rarer
}

// chance is true once in n times.
func (w *demoWork) chance(n int) bool { return w.rng.IntN(n) == 0 }

// check fills the draft as an inspector would, and adds photos to some
// findings.
func (w *demoWork) check() error {
	if err := w.answer(); err != nil {
		return err
	}
	return w.photos()
}

// answer fills the draft.
func (w *demoWork) answer() error {
	stamp := func(hours int) string { return w.start.Add(time.Duration(hours) * time.Hour).Format(time.RFC3339) }
	visit := inspection.Visit{From: stamp(0), To: stamp(8), Place: w.unit.Name + "会议室", Basis: "示例检查通知", Method: "site"}
	if err := w.in.SetVisit(visit); err != nil {
		return err
	}
	people := inspection.People{UnitHead: inspection.Person{Name: "示例负责人", Title: "分管领导"}, Liaison: inspection.Person{Name: "示例联络员"}}
	for _, i := range w.people {
		people.Inspectors = append(people.Inspectors, inspection.Person{Name: demoTeam[i].name, Number: demoTeam[i].number, Org: demoOrg})
	}
	if err := w.in.SetPeople(people); err != nil {
		return err
	}
	return w.in.change("示例检查", w.fill)
}

// fill writes all entries: first the deductions, then, as the gate allows, the
// bonus.
func (w *demoWork) fill(r *inspection.Record) error {
	e := w.c.Engine
	w.care = 1 + w.rng.IntN(6)
	absent := w.absences()
	for i := range e.Len() {
		code := e.Indicator(i).Code
		switch a := absent[code]; {
		case e.Part(i).Kind == scoring.Bonus:
		case a != nil:
			r.Entries[code] = inspection.Entry{State: scoring.Absent, Absence: a}
		default:
			r.Entries[code] = w.entry(i, w.care)
		}
	}
	open := map[string]bool{}
	for _, p := range e.Evaluate(r.Sheet(w.c)).Parts {
		open[p.Part.Code] = p.Gate != scoring.GateClosed
	}
	for i := range e.Len() {
		if e.Part(i).Kind != scoring.Bonus {
			continue
		}
		if !open[e.Part(i).Code] {
			r.Entries[e.Indicator(i).Code] = inspection.Entry{State: scoring.NotScored}
			continue
		}
		r.Entries[e.Indicator(i).Code] = w.entry(i, 2)
	}
	return nil
}

// absences are the indicators that every sixth unit does not have.
func (w *demoWork) absences() map[string]*inspection.Absence {
	out := map[string]*inspection.Absence{}
	if w.n%6 != 2 {
		return out
	}
	for i := range w.c.Engine.Len() {
		rule := w.c.Engine.AbsenceRule(i)
		if rule == nil || len(out) > 0 && !w.chance(2) {
			continue
		}
		a := &inspection.Absence{Reason: "示例：本单位没有此项业务", Conditions: rule.Conditions}
		if rule.Letter == "required" {
			a.Letter, a.Date = fmt.Sprintf("示例函〔2019〕%d号", 10+w.n), "2019-07-01"
		}
		out[w.c.Engine.Indicator(i).Code] = a
	}
	return out
}

// entry checks one indicator; a rule applies about once in rarely times.
func (w *demoWork) entry(i, rarely int) inspection.Entry {
	e := inspection.Entry{State: scoring.Checked}
	ind := w.c.Engine.Indicator(i)
	for _, m := range ind.Measures {
		if e.Measures == nil {
			e.Measures = map[string]inspection.Measure{}
		}
		e.Measures[m.Code] = w.measure()
	}
	for k := range ind.Rules {
		rule := &ind.Rules[k]
		if !rule.Binds(w.unit.Kind) || !w.chance(rarely) {
			continue
		}
		f := inspection.Finding{ID: fmt.Sprintf("f%d", len(e.Findings)+1), Rule: rule.Code, Note: "现场核查：" + rule.Text}
		switch rule.Kind {
		case scoring.Each:
			f.Count = scoring.Decimal(1+w.rng.IntN(3)) * scoring.One
			points, ok := rule.GivenBy(f.Count)
			if !ok {
				continue
			}
			f.Points = points
			f.Note = fmt.Sprintf("%s，共 %s %s", f.Note, f.Count.String(), rule.Unit)
		case scoring.Fixed:
			f.Points = *rule.Points
		case scoring.Range:
			steps := int((*rule.Max - *rule.Min) / (scoring.One / 2))
			f.Points = *rule.Min + scoring.Decimal(w.rng.IntN(steps+1))*(scoring.One/2)
			if f.Points == 0 {
				continue
			}
		default:
			continue // follows from measures, or fails a unit outright
		}
		e.Findings = append(e.Findings, f)
	}
	return e
}

func (w *demoWork) measure() inspection.Measure {
	total := 5 + w.rng.IntN(26)
	done := total
	if !w.chance(8 - w.care) {
		done -= w.rng.IntN(total/3 + 1)
	}
	d, t := scoring.Decimal(done)*scoring.One, scoring.Decimal(total)*scoring.One
	m := inspection.Measure{Done: &d, Total: &t, AsOf: w.in.Round().Cutoff, Source: []string{"site", "platform", "self"}[w.rng.IntN(3)]}
	if done == total {
		m.Completed = time.Date(2019, 5, 1+w.rng.IntN(88), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	}
	return m
}

// photos adds a picture to some findings, at most three for a unit.
func (w *demoWork) photos() error {
	if w.n >= w.o.Photos {
		return nil
	}
	n := 0
	rec := w.in.Record()
	for i := range w.c.Engine.Len() {
		code := w.c.Engine.Indicator(i).Code
		for _, f := range rec.Entries[code].Findings {
			if n == 3 || !w.chance(2) {
				continue
			}
			n++
			picture, err := w.picture()
			if err != nil {
				return err
			}
			if _, err := w.in.AddEvidence(code, f.ID, EvidenceFile{Name: fmt.Sprintf("示例照片%d.jpg", n), Data: picture}); err != nil {
				return err
			}
		}
	}
	return nil
}

// picture is a drawn server room: racks with lamps.
func (w *demoWork) picture() ([]byte, error) {
	img := image.NewRGBA(image.Rect(0, 0, 800, 600))
	fill := func(r image.Rectangle, c color.Color) {
		draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	wall := uint8(190 + w.rng.IntN(50))
	fill(img.Bounds(), color.RGBA{wall, wall, wall - 10, 255})
	fill(image.Rect(0, 470, 800, 600), color.RGBA{120, 124, 130, 255})
	for x := 40; x < 740; x += 120 {
		fill(image.Rect(x, 90, x+100, 520), color.RGBA{38, 42, 48, 255})
		for y := 104; y < 500; y += 26 {
			fill(image.Rect(x+8, y, x+92, y+20), color.RGBA{62, 68, 76, 255})
			lamp := color.RGBA{40, 180, 90, 255}
			if w.chance(5) {
				lamp = color.RGBA{210, 60, 40, 255}
			}
			fill(image.Rect(x+14, y+7, x+20, y+13), lamp)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 85}); err != nil {
		return nil, fmt.Errorf("draw picture: %w", err)
	}
	return b.Bytes(), nil
}
