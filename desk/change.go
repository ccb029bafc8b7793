package desk

import (
	"context"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/store"
)

func (in *Inspector) step(rec *inspection.Record, change string) (store.Step, error) {
	b, err := canon.Encode(rec)
	if err != nil {
		return store.Step{}, err
	}
	return store.Step{JSON: b, Change: change, Summary: in.summary(rec).String()}, nil
}

// change does one change on a copy, saves it, and only then shows it. A change
// that alters nothing is not saved. When the disk refuses, the change stays in
// memory, Unsaved says why, and the next change or Retry saves both.
func (in *Inspector) change(what string, edit func(*inspection.Record) error) error {
	next := clone(in.rec)
	if err := edit(next); err != nil {
		return err
	}
	in.tidy(next)
	before, err := in.step(in.rec, "")
	if err != nil {
		return err
	}
	step, err := in.step(next, what)
	if err != nil {
		return err
	}
	if string(before.JSON) == string(step.JSON) {
		return nil
	}
	in.rec, in.sheet, in.result = next, nil, nil
	if !in.trying {
		in.save(step)
	}
	return nil
}

// save commits a step, or keeps it in memory with the reason.
func (in *Inspector) save(step store.Step) {
	ctx := context.Background()
	err := in.d.putHeld(ctx)
	if err == nil {
		err = in.d.wb.SaveDraft(ctx, in.rec.ID, step)
	}
	if err != nil {
		in.unsaved = i18n.E("没有存进工作簿：%s。改动还在内存里，请检查磁盘后再存，先不要关闭程序", err)
		return
	}
	in.unsaved = nil
	in.undo, in.redo, in.saved = step.Change, "", in.d.clock()
}

// Unsaved says why the last change is in memory only; nil when all is on disk.
func (in *Inspector) Unsaved() error { return in.unsaved }

// Retry saves what is in memory only.
func (in *Inspector) Retry() error {
	if in.unsaved == nil {
		return nil
	}
	step, err := in.step(in.rec, i18n.T("补存的改动"))
	if err != nil {
		return err
	}
	in.save(step)
	return in.unsaved
}

// Try is the same draft for trying out: its changes move the score and are
// never saved. Undo and sealing belong to the real one.
func (in *Inspector) Try() *Inspector {
	x := *in
	x.rec, x.sheet, x.result, x.trying, x.undo, x.redo, x.unsaved = clone(in.rec), nil, nil, true, "", "", nil
	return &x
}

// Trying tells a draft for trying out.
func (in *Inspector) Trying() bool { return in.trying }

// tidy drops evidence that nothing refers to any more.
func (in *Inspector) tidy(r *inspection.Record) {
	used := usedEvidence(r)
	var kept []inspection.EvidenceRef
	for _, e := range r.Evidence {
		if used[e.SHA256] {
			kept = append(kept, e)
		}
	}
	r.Evidence = kept
}

// usedEvidence are the hashes that the entries of a record refer to.
func usedEvidence(r *inspection.Record) map[string]bool {
	used := map[string]bool{}
	for _, e := range r.Entries {
		for _, h := range e.Evidence {
			used[h] = true
		}
		for _, f := range e.Findings {
			for _, h := range f.Evidence {
				used[h] = true
			}
		}
	}
	return used
}

// Saved is the time of the last commit, as a clock shows it; "" before any.
func (in *Inspector) Saved() string {
	if in.saved.IsZero() {
		return ""
	}
	return in.saved.Local().Format("15:04")
}

// CanUndo and CanRedo tell whether there is a change to take back or to bring
// again.
func (in *Inspector) CanUndo() bool { return in.undo != "" }

// CanRedo tells whether an undone change can come again.
func (in *Inspector) CanRedo() bool { return in.redo != "" }

// NextUndo and NextRedo name the changes that Undo and Redo would do, "" for
// none. The change of an indicator begins with its code.
func (in *Inspector) NextUndo() string { return in.undo }

// NextRedo is described with NextUndo.
func (in *Inspector) NextRedo() string { return in.redo }

// Undo takes the last change back and says which; "" when there is none.
func (in *Inspector) Undo() (string, error) {
	if err := in.Retry(); err != nil {
		return "", err
	}
	if !in.CanUndo() {
		return "", nil
	}
	what := in.undo
	ctx := context.Background()
	draft, err := in.d.wb.UndoDraft(ctx, in.rec.ID)
	if err != nil {
		return "", err
	}
	return i18n.T("已撤销：%s", what), in.take(ctx, draft)
}

// Redo brings the last undone change again and says which.
func (in *Inspector) Redo() (string, error) {
	if err := in.Retry(); err != nil {
		return "", err
	}
	if !in.CanRedo() {
		return "", nil
	}
	what := in.redo
	ctx := context.Background()
	draft, err := in.d.wb.RedoDraft(ctx, in.rec.ID)
	if err != nil {
		return "", err
	}
	return i18n.T("已重做：%s", what), in.take(ctx, draft)
}
