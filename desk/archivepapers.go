package desk

import (
	"context"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/seal"
)

// archivePaper is a document that belongs to an act: with its sealed scan, where
// there is one, and the act itself it is one 件.
type archivePaper struct {
	name string
	doc  report.Official
	err  error // why it cannot be written: what it speaks of is not in the workbook
}

// archivePapers are the documents of a round by the act that they belong to:
// rulings, notices, bulletins, and the approval sheet with what was published, or
// with the last step of what was not. Acts that do not count have none.
func (d *Desk) archivePapers(ctx context.Context, round string) (map[string][]archivePaper, error) {
	out := map[string][]archivePaper{}
	add := func(act, name string, doc report.Official, err error) {
		out[act] = append(out[act], archivePaper{name + ".pdf", doc, err})
	}
	acts, err := d.Acts(round)
	if err != nil {
		return nil, err
	}
	for _, x := range acts {
		if x.Standing != "" {
			continue
		}
		switch x.Act.Kind {
		case inspection.ActRuling:
			doc, err := d.rulingPaper(ctx, x.Hash)
			add(x.Hash, "复核意见", doc, err)
		case inspection.ActRectify:
			doc, err := d.rectifyNotice(ctx, x.Hash)
			add(x.Hash, "整改通知单", doc, err)
		}
	}
	return out, d.publicationPapers(ctx, round, add)
}

func (d *Desk) publicationPapers(ctx context.Context, round string, add func(string, string, report.Official, error)) error {
	published, err := d.Publications(round)
	if err != nil {
		return err
	}
	for i := range published {
		if published[i].Fault != "" {
			continue // nobody approved what it says
		}
		sent, err := d.bulletinSent(round, published[i].Hash)
		if err != nil {
			return err
		}
		doc, err := d.bulletinOf(ctx, &bulletin{d: d, q: sent, frozen: &published[i]}, nil)
		add(published[i].Hash, "通报", doc, err)
	}
	processes, err := d.Processes(round)
	if err != nil {
		return err
	}
	for i := range processes {
		p := &processes[i]
		to := p.Published
		if to == "" && p.Issued != nil {
			to = p.Issued.Hash
		} else if to == "" && p.Reviewed != nil {
			to = p.Reviewed.Hash
		}
		if to == "" {
			continue // a draft of this workbook
		}
		doc, err := d.approvalSheet(ctx, p)
		add(to, "呈批单", doc, err)
	}
	return ctx.Err()
}

// draw adds the documents of an act to its files, and what they are called to its
// line of the list.
func (w *archiveWriter) draw(act string, x *report.ArchiveItem, files map[string][]byte) error {
	var names []string
	for i, p := range w.papers[act] {
		if p.err != nil {
			x.Note = i18n.T("%s 写不出：%s", p.name, i18n.Person(p.err))
			return nil
		}
		b, err := drawOfficial(p.doc, p.name)
		if err != nil {
			return err
		}
		files[p.name] = b
		x.Pages += seal.PageCount(b)
		names = append(names, strings.TrimSuffix(p.name, ".pdf"))
		if i == 0 {
			x.Title = strings.TrimSpace(p.doc.Title + " " + p.doc.To)
		}
		if i == 0 && p.doc.Signer != "" {
			x.Who = p.doc.Signer
		}
	}
	if len(names) > 0 {
		x.Note = i18n.T("含按行为记录写出的%s", joined(names))
	}
	return nil
}

// clearance adds 销号台账, where something was to be put right.
func (w *archiveWriter) clearance(ctx context.Context) error {
	items, err := w.d.RectifyLedger(w.a.Round)
	if err != nil || len(items) == 0 {
		return err
	}
	b, err := w.d.clearance(ctx, w.a.Round)
	if err != nil {
		return err
	}
	w.item(report.ArchiveItem{Title: w.a.Round + " 整改销号台账", Date: w.d.Today(), Place: archiveOpen})
	return w.put(archiveOpen, b)
}
