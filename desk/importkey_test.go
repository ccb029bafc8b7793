package desk

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"xunping/seal"
)

// A key that another program wrote with few rounds is copied beside the workbook,
// encrypted with as many as a key of one's own; the stick may go away.
func TestImportAForeignKey(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		if os.Getenv("XUNPING_TOOLS") == "must" {
			t.Fatal("openssl is not installed")
		}
		t.Skip("openssl is not installed")
	}
	d, err := Create(filepath.Join(t.TempDir(), "wb.xpb"), CreateOptions{Empty: true})
	must(t, err)
	defer d.Close()
	for name, algorithm := range map[string][]string{
		"rsa": {"-newkey", "rsa:2048"}, "ec": {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"},
	} {
		stick := t.TempDir()
		p12 := foreignKey(t, stick, "123456", algorithm)
		if n := rounds(t, p12, "123456"); n >= seal.Iterations {
			t.Fatalf("%s: the foreign key has %d rounds", name, n)
		}
		if _, err := d.ImportKey(p12, "123456", ""); err == nil || !strings.Contains(err.Error(), "至少 8 个字符") {
			t.Errorf("%s: a short passphrase stays: %v", name, err)
		}
		k, err := d.ImportKey(p12, "123456", DemoPassphrase)
		must(t, err)
		must(t, os.RemoveAll(stick))
		if filepath.Dir(k.Path) != filepath.Join(filepath.Dir(d.Path()), "keys") || k.Name != "Jia" || k.Number != "J001" {
			t.Errorf("%s: imported as %+v", name, k)
		}
		if n := rounds(t, k.Path, DemoPassphrase); n != seal.Iterations {
			t.Errorf("%s: the copy has %d rounds", name, n)
		}
		id, err := OpenKey(k.Path, DemoPassphrase)
		must(t, err)
		if id.SPKI() != k.SPKI {
			t.Errorf("%s: another key came out", name)
		}
		// Once more, from the folder itself: the file stays the only one.
		again, err := d.ImportKey(k.Path, DemoPassphrase, "")
		must(t, err)
		if again.Path != k.Path {
			t.Errorf("%s: a second copy %s", name, again.Path)
		}
	}
	if keys, err := d.Keys(); err != nil || len(keys) != 2 {
		t.Errorf("keys %+v, %v", keys, err)
	}
}

func foreignKey(t *testing.T, dir, pass string, algorithm []string) string {
	t.Helper()
	key, cert, p12 := filepath.Join(dir, "k.pem"), filepath.Join(dir, "c.pem"), filepath.Join(dir, "foreign.p12")
	run(t, append(append([]string{"req", "-x509", "-nodes", "-days", "30", "-subj", "/CN=Jia/serialNumber=J001"}, algorithm...), "-keyout", key, "-out", cert)...)
	run(t, "pkcs12", "-export", "-inkey", key, "-in", cert, "-iter", "2000", "-passout", "pass:"+pass, "-out", p12)
	return p12
}

// rounds are those of the key derivation, as openssl reads them; of several the
// fewest.
func rounds(t *testing.T, p12, pass string) int {
	t.Helper()
	out := run(t, "pkcs12", "-info", "-noout", "-in", p12, "-passin", "pass:"+pass)
	fewest := 0
	for _, part := range strings.Split(out, "teration ")[1:] {
		n := 0
		for _, c := range part {
			if c < '0' || c > '9' {
				break
			}
			n = n*10 + int(c-'0')
		}
		if fewest == 0 || n < fewest {
			fewest = n
		}
	}
	return fewest
}

func run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("openssl", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("openssl %s: %s", args[0], out)
	}
	return string(out)
}
