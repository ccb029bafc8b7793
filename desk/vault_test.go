package desk

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/zalando/go-keyring"
)

// A passphrase is kept only when asked for and proven; it is given back, changed
// with the key's, and forgotten. Without a keyring everything is typed.
func TestPassphraseInTheKeyring(t *testing.T) {
	keyring.MockInit()
	t.Cleanup(keyring.MockInit)
	d, err := Create(filepath.Join(t.TempDir(), "wb.xpb"), CreateOptions{})
	must(t, err)
	defer d.Close()
	k, err := d.NewPersonKey(filepath.Join(t.TempDir(), "id.p12"), "甲", "J1", "", "long enough")
	must(t, err)
	if d.Remembered(k.SPKI) || d.Recall(k.SPKI) != "" {
		t.Error("something is kept before anybody asked")
	}
	if err := d.Remember(k, "wrong phrase"); err == nil || d.Remembered(k.SPKI) {
		t.Errorf("a wrong passphrase: %v", err)
	}
	must(t, d.Remember(k, "long enough"))
	if d.Recall(k.SPKI) != "long enough" {
		t.Error("the passphrase is lost")
	}
	must(t, d.ChangeKeyPassphrase(k, "long enough", "another phrase"))
	if d.Recall(k.SPKI) != "another phrase" {
		t.Error("the keyring keeps the old passphrase")
	}
	must(t, d.Forget(k.SPKI))
	must(t, d.Forget(k.SPKI))
	if d.Remembered(k.SPKI) || d.Recall(k.SPKI) != "" {
		t.Error("the passphrase is not forgotten")
	}
	if _, err := keyring.Get(vaultService, k.SPKI); !errors.Is(err, keyring.ErrNotFound) {
		t.Errorf("the keyring still has it: %v", err)
	}
	keyring.MockInitWithError(errors.New("no keyring here"))
	if err := d.Remember(k, "another phrase"); err == nil || d.Remembered(k.SPKI) {
		t.Errorf("without a keyring: %v", err)
	}
	must(t, d.SetSetting(settingVault+k.SPKI, "1"))
	if d.Recall(k.SPKI) != "" {
		t.Error("something came from nowhere")
	}
}
