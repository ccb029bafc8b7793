package desk

import (
	"path/filepath"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/scoring"
	"xunping/seal"
)

// A scorecard of up to three pages without photos, signed by both inspectors, is
// 120 KB at most (DESIGN §9); so is one of four pages with one signature. The
// units are those of the demonstration, some with nothing found, some with the
// bonus part closed.
func TestSealedFilesAreSmall(t *testing.T) {
	const most = 120 << 10
	x := newHandIn(t, 14)
	one, err := OpenKey(x.inspector, x.pass)
	must(t, err)
	two, err := OpenKey(filepath.Join(x.dir, "keys", "inspector-2.p12"), x.pass)
	must(t, err)
	cards, _ := filepath.Glob(filepath.Join(x.dir, "sealed", "*", "*.pdf"))
	seen := map[int]int{}
	for i, path := range cards {
		b, err := readFile(path, maxFile)
		must(t, err)
		card, err := seal.OpenPDF(b)
		must(t, err)
		r := withoutPhotos(card.Inspection)
		r.Signer = one.SPKI()
		if i%3 == 0 {
			failing(t, r, card.Rubric)
		}
		pdf, layout, err := sealRecord(r, card.Rubric, nil, one, time.Date(2019, 8, 6, 17, 40, 0, 0, beijing))
		must(t, err)
		both, err := seal.Cosign(pdf, inspection.FieldCoinspector, two, time.Date(2019, 8, 6, 17, 50, 0, 0, beijing))
		must(t, err)
		t.Logf("%s: %d pages, %d bytes with one signature, %d with two", filepath.Base(path), layout.Pages, len(pdf), len(both))
		if layout.Pages <= 3 && len(both) > most || layout.Pages == 4 && len(pdf) > most {
			t.Errorf("%s: %d pages, %d and %d bytes", filepath.Base(path), layout.Pages, len(pdf), len(both))
		}
		seen[layout.Pages]++
	}
	if seen[3] == 0 || seen[4] == 0 {
		t.Errorf("pages of the units: %v", seen)
	}
}

// failing makes a record of which the bonus part stays closed.
func failing(t testing.TB, r *inspection.Record, c *inspection.Compiled) {
	for i := range c.Engine.Len() {
		ind := c.Engine.Indicator(i)
		e := r.Entries[ind.Code]
		switch {
		case c.Engine.Part(i).Kind == scoring.Bonus:
			e = inspection.Entry{State: scoring.NotScored}
		case e.State == scoring.Checked && i < 6:
			e.Findings = []inspection.Finding{{ID: "f1", Points: ind.Points, Clause: "第一部分", Note: "没有开展"}}
		}
		r.Entries[ind.Code] = e
	}
	var err error
	r.Claimed, err = r.ScoreJSON(c)
	must(t, err)
}

// withoutPhotos is a record that names no evidence.
func withoutPhotos(old *inspection.Record) *inspection.Record {
	r := clone(old)
	r.Evidence = nil
	for code, e := range r.Entries {
		e.Evidence = nil
		for i := range e.Findings {
			e.Findings[i].Evidence = nil
		}
		r.Entries[code] = e
	}
	return r
}
