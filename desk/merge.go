package desk

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/store"
)

// Outcomes of a merged file.
const (
	Merged      = "merged"
	Identical   = "identical"
	InConflict  = "conflict"
	Quarantined = "quarantined"
)

// FileOutcome is what one file, or one record or act of a pack, did.
type FileOutcome struct {
	File     string `json:"file"`
	Outcome  string `json:"outcome"`
	Reason   string `json:"reason"`
	Unit     string `json:"unit"`
	Round    string `json:"round"`
	Revision int    `json:"revision"`
	SHA256   string `json:"sha256"`

	Rule                  int                `json:"-"`
	Key                   inspection.CaseKey `json:"-"`
	UnitName, Inspector   string             `json:"-"`
	Value, Band           string             `json:"-"`
	Before                string             `json:"-"` // the unit's total before
	BeforeRank, AfterRank int                `json:"-"`
	BandMoved, ListsMoved [2]string          `json:"-"` // grade and lists of the unit, before and after

	Source     string             `json:"-"` // the file on the disk; File names the member of a pack, too
	ActKind    inspection.ActKind `json:"-"` // of an act
	Signers    []VerifySignature  `json:"-"` // who signed it in this file, and what the roster says of them
	Acceptable bool               `json:"-"` // refused, but the record's own signature holds
	AcceptedBy string             `json:"-"` // refused, and this act took its record in
	pdf        string             // hash of a refused PDF
	isNew      bool
	signer     string
	carries    map[string]bool // who signed it in this file, by key
}

// MergeReport says what a merge did. The five counts add up to Files.
type MergeReport struct {
	Files       int           `json:"files"`
	Merged      int           `json:"merged"`
	Identical   int           `json:"identical"`
	Conflict    int           `json:"conflict"`
	Quarantined int           `json:"quarantined"`
	Refused     int           `json:"refused"`
	Skipped     []string      `json:"skipped"`
	Results     []FileOutcome `json:"results"`

	Batch int64 `json:"-"`
}

// Merge takes files and folders into the set: each file is proven by itself,
// one bad file stops nothing, and the totals balance. A dry run does the same
// on a copy of the workbook that is thrown away, so it cannot differ.
func (d *Desk) Merge(ctx context.Context, paths []string, dryRun bool, p Progress) (*MergeReport, error) {
	if !dryRun {
		return d.merge(ctx, paths, p)
	}
	wb, drop, err := d.wb.TrialCopy(ctx)
	if err != nil {
		return nil, err
	}
	defer drop()
	trial := newDesk(wb, d.clock)
	trial.trial, trial.opener = true, d.opener
	defer trial.Close()
	r, err := trial.merge(ctx, paths, p)
	if r != nil {
		r.Batch = 0
	}
	return r, err
}

func (d *Desk) merge(ctx context.Context, paths []string, p Progress) (*MergeReport, error) {
	list, skipped, err := d.gather(ctx, paths, p)
	if err != nil {
		return nil, err
	}
	m := &merger{d: d, ctx: ctx, r: &MergeReport{Skipped: append([]string{}, skipped...), Results: []FileOutcome{}}, ranks: map[string]map[string]RankRow{}}
	if m.root, err = d.wb.RootPin(ctx); err != nil {
		return nil, err
	}
	m.batch = d.wb.BeginBatch("merge", i18n.T("合并 %d 个文件", len(list)))
	if d.group > 0 {
		m.batch.GroupOf(d.group)
	}
	if err := d.backupBefore(ctx, m.batch); err != nil {
		return nil, err
	}
	done := 0
	err = d.prove(ctx, list, m.root, func(f *proven) error {
		done++
		p.report(done, len(list), filepath.Base(f.src.name))
		from := len(m.r.Results)
		err := m.file(f)
		for i := from; i < len(m.r.Results); i++ {
			m.r.Results[i].Source = f.src.name
		}
		return err
	})
	// What was added stays, also after a cancel: the log line says what it was.
	if ferr := m.batch.Flush(); err == nil {
		err = ferr
	}
	m.judge()
	if ferr := m.accepted(context.WithoutCancel(ctx)); err == nil {
		err = ferr
	}
	if ferr := m.finish(); err == nil {
		err = ferr
	}
	m.r.Batch = m.batch.ID()
	return m.r, err
}

// backupBefore has the workbook copied before the batch changes it, if there is
// anything in it that a batch could harm: records, or a roster, which no undo
// brings back. A copy that is thrown away needs none.
func (d *Desk) backupBefore(ctx context.Context, b *store.Batch) error {
	if d.trial {
		return nil
	}
	known, err := d.wb.KnownRounds(ctx)
	if err != nil {
		return err
	}
	roster, err := d.Roster()
	if err != nil {
		return err
	}
	if len(known) > 0 || roster != nil {
		b.BackupInto(d.backups())
	}
	return nil
}

// backups is the folder of the copies that are made without being asked for.
func (d *Desk) backups() string { return filepath.Join(filepath.Dir(d.Path()), "backup") }

// merger is one merge under way.
type merger struct {
	d     *Desk
	ctx   context.Context
	r     *MergeReport
	batch *store.Batch
	root  string
	ranks map[string]map[string]RankRow // before: round → unit
	trust *inspection.Trust             // after all is in; nil until it is asked
	who   *inspection.Roster

	salvaging time.Duration // spent on looking into refused files
}

// file takes one proven file.
func (m *merger) file(f *proven) error {
	switch {
	case errors.Is(f.refusal, context.Canceled):
		return f.refusal
	case f.refusal != nil:
		return m.refuse(f, nil, f.refusal)
	case f.roster != nil:
		return m.takeRoster(f)
	case f.known != nil:
		return m.again(f)
	}
	m.r.Skipped = append(m.r.Skipped, f.skipped...)
	rec := store.Received{FileName: filepath.Base(f.src.name), FileHash: f.src.hash, File: f.data}
	var taken []member
	for _, x := range f.members {
		if x.err != nil {
			if err := m.refuse(f, &x, x.err); err != nil {
				return err
			}
			continue
		}
		taken = append(taken, x)
		if x.record != nil {
			m.remember(x.record.Node.Case.Round)
			rec.Records = append(rec.Records, *x.record)
		} else {
			m.remember(x.act.Node.Case.Round)
			rec.Acts = append(rec.Acts, *x.act)
		}
	}
	if len(taken) == 0 {
		return nil
	}
	out, err := m.batch.Add(m.ctx, rec)
	if err != nil {
		if m.ctx.Err() != nil {
			return m.ctx.Err()
		}
		for _, x := range taken {
			if err := m.refuse(f, &x, err); err != nil {
				return err
			}
		}
		return nil
	}
	isNew := map[string]bool{}
	for _, it := range out.Items {
		isNew[it.Hash] = isNew[it.Hash] || it.New()
	}
	carries := signersOf(taken)
	for _, x := range taken {
		m.r.Results = append(m.r.Results, m.outcome(x, isNew, carries))
	}
	return nil
}

// again is a file whose very bytes are here already.
func (m *merger) again(f *proven) error {
	o := outcomeOf(f.src.name, f.known)
	keys, err := m.d.wb.SignersIn(m.ctx, f.src.hash, o.SHA256)
	if err != nil {
		return err
	}
	o.carries = map[string]bool{}
	for _, spki := range keys {
		o.carries[spki] = true
	}
	m.r.Results = append(m.r.Results, o)
	return nil
}

// signersOf are the keys that signed each record of a file, in whichever copies:
// a pack may bring several, each with a signature that the others lack.
func signersOf(members []member) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, x := range members {
		if x.record == nil {
			continue
		}
		if out[x.record.Hash] == nil {
			out[x.record.Hash] = map[string]bool{}
		}
		for _, s := range x.record.Signatures {
			out[x.record.Hash][s.SPKI] = true
		}
	}
	return out
}

// remember notes the ranking of a round before anything changes it.
func (m *merger) remember(round string) {
	if m.ranks[round] != nil {
		return
	}
	m.ranks[round] = map[string]RankRow{}
	rows, err := m.d.Rank(round, "")
	if err != nil {
		return // movement is not shown then
	}
	for _, r := range rows {
		m.ranks[round][r.Unit.Code] = r
	}
}

func (m *merger) outcome(x member, isNew map[string]bool, carries map[string]map[string]bool) FileOutcome {
	o := FileOutcome{File: x.name}
	if x.act != nil {
		o.SHA256, o.Unit, o.Round, o.Key = x.act.Hash, x.act.Node.Case.Unit, x.act.Node.Case.Round, x.act.Node.Case
		o.ActKind, o.signer, o.carries = x.act.Node.Kind, x.act.Node.Signer, map[string]bool{x.act.Node.Signer: true}
	} else {
		o = outcomeOf(x.name, &x.record.Node)
		o.carries = carries[o.SHA256]
	}
	o.isNew = isNew[o.SHA256]
	isNew[o.SHA256] = false // the same record twice in one pack: the second adds nothing
	return o
}

// outcomeOf names the record that a file holds; what it did is judged later.
func outcomeOf(file string, n *inspection.Node) FileOutcome {
	o := FileOutcome{File: file, SHA256: n.Hash, Unit: n.Case.Unit, Round: n.Case.Round, Revision: n.Revision, Key: n.Case,
		UnitName: n.UnitName, Value: n.Value, Band: n.Band, signer: n.Signer}
	if len(n.Inspectors) > 0 {
		o.Inspector = n.Inspectors[0]
	}
	return o
}

func (m *merger) takeRoster(f *proven) error {
	isNew, err := m.d.putRoster(m.ctx, f.roster, f.data, m.batch.PutRoster)
	if err != nil {
		return m.refuse(f, nil, err)
	}
	o := FileOutcome{File: f.src.name, Outcome: Identical, SHA256: f.roster.Hash}
	if isNew {
		o.Outcome, o.Reason = Merged, i18n.T("名册第 %d 版", f.roster.Roster.Version)
	} else if now, err := m.d.Roster(); err != nil {
		return err
	} else if sent := f.roster.Roster.Version; now != nil && sent < now.Version {
		o.Reason = OlderRoster(sent, now.Version)
	}
	m.r.Results = append(m.r.Results, o)
	return nil
}

// finish writes the totals into the log, in one line.
func (m *merger) finish() error {
	r := *m.r
	r.Results, r.Skipped = []FileOutcome{}, []string{}
	summary, err := canon.Encode(r)
	if err != nil {
		return err
	}
	return m.batch.Finish(m.ctx, summary)
}
