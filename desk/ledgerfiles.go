package desk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/seal"
	"xunping/store"
)

// mostInLine is how many records a line of the sheet names: a cell has an end, and a
// pack of a whole region goes on in a second line.
const mostInLine = 1000

// files are those that carry a record or an act of the round, each once, and those
// refused, of which nobody knows the round unless an acceptance names them.
func (m *ledgerMaker) files(ctx context.Context, round string) error {
	batches, err := m.d.wb.Batches(ctx)
	if err != nil {
		return err
	}
	came := map[int64]store.BatchRow{}
	for _, b := range batches {
		came[b.ID] = b
	}
	carried, err := m.d.wb.FilesOfRound(ctx, round)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, r := range m.Ranking {
		names[r.Code] = r.Unit
	}
	for _, f := range carried {
		m.file(f, came[f.Batch], names)
	}
	return m.refused(ctx, round, came, names)
}

// file adds a file with the records it carries.
func (m *ledgerMaker) file(f store.RoundFile, b store.BatchRow, names map[string]string) {
	line := report.LedgerFile{File: f.Name, Hash: f.Hash}
	line.Outcome, line.Reason = outcomeOfFile(f)
	if f.Batch > 0 {
		line.Batch, line.Came = int(f.Batch), b.Started.Format(time.RFC3339)
	}
	if f.Batch == 0 || b.Kind == "accept" { // the pack of an acceptance is signed here
		line.Outcome = i18n.T("本机签发")
	} else if f.Hash != "" {
		m.Received++
	}
	objects := f.Objects
	for first := true; first || len(objects) > 0; first = false {
		part := objects[:min(mostInLine, len(objects))]
		objects = objects[len(part):]
		var units, codes []string
		for _, o := range part {
			units = append(units, cmp.Or(names[o.Unit], o.Unit))
			if !o.Act {
				codes = append(codes, seal.Short(o.Hash))
			}
		}
		line.Unit, line.Records = strings.Join(distinct(units), "、"), strings.Join(codes, "、")
		m.Files = append(m.Files, line)
	}
}

// distinct are the words but "" in their order, each once.
func distinct(words []string) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, w := range words {
		if !seen[w] {
			seen[w], out = true, append(out, w)
		}
	}
	return out
}

// outcomeOfFile says whether all that a file carries counts, and what else than
// records it carries.
func outcomeOfFile(f store.RoundFile) (outcome, reason string) {
	var why, acts []string
	held := 0
	for _, o := range f.Objects {
		if o.Standing != "" {
			held++
			why = append(why, ReasonWords(o.Standing))
		}
		if o.Act {
			acts = append(acts, KindWord(o.Kind))
		}
	}
	outcome, why = i18n.T("收下"), distinct(why)
	if held > 0 {
		outcome, reason = i18n.T("隔离"), strings.Join(why, "；")
		if held < len(f.Objects) {
			reason = i18n.T("%d 份中的 %d 份：%s", len(f.Objects), held, reason)
		}
	}
	if len(acts) > 0 {
		words := i18n.T("行为 %d 份：%s", len(acts), strings.Join(distinct(acts), "、"))
		reason = strings.TrimPrefix(reason+"；"+words, "；")
	}
	return outcome, reason
}

// refused adds the refused files; one that was accepted later is received after all.
func (m *ledgerMaker) refused(ctx context.Context, round string, came map[int64]store.BatchRow, names map[string]string) error {
	refused, err := m.d.wb.Refused(ctx, 0)
	if err != nil || len(refused) == 0 {
		return err
	}
	accepted, err := m.d.acceptedFiles(ctx)
	if err != nil {
		return err
	}
	for _, f := range refused {
		line := report.LedgerFile{File: f.Name, Hash: f.Hash, Outcome: i18n.T("拒收"), Reason: f.Reason, Batch: int(f.Batch), Came: came[f.Batch].Started.Format(time.RFC3339)}
		a, found := accepted[f.Hash]
		switch {
		case !found:
			m.Refused++
		case a.Case.Round != round:
			continue
		default:
			m.Received++
			var codes []string
			for _, h := range a.About {
				codes = append(codes, seal.Short(h))
			}
			line.Outcome, line.Reason, line.Unit = i18n.T("已认可"), a.words()+"；"+f.Reason, cmp.Or(names[a.Case.Unit], a.Case.Unit)
			line.Records = strings.Join(codes, "、")
		}
		m.Files = append(m.Files, line)
	}
	return nil
}

// acceptance is the act that took a refused file's record in.
type acceptance struct {
	Hash  string
	Case  inspection.CaseKey
	About []string
}

func (a acceptance) words() string { return i18n.T("已认可（行为 %s）", seal.Short(a.Hash)) }

// acceptedFiles are the files that an acceptance names, by their hash, with the act;
// of several the one with the lowest hash.
func (d *Desk) acceptedFiles(ctx context.Context) (map[string]acceptance, error) {
	acts, err := d.countedActs(ctx, store.ActFilter{Kind: inspection.ActAcceptance})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(acts, func(a, b ActInfo) int { return strings.Compare(b.Hash, a.Hash) })
	out := map[string]acceptance{}
	for _, x := range acts {
		for _, h := range x.Act.Files {
			out[h] = acceptance{x.Hash, x.Act.Case, x.Act.About}
		}
	}
	return out, nil
}
