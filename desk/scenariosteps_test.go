package desk

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"xunping/inspection"
)

// stands wants the open work of August to be this, as kind and state.
func (c *cycle) stands(want ...string) {
	c.Helper()
	list, err := c.bureau.OpenWork("2019-08")
	must(c.T, err)
	var got []string
	for _, x := range list {
		got = append(got, string(x.Kind)+"/"+x.State)
	}
	if !slices.Equal(got, want) {
		c.Errorf("open is %v, want %v", got, want)
	}
}

// sendBack: a sheet goes back to its team, which sees until when it is wanted; the
// team's own inspectors correct and sign it, and the bureau sees what changed.
func (c *cycle) sendBack() {
	c.Helper()
	d := c.bureau
	unit, hash, code, f := c.ofTheTeam()
	back := c.out("return.zip")
	c.did(d.SendBack(c.Context(), ReturnEntry{Record: hash, Items: map[string]inspection.ActItem{code: {Text: "照片不清", Until: "2019-09-03"}}}, c.key, back))
	c.stands("return/out")
	_, err := c.team.Merge(c.Context(), []string{back}, false, nil)
	must(c.T, err)
	rows, err := c.team.UnitList("2019-08")
	must(c.T, err)
	at := slices.IndexFunc(rows, func(r UnitRow) bool { return r.Unit.Code == unit })
	if at < 0 || rows[at].State != Returned || rows[at].Wanted != "2019-09-03" {
		c.Errorf("on the laptop the unit is %+v", rows[max(at, 0)])
	}
	if list, err := c.team.WantedAgain("2019-08", unit); err != nil || len(list) != 1 || list[0].Indicator != code || list[0].Text != "照片不清" || list[0].Until != "2019-09-03" {
		c.Errorf("wanted again is %+v, %v", list, err)
	}
	in, err := c.team.Correct("2019-08", unit)
	must(c.T, err)
	must(c.T, in.EditFinding(code, f.ID, func(x *inspection.Finding) { x.Note = "照片已补" }))
	must(c.T, in.SetReason(code, "退回后补正"))
	out := c.out("again.pdf")
	_, err = in.sealWith(c.Context(), c.inspects, c.identity("inspector-2"), out)
	must(c.T, err)
	c.take(out)
	c.stands()
	list, err := d.Returns("2019-08")
	must(c.T, err)
	if len(list) != 1 || list[0].Again == "" || strings.Join(list[0].Changed, "") != code || len(list[0].Changes) != 1 {
		c.Fatalf("the returns are %+v", list)
	}
	x := list[0].Changes[0]
	was := slices.IndexFunc(x.Was.Findings, func(y inspection.Finding) bool { return y.ID == f.ID })
	is := slices.IndexFunc(x.Is.Findings, func(y inspection.Finding) bool { return y.ID == f.ID })
	if x.Title == "" || !x.Asked || x.Was.Findings[was].Note == "照片已补" || x.Is.Findings[is].Note != "照片已补" {
		c.Errorf("the change is %+v", x)
	}
	if v, _ := d.caseOf(c.Context(), "2019-08", unit); v.State != inspection.CaseResult || len(v.Provisional) > 0 {
		c.Errorf("after it came back the case is %+v", v)
	}
}

// ofTheTeam is a faulty unit whose sheet the inspector at hand signed.
func (c *cycle) ofTheTeam() (unit, hash, code string, f inspection.Finding) {
	c.Helper()
	for n := range len(c.units) {
		unit, hash, code, f = c.faultyAfter(n)
		if _, rec := c.head(unit); rec.Signer == c.inspects.SPKI() && rec.Revision == 1 && n > 1 {
			return
		}
	}
	c.Fatal("no unit is of the team")
	return
}

// answered: the unit fills in the form, and the bureau takes it with its evidence.
func (c *cycle) answered(notice string) {
	c.Helper()
	dir := c.T.TempDir()
	form := filepath.Join(dir, "答复表.xlsx")
	must(c.T, c.bureau.WriteAnswerForm(notice, form))
	fillForm(c.T, form, map[string]any{"G2": "已完成一半", "H2": "2019-09-19", "I2": "割接报告.pdf"})
	must(c.T, os.WriteFile(filepath.Join(dir, "割接报告.pdf"), []byte("%PDF-1.4 report"), 0o600))
	f, err := c.bureau.ReadAnswerForm(form, "")
	must(c.T, err)
	c.did(c.bureau.EnterAnswer(c.Context(), f, "2019-09-20", inspection.Person{Name: "联络员"}, c.key, c.out("answer.zip")))
	if i := item(c.T, c.bureau, notice); i.Answer == nil || i.Answer.Measure != "已完成一半" || len(i.Answer.Evidence) != 1 {
		c.Errorf("answered as %+v", i.Answer)
	}
}

// archived: August goes into the archive with all its papers, signed, and is proven
// without the workbook.
func (c *cycle) archived() {
	c.Helper()
	dir := filepath.Join(c.T.TempDir(), "archive")
	done, err := c.bureau.Archive(c.Context(), Archiving{Round: "2019-08", Dir: dir, Retention: "永久", Signer: c.key}, nil)
	must(c.T, err)
	r, err := CheckArchive(c.Context(), dir, done.Root, nil)
	must(c.T, err)
	records, err := c.bureau.wb.Revisions(c.Context(), "2019-08", "")
	must(c.T, err)
	acts, err := c.bureau.Acts("2019-08")
	must(c.T, err)
	if len(r.Problems)+len(r.Uncounted) > 0 || !r.Signed || r.Cards != len(records) || r.Acts < len(acts) {
		c.Errorf("of %d records and %d acts the archive says %+v", len(records), len(acts), r)
	}
	for name, n := range map[string]int{"复核意见.pdf": 1, "整改通知单.pdf": 1, "通报.pdf": 2, "呈批单.pdf": 2} {
		if found, _ := filepath.Glob(filepath.Join(dir, archiveActs, "*", name)); len(found) != n {
			c.Errorf("the archive has %d of %s, want %d", len(found), name, n)
		}
	}
	report, err := os.ReadFile(filepath.Join(dir, archiveReport))
	must(c.T, err)
	if !strings.HasSuffix(string(report), "归档时未办结的事项\n没有\n") {
		c.Errorf("the report ends in %q", string(report[max(0, len(report)-200):]))
	}
}
