package seal

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const tableFile = "../docs/attacks.md"

// refusedUnder are the words for a refusal.
func refusedUnder(rule int, data bool) string {
	s := fmt.Sprintf("refused, rule %d", rule)
	if data {
		s += ", data signature holds"
	}
	return s
}

// ours is what this reader and the bureau's roster make of a file.
func (f *forger) ours(b []byte) string {
	var r *Refusal
	card, err := OpenPDF(b)
	if errors.As(err, &r) {
		return refusedUnder(r.Rule, r.DataSignature)
	}
	must(f.t, err)
	return f.worth(card)
}

// demanded is what the format wants of a file.
func (a attack) demanded() string {
	if a.rule > 0 {
		return refusedUnder(a.rule, a.data)
	}
	for _, s := range standingAttacks() {
		if s.name == a.name {
			return s.says
		}
	}
	return ""
}

// verdicts says what pdfsig (with the root trusted) and mutool say of a file.
func verdicts(t *testing.T, dir, nss string, b []byte) (pdfsig, mutool string) {
	t.Helper()
	if len(b) > 8<<20 {
		return "not asked", "not asked"
	}
	file := filepath.Join(dir, "attack.pdf")
	must(t, os.WriteFile(file, b, 0o600))
	out, _ := tool(t, "pdfsig", "-nssdir", nss, file)
	valid, trusted := strings.Count(out, "Signature is Valid"), strings.Count(out, "Certificate is Trusted")
	whole := strings.LastIndex(out, "Total document signed") > strings.LastIndex(out, "Not total document signed")
	switch signatures := strings.Count(out, "Signature Validation:"); {
	case signatures == 0:
		pdfsig = "no signature found"
	case valid == signatures && trusted == signatures && whole:
		pdfsig = fmt.Sprintf("%d valid, trusted, whole document", valid)
	case valid == signatures && trusted == signatures:
		pdfsig = fmt.Sprintf("%d valid, trusted, not the whole document", valid)
	default:
		pdfsig = fmt.Sprintf("%d of %d valid, %d trusted", valid, signatures, trusted)
	}
	out, err := tool(t, "mutool", "draw", "-F", "txt", "-o", os.DevNull, file)
	mutool = "opens"
	switch {
	case err != nil:
		mutool = "does not open"
	case strings.Contains(strings.ReplaceAll(out, "warning: ICC support is not available", ""), "warning:") || strings.Contains(out, "error"):
		mutool = "opens, repairs or warns"
	}
	return pdfsig, mutool
}

// trustStore is a certificate store of NSS that trusts the root.
func trustStore(t *testing.T, dir string, root *Root) string {
	t.Helper()
	nss, ca := filepath.Join(dir, "nss"), filepath.Join(dir, "ca.pem")
	must(t, os.Mkdir(nss, 0o700))
	must(t, os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Certificate().Raw}), 0o600))
	for _, args := range [][]string{{"-N", "-d", nss, "--empty-password"}, {"-A", "-d", nss, "-n", "root", "-t", "CT,C,C", "-i", ca}} {
		if out, err := tool(t, "certutil", args...); err != nil {
			t.Fatalf("certutil: %s", out)
		}
	}
	return nss
}

// The table of attacks in docs is what the readers say today. The columns of
// other programs change with their versions and are only written
// (XUNPING_WRITE_DOCS=1), ours is compared.
func TestAttackTable(t *testing.T) {
	write := os.Getenv("XUNPING_WRITE_DOCS") == "1"
	f := newForger(t)
	dir := t.TempDir()
	nss := ""
	if write {
		nss = trustStore(t, dir, f.tm.root)
	}
	old, _ := os.ReadFile(tableFile)
	var out bytes.Buffer
	out.WriteString("# Attacks and what readers say\n\nMade by `XUNPING_WRITE_DOCS=1 go test ./seal -run TestAttackTable`. Each file is otherwise in order and, where the attack allows, properly signed. " +
		"“Demanded” is what the rules of the format (§2, §4) want. A sound file is judged by a bureau that knows two inspectors, one of them with a second key, another team with an honest record of the same unit, and a revoked key; " +
		"“trusted” means that the root was imported before.\n\n" +
		"| attack | demanded | this reader and its roster | pdfsig | mutool |\n|---|---|---|---|---|\n")
	for _, a := range allAttacks() {
		b := a.file(f)
		ours := f.ours(b)
		if ours != a.demanded() {
			t.Errorf("%s: %q, demanded %q", a.name, ours, a.demanded())
		}
		row := fmt.Sprintf("| %s | %s | %s | ", a.name, a.demanded(), ours)
		if write {
			pdfsig, mutool := verdicts(t, dir, nss, b)
			fmt.Fprintf(&out, "%s%s | %s |\n", row, pdfsig, mutool)
		} else if !bytes.Contains(old, []byte(row)) {
			t.Errorf("%s has no row %q", tableFile, row)
		}
	}
	if write {
		must(t, os.WriteFile(tableFile, out.Bytes(), 0o644))
	}
}
