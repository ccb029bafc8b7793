package desk

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// preflight is where Debian puts PDFBox Preflight and what it needs.
const preflight = "/usr/share/java/preflight.jar:/usr/share/java/pdfbox2.jar:/usr/share/java/fontbox2.jar:/usr/share/java/xmpbox.jar:/usr/share/java/commons-logging.jar:/usr/share/java/javax.activation.jar:/usr/share/java/jaxb-api.jar"

// PDFBox Preflight checks PDF/A-1b. A scorecard is PDF/A-3b: what the older part
// forbids and the newer one is for, embedded files and its own number, is all
// that may be found. Java must be there in the long suite only, for its size.
func TestScorecardIsAnArchiveFile(t *testing.T) {
	y := newYard(t)
	pdf, layout, err := sealRecord(y.record(1), y.card.Rubric, nil, y.key, time.Date(2019, 8, 6, 17, 40, 0, 0, beijing))
	must(t, err)
	file := filepath.Join(t.TempDir(), "card.pdf")
	must(t, os.WriteFile(file, pdf, 0o600))
	if out, err := exec.Command("pdfinfo", file).CombinedOutput(); err == nil {
		for _, want := range []string{layout.Title, "Xunping", "PDF version:     1.7"} {
			if !strings.Contains(string(out), want) {
				t.Errorf("pdfinfo does not say %q\n%s", want, out)
			}
		}
	}
	if out, err := exec.Command("mutool", "show", file, "outline").CombinedOutput(); err == nil {
		for _, h := range []string{"怎么算的", "签名", "如何核验"} {
			if !strings.Contains(string(out), h) {
				t.Errorf("the outline lacks %q\n%s", h, out)
			}
		}
	} else if os.Getenv("XUNPING_TOOLS") == "must" {
		t.Errorf("mutool: %v %s", err, out)
	}
	for jar := range strings.SplitSeq(preflight, ":") {
		if _, err := os.Stat(jar); err != nil {
			if os.Getenv("XUNPING_LONG") != "" {
				t.Errorf("the long suite needs PDFBox Preflight: %v", err)
			}
			return
		}
	}
	out, err := exec.Command("java", "-cp", preflight, filepath.Join("..", "seal", "testdata", "Archive.java"), file).CombinedOutput()
	if err != nil || !strings.HasSuffix(strings.TrimSpace(string(out)), "checked") {
		t.Fatalf("Preflight: %v\n%s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		if !strings.Contains(line, "EmbeddedFile entry is present") && !strings.Contains(line, "part must be 1") && strings.TrimSpace(line) != "checked" {
			t.Errorf("Preflight: %s", line)
		}
	}
}
