package main

import "xunping/desk"

// identityPassphrase writes a key file anew under another passphrase.
func identityPassphrase(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	old, err := c.passphrase()
	if err != nil {
		return err
	}
	pass, err := c.secret("new-passphrase-file")
	if err != nil {
		return err
	}
	if err := desk.ChangePassphrase(c.args[0], old, pass); err != nil {
		return err
	}
	return c.print(map[string]string{"file": c.args[0]}, c.args[0])
}
