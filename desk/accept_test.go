package desk

import (
	"os"
	"path/filepath"
	"testing"
)

// That a record counts by an acceptance is said for ever: in the ranking, in the
// bulletin of a publication that was frozen, and in the history.
func TestTheMarkOfAnAcceptanceStays(t *testing.T) {
	o := newOffice(t, 2)
	ctx, d, unit := t.Context(), o.bureau, o.units[0]
	list, err := d.History("2019-08", unit)
	must(t, err)
	if list[0].Accepted {
		t.Error("nothing was accepted yet")
	}
	damaged := filepath.Join(t.TempDir(), "damaged.pdf")
	must(t, d.SavePDF(list[0], damaged))
	b, err := os.ReadFile(damaged)
	must(t, err)
	must(t, os.WriteFile(damaged, append(b, "\n% printed\n"...), 0o600))
	_, err = d.Accept(ctx, damaged, "转存时版面签名失效", filepath.Join(o.dir, "keys", "bureau.p12"), DemoPassphrase, filepath.Join(t.TempDir(), "accepted.zip"))
	must(t, err)
	list, err = d.History("2019-08", unit)
	must(t, err)
	if !list[0].Accepted {
		t.Error("the history does not say it")
	}
	s := o.freeze(FreezeRequest{Scope: ScopeInternal, Override: "示例：提前通报"})
	o.approveAll(s, "桂数通〔2019〕1号", "2019-08-30")
	o.did(d.Publish(ctx, s, o.key, ""))
	doc, _, err := d.bulletin(ctx, BulletinRequest{Round: "2019-08"}, nil)
	must(t, err)
	all := doc.Annexes[2].Rows
	for _, r := range all {
		if want := r[1] == d.unitNamed(unit).Name; (r[7] == AcceptedWords()) != want {
			t.Errorf("the published bulletin says %q", r)
		}
	}
	if len(all) != 2 {
		t.Errorf("rows %q", all)
	}
}
