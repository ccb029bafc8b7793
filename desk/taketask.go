package desk

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
	"xunping/store"
)

// TaskPath is the file of a team's task pack in a folder.
func TaskPath(dir, round, team string) string {
	name := round
	if team != "" {
		name += "-" + team
	}
	return filepath.Join(dir, fileName(name+i18n.T("任务包"))+".zip")
}

// TaskPlan is an opened and proven task pack before anything of it is taken.
type TaskPlan struct {
	TaskInfo
	Task *inspection.Task
	From string // who signed it, by the roster

	path   string
	data   []byte
	pack   *seal.Pack
	roster *seal.SignedRoster
}

// PlanTask opens a task pack and proves it, without changing anything. root is
// the fingerprint that a person confirmed, "" for the one pinned before: without
// either nobody can tell who signed the pack.
func (d *Desk) PlanTask(path, root string) (*TaskPlan, error) {
	t := &TaskPlan{path: path}
	var err error
	if t.data, err = ReadFile(path); err != nil {
		return nil, err
	}
	if t.pack, err = seal.OpenPack(t.data); err != nil {
		return nil, err
	}
	if t.pack.Kind != seal.PackTask {
		return nil, i18n.E("这不是任务包。评分表和其他包请在“汇总”里接收，交接包用“合入交接包”")
	}
	if err := d.proveTask(t, root); err != nil {
		return nil, err
	}
	if t.Task, err = inspection.ReadTask(t.pack.File(seal.TaskName)); err != nil {
		return nil, err
	}
	if err := t.complete(); err != nil {
		return nil, err
	}
	t.TaskInfo, t.File = infoOf(t.Task, t.roster.Roster.Version), path
	return t, d.fitsRound(t)
}

// TaskRoot is the fingerprint of the root that signed the roster in a task pack,
// to be compared with one that a person knows. It proves nothing by itself.
func TaskRoot(path string) (string, error) {
	b, err := ReadFile(path)
	if err != nil {
		return "", err
	}
	z, err := seal.OpenPack(b)
	if err != nil {
		return "", err
	}
	s, err := seal.ProveRoster(z.File(seal.RosterName), z.File(seal.RosterName+".p7s"), "")
	if err != nil {
		return "", err
	}
	return seal.Fingerprint(s.Root), nil
}

// Ungroup reads a fingerprint as a person types or pastes it: in groups, in any
// case, with the colons of other programs.
func Ungroup(text string) (string, error) {
	hash := strings.ToLower(strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ':' || unicode.IsSpace(r) }), ""))
	if !canon.IsHash(hash) {
		return "", i18n.E("根指纹是 64 个十六进制数字，不是“%s”", text)
	}
	return hash, nil
}

// proveTask proves the roster against the confirmed root and the signer of the
// pack against the newest roster.
func (d *Desk) proveTask(t *TaskPlan, root string) error {
	var err error
	t.roster, err = d.underRoot(root, func(root string) (*seal.SignedRoster, error) {
		return seal.ProveRoster(t.pack.File(seal.RosterName), t.pack.File(seal.RosterName+".p7s"), root)
	})
	if err != nil {
		return err
	}
	roster := t.roster.Roster
	if here, err := d.Roster(); err != nil {
		return err
	} else if here != nil && here.Version > roster.Version {
		roster = here
	}
	e := roster.Entry(seal.SPKI(t.pack.Signer))
	if !e.Has(inspection.RoleBureau) || e.Revoked != nil {
		return i18n.E("任务包不是汇总单位签发的：签名人 %s 在名册里没有这个角色，或已吊销。没有改动", seal.Holder(t.pack.Signer).Name)
	}
	t.From = e.Name
	return nil
}

// complete tells whether the pack holds what the task names, and nothing else.
func (t *TaskPlan) complete() error {
	wanted := map[string]bool{seal.TaskName: true, seal.RosterName: true, seal.RosterName + ".p7s": true}
	need := func(name string) error {
		if wanted[name] = true; !t.pack.Has(name) {
			return i18n.E("任务包里缺少 %s，没有改动", name)
		}
		return nil
	}
	for _, h := range slices.Concat(t.Task.Letters, t.Task.Acts) {
		if err := need(h + ".act.json"); err != nil {
			return err
		}
		wanted[h+".act.json.p7s"] = true
	}
	for _, h := range t.Task.Records {
		if err := need(h + ".inspection.json"); err != nil {
			return err
		}
	}
	if err := need(t.Task.Rubric.SHA256 + ".rubric.json"); err != nil {
		return err
	}
	for _, name := range t.pack.Names() {
		hash, rest, _ := strings.Cut(name, ".")
		signature := strings.HasSuffix(rest, ".p7s") && wanted[hash+".inspection.json"]
		rubric := rest == "rubric.json" && canon.Hash(t.pack.File(name)) == hash
		if !wanted[name] && !signature && !rubric {
			return i18n.E("任务包里有任务没有写的文件 %s，没有改动", name)
		}
	}
	c, err := inspection.Compile(t.pack.File(t.Task.Rubric.SHA256 + ".rubric.json"))
	if err != nil {
		return err
	}
	if c.Hash != t.Task.Rubric.SHA256 || c.Rubric.Code != t.Task.Rubric.Code {
		return i18n.E("任务包里的指标体系与任务写的不符，没有改动")
	}
	return t.measuresOf(c)
}

// measuresOf tells whether the rubric has the measures of the figures.
func (t *TaskPlan) measuresOf(c *inspection.Compiled) error {
	known := map[string]bool{}
	for i := range c.Engine.Len() {
		for _, m := range c.Engine.Indicator(i).Measures {
			known[m.Code] = true
		}
	}
	for _, f := range t.Task.Figures {
		if !known[f.Measure] {
			return i18n.E("任务包里的平台数据写了指标体系没有的完成情况 %s，没有改动", f.Measure)
		}
	}
	return nil
}

// fitsRound refuses a task whose rubric is not that of drafts begun here, and
// names units that have work here but are not in the task: they stay.
func (d *Desk) fitsRound(t *TaskPlan) error {
	ctx := context.Background()
	drafts, err := d.wb.Drafts(ctx, t.Task.Round.Code)
	if err != nil {
		return err
	}
	old, err := d.Round(t.Task.Round.Code)
	if err != nil && !isNotFound(err) {
		return err
	}
	if len(drafts) > 0 && old.RubricHash != "" && (old.RubricHash != t.Task.Rubric.SHA256 || old.Trial != t.Task.Round.Trial) {
		return i18n.E("这台电脑上本轮的草稿用的是另一版指标体系或另一种性质（试评、正式），任务包没有收下。请先签发、交接或删除这些草稿")
	}
	made, err := d.wb.Revisions(ctx, t.Task.Round.Code, "")
	if err != nil {
		return err
	}
	listed := map[string]bool{}
	for _, u := range t.Task.Units {
		listed[u.Code] = true
	}
	keep := func(unit string) {
		if !listed[unit] && !slices.Contains(t.Kept, unit) {
			t.Kept = append(t.Kept, unit)
		}
	}
	for _, x := range drafts {
		keep(x.Unit)
	}
	plan, err := d.Plan(t.Task.Round.Code)
	if err != nil {
		return err
	}
	for _, team := range plan.Teams { // somebody who is in two teams has two packs
		for _, u := range team.Units {
			if t.Task.Team != "" && team.Name != t.Task.Team {
				keep(u)
			}
		}
	}
	for _, o := range made {
		if o.Batch == 0 {
			keep(o.Node.Case.Unit)
		}
	}
	slices.Sort(t.Kept)
	return nil
}

// TakeTask takes an opened task pack: roster, rubric, units, the round with what
// the bureau set, figures, letters and last round's results. Drafts stay as they
// are.
func (d *Desk) TakeTask(ctx context.Context, t *TaskPlan) error {
	known := func(hash string) []byte { return t.pack.File(hash + ".rubric.json") }
	in := store.Received{FileName: filepath.Base(t.path), FileHash: hashOf(t.data), File: t.data}
	signatures := signaturesBeside(t.pack)
	for _, name := range t.pack.Names() {
		m, ok := packMember(t.pack, name, signatures, known)
		switch {
		case !ok:
		case m.err != nil:
			return i18n.E("任务包里的 %s 不合格，没有收下任何内容：%s", name, m.err)
		case m.record != nil:
			in.Records = append(in.Records, *m.record)
		default:
			in.Acts = append(in.Acts, *m.act)
		}
	}
	if _, err := d.takeRoster(ctx, t.roster, nil); err != nil {
		return err
	}
	if _, err := d.wb.PutRubric(ctx, known(t.Task.Rubric.SHA256)); err != nil {
		return err
	}
	if err := d.takeRound(t); err != nil {
		return err
	}
	return d.takeObjects(ctx, t, in)
}

func (d *Desk) takeRound(t *TaskPlan) error {
	var units []UnitInfo
	r := RoundInfo{Round: t.Task.Round, RubricHash: t.Task.Rubric.SHA256}
	for _, u := range t.Task.Units {
		units = append(units, UnitInfo{Unit: inspection.Unit{Code: u.Code, Name: u.Name, Kind: u.Kind}, Liaison: u.Liaison, Phone: u.Phone})
		r.Units = append(r.Units, u.Code)
	}
	r.Units = append(r.Units, t.Kept...)
	if err := d.wb.PutUnits(context.Background(), unitRows(units)); err != nil {
		return err
	}
	if err := d.PutRound(r); err != nil {
		return err
	}
	plan := Plan{Told: t.Task.Told}
	if old, err := d.Plan(r.Code); err == nil && t.Task.Team != "" {
		for _, team := range old.Teams {
			if team.Name != t.Task.Team {
				plan = plan.With(team.Name, team.Units...)
			}
		}
	}
	if t.Task.Team != "" {
		plan = plan.With(t.Task.Team, r.Units[:len(t.Task.Units)]...)
	}
	if err := d.PutPlan(r.Code, plan); err != nil {
		return err
	}
	hidden := ""
	if !plan.Told {
		hidden = "1"
	}
	if err := d.SetSetting("hidden", hidden); err != nil {
		return err
	}
	return d.putFigures(r.Code, t.Task.Figures, nil)
}

// takeObjects adds letters and records in one batch, which undo takes back.
func (d *Desk) takeObjects(ctx context.Context, t *TaskPlan, in store.Received) error {
	n := len(in.Records) + len(in.Acts)
	if n == 0 {
		return nil
	}
	b := d.wb.BeginBatch("task", i18n.T("任务包 %s %s", t.Task.Round.Code, t.Task.Team))
	out, err := b.Add(ctx, in)
	if err != nil {
		return err
	}
	r := MergeReport{Files: n, Skipped: []string{}, Results: []FileOutcome{}}
	for _, x := range out.Items {
		if x.New() {
			r.Merged++
		} else {
			r.Identical++
		}
	}
	summary, err := canon.Encode(r)
	if err != nil {
		return err
	}
	return b.Finish(ctx, summary)
}
