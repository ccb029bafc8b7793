// Package desk holds the jobs people do, without a screen: inspect a unit,
// seal a record, receive files, rank, write the ledger. It joins store, seal
// and report, which do not know each other. The window and the terminal both
// call it, so that every job exists once.
//
// A Desk is an open workbook. Inspector is one draft being worked on. Long
// jobs take a context and report their progress from one goroutine.
package desk

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"

	"xunping/assets/rubrics"
	"xunping/assets/units"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
	"xunping/store"
)

// Progress is told how much of a job is done. It may be nil.
type Progress func(done, total int, what string)

func (p Progress) report(done, total int, what string) {
	if p != nil {
		p(done, total, what)
	}
}

// Desk is an open workbook with everything needed to work on it.
type Desk struct {
	wb    *store.Workbook
	clock func() time.Time
	newID func() string
	trial bool // a copy for a dry run, thrown away afterwards
	group int  // files of a merge that are committed together; 0 for the usual number

	opener *seal.Identity // opens encrypted files, nil for none
	vault  Vault

	mu       sync.Mutex
	compiled map[string]*inspection.Compiled
	settings map[string]string
	held     map[string]gatheredFile // evidence that the disk refused, by hash
}

// CreateOptions say what a new workbook is for.
type CreateOptions struct {
	Org   string
	Kind  string // bureau or inspector: what screens show first
	Empty bool   // without the unit list that comes with the program
}

// Open opens a workbook.
func Open(path string) (*Desk, error) {
	wb, err := store.Open(path)
	if err != nil {
		return nil, err
	}
	return newDesk(wb, nil), nil
}

// Create makes a workbook with the rubrics and the units that come with the
// program.
func Create(path string, o CreateOptions) (*Desk, error) {
	return create(path, o, nil)
}

func create(path string, o CreateOptions, clock func() time.Time) (*Desk, error) {
	wb, err := store.Create(path, store.CreateOptions{Org: o.Org, Options: store.Options{Clock: clock}})
	if err != nil {
		return nil, err
	}
	d := newDesk(wb, clock)
	ctx := context.Background()
	for _, b := range rubrics.List() {
		c, err := inspection.Compile(b.JSON)
		if err == nil {
			_, err = wb.PutRubric(ctx, c.JSON)
		}
		if err != nil {
			_ = wb.Close()
			return nil, fmt.Errorf("put rubric %s: %w", b.Code, err)
		}
	}
	if !o.Empty {
		err = d.putUnits(builtinUnits())
	}
	if err == nil && o.Kind != "" {
		err = d.SetSetting("kind", o.Kind)
	}
	if err != nil {
		_ = wb.Close()
		return nil, err
	}
	return d, nil
}

func builtinUnits() []inspection.Unit {
	var list []inspection.Unit
	for _, u := range units.Builtin() {
		list = append(list, inspection.Unit{Code: u.Code, Name: u.Name, Kind: u.Kind})
	}
	return list
}

func newDesk(wb *store.Workbook, clock func() time.Time) *Desk {
	if clock == nil {
		clock = time.Now
	}
	return &Desk{wb: wb, clock: clock, newID: newUUID, vault: systemVault{}, compiled: map[string]*inspection.Compiled{}, settings: map[string]string{}}
}

func newUUID() string { return uuid.Must(uuid.NewV7()).String() }

// Close closes the workbook.
func (d *Desk) Close() error { return d.wb.Close() }

// Now is the time by the desk's clock.
func (d *Desk) Now() time.Time { return d.clock() }

// Path is the workbook's file.
func (d *Desk) Path() string { return d.wb.Path() }

// Setting is a remembered setting of this machine, or fallback.
func (d *Desk) Setting(key, fallback string) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, ok := d.settings[key]
	if !ok {
		var err error
		if v, err = d.wb.Setting(context.Background(), "ui."+key); err != nil {
			v = ""
		}
		d.settings[key] = v
	}
	if v == "" {
		return fallback
	}
	return v
}

// SetSetting remembers a setting.
func (d *Desk) SetSetting(key, value string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.settings[key] == value {
		return nil
	}
	if err := d.wb.SetSetting(context.Background(), "ui."+key, value); err != nil {
		return err
	}
	d.settings[key] = value
	return nil
}

// Compiled is a rubric of the workbook, ready for use.
func (d *Desk) Compiled(hash string) (*inspection.Compiled, error) {
	d.mu.Lock()
	c := d.compiled[hash]
	d.mu.Unlock()
	if c != nil {
		return c, nil
	}
	b, err := d.wb.Rubric(context.Background(), hash)
	if err != nil {
		return nil, err
	}
	if c, err = inspection.Compile(b); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.compiled[hash] = c
	return c, nil
}

// RubricInfo names a rubric of the workbook.
type RubricInfo struct {
	Code         string `json:"code"`
	Version      string `json:"version"`
	Title        string `json:"title"`
	Hash         string `json:"sha256"`
	Illustrative bool   `json:"illustrative"`
	Archived     bool   `json:"archived,omitempty"` // not offered for new rounds any more
	Basis        string `json:"basis,omitempty"`    // number of the document
	From         string `json:"from,omitempty"`     // days it is meant for
	To           string `json:"to,omitempty"`
	Came         bool   `json:"came,omitempty"` // with a record or a draft of others: not published here, not offered
}

// Rubrics are the rubrics of the workbook.
func (d *Desk) Rubrics() ([]RubricInfo, error) {
	rows, err := d.wb.Rubrics(context.Background())
	if err != nil {
		return nil, err
	}
	archived, err := d.wb.Settings(context.Background(), settingArchived)
	if err != nil {
		return nil, err
	}
	came, err := d.wb.Settings(context.Background(), store.RubricCame)
	if err != nil {
		return nil, err
	}
	var out []RubricInfo
	for _, r := range rows {
		c, err := d.Compiled(r.Hash)
		if err != nil {
			return nil, err
		}
		info := rubricInfo(c)
		info.Archived, info.Came = archived[settingArchived+r.Hash] != "", came[store.RubricCame+r.Hash] != ""
		out = append(out, info)
	}
	return out, nil
}

func illustrative(c *inspection.Compiled) bool {
	return c.Rubric.PointsStatus != "official" || c.Rubric.RulesStatus != "official"
}

// Log is the last n lines of the append-only log, oldest first.
func (d *Desk) Log(n int) ([]store.LogLine, error) {
	return d.wb.Log(context.Background(), int64(-n), n)
}

// Digest is the hash over everything that counts, of one round or of all.
func (d *Desk) Digest(round string) (string, error) { return d.wb.Digest(context.Background(), round) }

// Backup writes a verified copy of the workbook.
func (d *Desk) Backup(path string) error { return d.wb.Backup(context.Background(), path) }

// Check proves the whole workbook.
func (d *Desk) Check() (store.CheckReport, error) { return d.wb.Check(context.Background()) }

func hashOf(b []byte) string { return canon.Hash(b) }
