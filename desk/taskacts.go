package desk

import (
	"slices"

	"xunping/inspection"
	"xunping/store"
)

// acts are what the next visit begins with: notices that are still open with all
// that followed them and the records they are about, and the records in which
// another unit's team found something for which this one answers.
func (m *taskMaker) acts() error {
	for _, u := range m.task.Units {
		open, err := m.d.OpenItems(u.Code)
		if err != nil {
			return err
		}
		for _, i := range open {
			if err := m.notice(i); err != nil {
				return err
			}
		}
		if err := m.sentBack(u.Code); err != nil {
			return err
		}
		leads, err := m.leads.open(m.task.Round.Code, u.Code)
		if err != nil {
			return err
		}
		for _, l := range leads {
			if err := m.recordWith(l.Record); err != nil {
				return err
			}
		}
	}
	return nil
}

func (m *taskMaker) notice(i RectifyItem) error {
	s, err := m.d.actSet(m.ctx, store.ActFilter{Round: i.Case.Round, Unit: i.Case.Unit})
	if err != nil {
		return err
	}
	hashes := s.line(i.Notice) // what it replaces is followed up, too
	for _, x := range followUps(s, i.Notice) {
		hashes = append(hashes, x.Hash)
	}
	for _, h := range hashes {
		if err := m.act(h); err != nil {
			return err
		}
	}
	return m.recordWith(i.Record)
}

// sentBack packs what the bureau sent back in this round and what has not come back.
func (m *taskMaker) sentBack(unit string) error {
	list, err := m.d.returnsOf(m.ctx, store.ActFilter{Round: m.task.Round.Code, Unit: unit, Kind: inspection.ActReturn})
	if err != nil {
		return err
	}
	for _, r := range list {
		if r.Again != "" {
			continue
		}
		if err := m.act(r.Hash); err != nil {
			return err
		}
		if err := m.recordWith(r.Record); err != nil {
			return err
		}
	}
	return nil
}

// act packs an act once.
func (m *taskMaker) act(hash string) error {
	if slices.Contains(m.task.Acts, hash) {
		return nil
	}
	if err := m.object(hash, ".act.json", hash+".act.json.p7s"); err != nil {
		return err
	}
	m.task.Acts = append(m.task.Acts, hash)
	return nil
}

// recordWith packs a record, without its evidence, and its rubric.
func (m *taskMaker) recordWith(hash string) error {
	if slices.Contains(m.task.Records, hash) {
		return nil
	}
	rec, err := m.d.record(m.ctx, hash)
	if err != nil {
		return notFoundIsFine(err)
	}
	return m.pack(rec, hash)
}

func (m *taskMaker) pack(rec *inspection.Record, hash string) error {
	if err := m.object(hash, ".inspection.json", hash+"."+rec.Signer+".p7s"); err != nil {
		return err
	}
	rubric, err := m.d.wb.Rubric(m.ctx, rec.Rubric.SHA256)
	if err != nil {
		return err
	}
	m.files[rec.Rubric.SHA256+".rubric.json"] = rubric
	m.task.Records = append(m.task.Records, hash)
	return nil
}
