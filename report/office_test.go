package report

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// LibreOffice opens the ledger and prints it: every sheet of it has a page.
func TestLedgerOpensInOffice(t *testing.T) {
	office, err := exec.LookPath("libreoffice")
	if err != nil {
		t.Skip("libreoffice is not here")
	}
	if testing.Short() {
		t.Skip("starting an office takes seconds")
	}
	var b bytes.Buffer
	l := sampleLedger(30)
	l.Losses = [][]any{{"A1", "网络通", Number("8"), Number("12.5"), 3, 30, Number("0.42")}}
	l.Bands = [][]any{{"高", 30}, {"红榜", 30}}
	l.Rounds = [][]any{{"2019-07", "七月", 30, 20, 2, 0, 0}, {"2019-08", "八月", 30, 22, 1, 0, 0}}
	must(t, WriteLedger(&b, l))
	dir := t.TempDir()
	file := filepath.Join(dir, "ledger.xlsx")
	must(t, os.WriteFile(file, b.Bytes(), 0o600))
	cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir, file)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	out := tool(t, "pdfinfo", filepath.Join(dir, "ledger.pdf"))
	var pages int
	for _, line := range bytes.Split([]byte(out), []byte("\n")) {
		if rest, ok := bytes.CutPrefix(line, []byte("Pages:")); ok {
			for _, r := range bytes.TrimSpace(rest) {
				pages = pages*10 + int(r-'0')
			}
		}
	}
	if pages < 20 {
		t.Errorf("%d pages for 20 sheets", pages)
	}
}
