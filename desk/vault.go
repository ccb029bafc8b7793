package desk

import (
	"errors"

	"github.com/zalando/go-keyring"

	"xunping/assets/i18n"
)

// Vault keeps passphrases for the person who is logged in: the system's keyring,
// or what stands for it in tests.
type Vault interface {
	Get(spki string) (string, error) // errNoPassphrase when there is none
	Put(spki, passphrase string) error
	Drop(spki string) error
}

var errNoPassphrase = errors.New("no passphrase kept")

// systemVault is the keyring of Windows, macOS, or the Secret Service of a Linux
// desktop.
type systemVault struct{}

// vaultService names the program in the keyring.
const vaultService = "xunping"

func (systemVault) Get(spki string) (string, error) {
	pass, err := keyring.Get(vaultService, spki)
	if errors.Is(err, keyring.ErrNotFound) {
		err = errNoPassphrase
	}
	return pass, err
}

func (systemVault) Put(spki, pass string) error { return keyring.Set(vaultService, spki, pass) }

func (systemVault) Drop(spki string) error {
	if err := keyring.Delete(vaultService, spki); !errors.Is(err, keyring.ErrNotFound) {
		return err
	}
	return nil
}

// settingVault marks a key whose passphrase a person asked to keep. The keyring
// is never asked about other keys: it may want to be unlocked first.
const settingVault = "vault."

// Remember keeps the passphrase of a key in the system's keyring, after proving
// that it opens the key. Nobody's is kept without being asked for.
func (d *Desk) Remember(k KeyInfo, passphrase string) error {
	if _, err := OpenKey(k.Path, passphrase); err != nil {
		return err
	}
	if err := d.vault.Put(k.SPKI, passphrase); err != nil {
		return i18n.E("系统密钥环没有收下口令：%s。口令没有保存，签名时照常输入", err.Error(), err)
	}
	return d.SetSetting(settingVault+k.SPKI, "1")
}

// Remembered tells whether a passphrase was kept for the key, without asking the
// keyring.
func (d *Desk) Remembered(spki string) bool { return d.Setting(settingVault+spki, "") == "1" }

// Recall is the kept passphrase of a key, "" when there is none or the keyring
// does not answer: then it is typed.
func (d *Desk) Recall(spki string) string {
	if !d.Remembered(spki) {
		return ""
	}
	pass, err := d.vault.Get(spki)
	if err != nil {
		return ""
	}
	return pass
}

// Forget takes the passphrase of a key out of the keyring.
func (d *Desk) Forget(spki string) error {
	if err := d.vault.Drop(spki); err != nil {
		return i18n.E("系统密钥环没有删掉口令：%s", err.Error(), err)
	}
	return d.SetSetting(settingVault+spki, "")
}
