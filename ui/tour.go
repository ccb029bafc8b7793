package ui

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/ui/look"
	"xunping/ui/model"
)

// tourPause lets the window draw before a picture is taken.
const tourPause = 700 * time.Millisecond

// tourist walks the real program through one inspection and keeps a picture of
// each screen: open a unit, mark an absence, enter findings with note and
// photo, see the score move, seal, merge, rank, write the ledger.
type tourist struct {
	s    *shell
	dir  string // for pictures and files
	demo string // the demonstration's folder
	n    int
	unit string
	pass string
}

func (s *shell) tour(dir string) error {
	t := &tourist{s: s, dir: dir, demo: filepath.Dir(s.options.Workbook), unit: "450100"}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	if err := t.prepare(); err != nil {
		return err
	}
	s.showFirst()
	result := s.walk(t.steps(), tourPause)
	s.win.ShowAndRun()
	if err := result(); err != nil {
		return err
	}
	return s.close()
}

// prepare makes a fresh workbook with the demonstration's roster, round and
// keys, so that the walk begins where an inspector begins.
func (t *tourist) prepare() error {
	rounds, err := t.s.desk.Rounds()
	if err != nil || len(rounds) == 0 {
		return fmt.Errorf("the demonstration has no round: %w", err)
	}
	path := filepath.Join(t.dir, "tour.xpb")
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		_ = os.Remove(path + suffix)
	}
	d, err := desk.Create(path, desk.CreateOptions{})
	if err != nil {
		return err
	}
	if err := d.Close(); err != nil {
		return err
	}
	if err := t.s.open(path); err != nil {
		return err
	}
	roster, err := os.ReadFile(filepath.Join(t.demo, "roster.zip"))
	if err != nil {
		return err
	}
	root, err := os.ReadFile(filepath.Join(t.demo, "root.sha256"))
	if err != nil {
		return err
	}
	if _, err := t.s.desk.ImportRoster(roster, strings.TrimSpace(string(root))); err != nil {
		return err
	}
	if err := t.s.desk.PutRound(rounds[0]); err != nil {
		return err
	}
	return t.keys()
}

func (t *tourist) keys() error {
	pass, err := os.ReadFile(filepath.Join(t.demo, "keys", "passphrase.txt"))
	if err != nil {
		return err
	}
	t.pass = strings.TrimSpace(string(pass))
	files, err := filepath.Glob(filepath.Join(t.demo, "keys", "*.p12"))
	if err != nil {
		return err
	}
	for _, f := range files {
		if strings.Contains(filepath.Base(f), "root") {
			continue
		}
		if _, err := t.s.desk.AddKey(f, t.pass); err != nil {
			return err
		}
	}
	return nil
}

func (t *tourist) shoot(name string) error {
	if t.dir == "" { // a test takes no pictures
		return nil
	}
	t.n++
	path := filepath.Join(t.dir, fmt.Sprintf("%02d-%s.png", t.n, name))
	// The window's own capture is black where buffers were swapped, so the
	// screen is asked: a command that takes the file's name.
	args := append(strings.Fields(os.Getenv("XUNPING_SHOT")), path)
	if len(args) == 1 {
		return fmt.Errorf("XUNPING_SHOT names no command that takes a picture of the screen")
	}
	if out, err := exec.Command(args[0], args[1:]...).CombinedOutput(); err != nil {
		return fmt.Errorf("picture %s: %w: %s", name, err, out)
	}
	return nil
}

func (t *tourist) shot(name string) func() error { return func() error { return t.shoot(name) } }

func (t *tourist) walkView() *walkView { v, _ := t.s.screen.(*walkView); return v }

func (t *tourist) steps() []func() error {
	return slices.Concat([]func() error{
		func() error { t.s.goTo(placeInspect); return nil }, t.shot("units"),
		func() error { t.s.inspect(t.unit); return nil }, t.shot("unit-open"),
		t.absence, t.shot("absence"),
		t.findings, t.shot("findings"),
		t.photo, t.shot("photo"),
		func() error { t.walkView().entry.showEvidence(t.walkView().in.Record().Evidence[0].SHA256); return nil }, t.shot("evidence"), t.closeDialog,
		t.items, t.shot("items"), t.closeDialog,
		t.days, t.shot("working-days"), t.closeDialog,
		func() error { t.walkView().stockPhrases(); return nil }, t.shot("phrases"), t.closeDialog,
		func() error { t.walkView().try(); return nil }, t.shot("trying"), func() error { t.walkView().try(); return nil },
		t.join, t.shot("join"), t.closeDialog,
		func() error { t.walkView().explain(); return nil }, t.shot("derivation"), t.closeDialog,
		func() error { t.walkView().seal(); return nil }, t.shot("gate"), t.closeDialog,
		t.complete, t.shot("complete"),
		func() error { t.walkView().seal(); return nil }, t.wait, t.wait, t.wait, t.shot("pages"), t.closeDialog,
		t.seal, t.shot("sealed"), t.closeDialog,
		func() error { t.s.showMyWork(); return nil }, t.shot("my-work"), t.closeDialog,
		t.history, t.shot("history"), t.closeDialog,
		t.stage, t.shot("staging"),
		t.apply, t.shot("merged"),
		func() error { t.bureau().choose("conflicts"); return nil }, t.shot("conflicts"),
		t.settle, t.shot("settle"), t.settleAbsent, t.shot("settle-absent"), t.closeDialog, func() error { t.s.goTo(placeBureau); return nil },
	}, t.bureauSteps(), []func() error{
		t.ledger,
	}, t.afterSteps(), t.publishSteps(), t.rubricSteps(), t.keySteps(), []func() error{
		func() error { t.s.goTo(placeSettings); return nil }, t.shot("settings"),
		func() error { t.s.showKeys(); return nil }, t.shot("keys"), t.closeDialog,
		t.dark, t.shot("dark"),
	})
}

// wait gives the page engine a second to start.
func (t *tourist) wait() error { time.Sleep(time.Second); return nil }

func (t *tourist) closeDialog() error {
	if top := t.s.win.Canvas().Overlays().Top(); top != nil {
		t.s.win.Canvas().Overlays().Remove(top)
	}
	return nil
}

func (t *tourist) absence() error {
	v := t.walkView()
	err := v.in.SetAbsence("A1", inspection.Absence{Letter: "南数函〔2019〕12号", Date: "2019-07-01", Reason: i18n.T("没有非涉密业务专网")})
	v.open("A1")
	return err
}

func (t *tourist) findings() error {
	v := t.walkView()
	fifteen, ten := 15*scoring.One, 10*scoring.One
	for _, do := range []func() error{
		func() error { return v.in.SetCount("A2", "A2-2", 3*scoring.One) },
		func() error { return v.in.Toggle("A2", "A2-1", true) },
		func() error {
			return v.in.EditFinding("A2", "f1", func(f *inspection.Finding) { f.Note = "三个系统没有提出迁移上云申请" })
		},
		func() error {
			return v.in.SetMeasure("A2", "A2-m1", inspection.Measure{Done: &ten, Total: &fifteen, AsOf: "2019-07-31", Source: "site"})
		},
		func() error {
			return v.in.SetNote("A2", "现场查看自建机房，15 个系统中有 5 个没有迁移。")
		},
	} {
		if err := do(); err != nil {
			return err
		}
	}
	v.open("A2")
	return nil
}

// photo adds a generated picture, as an inspector would add one of a room.
func (t *tourist) photo() error {
	img := image.NewRGBA(image.Rect(0, 0, 800, 500))
	for y := range 500 {
		for x := range 800 {
			shade := uint8(90 + 60*((x/50+y/50)%2))
			img.Set(x, y, color.RGBA{shade, shade, uint8(120 + y/5), 255})
		}
	}
	path := filepath.Join(t.dir, "machine-room.png")
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	err = png.Encode(f, img)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		t.walkView().takeFiles("A2", "f1", []string{path})
	}
	return err
}

// complete checks everything else and names visit and people.
func (t *tourist) complete() error {
	v := t.walkView()
	ten := 10 * scoring.One
	for i := range v.in.Compiled().Engine.Len() {
		ind := v.in.Compiled().Engine.Indicator(i)
		if s := v.in.Record().Entries[ind.Code].State; s != "" && s != scoring.Unchecked {
			continue
		}
		for _, m := range ind.Measures {
			err := v.in.SetMeasure(ind.Code, m.Code, inspection.Measure{Done: &ten, Total: &ten, AsOf: "2019-07-31", Completed: "2019-07-20", Source: "platform"})
			if err != nil {
				return err
			}
		}
		if err := v.in.SetState(ind.Code, scoring.Checked); err != nil {
			return err
		}
	}
	if err := v.in.SetVisit(inspection.Visit{From: "2019-08-06T09:00:00+08:00", To: "2019-08-06T17:30:00+08:00", Place: "单位会议室", Method: "site"}); err != nil {
		return err
	}
	keys, err := t.inspectors()
	if err != nil {
		return err
	}
	p := inspection.People{UnitHead: inspection.Person{Name: "负责人（示例）"}, Liaison: inspection.Person{Name: "联络员（示例）"}}
	for _, k := range keys[:2] {
		p.Inspectors = append(p.Inspectors, inspection.Person{Name: k.Name, Number: k.Number, Org: k.Org})
	}
	err = v.in.SetPeople(p)
	v.rebuild()
	return err
}

// inspectors are the keys with role inspector.
func (t *tourist) inspectors() ([]desk.KeyInfo, error) {
	keys, err := t.s.desk.Keys()
	if err != nil {
		return nil, err
	}
	var out []desk.KeyInfo
	for _, k := range keys {
		if model.Contains(k.Roles, string(inspection.RoleInspector)) {
			out = append(out, k)
		}
	}
	if len(out) < 2 {
		return nil, fmt.Errorf("the demonstration has %d inspectors' keys", len(out))
	}
	return out, nil
}

func (t *tourist) seal() error {
	keys, err := t.inspectors()
	if err != nil {
		return err
	}
	sealed, err := t.walkView().in.Seal(context.Background(), desk.SealRequest{Key: keys[0], Passphrase: t.pass, CoKey: &keys[1], CoPassphrase: t.pass,
		Out: filepath.Join(t.dir, "sealed.pdf")})
	if err == nil {
		t.s.showSealed(sealed)
	}
	return err
}

func (t *tourist) bureau() *bureauView { v, _ := t.s.screen.(*bureauView); return v }

// mergeNow merges on the window's goroutine: the walk goes on when it is done.
func (t *tourist) mergeNow(dry bool) error {
	v := t.bureau()
	paths := []string{filepath.Join(t.demo, "sealed")}
	report, err := t.s.desk.Merge(context.Background(), paths, dry, nil)
	if err != nil {
		return err
	}
	v.paths, v.staging = paths, model.NewStaging(report)
	v.staging.Applied = !dry
	if err := v.load(); err != nil {
		return err
	}
	v.refresh()
	return nil
}

func (t *tourist) stage() error {
	if err := t.closeDialog(); err != nil {
		return err
	}
	t.s.goTo(placeBureau)
	t.bureau().choose("files")
	return t.mergeNow(true)
}

func (t *tourist) apply() error {
	if err := t.mergeNow(false); err != nil {
		return err
	}
	t.s.goTo(placeBureau)
	t.bureau().choose("files")
	return t.mergeNow(true)
}

func (t *tourist) ledger() error {
	return t.s.desk.WriteLedger(context.Background(), t.s.round.Code, filepath.Join(t.dir, "ledger.xlsx"), nil)
}

// dark shows the walk-through in the dark mode.
func (t *tourist) dark() error {
	t.s.theme = &look.Theme{Mode: look.Dark, Scale: 1}
	t.s.app.Settings().SetTheme(t.s.theme)
	t.s.build()
	t.s.goTo(placeInspect)
	return nil
}
