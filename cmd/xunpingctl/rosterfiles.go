package main

import (
	"fmt"

	"xunping/assets/i18n"
	"xunping/desk"
)

func rosterExport(c *call) error { return c.writeOut((*desk.Desk).RosterPack) }

func rosterCertificate(c *call) error { return c.writeOut((*desk.Desk).RootCertificate) }

// writeOut writes what the workbook gives to the file that -o names.
func (c *call) writeOut(give func(*desk.Desk) ([]byte, error)) error {
	out, err := c.must("out")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		b, err := give(d)
		if err != nil {
			return err
		}
		if err := desk.WriteFile(out, b); err != nil {
			return err
		}
		return c.print(map[string]string{"file": out}, out)
	})
}

func rosterImport(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	b, err := desk.ReadFile(c.args[0])
	if err != nil {
		return err
	}
	root := c.flags["root"]
	return c.withDesk(func(d *desk.Desk) error {
		take := d.ImportRoster
		if c.flags["anew"] != "" {
			if root == "" {
				return i18n.E("重新确认根要用 --root 给出当面核对过的指纹", errUsage)
			}
			take = d.TrustAnew
		}
		r, err := take(b, root)
		if err != nil {
			return err
		}
		now, err := d.Roster()
		if err != nil {
			return err
		}
		if now != nil && now.Version > r.Version {
			fmt.Fprintln(c.err, desk.OlderRoster(r.Version, now.Version))
		}
		return c.print(map[string]int{"version": r.Version, "entries": len(r.Entries)}, fmt.Sprint(r.Version))
	})
}
