package desk

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// inOffice opens documents in LibreOffice without a screen and gives what their
// pages say, by name. Its fonts are the program's own, so that every character has
// a shape to be printed with. It skips where LibreOffice is not installed.
func inOffice(t *testing.T, paths ...string) map[string]string {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("soffice is not here")
	}
	text, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not here")
	}
	dir := t.TempDir()
	fonts, err := filepath.Abs("../assets/fonts")
	must(t, err)
	conf := filepath.Join(dir, "fonts.conf")
	must(t, os.WriteFile(conf, fmt.Appendf(nil, `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>%s</dir><cachedir>%s/cache</cachedir></fontconfig>`, fonts, dir), 0o600))
	cmd := exec.Command(office, append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}, paths...)...)
	cmd.Env = append(os.Environ(), "FONTCONFIG_FILE="+conf)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v: %s", err, out)
	}
	said := map[string]string{}
	for _, p := range paths {
		name := filepath.Base(p)
		out, err := exec.Command(text, "-raw", filepath.Join(dir, strings.TrimSuffix(name, filepath.Ext(name))+".pdf"), "-").Output()
		if err != nil {
			t.Errorf("LibreOffice did not open %s: %v", name, err)
		}
		said[name] = string(out)
	}
	return said
}
