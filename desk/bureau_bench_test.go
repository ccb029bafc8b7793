package desk

import "testing"

// BenchmarkBureau measures what the bureau looks at after a merge: ranking (at
// most 300 ms for 10,000 units), overview, heat map, and what opens every record:
// review, leads and the ledger.
func BenchmarkBureau(b *testing.B) {
	y := newYard(b)
	packs := b.TempDir()
	y.fill(b, benchFiles(b), b.TempDir(), packs)
	d := y.bureau(b)
	defer d.Close()
	_, err := d.Merge(b.Context(), []string{packs}, false, nil)
	must(b, err)
	round := y.card.Inspection.Round.Code
	for name, do := range map[string]func() error{
		"rank":     func() error { _, err := d.Rank(round, ""); return err },
		"overview": func() error { _, err := d.Overview(round); return err },
		"heat":     func() error { _, err := d.Heat(b.Context(), round, ""); return err },
		"review":   func() error { _, err := d.Review(b.Context(), round, nil); return err },
		"leads":    func() error { _, err := d.Leads(round); return err },
		"ledger":   func() error { return d.WriteLedger(b.Context(), round, b.TempDir()+"/l.xlsx", nil) },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				must(b, do())
			}
		})
	}
}
