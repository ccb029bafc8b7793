package ui

import (
	"context"
	"fmt"
	"path/filepath"

	"xunping/desk"
	"xunping/inspection"
)

// items lists what is behind a measure.
func (t *tourist) items() error {
	v := t.walkView()
	var list []inspection.Item
	for i, name := range []string{"人事管理系统", "财务管理系统", "公文流转系统", "行政审批系统"} {
		state := inspection.ItemDone
		if i > 1 {
			state = inspection.ItemOpen
		}
		list = append(list, inspection.Item{Code: desk.NextItem(list), Name: name, Level: "市级", State: state})
	}
	if err := v.in.SetItems("A2", "A2-m1", list); err != nil {
		return err
	}
	v.rebuild()
	v.entry.editItems(&v.entry.ind.Measures[0])
	return nil
}

// days counts working days of the first step that has a limit.
func (t *tourist) days() error {
	e := t.walkView().entry
	for _, f := range e.ind.Guide.Flows {
		for _, s := range f.Steps {
			if s.Days != nil {
				e.countDays(s)
				return nil
			}
		}
	}
	return fmt.Errorf("no step with a limit")
}

// join shows a hand-over pack of this very draft against a changed one.
func (t *tourist) join() error {
	v, pack := t.walkView(), filepath.Join(t.dir, "handover.zip")
	if err := t.s.desk.HandOver(context.Background(), t.s.round.Code, []string{t.unit}, "", "", pack); err != nil {
		return err
	}
	if err := v.in.SetNote("A2", "现场复核后改写的说明"); err != nil {
		return err
	}
	j, err := t.s.desk.PlanJoin(pack)
	if err == nil {
		t.s.showJoin(j)
	}
	return err
}

// history shows what was sealed for the unit.
func (t *tourist) history() error {
	rows, err := t.s.desk.UnitList(t.s.round.Code)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if r.Unit.Code == t.unit {
			t.s.showHistory(r)
		}
	}
	return nil
}
