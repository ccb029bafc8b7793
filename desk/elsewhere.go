package desk

import (
	"context"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
)

// Elsewhere names the other units of the round that use the same picture or
// file, in sealed records or open drafts: the same photo in two units is worth a
// second look.
func (in *Inspector) Elsewhere(sha string) []string {
	return in.elsewhere([]string{sha})[sha]
}

// elsewhere is Elsewhere for many files with one look at the drafts.
func (in *Inspector) elsewhere(shas []string) map[string][]string {
	found := map[string]map[string]string{} // file → unit → name
	note := func(sha string, rec *inspection.Record) {
		if rec.Unit.Code == in.rec.Unit.Code {
			return
		}
		if found[sha] == nil {
			found[sha] = map[string]string{}
		}
		found[sha][rec.Unit.Code] = rec.Unit.Name
	}
	ctx := context.Background()
	for _, sha := range shas {
		users, err := in.d.wb.EvidenceUsers(ctx, sha)
		if err != nil {
			continue
		}
		for _, h := range users {
			if rec, err := in.d.record(ctx, h); err == nil {
				note(sha, rec)
			}
		}
	}
	for _, rec := range in.otherDrafts(ctx) {
		used := usedEvidence(rec)
		for _, sha := range shas {
			if used[sha] {
				note(sha, rec)
			}
		}
	}
	out := map[string][]string{}
	for sha, units := range found {
		for _, code := range sortedKeys(units) {
			out[sha] = append(out[sha], units[code])
		}
	}
	return out
}

// otherDrafts are the open drafts of the round's other units.
func (in *Inspector) otherDrafts(ctx context.Context) []*inspection.Record {
	rows, err := in.d.wb.Drafts(ctx, in.round.Code)
	if err != nil {
		return nil
	}
	var out []*inspection.Record
	for _, x := range rows {
		if x.Unit == in.rec.Unit.Code {
			continue
		}
		draft, err := in.d.wb.Draft(ctx, x.ID)
		if err != nil {
			continue
		}
		if rec, err := inspection.ReadRecord(draft.JSON); err == nil {
			out = append(out, rec)
		}
	}
	return out
}

// sharedGaps advise a second look at files that another unit has, too.
func (in *Inspector) sharedGaps() []inspection.Gap {
	if len(in.rec.Evidence) == 0 {
		return nil
	}
	shas := make([]string, len(in.rec.Evidence))
	for i, e := range in.rec.Evidence {
		shas[i] = e.SHA256
	}
	units := in.elsewhere(shas)
	var out []inspection.Gap
	for _, e := range in.rec.Evidence {
		if names := units[e.SHA256]; len(names) > 0 {
			code := in.indicatorOf(e.SHA256)
			out = append(out, inspection.Gap{Indicator: code, Place: "entries." + code + ".evidence",
				Text: i18n.T("佐证“%s”也用在%s，请核对", e.Name, strings.Join(names, i18n.T("、")))})
		}
	}
	return out
}

// indicatorOf is the first indicator that refers to a file.
func (in *Inspector) indicatorOf(sha string) string {
	for i := range in.c.Engine.Len() {
		code := in.c.Engine.Indicator(i).Code
		one := &inspection.Record{Entries: map[string]inspection.Entry{code: in.rec.Entries[code]}}
		if usedEvidence(one)[sha] {
			return code
		}
	}
	return ""
}
