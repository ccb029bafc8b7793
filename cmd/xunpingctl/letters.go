package main

import (
	"strings"

	"xunping/desk"
	"xunping/inspection"
)

func letterAdd(c *call) error {
	v, err := c.musts("round", "unit", "indicators", "number", "date", "decision", "key")
	if err != nil {
		return err
	}
	pass, err := c.passphrase()
	if err != nil {
		return err
	}
	e := desk.LetterEntry{Round: v[0], Unit: v[1], Indicators: strings.Split(v[2], ","), Number: v[3], Date: v[4], Decision: v[5],
		Valid: inspection.Period{From: c.flags["from"], To: c.flags["to"]}, Reason: c.flags["reason"], Scan: c.flags["scan"]}
	return c.withDesk(func(d *desk.Desk) error {
		hash, err := d.EnterLetter(c.ctx, e, v[6], pass, c.flags["out"])
		if err != nil {
			return err
		}
		return c.print(map[string]string{"sha256": hash, "file": c.flags["out"]}, hash)
	})
}

// letterJSON is a letter as it is printed; awaited ones have no sha256.
type letterJSON struct {
	SHA256     string            `json:"sha256"`
	Unit       inspection.Unit   `json:"unit"`
	Indicators []string          `json:"indicators"`
	Number     string            `json:"number"`
	Date       string            `json:"date"`
	Decision   string            `json:"decision"`
	Valid      inspection.Period `json:"valid"`
	Round      string            `json:"round"`
	Scan       string            `json:"scan"`
	Standing   inspection.Reason `json:"standing"`
}

func letterList(c *call) error {
	return c.withDesk(func(d *desk.Desk) error {
		var list []desk.LetterRow
		if round := c.flags["round"]; round != "" {
			awaited, err := d.AwaitedLetters(round)
			if err != nil {
				return err
			}
			list = awaited
		}
		registered, err := d.Letters()
		if err != nil {
			return err
		}
		out, lines := []letterJSON{}, []string{}
		for _, l := range append(list, registered...) {
			out = append(out, letterJSON{l.Hash, l.Unit, l.Indicators, l.Number, l.Date, l.Decision, l.Valid, l.Round, l.Scan, l.Standing})
			lines = append(lines, strings.Join([]string{l.Unit.Code, l.Unit.Name, strings.Join(l.Indicators, ","), l.Number, l.Date, l.Decision, string(l.Standing)}, "\t"))
		}
		return c.print(out, strings.Join(lines, "\n"))
	})
}
