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
		if m.before == "" {
			continue
		}
		leads, err := m.leads()
		if err != nil {
			return err
		}
		for _, l := range leads[u.Code] {
			if err := m.recordWith(l.Record); err != nil {
				return err
			}
		}
	}
	return nil
}

// leads of the round before are collected once.
func (m *taskMaker) leads() (map[string][]Lead, error) {
	if m.leadsOf == nil {
		var err error
		if m.leadsOf, err = m.d.Leads(m.before); err != nil {
			return nil, err
		}
	}
	return m.leadsOf, nil
}

func (m *taskMaker) notice(i RectifyItem) error {
	if slices.Contains(m.task.Acts, i.Notice) {
		return nil
	}
	s, err := m.d.actSet(m.ctx, store.ActFilter{Round: i.Case.Round, Unit: i.Case.Unit})
	if err != nil {
		return err
	}
	hashes := []string{i.Notice}
	for _, x := range followUps(s, i.Notice) {
		hashes = append(hashes, x.Hash)
	}
	for _, h := range hashes {
		if err := m.object(h, ".act.json", h+".act.json.p7s"); err != nil {
			return err
		}
		m.task.Acts = append(m.task.Acts, h)
	}
	return m.recordWith(i.Record)
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
