package desk

import (
	"context"
	"strings"
	"unicode"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/store"
)

// Opinion is what a unit wrote on a printed sheet. Items has one line for each
// indicator: its code, a space, the words.
type Opinion struct {
	Record         string // hash of the record that was printed
	Decision, Text string
	Items          string
	Scans          []string // files: pages, or photos of them, in their order
}

// CheckOpinion says what is wrong with an opinion before anybody signs it.
func (d *Desk) CheckOpinion(ctx context.Context, o Opinion) error {
	_, _, err := d.opinionAct(ctx, o)
	return err
}

// opinionAct is the act, not signed yet, with its scans.
func (d *Desk) opinionAct(ctx context.Context, o Opinion) (a inspection.Act, scans [][]byte, err error) {
	rec, err := d.record(ctx, o.Record)
	if err != nil {
		return a, nil, err
	}
	c, err := d.Compiled(rec.Rubric.SHA256)
	if err != nil {
		return a, nil, err
	}
	items, err := opinionItems(o.Items, c)
	if err != nil {
		return a, nil, err
	}
	if len(o.Scans) == 0 {
		return a, nil, i18n.E("单位意见要有扫描件；没有登记")
	}
	if scans, err = ReadScans(o.Scans...); err != nil {
		return a, nil, err
	}
	return inspection.Act{Kind: inspection.ActOpinion, Case: rec.Case(), About: []string{o.Record}, Decision: o.Decision, Text: o.Text, Items: items}, scans, nil
}

// opinionItems reads a view a line: a code, a space or a colon of either width, the
// words.
func opinionItems(text string, c *inspection.Compiled) (map[string]inspection.ActItem, error) {
	items := map[string]inspection.ActItem{}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		code, words := line, ""
		if i := strings.IndexFunc(line, func(r rune) bool { return unicode.IsSpace(r) || r == ':' || r == '：' }); i > 0 {
			code, words = line[:i], strings.TrimLeftFunc(line[i:], func(r rune) bool { return unicode.IsSpace(r) || r == ':' || r == '：' })
		}
		if _, ok := c.Engine.Index(code); !ok || words == "" {
			return nil, i18n.E("“%s”不是“指标代码 意见”", line)
		}
		if before := items[code].Text; before != "" {
			words = before + "\n" + words // two lines about one indicator
		}
		items[code] = inspection.ActItem{Text: words}
	}
	return items, nil
}

// EnterOpinion signs an opinion as an act, keeps it and writes it as a pack.
func (d *Desk) EnterOpinion(ctx context.Context, o Opinion, keyPath, passphrase, out string) error {
	a, scans, err := d.opinionAct(ctx, o)
	if err != nil {
		return err
	}
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return err
	}
	act, pack, err := d.makeAct(ctx, a, id, scans)
	if err != nil {
		return err
	}
	return writeFileThen(out, pack, func([]byte) error {
		return d.wb.AddSealed(ctx, store.Received{Acts: []store.ReceivedAct{act}}, "")
	})
}
