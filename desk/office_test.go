package desk

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/seal"
)

// office is a demonstration with its bureau and one inspector's laptop open, and
// the keys at hand.
type office struct {
	*testing.T
	dir           string
	bureau, team  *Desk
	key, inspects *seal.Identity // the bureau's, and an inspector's
	units         []string
	now           time.Time
	papers        map[string][]string // documents written, and what they say
	paperAt       string
}

func newOffice(t *testing.T, units int) *office {
	t.Helper()
	o := &office{T: t, dir: filepath.Join(t.TempDir(), "demo"), now: time.Date(2019, 8, 26, 9, 0, 0, 0, beijing)}
	_, err := Demo(t.Context(), DemoOptions{Dir: o.dir, Units: units, Rounds: 1, Photos: 3, Seed: 3}, nil)
	must(t, err)
	o.bureau, o.team = o.open("bureau.xpb"), o.open("inspectors/inspector-1.xpb")
	o.key, o.inspects = o.identity("bureau"), o.identity("inspector-1")
	list, err := o.bureau.Rank("2019-08", "")
	must(t, err)
	for _, r := range list {
		o.units = append(o.units, r.Unit.Code)
	}
	return o
}

func (o *office) open(name string) *Desk {
	o.Helper()
	d, err := Open(filepath.Join(o.dir, name))
	must(o.T, err)
	d.clock = func() time.Time { o.now = o.now.Add(time.Second); return o.now }
	o.Cleanup(func() { _ = d.Close() })
	return d
}

func (o *office) identity(name string) *seal.Identity {
	o.Helper()
	id, err := OpenKey(filepath.Join(o.dir, "keys", name+".p12"), DemoPassphrase)
	must(o.T, err)
	return id
}

// day turns the clock to a day.
func (o *office) day(date string) {
	o.Helper()
	at, err := time.ParseInLocation(time.DateOnly, date, beijing)
	must(o.T, err)
	o.now = at.Add(9 * time.Hour)
}

// head is the result of a unit.
func (o *office) head(unit string) (string, *inspection.Record) {
	o.Helper()
	c, err := o.bureau.caseOf(o.Context(), "2019-08", unit)
	must(o.T, err)
	rec, err := o.bureau.record(o.Context(), c.Head())
	must(o.T, err)
	return c.Head(), rec
}

// faulty is a unit with a finding that a rule gives, and where it is.
func (o *office) faulty() (unit, hash, code string, f inspection.Finding) {
	o.Helper()
	for _, u := range o.units {
		h, rec := o.head(u)
		for _, code := range sortedKeys(rec.Entries) {
			for _, f := range rec.Entries[code].Findings {
				if f.Rule != "" && strings.HasPrefix(code, "A") || strings.HasPrefix(code, "B") {
					return u, h, code, f
				}
			}
		}
	}
	o.Fatal("the demonstration has no finding")
	return
}

// did is a hash without an error.
func (o *office) did(hash string, err error) string {
	o.Helper()
	must(o.T, err)
	return hash
}

// refused wants an error that says the words.
func (o *office) refused(err error, words string) {
	o.Helper()
	if err == nil || !strings.Contains(err.Error(), words) {
		o.Errorf("want a refusal with “%s”, got: %v", words, err)
	}
}
