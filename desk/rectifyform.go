package desk

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/seal"
)

// The columns of the answer form 整改答复表, in their order. The first two say
// which notice and which item a row is about; the unit fills in the last three.
var answerHeads = []string{"通知代码", "编号", "指标", "问题", "怎样算完成", "期限", "整改措施", "完成日期", "佐证文件"}

// WriteAnswerForm writes the form in which a unit answers a notice, a row for each
// item, with what was answered before.
func (d *Desk) WriteAnswerForm(notice, path string) error {
	items, err := d.NoticeItems(notice)
	if err != nil {
		return err
	}
	if len(items) == 0 {
		return i18n.E("工作簿里没有整改通知 %s", short8(notice))
	}
	var rows [][]any
	for _, i := range items {
		if !i.Open() {
			continue // nothing is asked any more
		}
		row := []any{notice, FindingKey(i.Indicator, i.Finding.ID), i.Indicator + " " + i.Title, findingWords(&i), i.Require, i.Due, "", "", ""}
		if i.Answer != nil {
			row[6], row[7] = i.Answer.Measure, i.Answer.Done
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return i18n.E("这份通知的各条都已销号，没有要答复的")
	}
	var b bytes.Buffer
	if err := report.WriteTable(&b, i18n.T("整改答复"), answerHeads, rows); err != nil {
		return err
	}
	return writeFile(path, b.Bytes())
}

// findingWords say what was found, by the record.
func findingWords(i *RectifyItem) string {
	words := i.Finding.Note
	if i.RuleText != "" {
		words = strings.TrimSuffix(i.RuleText+"；"+words, "；")
	}
	if words == "" {
		words = i.Finding.Clause
	}
	return words
}

// AnswerForm is a filled form, read and checked, not signed yet.
type AnswerForm struct {
	Step  RectifyStep
	Items []RectifyItem // of the notice
	Files []string      // names of the evidence
}

// Limits of a form.
const (
	maxAnswerText  = 2000 // characters of a measure
	maxAnswerFiles = 50   // in one form
)

// ReadAnswerForm reads a filled form strictly: each error is named by its cell.
// Evidence is looked for by name in the folder dir ("" is that of the form). A row
// without measure and date is not answered yet and is left out.
func (d *Desk) ReadAnswerForm(path, dir string) (*AnswerForm, error) {
	b, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	rows, err := tableOf(path, b)
	if err != nil {
		return nil, err
	}
	if dir == "" {
		dir = filepath.Dir(path)
	}
	r := &answerReader{table: headed(rows), dir: dir, files: map[string][]byte{}, wrong: cellErrors{what: i18n.T("整改答复表")}}
	r.notice, r.key = r.col("通知代码"), r.col("编号")
	r.measure, r.done, r.evidence = r.col("整改措施"), r.col("完成日期"), r.col("佐证文件")
	if r.notice < 0 || r.key < 0 || r.measure < 0 || r.done < 0 || r.evidence < 0 || len(r.rows) == 0 {
		return nil, i18n.E("这不是整改答复表：第一行要有“通知代码”“编号”“整改措施”“完成日期”“佐证文件”；没有改动")
	}
	f := &AnswerForm{Step: RectifyStep{Notice: r.at(0, r.notice), Date: d.Today(), Items: map[string]inspection.ActItem{}}}
	if f.Items, err = d.NoticeItems(f.Step.Notice); err != nil || len(f.Items) == 0 {
		return nil, i18n.E("A2 的整改通知“%s”不在工作簿里；没有改动", f.Step.Notice, err)
	}
	known := map[string]*RectifyItem{}
	for k := range f.Items {
		i := &f.Items[k]
		known[FindingKey(i.Indicator, i.Finding.ID)] = i
	}
	for n := range r.rows {
		r.row(n, f, known)
	}
	if err := r.wrong.err(); err != nil {
		return nil, err
	}
	if len(f.Step.Items) == 0 {
		return nil, i18n.E("答复表里没有填写任何一条，或与上次相同；没有改动")
	}
	for _, h := range sortedKeys(r.files) {
		f.Step.Scans = append(f.Step.Scans, r.files[h])
	}
	f.Step.Scans = append(f.Step.Scans, b) // the form itself goes with the act
	return f, nil
}

// answerReader is a form while it is read.
type answerReader struct {
	table
	dir                                  string
	files                                map[string][]byte // evidence by hash
	notice, key, measure, done, evidence int
	wrong                                cellErrors
}

func (r *answerReader) row(n int, f *AnswerForm, known map[string]*RectifyItem) {
	row := n + r.first
	key, measure, done, evidence := r.at(n, r.key), r.at(n, r.measure), r.at(n, r.done), r.at(n, r.evidence)
	if measure == "" && done == "" && evidence == "" {
		return
	}
	if r.at(n, r.notice) != f.Step.Notice {
		r.wrong.add(r.notice, row, i18n.T("通知代码与第一行不同"))
	}
	if _, twice := f.Step.Items[key]; twice || known[key] == nil {
		r.wrong.add(r.key, row, i18n.T("编号“%s”不在通知里，或写了两次", key))
		return
	}
	if measure == "" || len([]rune(measure)) > maxAnswerText {
		r.wrong.add(r.measure, row, i18n.T("要写整改措施，不超过 %d 个字", maxAnswerText))
	}
	day, ok := dayOf(done)
	if !ok {
		r.wrong.add(r.done, row, i18n.T("“%s”不是日期，应写成 2019-08-31", done))
	}
	files := r.evidenceOf(evidence, row, f)
	if was := known[key].Answer; was != nil && evidence == "" {
		if was.Measure == measure && was.Done == day {
			return // as the form was written: not answered again
		}
		files = was.Evidence // other words for what was shown before
	}
	f.Step.Items[key] = inspection.ActItem{Text: measure, Until: day, Claim: strings.Join(files, " ")}
}

// evidenceOf reads the files that a cell names: names only, no folders, so that a
// form cannot reach what lies elsewhere.
func (r *answerReader) evidenceOf(cell string, row int, f *AnswerForm) []string {
	var hashes []string
	for _, name := range strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune("；;，,、\n", c) }) {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		if name != filepath.Base(name) || strings.ContainsAny(name, `/\`) || strings.HasPrefix(name, ".") {
			r.wrong.add(r.evidence, row, i18n.T("“%s”不是文件名", name))
			continue
		}
		if len(f.Files) == maxAnswerFiles {
			r.wrong.add(r.evidence, row, i18n.T("佐证超过 %d 个", maxAnswerFiles))
			return hashes
		}
		b, err := readFile(filepath.Join(r.dir, name), maxEvidence)
		if err != nil {
			r.wrong.add(r.evidence, row, i18n.Person(err))
			continue
		}
		f.Files = append(f.Files, name)
		h := hashOf(b)
		r.files[h] = b
		hashes = append(hashes, h)
	}
	return hashes
}

// EnterAnswer signs a filled form as the answer of the unit. by is who speaks for
// the unit, date the day it came.
func (d *Desk) EnterAnswer(ctx context.Context, f *AnswerForm, date string, by inspection.Person, id seal.Signer, out string) (string, error) {
	step := f.Step
	if date != "" {
		step.Date = date
	}
	step.By = by
	return d.AnswerRectify(ctx, step, id, out)
}
