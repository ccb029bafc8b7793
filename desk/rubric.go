package desk

import (
	"bytes"
	"errors"
	"io/fs"
	"strings"

	"xunping/assets/i18n"
	"xunping/assets/rubrics"
	"xunping/inspection"
)

// AllRubrics are the rubrics of the workbook (nil for none) and those that come
// with the program.
func AllRubrics(d *Desk) ([]RubricInfo, error) {
	var out []RubricInfo
	seen := map[string]bool{}
	if d != nil {
		list, err := d.Rubrics()
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			seen[r.Hash] = true
			out = append(out, r)
		}
	}
	for _, b := range rubrics.List() {
		c, err := inspection.Compile(b.JSON)
		if err != nil {
			return nil, err
		}
		if !seen[c.Hash] {
			out = append(out, rubricInfo(c))
		}
	}
	return out, nil
}

func rubricInfo(c *inspection.Compiled) RubricInfo {
	return RubricInfo{Code: c.Rubric.Code, Version: c.Rubric.Version, Title: c.Rubric.Title, Hash: c.Hash, Illustrative: illustrative(c),
		Basis: c.Rubric.Basis, From: c.Rubric.Effective.From, To: c.Rubric.Effective.To}
}

// FindRubric finds the rubric of a record: the file or the code that a person
// names, else one that comes with the program or lies in the workbook (nil for
// none) under the hash.
func FindRubric(d *Desk, name, hash string) (*inspection.Compiled, error) {
	if name != "" {
		if c, err := d.rubricNamed(name); c != nil || err != nil {
			return c, err
		}
		if b, ok := rubrics.Get(name); ok {
			return inspection.Compile(b.JSON)
		}
		if c := builtInUnder(name); c != nil {
			return c, nil
		}
		b, err := ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, i18n.E("没有代码、哈希或草稿编号是“%s”的指标体系，也没有这个文件", name, err)
		}
		if err != nil {
			return nil, err
		}
		if !bytes.HasPrefix(b, []byte("PK")) {
			return inspection.Compile(b)
		}
		c, problems, err := OpenRubricBook(name)
		if len(problems) > 0 {
			return nil, i18n.E("表格有 %d 处错误，没有改动：%s", len(problems), "\n"+ProblemText(problems))
		}
		return c, err
	}
	if c := builtInUnder(hash); c != nil {
		return c, nil
	}
	if d != nil {
		c, err := d.Compiled(hash)
		if !isNotFound(err) {
			return c, err
		}
	}
	return nil, i18n.E("找不到记录所用的指标体系 %s，请用 --rubric 给出", hash)
}

// builtInUnder is the rubric that comes with the program under a hash, or nil.
func builtInUnder(hash string) *inspection.Compiled {
	for _, b := range rubrics.List() {
		if c, err := inspection.Compile(b.JSON); err == nil && c.Hash == hash {
			return c
		}
	}
	return nil
}

// rubricNamed finds a rubric of the workbook by its hash or its code; nil where
// there is none, an error where the code has several versions.
func (d *Desk) rubricNamed(name string) (*inspection.Compiled, error) {
	if d == nil {
		return nil, nil
	}
	list, err := d.Rubrics()
	if err != nil {
		return nil, err
	}
	found, several := "", ""
	for _, r := range list {
		switch {
		case r.Hash == name:
			return d.Compiled(name)
		case r.Archived || r.Came:
		case r.Code == name && found != "":
			several += "\n" + i18n.T("第 %s 版　%s", r.Version, r.Hash)
		case r.Code == name:
			found, several = r.Hash, i18n.T("第 %s 版　%s", r.Version, r.Hash)
		}
	}
	if strings.Contains(several, "\n") {
		return nil, i18n.E("代码 %s 有几个版本，请写哈希：%s", name, "\n"+several)
	}
	if found == "" {
		return nil, nil
	}
	return d.Compiled(found)
}
