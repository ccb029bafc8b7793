package main

import (
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
)

// archive writes a round into an archive folder. How long it is to be kept is
// for a person to say.
func archive(c *call) error {
	v, err := c.musts("round", "out", "retention")
	if err != nil {
		return err
	}
	if !slices.Contains(desk.Retentions, v[2]) {
		return i18n.E("保管期限要从 %s 里选一个，程序不代选", strings.Join(desk.Retentions, "、"), errUsage)
	}
	a := desk.Archiving{Round: v[0], Dir: v[1], Retention: v[2], Level: c.flags["level"], Fonds: c.flags["fonds"]}
	if c.flags["key"] != "" {
		id, err := c.identity()
		if err != nil {
			return err
		}
		a.Signer = id
	}
	return c.withDesk(func(d *desk.Desk) error {
		done, err := d.Archive(c.ctx, a, nil)
		if err != nil {
			return err
		}
		text := i18n.T("已归档到 %s：%d 件，%d 个文件。根证书指纹 %s，请另外保存", done.Dir, done.Items, done.Files, done.Root)
		if !done.Signed {
			text += "\n" + i18n.T("哈希清单没有签名，核验时会指出；要签名请用 --key 给出汇总单位的密钥，重新归档")
		}
		return c.print(done, text)
	})
}

// checkArchive proves an archive folder without a workbook.
func checkArchive(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	r, err := desk.CheckArchive(c.ctx, c.args[0], c.flags["root"], nil)
	if err != nil {
		return err
	}
	text := i18n.T("归档完好：%d 个文件，%d 份评分表，%d 份行为记录。根证书指纹 %s", r.Files, r.Cards, r.Acts, r.Root)
	if r.Signed {
		text += "\n" + i18n.T("哈希清单由 %s（%s）签名，其密钥列在这个根签发的名册里", r.By.Name, r.By.Number)
	} else {
		text += "\n" + desk.UnsignedWords()
	}
	if len(r.Uncounted) > 0 {
		text += "\n" + i18n.T("归档时就不算数的 %d 份：", len(r.Uncounted)) + "\n" + strings.Join(r.Uncounted, "\n")
	}
	if !r.Pinned {
		text += "\n" + i18n.T("指纹取自归档本身，请与另外保存的指纹核对，或用 --root 给出")
	}
	if len(r.Problems) > 0 {
		text = strings.Join(r.Problems, "\n")
	}
	if err := c.print(r, text); err != nil || len(r.Problems) == 0 {
		return err
	}
	return errRefused
}

// bulletin writes the 通报 of a round. Paragraphs of --ask are divided by "|".
func bulletin(c *call) error {
	round, err := c.must("round")
	if err != nil {
		return err
	}
	out, err := c.must("out")
	if err != nil {
		return err
	}
	q := desk.BulletinRequest{Round: round, Number: c.flags["number"], To: c.flags["to"], Date: c.flags["date"], Signer: c.flags["signer"], Basis: c.flags["basis"]}
	if a := c.flags["ask"]; a != "" {
		q.Asks = strings.Split(a, "|")
	}
	return c.withDesk(func(d *desk.Desk) error {
		if err := d.Bulletin(c.ctx, q, out, nil); err != nil {
			return err
		}
		return c.print(map[string]string{"file": out}, i18n.T("通报已写到 %s", out))
	})
}
