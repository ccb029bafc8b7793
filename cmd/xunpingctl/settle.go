package main

import (
	"fmt"
	"strings"

	"xunping/desk"
	"xunping/inspection"
)

// conflictJSON is a conflict as it is printed.
type conflictJSON struct {
	Unit     inspection.Unit    `json:"unit"`
	Round    string             `json:"round"`
	Rubric   string             `json:"rubric"`
	Trial    bool               `json:"trial"`
	Ancestor *string            `json:"ancestor"`
	Heads    []conflictHeadJSON `json:"heads"`
	Differ   []differenceJSON   `json:"differ"`
}

type conflictHeadJSON struct {
	SHA256    string `json:"sha256"`
	Revision  int    `json:"revision"`
	Inspector string `json:"inspector"`
	Total     string `json:"total"`
}

// differenceJSON is one indicator: Proposed is the head that is proposed, null
// where a person must choose.
type differenceJSON struct {
	Indicator string                       `json:"indicator"`
	Proposed  *string                      `json:"proposed"`
	Before    *inspection.Entry            `json:"before"`
	Entries   map[string]*inspection.Entry `json:"entries"`
}

func conflictOf(x *desk.Settlement) conflictJSON {
	j := conflictJSON{Unit: x.Unit, Round: x.Key.Round, Rubric: x.Key.Rubric, Trial: x.Key.Trial, Heads: []conflictHeadJSON{}, Differ: []differenceJSON{}}
	if x.Ancestor != "" {
		j.Ancestor = &x.Ancestor
	}
	for _, h := range x.Heads {
		j.Heads = append(j.Heads, conflictHeadJSON{h.Hash, h.Revision, h.Inspector, h.Value})
	}
	for _, d := range x.Differences {
		dj := differenceJSON{Indicator: d.Indicator, Before: d.Before, Entries: map[string]*inspection.Entry{}}
		for i, e := range d.Heads {
			dj.Entries[x.Heads[i].Hash] = e
		}
		if !d.Open() {
			dj.Proposed = &x.Heads[d.Take].Hash
		}
		j.Differ = append(j.Differ, dj)
	}
	return j
}

func conflicts(c *call) error {
	round, err := c.must("round")
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		list, err := d.Conflicts(round)
		if err != nil {
			return err
		}
		out := []conflictJSON{}
		var text strings.Builder
		for _, x := range list {
			s, err := d.Settle(round, x.Unit.Code, desk.Choices{})
			if err != nil {
				return err
			}
			out = append(out, conflictOf(s))
			fmt.Fprintf(&text, "%s\t%s\t%v\n", x.Unit.Code, x.Unit.Name, s.Open)
			for _, h := range x.Heads {
				fmt.Fprintf(&text, "\t%s\t%s\t%s\n", h.Hash, h.Inspector, h.Value)
			}
		}
		return c.print(out, strings.TrimRight(text.String(), "\n"))
	})
}

// signedChoices are what a result is made from that the bureau signs: round, unit,
// file of choices and key as flags, the choices, and the passphrase.
func (c *call) signedChoices() (v []string, choices desk.Choices, pass string, err error) {
	if v, err = c.musts("round", "unit", "choices", "key"); err != nil {
		return nil, choices, "", err
	}
	if pass, err = c.passphrase(); err != nil {
		return nil, choices, "", err
	}
	b, err := desk.ReadFile(v[2])
	if err == nil {
		choices, err = desk.ReadChoices(b)
	}
	return v, choices, pass, err
}

func resolve(c *call) error {
	v, choices, pass, err := c.signedChoices()
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		s, err := d.Settle(v[0], v[1], choices)
		if err != nil {
			return err
		}
		done, err := d.SignSettlement(c.ctx, s, v[3], pass, c.flags["out"])
		if err != nil {
			return err
		}
		return c.print(map[string]any{"file": done.Path, "sha256": done.Hash, "revision": done.Revision, "total": done.Result.Total.Value()},
			done.Path+"\t"+done.Hash)
	})
}

func accept(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	v, err := c.musts("reason", "key")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		a, err := d.Accept(c.ctx, c.args[0], v[0], v[1], pass, c.flags["out"])
		if err != nil {
			return err
		}
		return c.print(map[string]string{"record": a.Record, "act": a.Act, "file": a.File, "unit": a.Unit.Code, "round": a.Round}, a.File+"\t"+a.Record)
	})
}
