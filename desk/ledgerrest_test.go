package desk

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// The ledger says in words what a batch brought and what a settlement chose, and
// where the log has more lines than a sheet, how many are left out.
func TestLedgerSpeaksInWords(t *testing.T) {
	d, dir, _ := bureauOf(t, 3)
	rows, err := d.Rank("2019-08", "")
	must(t, err)
	unit := rows[0].Unit.Code
	rec, _, _, err := d.oneHead("2019-08", unit)
	must(t, err)
	for code, e := range rec.Entries {
		if len(e.Findings) == 1 && e.Findings[0].Note != "" {
			changed := clone(rec).Entries[code]
			changed.Findings[0].Note = "改写的事实"
			a, err := d.Amend("2019-08", unit, map[string]Choice{code: {Entry: &changed, Reason: "更正"}})
			must(t, err)
			_, err = d.SignAmendment(t.Context(), a, bureauKey(dir), DemoPassphrase, filepath.Join(dir, "e.pdf"))
			must(t, err)
			break
		}
	}
	l, err := d.ledger(t.Context(), "2019-08", nil)
	must(t, err)
	if len(l.Settled) != 1 || !strings.Contains(fmt.Sprint(l.Settled[0][12]), "改写的事实") || !strings.HasPrefix(fmt.Sprint(l.Settled[0][12]), "扣 ") &&
		!strings.HasPrefix(fmt.Sprint(l.Settled[0][12]), "加 ") {
		t.Errorf("settled: %v", l.Settled)
	}
	for _, b := range l.Batches {
		if b[1] != "合并" || !strings.Contains(fmt.Sprint(b[6]), "并入") {
			t.Errorf("batch %v", b)
		}
	}
	if len(l.Batches) == 0 || len(l.Log) < 3 || l.Log[0][0] != 1 {
		t.Fatalf("%d batches, log %v", len(l.Batches), l.Log)
	}
	m := &ledgerMaker{d: d}
	must(t, m.log(2))
	if len(m.Log) != 3 || !strings.Contains(fmt.Sprint(m.Log[0][1]), fmt.Sprint("前面还有 ", len(l.Log)-2, " 条")) {
		t.Errorf("a cut log: %v", m.Log)
	}
}
