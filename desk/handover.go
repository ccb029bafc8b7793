package desk

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
)

const draftSuffix = ".draft.json"

// HandOver packs the open drafts of units with their evidence and rubric, for a
// colleague's laptop. Without a key at hand ("" as path) the pack is signed by a
// key made for it alone and thrown away: the other side reads “unknown”.
func (d *Desk) HandOver(ctx context.Context, round string, units []string, keyPath, passphrase, out string) error {
	files := map[string][]byte{}
	for _, u := range units {
		if err := d.packDraft(ctx, round, u, files); err != nil {
			return err
		}
	}
	if len(files) == 0 {
		return i18n.E("没有选择要交接的单位")
	}
	var id *seal.Identity
	var err error
	if keyPath == "" {
		id, err = d.passing()
	} else {
		id, err = OpenKey(keyPath, passphrase)
	}
	if err != nil {
		return err
	}
	return d.writeDrafts(files, id, out)
}

func (d *Desk) writeDrafts(files map[string][]byte, id seal.Signer, out string) error {
	pack, err := seal.WritePack(seal.PackDraft, files, id, d.clock().Truncate(time.Second))
	if err != nil {
		return err
	}
	return writeFile(out, pack)
}

// passing is a key made for one pack and thrown away.
func (d *Desk) passing() (*seal.Identity, error) {
	return seal.NewIdentity(seal.Person{Name: i18n.T("未署名"), Number: "-"}, d.clock())
}

func (d *Desk) packDraft(ctx context.Context, round, unit string, files map[string][]byte) error {
	rec, err := d.openDraft(round, unit)
	if err != nil {
		return err
	}
	if rec == nil {
		return i18n.E("单位 %s 没有正在进行的检查", unit)
	}
	return d.packRecord(ctx, rec, files)
}

// SaveElsewhere writes the draft as it is in memory as a hand-over pack: for when
// the workbook's disk takes nothing any more.
func (in *Inspector) SaveElsewhere(ctx context.Context, out string) error {
	files := map[string][]byte{}
	if err := in.d.packRecord(ctx, in.rec, files); err != nil {
		return err
	}
	id, err := in.d.passing()
	if err != nil {
		return err
	}
	return in.d.writeDrafts(files, id, out)
}

// Discard throws the draft away: one begun by mistake, or a correction that is
// not needed. What was sealed stays. The draft is first written as a hand-over
// pack beside the workbook, and its path given: joining it brings it back.
func (in *Inspector) Discard(ctx context.Context) (kept string, err error) {
	if in.trying {
		return "", i18n.E("试算中没有草稿可以放弃，请先结束试算")
	}
	dir := filepath.Join(filepath.Dir(in.d.Path()), "discarded")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", i18n.E("文件夹建不起来：%s。草稿还在", dir, err)
	}
	kept = filepath.Join(dir, in.rec.Unit.Code+"-"+in.d.clock().Format("20060102-150405")+".zip")
	if err := in.SaveElsewhere(ctx, kept); err != nil {
		return "", err
	}
	return kept, in.d.wb.DropDraft(ctx, in.rec.ID)
}

// packRecord puts a draft, its rubric and its evidence into a pack.
func (d *Desk) packRecord(ctx context.Context, rec *inspection.Record, files map[string][]byte) error {
	raw, err := canon.Encode(rec)
	if err != nil {
		return err
	}
	files[rec.ID+draftSuffix] = raw
	if files[rec.Rubric.SHA256+".rubric.json"], err = d.wb.Rubric(ctx, rec.Rubric.SHA256); err != nil {
		return err
	}
	ev, err := d.evidence(ctx, rec)
	if err != nil {
		return err
	}
	for h, b := range ev {
		files[h+".bin"] = b
	}
	return nil
}

// DraftJoin is one draft of a pack against what is here.
type DraftJoin struct {
	Unit   inspection.Unit
	Round  inspection.Round
	New    bool     // there is no draft of this unit here
	Take   []string // indicators that only they checked, or only they began
	Add    []string // indicators where what they noted is added to what is here
	Clash  []Clash
	Same   []string // indicators that both found alike: notes and files are united
	Head   bool     // visit or people are written differently: what is here stays
	Theirs *inspection.Record
}

// Joining is an opened hand-over pack.
type Joining struct {
	From   string // signer by the roster, or what its certificate claims
	Known  bool   // in the roster
	Drafts []DraftJoin
	pack   *seal.Pack
}

// PlanJoin reads a hand-over pack and says what it would bring, without changing
// anything.
func (d *Desk) PlanJoin(path string) (*Joining, error) {
	b, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	z, err := seal.OpenPack(b)
	if err != nil {
		return nil, err
	}
	if z.Kind != seal.PackDraft {
		return nil, i18n.E("这不是交接包。评分表和其他包请在“汇总”里接收")
	}
	roster, err := d.Roster()
	if err != nil {
		return nil, err
	}
	j := &Joining{From: signerName(roster, seal.SPKI(z.Signer), z.Signer.Raw), Known: roster.Entry(seal.SPKI(z.Signer)) != nil, pack: z}
	for _, name := range z.Names() {
		if !strings.HasSuffix(name, draftSuffix) {
			continue
		}
		x, err := d.planDraft(z, name)
		if err != nil {
			return nil, err
		}
		j.Drafts = append(j.Drafts, x)
	}
	if len(j.Drafts) == 0 {
		return nil, i18n.E("交接包里没有草稿")
	}
	return j, nil
}

func (d *Desk) planDraft(z *seal.Pack, name string) (DraftJoin, error) {
	rec, err := inspection.ReadRecord(z.File(name))
	if err != nil {
		return DraftJoin{}, i18n.E("交接包里的 %s 不合格：%s", name, err)
	}
	if rec.IsSealed() || rec.ID+draftSuffix != name {
		return DraftJoin{}, i18n.E("交接包里的 %s 不是草稿，或名称与内容不符", name)
	}
	raw := z.File(rec.Rubric.SHA256 + ".rubric.json")
	if raw == nil {
		raw = d.rubricOf(rec.Rubric.SHA256)
	}
	c, err := inspection.Compile(raw)
	if err != nil || c.Hash != rec.Rubric.SHA256 {
		return DraftJoin{}, i18n.E("交接包里没有 %s 所用的指标体系", rec.Unit.Name, err)
	}
	for _, p := range rec.Check(c) {
		if !p.Missing {
			return DraftJoin{}, i18n.E("交接包里的 %s 不合格：%s", name, p.Err)
		}
	}
	x := DraftJoin{Unit: rec.Unit, Round: rec.Round, Theirs: rec}
	mine, err := d.openDraft(rec.Round.Code, rec.Unit.Code)
	if err != nil {
		return x, err
	}
	if mine == nil {
		x.New = true
		return x, nil
	}
	if mine.Rubric.SHA256 != rec.Rubric.SHA256 {
		return x, i18n.E("%s 在这里用的是另一版指标体系，不能合在一起", rec.Unit.Name)
	}
	return x, x.compare(c, mine)
}
