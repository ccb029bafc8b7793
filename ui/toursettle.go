package ui

import (
	"fmt"

	"xunping/assets/i18n"
	"xunping/ui/model"
)

// settle opens the first conflict side by side and settles two indicators: one
// by a head, one by the findings of both.
func (t *tourist) settle() error {
	list, err := t.s.desk.Conflicts(t.s.round.Code)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return fmt.Errorf("the demonstration has no conflict")
	}
	t.s.openConflict(list[0].Unit.Code)
	v, ok := t.s.screen.(*conflictView)
	if !ok {
		return fmt.Errorf("the conflict did not open")
	}
	rows := v.m.Rows()
	for i := range min(len(rows), 2) {
		if err := v.m.Choose(rows[i].Code, model.Pick{Take: i % 2, Reason: i18n.T("照片与来文相符")}); err != nil {
			return err
		}
	}
	v.refresh()
	return nil
}

// settleAbsent asks for the letter of what neither team found absent.
func (t *tourist) settleAbsent() error {
	v, ok := t.s.screen.(*conflictView)
	if !ok {
		return fmt.Errorf("the conflict is not open")
	}
	for _, r := range v.m.Rows() {
		if r.Absence != nil && len(r.Absence.Conditions) > 0 {
			v.askAbsent(r, i18n.T("来文证明没有该项"))
			return nil
		}
	}
	return nil
}
