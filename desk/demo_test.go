package desk

import (
	"path/filepath"
	"testing"
	"time"
)

func TestDemo(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "demo")
	start := time.Now()
	r, err := Demo(t.Context(), DemoOptions{Dir: dir, Units: 14, Rounds: 1, Seed: 7}, nil)
	must(t, err)
	t.Logf("%+v in %v", r, time.Since(start))
	d, err := Open(r.Workbook)
	must(t, err)
	defer d.Close()
	rows, err := d.Rank("2019-08", "")
	must(t, err)
	for _, x := range rows {
		if x.Rank == 0 || len(x.Provisional) > 0 {
			t.Errorf("%s: rank %d, %v %s", x.Unit.Name, x.Rank, x.Provisional, x.Reason)
		}
		t.Log(x.Rank, x.Unit.Name, x.Value, x.Band, x.Lists)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
