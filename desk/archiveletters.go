package desk

import (
	"context"
	"slices"

	"xunping/inspection"
	"xunping/store"
)

// lettersOf are the letters of other rounds that the absences of these records
// rest on: a letter is registered once, and counts for the months that follow.
func (w *archiveWriter) lettersOf(ctx context.Context, records []store.Object) ([]store.Object, error) {
	var out []store.Object
	seen := map[string]bool{}
	for _, r := range records {
		if r.Act || len(r.Node.Letters) == 0 {
			continue
		}
		letters, err := w.d.wb.Acts(ctx, store.ActFilter{Unit: r.Node.Case.Unit, Kind: inspection.ActLetter})
		if err != nil {
			return nil, err
		}
		for _, o := range letters {
			a, err := w.d.act(o.Hash)
			if err != nil {
				return nil, err
			}
			named := slices.ContainsFunc(r.Node.Letters, func(l inspection.Letter) bool { return l.Number == a.Number && l.Date == a.Date })
			if named && a.Case.Round != w.a.Round && !seen[o.Hash] {
				seen[o.Hash] = true
				out = append(out, o)
			}
		}
	}
	return out, nil
}
