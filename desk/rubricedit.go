package desk

import (
	"context"
	"encoding/json"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/store"
)

// A rubric that is being written is the same lines that its Excel form has: one
// for each thing, each column a text. So it may be unfinished and wrong while
// somebody writes, and window and workbook are checked by the same reader.

// rubricDoc is what a draft keeps.
type rubricDoc struct {
	From     string      `json:"from"` // hash of the rubric it began as a copy of
	Settings []rubricRow `json:"settings"`
	Lines    []rubricRow `json:"lines"`
}

func (doc *rubricDoc) setting(name string) string {
	for _, r := range doc.Settings {
		if r["类型"] == lineSetting && r["代码"] == name {
			return r["值"]
		}
	}
	return ""
}

func (doc *rubricDoc) set(name, value string) {
	for _, r := range doc.Settings {
		if r["类型"] == lineSetting && r["代码"] == name {
			r["值"] = value
			return
		}
	}
	doc.Settings = append(doc.Settings, rubricRow{"类型": lineSetting, "代码": name, "名称": settingNames[name], "值": value})
}

// RubricDraftInfo is a draft in a list.
type RubricDraftInfo struct {
	ID       string    `json:"id"`
	Code     string    `json:"code"`
	Version  string    `json:"version"`
	Title    string    `json:"title"`
	From     string    `json:"from"` // hash of the rubric it is a copy of
	Problems int       `json:"problems"`
	Updated  time.Time `json:"updated"`
}

// RubricEditor changes a draft of a rubric. A change is checked at once and kept
// by Flush, which every other change does first.
type RubricEditor struct {
	d          *Desk
	id         string
	doc        rubricDoc
	undo, redo string
	unsaved    string // what was changed and is not on disk yet; "" for nothing
	cell       editedCell
	cleared    []string
	k          *rubricReader
	problems   []CellProblem
}

// editedCell is the cell that somebody is typing in.
type editedCell struct {
	setting bool
	at      int
	head    string
}

// RubricDrafts are the rubrics that are being written.
func (d *Desk) RubricDrafts() ([]RubricDraftInfo, error) {
	list, err := d.wb.RubricDrafts(context.Background(), "")
	if err != nil {
		return nil, err
	}
	out := make([]RubricDraftInfo, len(list))
	for i, x := range list {
		e, err := d.rubricEditor(x)
		if err != nil {
			return nil, err
		}
		out[i] = e.Info()
		out[i].Updated = x.Updated
	}
	return out, nil
}

// NewRubricDraft begins a draft as a copy of a rubric. Its version is the next
// that is free, its days and document are still to be written.
func (d *Desk) NewRubricDraft(c *inspection.Compiled) (*RubricEditor, error) {
	return d.draftOf(c, "from", "to", "basis") // or last year's document would make new points official
}

// draftOf begins a draft with what a rubric says, but for the settings blank.
func (d *Desk) draftOf(c *inspection.Compiled, blank ...string) (*RubricEditor, error) {
	doc := rubricDoc{From: c.Hash}
	doc.Settings, doc.Lines = rubricLines(c.Rubric)
	version, err := d.freeVersion(c.Rubric.Code, c.Rubric.Version)
	if err != nil {
		return nil, err
	}
	doc.set("version", version)
	for _, name := range blank {
		doc.set(name, "")
	}
	e := &RubricEditor{d: d, id: d.newID(), doc: doc}
	e.check()
	if err := d.beginCases(e, c.Rubric.Code, c.Hash); err != nil {
		return nil, err
	}
	return e, e.save(i18n.T("照 %s 第 %s 版起草", c.Rubric.Code, c.Rubric.Version))
}

// EditRubric opens a draft.
func (d *Desk) EditRubric(id string) (*RubricEditor, error) {
	list, err := d.wb.RubricDrafts(context.Background(), id)
	if err != nil {
		return nil, err
	}
	if id == "" || len(list) != 1 {
		return nil, i18n.E("没有指标体系草稿 %s", id, store.ErrNotFound)
	}
	return d.rubricEditor(list[0])
}

func (d *Desk) rubricEditor(x store.RubricDraft) (*RubricEditor, error) {
	e := &RubricEditor{d: d, id: x.ID, undo: x.Undo, redo: x.Redo}
	if err := json.Unmarshal(x.JSON, &e.doc); err != nil {
		return nil, i18n.E("指标体系草稿 %s 读不出来", x.ID, err)
	}
	e.check()
	return e, nil
}

func (e *RubricEditor) check() {
	e.k = readRubricLines(e.doc.Settings, e.doc.Lines)
	e.problems = append(e.k.all(), e.k.doubts()...)
}

// save makes the present document a step that can be undone.
func (e *RubricEditor) save(change string) error {
	b, err := json.Marshal(&e.doc)
	if err != nil {
		return err
	}
	if err := e.d.wb.SaveRubricDraft(context.Background(), e.id, change, b); err != nil {
		return err
	}
	e.undo, e.redo, e.unsaved = change, "", ""
	return nil
}

// Flush puts what was changed on disk.
func (e *RubricEditor) Flush() error {
	if e.unsaved == "" {
		return nil
	}
	return e.save(e.unsaved)
}

// Unsaved tells whether a change is not on disk yet.
func (e *RubricEditor) Unsaved() bool { return e.unsaved != "" }

// ID is the draft's.
func (e *RubricEditor) ID() string { return e.id }

// From is the hash of the rubric that the draft is a copy of.
func (e *RubricEditor) From() string { return e.doc.From }

// Info names the draft.
func (e *RubricEditor) Info() RubricDraftInfo {
	return RubricDraftInfo{ID: e.id, Code: e.doc.setting("code"), Version: e.doc.setting("version"), Title: e.doc.setting("title"), From: e.doc.From, Problems: len(e.problems)}
}

// Setting is a setting of the draft: version, from, to, basis …
func (e *RubricEditor) Setting(name string) string { return e.doc.setting(name) }

// Problems is everything that is wrong now, each with its line and column.
func (e *RubricEditor) Problems() []CellProblem { return e.problems }

// NextUndo and NextRedo say what would be taken back or brought again.
func (e *RubricEditor) NextUndo() string {
	if e.unsaved != "" {
		return e.unsaved
	}
	return e.undo
}

// NextRedo says what would be brought again; "" for nothing.
func (e *RubricEditor) NextRedo() string { return e.redo }

// Undo takes the last change back.
func (e *RubricEditor) Undo() error { return e.move(-1) }

// Redo brings it again.
func (e *RubricEditor) Redo() error { return e.move(1) }

func (e *RubricEditor) move(by int64) error {
	if err := e.Flush(); err != nil {
		return err
	}
	if err := e.d.wb.MoveRubricDraft(context.Background(), e.id, by); err != nil {
		return err
	}
	now, err := e.d.EditRubric(e.id)
	if err == nil {
		*e = *now
	}
	return err
}

// Discard throws the draft away.
func (e *RubricEditor) Discard() error { return e.d.wb.DropRubricDraft(context.Background(), e.id) }

// Compiled is the draft ready for use; an error while something is wrong.
func (e *RubricEditor) Compiled() (*inspection.Compiled, error) {
	if len(e.problems) > 0 {
		p := e.problems[0]
		return nil, i18n.E("指标体系草稿还有 %d 处不对，第一处在 %s %s：%s", len(e.problems), p.Sheet, p.Cell, p.Text)
	}
	b, err := rubricBytes(&e.k.r)
	if err != nil {
		return nil, err
	}
	return inspection.Compile(b)
}

// PartSum is what the indicators of a part add up to, in points.
type PartSum struct {
	Code, Title string
	Line        int
	Full, Sum   scoring.Decimal
}

// Sums are the parts with the sums of their indicators.
func (e *RubricEditor) Sums() []PartSum {
	var out []PartSum
	for i, p := range e.k.r.Parts {
		s := PartSum{Code: p.Code, Title: p.Title, Full: p.Full, Line: -1}
		for _, g := range p.Groups {
			for _, x := range g.Indicators {
				s.Sum += x.Points
			}
		}
		n := -1
		for at, l := range e.doc.Lines {
			if l["类型"] == linePart {
				if n++; n == i {
					s.Line = at
				}
			}
		}
		out = append(out, s)
	}
	return out
}
