package main

import (
	"fmt"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/desk"
)

func keyCommands() []command {
	return []command{
		{"identity new", "identity new --name N --number S [--org O] -o ID.p12", i18n.T("新建个人密钥"),
			"identity new --name 示例 --number X001 --passphrase-file pass.txt -o id.p12", identityNew},
		{"identity show", "identity show ID.p12", i18n.T("查看密钥属于谁、指纹、有效期"), "identity show id.p12 --passphrase-file pass.txt", identityShow},
		{"identity request", "identity request ID.p12 -o F", i18n.T("写出交给汇总单位的证书申请"), "identity request id.p12 --passphrase-file pass.txt -o request.pem", identityRequest},
		{"identity accept", "identity accept ID.p12 REPLY.zip --root SHA256", i18n.T("收下汇总单位的答复：证书和名册"),
			"identity accept id.p12 reply.zip --root SHA256 --passphrase-file pass.txt", identityAccept},
		{"identity passphrase", "identity passphrase ID.p12 --new-passphrase-file F", i18n.T("更改密钥文件的口令"),
			"identity passphrase id.p12 --passphrase-file old.txt --new-passphrase-file new.txt", identityPassphrase},
		{"roster init", "roster init --org O -o ROOT.p12", i18n.T("新建根密钥；给出工作簿时同时建第一版名册"), "roster init --org 汇总单位 --passphrase-file pass.txt -o root.p12 --workbook bureau.xpb", rosterInit},
		{"roster add", "roster add REQUEST --roles R --key ROOT.p12 -o REPLY.zip", i18n.T("为申请人签发证书并列入名册"),
			"roster add request.pem --roles inspector --key root.p12 --passphrase-file pass.txt -o reply.zip --workbook bureau.xpb", rosterAdd},
		{"roster revoke", "roster revoke NUMBER|SPKI --last H,… --reason T --key ROOT.p12 [-o F]", i18n.T("吊销一个人的密钥；--last 是仍然认可的最后几份（哈希或短码），空串表示一份也不认；再做一次可以改这个名单"),
			"roster revoke X001 --last \"\" --reason 遗失 --key root.p12 --passphrase-file pass.txt --workbook bureau.xpb", rosterRevoke},
		{"roster chain", "roster chain NUMBER|SPKI", i18n.T("列出一个人的密钥签过的全部内容，新的在前：吊销前用它找出仍然认可的最后几份"), "roster chain X001 --workbook bureau.xpb", rosterChain},
		{"roster renew", "roster renew NUMBER --key ROOT.p12 -o REPLY.zip", i18n.T("为一个人的密钥换发证书"),
			"roster renew X001 --key root.p12 --passphrase-file pass.txt -o reply.zip --workbook bureau.xpb", rosterRenew},
		{"roster rotate", "roster rotate NEWROOT.p12 --key ROOT.p12 [--org O] -o F.zip", i18n.T("更换根：新建根密钥，由旧根在名册里引见；已确认旧根的电脑不用再核对指纹"),
			"roster rotate root2.p12 --key root.p12 --passphrase-file pass.txt -o roster.zip --workbook bureau.xpb", rosterRotate},
		{"roster copy", "roster copy ROOT.p12 F1 F2…", i18n.T("把根密钥备份到两处以上，并逐份打开核对"), "roster copy root.p12 a.p12 b.p12 --passphrase-file pass.txt", rosterCopy},
		{"roster show", "roster show", i18n.T("查看名册"), "roster show --workbook bureau.xpb", rosterShow},
		{"roster export", "roster export -o F", i18n.T("写出名册文件"), "roster export -o roster.zip --workbook bureau.xpb", rosterExport},
		{"roster certificate", "roster certificate -o F.cer", i18n.T("写出根证书，供普通 PDF 阅读器和 openssl 导入"), "roster certificate -o root.cer --workbook bureau.xpb", rosterCertificate},
		{"roster import", "roster import F --root SHA256 [--anew]", i18n.T("收下名册；根指纹要当面核对。--anew 改认另一个根，旧根的名册全部作废"), "roster import roster.zip --root SHA256 --workbook team.xpb", rosterImport},
	}
}

func identityNew(c *call) error {
	out, err := c.must("out")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	spki, err := desk.NewPersonKeyFile(out, c.flags["name"], c.flags["number"], c.flags["org"], pass, time.Now)
	if err != nil {
		return err
	}
	return c.print(map[string]string{"file": out, "spki": spki}, spki)
}

func identityShow(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	v, err := desk.ShowKey(c.args[0], pass)
	if err != nil {
		return err
	}
	return c.print(v, strings.Join([]string{v.Name + " " + v.Number + " " + v.Org, i18n.T("密钥 %s", v.Algorithm),
		i18n.T("指纹 %s", desk.Groups(v.SPKI)), i18n.T("签发者 %s", v.Issuer), i18n.T("有效期 %s 至 %s", v.From, v.To)}, "\n"))
}

func identityRequest(c *call) error {
	if err := c.need(1); err != nil {
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
	spki, err := desk.WriteRequest(c.args[0], pass, out)
	if err != nil {
		return err
	}
	return c.print(map[string]string{"file": out, "spki": spki}, out+"\t"+spki)
}

func identityAccept(c *call) error {
	if err := c.need(2); err != nil {
		return err
	}
	root, err := c.must("root")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	e, err := desk.AcceptReply(c.args[0], pass, c.args[1], root)
	if err != nil {
		return err
	}
	return c.print(e, i18n.T("已收下 %s 的证书，有效期至 %s", e.Name, e.To))
}

func rosterInit(c *call) error {
	v, err := c.musts("org", "out")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	fingerprint, err := desk.NewRootKey(v[1], v[0], pass, time.Now())
	if err != nil {
		return err
	}
	if c.workbook() != "" {
		if err := c.withDesk(func(d *desk.Desk) error { return d.StartRosterWith(v[1], pass) }); err != nil {
			return err
		}
	}
	return c.print(map[string]string{"file": v[1], "root": fingerprint}, fingerprint)
}

// rootKey are the flags that every change of the roster needs.
func (c *call) rootKey() (key, pass string, err error) {
	if err := c.need(1); err != nil {
		return "", "", err
	}
	if key, err = c.must("key"); err != nil {
		return "", "", err
	}
	pass, err = c.passphrase()
	return key, pass, err
}

func rosterAdd(c *call) error {
	key, pass, err := c.rootKey()
	if err != nil {
		return err
	}
	roles, err := c.must("roles")
	if err != nil {
		return err
	}
	out, err := c.must("out")
	if err != nil {
		return err
	}
	request, err := desk.ReadFile(c.args[0])
	if err != nil {
		return err
	}
	list, err := desk.ParseRoles(roles)
	if err != nil {
		return usage{err}
	}
	return c.withDesk(func(d *desk.Desk) error {
		name, err := d.EnrolFile(key, pass, request, list, out)
		if err != nil {
			return err
		}
		return c.print(map[string]string{"file": out, "name": name}, out+"\t"+name)
	})
}

func rosterRevoke(c *call) error {
	key, pass, err := c.rootKey()
	if err != nil {
		return err
	}
	reason, err := c.must("reason")
	if err != nil {
		return err
	}
	last, given := c.flags["last"]
	if !given {
		return i18n.E("缺少参数 --%s", "last", errUsage)
	}
	believed := strings.FieldsFunc(last, func(r rune) bool { return r == ',' })
	return c.withDesk(func(d *desk.Desk) error {
		version, err := d.RevokeWith(key, pass, c.args[0], believed, reason, c.flags["out"])
		if err != nil {
			return err
		}
		return c.print(map[string]int{"version": version}, i18n.T("名册第 %d 版", version))
	})
}

// rosterChain lists what the keys of a person signed, so that the last believed
// ones can be named.
func rosterChain(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		r, err := d.Roster()
		if err != nil {
			return err
		}
		all := []desk.SignedObject{}
		var text strings.Builder
		for _, spki := range desk.KeysOf(r, c.args[0]) {
			list, err := d.SignedBy(spki)
			if err != nil {
				return err
			}
			all = append(all, list...)
			for _, o := range list {
				fmt.Fprintf(&text, "%d\t%s\t%s\t%s\t%s\t%s\n", o.Counter, o.Short, o.Round, o.Unit, o.Claimed, desk.ChainWords(o))
			}
		}
		if len(all) == 0 {
			return i18n.E("工作簿里没有 %s 签过的内容", c.args[0])
		}
		return c.print(all, strings.TrimRight(text.String(), "\n"))
	})
}

func rosterRenew(c *call) error {
	key, pass, err := c.rootKey()
	if err != nil {
		return err
	}
	out, err := c.must("out")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		if err := d.RenewWith(key, pass, c.args[0], out); err != nil {
			return err
		}
		return c.print(map[string]string{"file": out}, out)
	})
}

func rosterRotate(c *call) error {
	key, pass, err := c.rootKey()
	if err != nil {
		return err
	}
	out, err := c.must("out")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		root, err := d.RotateWith(key, pass, c.args[0], c.flags["org"], out)
		if err != nil {
			return err
		}
		return c.print(map[string]string{"file": out, "root": root}, root)
	})
}

func rosterCopy(c *call) error {
	if err := c.need(3); err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	if err := desk.CopyKey(c.args[0], pass, c.args[1:]...); err != nil {
		return err
	}
	return c.print(c.args[1:], strings.Join(c.args[1:], "\n"))
}

func rosterShow(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		r, err := d.Roster()
		if err != nil {
			return err
		}
		if r == nil {
			return i18n.E("工作簿里还没有名册")
		}
		root, err := d.RootPin()
		if err != nil {
			return err
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s\n%s\n", i18n.T("名册第 %d 版", r.Version), i18n.T("根指纹 %s", desk.Groups(root)))
		warning, err := d.RosterWarning()
		if err != nil {
			return err
		}
		if warning != "" {
			fmt.Fprintln(&b, warning)
		}
		for _, e := range r.Entries {
			state := i18n.T("有效")
			if e.Revoked != nil {
				state = i18n.T("已吊销：%s", e.Revoked.Reason)
			}
			fmt.Fprintf(&b, "%s\t%s\t%s\t%v\t%s\t%s\n", e.Number, e.Name, e.Org, e.Roles, e.SPKI, state)
		}
		return c.print(map[string]any{"root": root, "roster": r}, strings.TrimRight(b.String(), "\n"))
	})
}
