package seal

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fromElsewhere is an RSA key with a certificate that openssl made and wrote as
// PKCS#12, imported, and then enrolled by the root.
func fromElsewhere(t *testing.T, root *Root, name, number string) *Identity {
	t.Helper()
	dir := t.TempDir()
	path := func(f string) string { return filepath.Join(dir, f) }
	for _, args := range [][]string{
		{"req", "-x509", "-newkey", "rsa:3072", "-nodes", "-utf8", "-subj", "/O=示例局/CN=" + name + "/serialNumber=" + number, "-days", "3650", "-keyout", path("key.pem"), "-out", path("cert.pem")},
		{"pkcs12", "-export", "-inkey", path("key.pem"), "-in", path("cert.pem"), "-passout", "pass:from elsewhere", "-out", path("id.p12")},
	} {
		if out, err := tool(t, "openssl", args...); err != nil {
			t.Fatalf("openssl: %s", out)
		}
	}
	b, err := os.ReadFile(path("id.p12"))
	must(t, err)
	id, err := OpenIdentity(b, "from elsewhere")
	must(t, err)
	if id.Person() != (Person{name, number, "示例局"}) {
		t.Fatalf("the key belongs to %+v", id.Person())
	}
	req, err := id.Request()
	must(t, err)
	csr, _, err := ReadRequest(req)
	must(t, err)
	cert, err := root.Issue(csr, noon.AddDate(-1, 0, 0), noon.AddDate(30, 0, 0))
	must(t, err)
	id, err = id.Accept(cert, root.Certificate())
	must(t, err)
	return id
}

// With ECDSA keys and with RSA keys from elsewhere, one, two and three
// signatures: pdfsig, mutool, qpdf and openssl agree with the reader, openssl on
// the page signatures and on the record's own.
func TestIndependentProgramsAgree(t *testing.T) {
	ec := newTeam(t)
	rsa := *ec
	rsa.one, rsa.bureau = fromElsewhere(t, ec.root, "检查员甲", "J001"), fromElsewhere(t, ec.root, "汇总员", "B001")
	for kind, tm := range map[string]*team{"ECDSA": ec, "RSA": &rsa} {
		t.Run(kind, func(t *testing.T) {
			dir := t.TempDir()
			nss := trustStore(t, dir, tm.root)
			for n := 1; n <= 3; n++ {
				judge(t, dir, nss, sealed(t, tm, n), n)
			}
		})
	}
}

func judge(t *testing.T, dir, nss string, b []byte, n int) {
	t.Helper()
	card, err := OpenPDF(b)
	must(t, err)
	if len(card.Signatures) != n {
		t.Errorf("the reader sees %d signatures of %d", len(card.Signatures), n)
	}
	file := filepath.Join(dir, "card.pdf")
	must(t, os.WriteFile(file, b, 0o600))
	out, err := tool(t, "pdfsig", "-nssdir", nss, file)
	if err != nil || strings.Count(out, "Signature is Valid") != n || strings.Count(out, "Certificate is Trusted") != n {
		t.Errorf("pdfsig, %d signatures: %v\n%s", n, err, out)
	}
	if strings.Count(out, "- Total document signed") != 1 {
		t.Errorf("pdfsig: the last signature does not cover the file\n%s", out)
	}
	if out, _ := tool(t, "mutool", "sign", "-v", file); strings.Count(out, "The document is unchanged since signing") != 1 ||
		strings.Count(out, "The signature is valid but there have been edits since signing") != n-1 {
		t.Errorf("mutool, %d signatures:\n%s", n, out)
	}
	if out, err := tool(t, "qpdf", "--check", file); err != nil || strings.Contains(out, "WARNING") {
		t.Errorf("qpdf: %v\n%s", err, out)
	}
	if out, err := tool(t, "mutool", "draw", "-o", filepath.Join(dir, "p%d.png"), file); err != nil || strings.Contains(out, "error") {
		t.Errorf("mutool: %v\n%s", err, out)
	}
	ca := filepath.Join(dir, "ca.pem")
	judgeAttachments(t, dir, file, ca)
	judgeInJava(t, file, ca, n)
	d, err := readDocument(b)
	must(t, err)
	for i, r := range d.revisions {
		der, signed := pageSignature(t, d, r)
		p7s, content := filepath.Join(dir, "page.p7s"), filepath.Join(dir, "page.bin")
		must(t, os.WriteFile(p7s, der, 0o600))
		must(t, os.WriteFile(content, signed, 0o600))
		if out, err := tool(t, "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", p7s, "-content", content, "-CAfile", ca, "-purpose", "any", "-out", os.DevNull); err != nil {
			t.Errorf("openssl on page signature %d: %v %s", i+1, err, out)
		}
	}
}

// jars are where Debian puts PDFBox and BouncyCastle.
const jars = "/usr/share/java/pdfbox.jar:/usr/share/java/commons-logging.jar:/usr/share/java/bcpkix.jar:/usr/share/java/bcprov.jar:/usr/share/java/bcutil.jar"

// judgeInJava asks a fifth program that shares no code with the others: PDFBox
// with BouncyCastle. It must be there in the long suite only, for its size.
func judgeInJava(t *testing.T, file, ca string, n int) {
	t.Helper()
	_, missing := exec.LookPath("java")
	for jar := range strings.SplitSeq(jars, ":") {
		if _, err := os.Stat(jar); err != nil {
			missing = err
		}
	}
	if missing != nil {
		if os.Getenv("XUNPING_LONG") != "" {
			t.Errorf("the long suite needs Java, PDFBox and BouncyCastle: %v", missing)
		}
		return
	}
	out, err := tool(t, "java", "-cp", jars, filepath.Join("testdata", "Judge.java"), file, ca)
	if err != nil || strings.Count(out, "valid ") != n || strings.Contains(out, "broken") {
		t.Errorf("PDFBox and BouncyCastle, %d signatures: %v\n%s", n, err, out)
	}
}

// pageSignature is the signature of a revision and the bytes it covers.
func pageSignature(t *testing.T, d *document, r *pdfRevision) (der, signed []byte) {
	t.Helper()
	for _, v := range r.objects {
		if sig, ok := v.(pdfDict); ok && sig.name("Type") == "Sig" {
			der, signed, err := d.covered(r, sig)
			must(t, err)
			return der, slices.Concat(signed[0], signed[1])
		}
	}
	t.Fatal("no signature")
	return nil, nil
}

// Keys that the profile does not allow are told so, wherever they come from.
func TestKeysThatMayNotSign(t *testing.T) {
	dir := t.TempDir()
	for name, key := range map[string][]string{"rsa-1024": {"rsa:1024"}, "P-384": {"ec", "-pkeyopt", "ec_paramgen_curve:P-384"}, "Ed25519": {"ed25519"}} {
		k, c, p := filepath.Join(dir, "k.pem"), filepath.Join(dir, "c.pem"), filepath.Join(dir, "i.p12")
		args := append([]string{"req", "-x509", "-nodes", "-subj", "/CN=x/serialNumber=1", "-keyout", k, "-out", c, "-newkey"}, key...)
		if out, err := tool(t, "openssl", args...); err != nil {
			t.Fatalf("openssl %s: %s", name, out)
		}
		if out, err := tool(t, "openssl", "pkcs12", "-export", "-inkey", k, "-in", c, "-passout", "pass:secret word", "-out", p); err != nil {
			t.Fatalf("openssl: %s", out)
		}
		b, err := os.ReadFile(p)
		must(t, err)
		if _, err := OpenIdentity(b, "secret word"); err == nil {
			t.Errorf("%s may sign", name)
		}
	}
}
