package desk

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The same with a real keyring: scripts/keyring runs this alone, in a session of
// its own with an unlocked GNOME keyring. Another program sees what was kept;
// another start of ours gives it back; a locked keyring is an error for who
// keeps and nothing for who signs, and neither waits for ever; after the next login
// the passphrase is there.
func TestSystemKeyring(t *testing.T) {
	if os.Getenv("XUNPING_KEYRING") != "real" {
		t.Skip("needs a session with a keyring: scripts/keyring")
	}
	path := filepath.Join(t.TempDir(), "wb.xpb")
	d, err := Create(path, CreateOptions{})
	must(t, err)
	k, err := d.NewPersonKey(filepath.Join(t.TempDir(), "id.p12"), "甲", "J1", "", "long enough")
	must(t, err)
	if _, err := seen(k.SPKI); err == nil {
		t.Fatal("the keyring has something already")
	}
	must(t, d.Remember(k, "long enough"))
	must(t, d.Close())
	d, err = Open(path)
	must(t, err)
	defer d.Close()
	if got := d.Recall(k.SPKI); got != "long enough" {
		t.Errorf("recalled %q", got)
	}
	if got, err := seen(k.SPKI); err != nil || got != "long enough" {
		t.Errorf("secret-tool sees %q, %v", got, err)
	}
	must(t, d.ChangeKeyPassphrase(k, "long enough", "长一点的口令 2"))
	if got, _ := seen(k.SPKI); got != "长一点的口令 2" || d.Recall(k.SPKI) != got {
		t.Errorf("after the change the keyring has %q", got)
	}
	lockKeyring(t)
	begin := time.Now()
	if got := d.Recall(k.SPKI); got != "" {
		t.Errorf("a locked keyring gives %q", got)
	}
	if err := d.Remember(k, "长一点的口令 2"); err == nil {
		t.Error("a locked keyring takes a passphrase")
	} else {
		t.Logf("locked: %v", err)
	}
	if took := time.Since(begin); took > 30*time.Second {
		t.Errorf("a locked keyring was waited for %v", took)
	}
	if !d.Remembered(k.SPKI) {
		t.Error("a keyring that is locked for a while is given up for ever")
	}
	loginAgain(t)
	if got := d.Recall(k.SPKI); got != "长一点的口令 2" {
		t.Errorf("unlocked again: %q", got)
	}
	must(t, d.Forget(k.SPKI))
	if got, err := seen(k.SPKI); err == nil || d.Recall(k.SPKI) != "" {
		t.Errorf("forgotten, and the keyring has %q", got)
	}
	must(t, d.Forget(k.SPKI))
}

// seen is what another program finds in the keyring.
func seen(spki string) (string, error) {
	out, err := exec.Command("secret-tool", "lookup", "service", vaultService, "username", spki).Output()
	return strings.TrimSuffix(string(out), "\n"), err
}

func lockKeyring(t *testing.T) {
	t.Helper()
	out, err := exec.Command("dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets",
		"org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/collection/login").CombinedOutput()
	if err != nil {
		t.Fatalf("lock: %v %s", err, out)
	}
}

// loginAgain starts the keyring anew, unlocked, as the next login does.
func loginAgain(t *testing.T) {
	t.Helper()
	c := exec.Command("gnome-keyring-daemon", "--replace", "--unlock", "--components=secrets")
	c.Stdin = strings.NewReader(os.Getenv("XUNPING_KEYRING_LOGIN"))
	if err := c.Run(); err != nil { // its output stays open as long as it runs
		t.Fatalf("unlock: %v", err)
	}
}
