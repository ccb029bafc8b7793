package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// The vector of RFC 3394 §4.6.
func TestKeyWrap(t *testing.T) {
	kek, _ := hex.DecodeString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
	key, _ := hex.DecodeString("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f")
	want := "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21"
	block, err := aes.NewCipher(kek)
	must(t, err)
	got := wrap(block, key)
	if hex.EncodeToString(got) != want {
		t.Errorf("wrapped to %x", got)
	}
	if back, err := unwrap(block, got); err != nil || !bytes.Equal(back, key) {
		t.Errorf("unwrapped to %x, %v", back, err)
	}
	for i := range got {
		x := bytes.Clone(got)
		x[i] ^= 1
		if _, err := unwrap(block, x); err == nil {
			t.Errorf("byte %d changed and unwrapped", i)
		}
	}
}

// An envelope to P-256 and RSA keys: each of them opens it, and so does openssl;
// nobody else does.
func TestEnvelope(t *testing.T) {
	tm := newTeam(t)
	rsa := fromElsewhere(t, tm.root, "汇总员二", "B002")
	pack := recordPack(t)
	env, err := Envelop(pack, []*x509.Certificate{tm.bureau.Certificate(), rsa.Certificate()})
	must(t, err)
	if !IsEnvelope(env) || Detect(env) != KindEnvelope || IsEnvelope(pack) || bytes.Contains(env, pack[:64]) {
		t.Error("the envelope is not told from what is in it")
	}
	dir := t.TempDir()
	for name, id := range map[string]*Identity{"ECDSA": tm.bureau, "RSA": rsa} {
		got, err := id.Unwrap(env)
		if err != nil || !bytes.Equal(got, pack) {
			t.Errorf("%s: %v", name, err)
		}
		der, err := x509.MarshalPKCS8PrivateKey(id.key)
		must(t, err)
		key, in, out := filepath.Join(dir, name+".pem"), filepath.Join(dir, "in.p7m"), filepath.Join(dir, name+".zip")
		must(t, os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600))
		must(t, os.WriteFile(in, env, 0o600))
		if say, err := tool(t, "openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", in, "-inkey", key, "-out", out); err != nil {
			t.Errorf("openssl, %s: %s", name, say)
		} else if b, _ := os.ReadFile(out); !bytes.Equal(b, pack) {
			t.Errorf("openssl, %s, gives other bytes", name)
		}
	}
	if _, err := tm.one.Unwrap(env); err == nil || err.Error() != errNotForKey.Error() {
		t.Errorf("another key: %v", err)
	}
	again, err := Envelop(pack, []*x509.Certificate{tm.bureau.Certificate()})
	must(t, err)
	if bytes.Equal(env[len(env)-1000:], again[len(again)-1000:]) {
		t.Error("two envelopes share their key")
	}
	for _, to := range [][]*x509.Certificate{nil, make([]*x509.Certificate, maxRecipients+1)} {
		if _, err := Envelop(pack, to); err == nil {
			t.Errorf("%d recipients are taken", len(to))
		}
	}
}

// The key and not the certificate opens: after a renewal old envelopes do.
func TestEnvelopeAfterRenewal(t *testing.T) {
	tm := newTeam(t)
	env, err := Envelop([]byte("x"), []*x509.Certificate{tm.one.Certificate(), tm.bureau.Certificate()})
	must(t, err)
	cert, err := tm.root.Renew(tm.bureau.Certificate(), noon, noon.AddDate(3, 0, 0))
	must(t, err)
	id, err := tm.bureau.Accept(cert, tm.root.Certificate())
	must(t, err)
	if b, err := id.Unwrap(env); err != nil || string(b) != "x" {
		t.Errorf("%q %v", b, err)
	}
}

// Every changed byte and random block edits: never a panic, never other content.
func TestChangesOfAnEnvelope(t *testing.T) {
	tm := newTeam(t)
	pack := bytes.Repeat([]byte("检查记录"), 40)
	env, err := Envelop(pack, []*x509.Certificate{tm.one.Certificate(), tm.bureau.Certificate()})
	must(t, err)
	edits := 2000
	if long() {
		edits = 200_000
	}
	tried, opened := 0, 0
	try := func(x []byte) {
		tried++
		if b, err := tm.bureau.Unwrap(x); err == nil {
			if opened++; !bytes.Equal(b, pack) {
				t.Fatal("other content came out")
			}
		}
	}
	for i := range env {
		for _, flip := range []byte{0x01, 0x20, 0xFF} {
			x := bytes.Clone(env)
			x[i] ^= flip
			try(x)
		}
	}
	r := rand.New(rand.NewPCG(5, 6))
	for range edits {
		try(edit(r, env))
	}
	t.Logf("%d changes of an envelope of %d bytes; %d touched only other recipients or names", tried, len(env), opened)
}

func FuzzUnwrap(f *testing.F) {
	tm := newTeam(f)
	env, err := Envelop([]byte("x"), []*x509.Certificate{tm.bureau.Certificate()})
	must(f, err)
	f.Add(env)
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, err := tm.bureau.Unwrap(b); err == nil && string(got) != "x" {
			t.Error("other content came out")
		}
	})
}
