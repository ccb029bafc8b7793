package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// Honest tools that write the file anew destroy the page signature and keep
// what is embedded: the reader refuses, the record is salvaged as it was.
func TestSalvageWhatOtherToolsWrite(t *testing.T) {
	f := newForger(t)
	honest := f.honest(2)
	want, err := OpenPDF(honest)
	must(t, err)
	dir := t.TempDir()
	api.DisableConfigDir()
	in := filepath.Join(dir, "in.pdf")
	must(t, os.WriteFile(in, honest, 0o600))
	for name, args := range map[string][]string{
		"qpdf":       {"qpdf", "--object-streams=generate", in, filepath.Join(dir, "qpdf.pdf")},
		"linearized": {"qpdf", "--linearize", in, filepath.Join(dir, "linearized.pdf")},
		"pdfcpu":     {"pdfcpu", in, filepath.Join(dir, "pdfcpu.pdf")},
		"mutool":     {"mutool", "clean", in, filepath.Join(dir, "mutool.pdf")},
		"garbage":    {"mutool", "clean", "-gggg", "-z", in, filepath.Join(dir, "garbage.pdf")},
	} {
		if args[0] == "pdfcpu" {
			conf := model.NewDefaultConfiguration()
			conf.Offline = true
			must(t, api.OptimizeFile(args[1], args[2], conf))
		} else if out, err := tool(t, args[0], args[1:]...); err != nil {
			t.Fatalf("%s: %s", name, out)
		}
		b, err := os.ReadFile(args[len(args)-1])
		must(t, err)
		var r *Refusal
		if _, err := OpenPDF(b); !errors.As(err, &r) {
			t.Errorf("%s: the reader takes it: %v", name, err)
		}
		got, err := Salvage(b)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.Hash != want.Hash || !bytes.Equal(got.P7S, want.P7S) || got.Rubric.Hash != want.Rubric.Hash || len(got.Evidence) != 1 || len(got.Missing) != 0 {
			t.Errorf("%s: something else came out", name)
		}
		if len(got.Signatures) != 1 || got.Signatures[0].SPKI != f.tm.one.SPKI() {
			t.Errorf("%s: signatures %v", name, got.Signatures)
		}
	}
}

// What only looks damaged is not salvaged: the record must still be proven by
// its own signature.
func TestSalvageBelievesTheRecordOnly(t *testing.T) {
	f := newForger(t)
	for _, a := range payloadAttacks() {
		card, err := Salvage(a.file(f))
		if err != nil {
			continue
		}
		if card.Inspection.Signer != SPKI(card.Signatures[0].Cert) {
			t.Errorf("%s: signed by another", a.name)
		}
		if card.Inspection.Unit.Name == "别的市" {
			t.Errorf("%s: another record came out", a.name)
		}
	}
	replaced := replaceRecord(nil)(f)
	if card, err := Salvage(replaced); err == nil && card.Inspection.Unit.Name != "南宁市" {
		t.Error("the record of an unsigned update came out")
	}
	for _, b := range [][]byte{nil, []byte("%PDF-1.7\n"), make([]byte, 4096)} {
		if _, err := Salvage(b); err == nil {
			t.Error("something came out of nothing")
		}
	}
}
