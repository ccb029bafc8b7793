package desk

import (
	"context"
	"slices"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// TaskInfo says what a task pack holds.
type TaskInfo struct {
	File    string   `json:"file"`
	Round   string   `json:"round"`
	Team    string   `json:"team"`
	Units   int      `json:"units"`
	Figures int      `json:"figures"`
	Letters int      `json:"letters"`
	Records int      `json:"records"` // of the round before, and those that open items and leads are about
	Acts    int      `json:"acts"`    // of rectification, still open
	Roster  int      `json:"roster"`  // version
	Kept    []string `json:"kept"`    // units that were on this machine and have work
}

// ExportTask packs all that a team needs for a round: units, rubric, roster,
// letters, platform figures, last round's results. It is signed by a key of the
// bureau. team "" is everybody.
func (d *Desk) ExportTask(ctx context.Context, round, team, keyPath, passphrase, out string) (TaskInfo, error) {
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return TaskInfo{}, err
	}
	return d.exportTask(ctx, round, team, id, out)
}

// ExportTasks writes a task pack for each team of the plan into a folder, or one
// for everybody where there is no team.
func (d *Desk) ExportTasks(ctx context.Context, round, keyPath, passphrase, dir string, p Progress) ([]TaskInfo, error) {
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return nil, err
	}
	plan, err := d.Plan(round)
	if err != nil {
		return nil, err
	}
	teams := []string{""}
	for i, t := range plan.Teams {
		if i == 0 {
			teams = nil
		}
		teams = append(teams, t.Name)
	}
	var list []TaskInfo
	for i, team := range teams {
		p.report(i, len(teams), team)
		if err := ctx.Err(); err != nil {
			return list, err
		}
		info, err := d.exportTask(ctx, round, team, id, TaskPath(dir, round, team))
		if err != nil {
			return list, err
		}
		list = append(list, info)
	}
	return list, nil
}

func (d *Desk) exportTask(ctx context.Context, round, team string, id seal.Signer, out string) (TaskInfo, error) {
	roster, err := d.wb.Roster(ctx)
	if err != nil {
		return TaskInfo{}, err
	}
	if roster == nil || !roster.Roster.Entry(id.SPKI()).Has(inspection.RoleBureau) {
		return TaskInfo{}, i18n.E("任务包要用汇总单位（bureau）的密钥签发；%s 没有这个角色，没有写文件", seal.Holder(id.Certificate()).Name)
	}
	m := &taskMaker{d: d, ctx: ctx, files: map[string][]byte{seal.RosterName: roster.Canonical, seal.RosterName + ".p7s": roster.P7S}}
	if err := m.begin(round, team); err != nil {
		return TaskInfo{}, err
	}
	for _, step := range []func() error{m.figures, m.letters, m.records, m.acts} {
		if err := step(); err != nil {
			return TaskInfo{}, err
		}
	}
	raw, _, err := m.task.Canonical()
	if err != nil {
		return TaskInfo{}, err
	}
	if _, err := inspection.ReadTask(raw); err != nil {
		return TaskInfo{}, err
	}
	m.files[seal.TaskName] = raw
	pack, err := seal.WritePack(seal.PackTask, m.files, id, d.clock().Truncate(time.Second))
	if err != nil {
		return TaskInfo{}, err
	}
	if len(pack) > maxFile {
		return TaskInfo{}, i18n.E("任务包有 %d MiB，超过上限 %d MiB。请把单位分成几个组", len(pack)>>20, maxFile>>20)
	}
	info := infoOf(&m.task, roster.Version)
	info.File = out
	return info, writeFile(out, pack)
}

func infoOf(t *inspection.Task, roster int) TaskInfo {
	return TaskInfo{Round: t.Round.Code, Team: t.Team, Units: len(t.Units), Figures: len(t.Figures), Letters: len(t.Letters), Records: len(t.Records), Acts: len(t.Acts),
		Roster: roster, Kept: []string{}}
}

// taskMaker collects a task.
type taskMaker struct {
	d      *Desk
	ctx    context.Context
	task   inspection.Task
	files  map[string][]byte
	before string // the round before
	leads  *leadBook
}

func (m *taskMaker) begin(round, team string) error {
	r, err := m.d.Round(round)
	if err != nil {
		return err
	}
	plan, err := m.d.Plan(round)
	if err != nil {
		return err
	}
	units, err := m.d.roundUnits(r)
	if err != nil {
		return err
	}
	c, err := m.d.Compiled(r.RubricHash)
	if err != nil {
		return err
	}
	m.before, m.leads = m.d.previousRound(round), m.d.newLeadBook()
	m.files[r.RubricHash+".rubric.json"] = c.JSON
	m.task = inspection.Task{Format: inspection.TaskFormat, Made: m.d.clock().Truncate(time.Second).Format(time.RFC3339), Team: team, Told: plan.Told,
		Round: r.Round, Rubric: inspection.RubricRef{Code: c.Rubric.Code, SHA256: c.Hash},
		Figures: []inspection.Figure{}, Letters: []string{}, Records: []string{}}
	known := slices.ContainsFunc(plan.Teams, func(t Team) bool { return t.Name == team })
	if team != "" && !known {
		return i18n.E("轮次 %s 没有检查组“%s”", round, team)
	}
	for _, u := range units {
		if team == "" || plan.TeamOf(u.Code) == team {
			m.task.Units = append(m.task.Units, inspection.TaskUnit{Code: u.Code, Name: u.Name, Kind: u.Kind, Liaison: u.Liaison, Phone: u.Phone})
		}
	}
	if len(m.task.Units) == 0 {
		return i18n.E("这个组在本轮没有单位，没有写任务包")
	}
	return nil
}

func (m *taskMaker) figures() error {
	for _, u := range m.task.Units {
		list, err := m.d.figuresOf(m.task.Round.Code, u.Code)
		if err != nil {
			return err
		}
		m.task.Figures = append(m.task.Figures, list...)
	}
	return nil
}

// letters are those of the units that were decided, of any round: a letter is
// valid beyond the month in which it came.
func (m *taskMaker) letters() error {
	for _, u := range m.task.Units {
		acts, err := m.d.wb.Acts(m.ctx, store.ActFilter{Unit: u.Code, Kind: inspection.ActLetter})
		if err != nil {
			return err
		}
		for _, a := range acts {
			if a.Standing != "" || slices.Contains(m.task.Letters, a.Hash) {
				continue
			}
			if err := m.object(a.Hash, ".act.json", a.Hash+".act.json.p7s"); err != nil {
				return err
			}
			m.task.Letters = append(m.task.Letters, a.Hash)
		}
	}
	return nil
}

// records are the results of the round before, without their evidence.
func (m *taskMaker) records() error {
	if m.before == "" {
		return nil
	}
	for _, u := range m.task.Units {
		rec, hash := m.d.lastRecord(m.before, u.Code)
		if rec == nil {
			continue
		}
		if err := m.pack(rec, hash); err != nil {
			return err
		}
	}
	return nil
}

// object packs a record or an act with the signature of who made it.
func (m *taskMaker) object(hash, suffix, signature string) error {
	b, err := m.d.wb.Record(m.ctx, hash)
	if err != nil {
		return err
	}
	sigs, err := m.d.wb.Signatures(m.ctx, hash)
	if err != nil {
		return err
	}
	for _, s := range sigs {
		if (s.Field == inspection.FieldInspector || s.Field == store.FieldAct) && len(s.P7S) > 0 {
			m.files[hash+suffix], m.files[signature] = b, s.P7S
			return nil
		}
	}
	return i18n.E("记录 %s 的签名不在工作簿里，没有写任务包", seal.Short(hash))
}
