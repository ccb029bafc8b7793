package main

import (
	"fmt"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

func sealRecord(c *call) error {
	out, err := c.must("out")
	if err != nil {
		return err
	}
	key, err := c.must("key")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	if c.flags["record"] == "" {
		return c.sealDraft(key, pass, out)
	}
	s, err := desk.SealFile(c.ctx, nil, desk.FileSeal{Record: c.flags["record"], Rubric: c.flags["rubric"], Evidence: c.flags["evidence"], Key: key, Passphrase: pass, Out: out})
	if err != nil {
		return err
	}
	return c.print(map[string]any{"file": s.Path, "sha256": s.Hash, "revision": s.Revision}, s.Path+"\t"+s.Hash)
}

// sealDraft seals the draft of a unit in the workbook.
func (c *call) sealDraft(key, pass, out string) error {
	round, err := c.must("round")
	if err != nil {
		return err
	}
	unit, err := c.must("unit")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		k, err := d.AddKey(key, pass)
		if err != nil {
			return err
		}
		in, err := d.Inspect(round, unit)
		if err != nil {
			return err
		}
		s, err := in.Seal(c.ctx, desk.SealRequest{Key: k, Passphrase: pass, Out: out})
		if err != nil {
			return err
		}
		return c.print(map[string]any{"file": s.Path, "sha256": s.Hash, "revision": s.Revision}, s.Path+"\t"+s.Hash)
	})
}

func cosign(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	v, err := c.musts("role", "key", "out")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	if err := desk.Cosign(c.args[0], v[2], v[0], v[1], pass, time.Now()); err != nil {
		return err
	}
	return c.print(map[string]string{"file": v[2]}, v[2])
}

// roster is the roster to judge by: the one given, else the workbook's, else
// none.
func (c *call) roster() (*inspection.Roster, error) {
	if f := c.flags["roster"]; f != "" {
		root, err := c.root()
		if err != nil {
			return nil, err
		}
		return desk.ReadRoster(f, root)
	}
	if c.workbook() == "" {
		return nil, nil
	}
	var r *inspection.Roster
	err := c.withDesk(func(d *desk.Desk) (err error) { r, err = d.Roster(); return err })
	return r, err
}

// root is the fingerprint that a person compared: the one given, else the one
// that the workbook has pinned.
func (c *call) root() (root string, err error) {
	if root = c.flags["root"]; root == "" && c.workbook() != "" {
		err = c.withDesk(func(d *desk.Desk) (err error) { root, err = d.RootPin(); return err })
	}
	if err == nil && root == "" {
		err = i18n.E("还没有确认根证书的指纹。请当面核对指纹后用 --root 给出", errUsage)
	}
	return root, err
}

// verifier judges files by the roster given, else by all that the workbook knows,
// else by nothing but themselves.
func (c *call) verifier() (prove func(string) ([]desk.VerifyResult, error), done func(), err error) {
	done = func() {}
	if c.flags["roster"] == "" && c.workbook() != "" {
		d, err := desk.Open(c.workbook())
		if err != nil {
			return nil, done, err
		}
		c.warnOldRoster(d)
		return func(f string) ([]desk.VerifyResult, error) { return d.Verify(c.ctx, f) }, func() { _ = d.Close() }, nil
	}
	roster, err := c.roster()
	if words := desk.OldRoster(roster, time.Now()); words != "" {
		fmt.Fprintln(c.err, words)
	}
	return func(f string) ([]desk.VerifyResult, error) { return desk.VerifyFile(f, roster), nil }, done, err
}

// warnOldRoster says beside the result that the roster is old; dates decide
// nothing.
func (c *call) warnOldRoster(d *desk.Desk) {
	if words, err := d.RosterWarning(); err == nil && words != "" {
		fmt.Fprintln(c.err, words)
	}
}

func verify(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	prove, done, err := c.verifier()
	if err != nil {
		return err
	}
	defer done()
	all := []desk.VerifyResult{}
	var text strings.Builder
	bad := false
	for _, f := range c.args {
		list, err := prove(f)
		if err != nil {
			return err
		}
		for _, v := range list {
			if c.flags["pages"] != "" {
				if err := v.ComparePages(); err != nil { // of this file; the others are judged all the same
					v.Reason = i18n.Person(err)
				}
			}
			all = append(all, v)
			bad = bad || v.Outcome != desk.Valid
			fmt.Fprintln(&text, v.Text())
		}
	}
	if err := c.print(all, strings.TrimRight(text.String(), "\n")); err != nil {
		return err
	}
	if bad {
		return errRefused
	}
	return nil
}

func extract(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	out, err := c.must("out")
	if err != nil {
		return err
	}
	files, err := desk.Extract(c.args[0], out)
	if err != nil {
		return err
	}
	return c.print(files, strings.Join(files, "\n"))
}

// openEncrypted lets the desk open encrypted files with the key of --key.
func (c *call) openEncrypted(d *desk.Desk) error {
	key := c.flags["key"]
	if key == "" {
		return nil
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	return d.UseKey(key, pass)
}

// rankJSON is a row of the ranking as FORMATS §5 prints it.
type rankJSON struct {
	Rank         *int                `json:"rank"`
	Unit         inspection.Unit     `json:"unit"`
	Total        string              `json:"total"`
	Exact        *string             `json:"exact"`
	Band         string              `json:"band"`
	Lists        []string            `json:"lists"`
	Provisional  []inspection.Reason `json:"provisional"`
	PreviousRank *int                `json:"previous_rank"`
	Moved        string              `json:"moved"`
	Reason       string              `json:"reason,omitempty"`
}

func rank(c *call) error {
	round, err := c.must("round")
	if err != nil {
		return err
	}
	if err := desk.KnowsKind(c.flags["kind"]); err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		rows, err := d.Rank(round, c.flags["kind"])
		if err != nil {
			return err
		}
		out := []rankJSON{}
		var text strings.Builder
		for _, r := range rows {
			j := rankJSON{Unit: r.Unit, Total: r.Value, Band: r.Band, Lists: append([]string{}, r.Lists...),
				Provisional: append([]inspection.Reason{}, r.Provisional...), Moved: r.Moved, Reason: r.Reason}
			if r.Rank > 0 {
				j.Rank = &r.Rank
			}
			if r.Exact != "" {
				j.Exact = &r.Exact
			}
			if r.PreviousRank > 0 {
				j.PreviousRank = &r.PreviousRank
			}
			out = append(out, j)
			fmt.Fprintf(&text, "%d\t%s\t%s\t%s\t%s\t%s\n", r.Rank, r.Unit.Name, r.Value, r.Band, strings.Join(r.Lists, " "), r.Reason)
		}
		return c.print(out, strings.TrimRight(text.String(), "\n"))
	})
}

func ledger(c *call) error {
	round, err := c.must("round")
	if err != nil {
		return err
	}
	out, dir := c.flags["out"], c.flags["csv"]
	if out == "" && dir == "" {
		_, err := c.must("out")
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		written := struct {
			Ledger string   `json:"ledger,omitempty"`
			CSV    []string `json:"csv,omitempty"`
		}{Ledger: out}
		var text []string
		if out != "" {
			if err := d.WriteLedger(c.ctx, round, out, nil); err != nil {
				return err
			}
			text = append(text, i18n.T("台账已写到 %s", out))
		}
		if dir != "" {
			var err error
			if written.CSV, err = d.WriteLedgerCSV(c.ctx, round, dir, nil); err != nil {
				return err
			}
			text = append(text, i18n.T("%d 个 CSV 文件已写到 %s", len(written.CSV), dir))
		}
		return c.print(written, strings.Join(text, "\n"))
	})
}
