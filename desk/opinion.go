package desk

import (
	"context"
	"strings"

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

// EnterOpinion signs an opinion as an act, keeps it and writes it as a pack.
func (d *Desk) EnterOpinion(ctx context.Context, o Opinion, keyPath, passphrase, out string) error {
	rec, err := d.record(ctx, o.Record)
	if err != nil {
		return err
	}
	c, err := d.Compiled(rec.Rubric.SHA256)
	if err != nil {
		return err
	}
	items := map[string]inspection.ActItem{}
	for line := range strings.Lines(o.Items) {
		code, words, _ := strings.Cut(strings.TrimSpace(line), " ")
		if code == "" {
			continue
		}
		if _, ok := c.Engine.Index(code); !ok || strings.TrimSpace(words) == "" {
			return i18n.E("“%s”不是“指标代码 意见”", strings.TrimSpace(line))
		}
		items[code] = inspection.ActItem{Text: strings.TrimSpace(words)}
	}
	if len(o.Scans) == 0 {
		return i18n.E("单位意见要有扫描件；没有登记")
	}
	scans, err := ReadScans(o.Scans...)
	if err != nil {
		return err
	}
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return err
	}
	a := inspection.Act{Kind: inspection.ActOpinion, Case: rec.Case(), About: []string{o.Record}, Decision: o.Decision, Text: o.Text, Items: items}
	act, pack, err := d.makeAct(ctx, a, id, scans)
	if err != nil {
		return err
	}
	return writeFileThen(out, pack, func([]byte) error {
		return d.wb.AddSealed(ctx, store.Received{Acts: []store.ReceivedAct{act}}, "")
	})
}
