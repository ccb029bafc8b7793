package desk

import (
	"context"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
)

// blockers finds what stands against a publication on the day it is made.
func (d *Desk) blockers(s *Snapshot, r FreezeRequest, rows []RankRow, acts *actSet, changes []ListChange) error {
	add := func(kind string, u inspection.Unit, hard bool, text string) {
		s.Blockers = append(s.Blockers, Blocker{Kind: kind, Unit: u, Text: text, Hard: hard})
	}
	why := func(detail string) { s.Blockers[len(s.Blockers)-1].Detail = detail }
	for i := range rows {
		row := &rows[i]
		switch {
		case row.State == "":
			add(BlockMissing, row.Unit, false, i18n.T("%s 没有交", row.Unit.Name))
		case row.State == inspection.CaseConflict:
			add(BlockConflict, row.Unit, false, i18n.T("%s 有冲突", row.Unit.Name))
		case row.State == inspection.CaseNone:
			add(BlockMissing, row.Unit, false, i18n.T("%s 的记录都在隔离区", row.Unit.Name))
			why(inQuarantine)
		case len(row.Provisional) > 0:
			add(BlockProvisional, row.Unit, false, i18n.T("%s 是暂定结果（%s）", row.Unit.Name, provisionalWords(row.Provisional)))
			why(strings.Join(reasonCodes(row.Provisional), ","))
		}
	}
	for i := range changes {
		if c := &changes[i]; c.Pending() {
			add(BlockListChange, c.Unit, true, i18n.T("%s 的榜单调整还没有审批", c.Unit.Name))
		}
	}
	open, err := d.openObjections(acts, s.Act.Case, add)
	if err != nil {
		return err
	}
	return d.openWindows(s, r.Round, rows, acts, open, add)
}

// reasonCodes are reasons as the format names them.
func reasonCodes(list []inspection.Reason) []string {
	out := make([]string, len(list))
	for i, r := range list {
		out[i] = string(r)
	}
	return out
}

type adder func(kind string, u inspection.Unit, hard bool, text string)

func (d *Desk) openObjections(acts *actSet, key inspection.CaseKey, add adder) (map[string]bool, error) {
	open := map[string]bool{}
	for _, x := range acts.of(inspection.ActObjection) {
		if c := x.Act.Case; c.Rubric != key.Rubric || c.Trial != key.Trial {
			continue
		}
		o, err := d.objection(context.Background(), acts, x)
		if err != nil {
			return nil, err
		}
		switch o.State {
		case ObjectionOpen:
			add(BlockObjection, o.Unit, false, i18n.T("%s 的异议还没有裁定", o.Unit.Name))
		case ObjectionChange:
			add(BlockObjection, o.Unit, false, i18n.T("%s 的异议已裁定改分，还没有签发更正", o.Unit.Name))
		default:
			continue
		}
		open[o.Unit.Code] = true
	}
	return open, nil
}

// openWindows asks of each result, where the round has a limit, whether it was
// served and whether the unit's days are over. A revision that the bureau made
// after service opens no new window: it answers what the unit said.
func (d *Desk) openWindows(s *Snapshot, round string, rows []RankRow, acts *actSet, objected map[string]bool, add adder) error {
	limit, err := d.ObjectionLimit(round)
	if err != nil {
		return err
	}
	if s.NoLimit = limit.Days == 0; s.NoLimit {
		return nil
	}
	byUnit := map[string]Service{}
	for _, x := range services(acts) {
		key := x.Act.Case
		if key.Rubric != s.Act.Case.Rubric || key.Trial != s.Act.Case.Trial {
			continue
		}
		if old, known := byUnit[key.Unit]; !known || x.Served > old.Served {
			byUnit[key.Unit] = x
		}
	}
	today := d.Today()
	for i := range rows {
		u := rows[i].Unit
		if rows[i].State != inspection.CaseResult || objected[u.Code] {
			continue
		}
		x, served := byUnit[u.Code]
		switch {
		case !served:
			add(BlockUnserved, u, false, i18n.T("%s 的评分表还没有登记送达", u.Name))
		case x.Until == "" || x.Until >= today: // served before the limit was set: reckoned now
			until := x.Until
			if until == "" {
				if until, err = d.lastDay(context.Background(), round, x.Served); err != nil {
					return err
				}
			}
			if until >= today {
				add(BlockWindow, u, false, i18n.T("%s 的异议期到 %s 才满", u.Name, until))
			}
		}
	}
	return nil
}

// Today is the day by the desk's clock.
func (d *Desk) Today() string { return d.clock().Format(time.DateOnly) }
