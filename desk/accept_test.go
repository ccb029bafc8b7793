package desk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunping/assets/i18n"
	"xunping/seal"
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

// A file that may be accepted is taken wherever it lies: in a pack, by its name or
// as the only one, and in a pack that is encrypted. What is not said clearly is
// refused with the names.
func TestAcceptWhatLiesInAPack(t *testing.T) {
	o := newOffice(t, 3)
	ctx, d, dir := t.Context(), o.bureau, t.TempDir()
	pdf := map[string][]byte{}
	for i, unit := range o.units[:3] {
		list, err := d.History("2019-08", unit)
		must(t, err)
		path := filepath.Join(dir, unit+".pdf")
		must(t, d.SavePDF(list[0], path))
		b, err := os.ReadFile(path)
		must(t, err)
		if i < 2 {
			b = append(b, "\n% printed\n"...)
		}
		pdf[unit+".pdf"] = b
	}
	pack := func(name string, members map[string][]byte) string {
		b, err := seal.WritePack(seal.PackInspections, members, o.inspects, o.now)
		must(t, err)
		path := filepath.Join(dir, name)
		must(t, os.WriteFile(path, b, 0o600))
		return path
	}
	first, second, sound := o.units[0]+".pdf", o.units[1]+".pdf", o.units[2]+".pdf"
	both := pack("both.zip", pdf)
	one := pack("one!.zip", map[string][]byte{first: pdf[first], sound: pdf[sound]})
	none := pack("none.zip", map[string][]byte{sound: pdf[sound]})
	roster, err := d.Roster()
	must(t, err)
	must(t, EncryptFor(roster, both, both+EnvelopeSuffix))
	for _, c := range []struct{ path, unit, why string }{
		{both + "!" + second, o.units[1], ""},
		{both + EnvelopeSuffix + "!" + first, o.units[0], ""},
		{one, o.units[0], ""},
		{both, "", "both.zip!"},
		{both + "!" + sound, "", "不需要认可"},
		{both + "!no.pdf", "", "no.pdf"},
		{none, "", "没有版面签名失效"},
		{filepath.Join(dir, sound), "", "不需要认可"},
		{filepath.Join(dir, sound) + "!x", "", "不是包"},
		{filepath.Join(dir, "nothing"), "", "nothing"},
	} {
		got, err := d.Accept(ctx, c.path, "转存时版面签名失效", filepath.Join(o.dir, "keys", "bureau.p12"), DemoPassphrase, filepath.Join(t.TempDir(), "accepted.zip"))
		switch {
		case c.why == "" && (err != nil || got.Unit.Code != c.unit):
			t.Errorf("%s: %+v %v", filepath.Base(c.path), got.Unit, err)
		case c.why != "" && (err == nil || !strings.Contains(i18n.Person(err), c.why)):
			t.Errorf("%s: %v, want a word of %q", filepath.Base(c.path), err, c.why)
		}
	}
}
