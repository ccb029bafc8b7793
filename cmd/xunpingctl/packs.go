package main

import (
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
)

// packCommands hand sealed work on: what a team hands in for a round, and files
// that travel encrypted.
func packCommands() []command {
	return []command{
		{"handin", "handin --round R [--unit U,…] --key ID.p12 [--encrypt] -o F.zip", i18n.T("上交：把本轮签好的评分表和行为记录打成一个包；--encrypt 加密给名册里的汇总密钥"),
			"handin --round 2019-08 --key id.p12 --passphrase-file pass.txt --encrypt -o team1.zip --workbook team.xpb", handIn},
		{"encrypt", "encrypt FILE [--roster F --root SHA256] -o F.p7m", i18n.T("把一个文件加密给名册里的汇总密钥（CMS，openssl 也能解）"), "encrypt draft.zip --roster roster.zip --root SHA256 -o draft.zip.p7m", encrypt},
		{"decrypt", "decrypt FILE.p7m --key ID.p12 -o F", i18n.T("解开加密的文件；里面的内容另行核验"), "decrypt team1.zip.p7m --key bureau.p12 --passphrase-file pass.txt -o team1.zip", decrypt},
	}
}

func handIn(c *call) error {
	v, err := c.musts("round", "key", "out")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	units := strings.FieldsFunc(c.flags["unit"], func(r rune) bool { return r == ',' })
	return c.withDesk(func(d *desk.Desk) error {
		h, err := d.HandIn(c.ctx, desk.HandIn{Round: v[0], Units: units, KeyPath: v[1], Passphrase: pass, Encrypt: c.flags["encrypt"] != "", Out: v[2]}, nil)
		if err != nil {
			return err
		}
		return c.print(h, i18n.T("%d 份评分表、%d 份行为记录：%s", h.Records, h.Acts, strings.Join(h.Files, " ")))
	})
}

func encrypt(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	out, err := c.must("out")
	if err != nil {
		return err
	}
	roster, err := c.roster()
	if err != nil {
		return err
	}
	if err := desk.EncryptFor(roster, c.args[0], out); err != nil {
		return err
	}
	return c.print(map[string]string{"file": out}, out)
}

func decrypt(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	key, err := c.must("key")
	if err != nil {
		return err
	}
	out, err := c.must("out")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	if err := desk.Decrypt(c.args[0], key, pass, out); err != nil {
		return err
	}
	return c.print(map[string]string{"file": out}, out)
}
