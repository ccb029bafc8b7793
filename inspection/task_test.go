package inspection

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xunping/inspection/canon"
	"xunping/scoring"
)

func sampleTask() Task {
	return Task{Format: TaskFormat, Made: "2019-09-01T08:00:00+08:00", Team: "甲组", Told: true,
		Round:  Round{Code: "2019-09", Title: "2019年9月检查", Trial: true, Cutoff: "2019-08-31", Signers: 2, Deadlines: map[string]string{"D5-m2": "2019-10-31"}},
		Rubric: RubricRef{Code: "r", SHA256: hex64("aa")}, Units: []TaskUnit{{Code: "450100", Name: "南宁市", Kind: "city", Liaison: "某", Phone: "0"}},
		Figures: []Figure{{Unit: "450100", Measure: "A2-m1", Done: scoring.One, Total: 2 * scoring.One, AsOf: "2019-08-31"}},
		Letters: []string{hex64("bb")}, Records: []string{hex64("cc")}}
}

// A task is read as it was written, whatever is in it.
func TestTaskRoundTrip(t *testing.T) {
	word := rapid.StringMatching(`[A-Z][0-9]{1,5}`)
	rapid.Check(t, func(r *rapid.T) {
		x := sampleTask()
		x.Team = rapid.String().Draw(r, "team")
		x.Told = rapid.Bool().Draw(r, "told")
		x.Units, x.Figures = nil, []Figure{}
		for _, code := range rapid.SliceOfNDistinct(word, 1, 20, rapid.ID[string]).Draw(r, "units") {
			x.Units = append(x.Units, TaskUnit{Code: code, Name: "单位" + code, Kind: "city"})
			if rapid.Bool().Draw(r, "figure") {
				total := scoring.Decimal(rapid.Int64Range(0, 1e9).Draw(r, "total"))
				done := scoring.Decimal(rapid.Int64Range(0, int64(total)).Draw(r, "done"))
				x.Figures = append(x.Figures, Figure{Unit: code, Measure: "A1-m1", Done: done, Total: total, AsOf: "2019-08-31"})
			}
		}
		raw, hash, err := x.Canonical()
		if err != nil {
			r.Fatal(err)
		}
		back, err := ReadTask(raw)
		if err != nil {
			r.Fatal(err)
		}
		again, second, err := back.Canonical()
		if err != nil || second != hash || string(again) != string(raw) {
			r.Fatalf("%v: %s became %s", err, raw, again)
		}
	})
}

func TestTaskIsStrict(t *testing.T) {
	for name, x := range map[string]struct {
		edit func(*Task)
		says string
	}{
		"format":           {func(t *Task) { t.Format = "xunping.task/2" }, "format"},
		"no unit":          {func(t *Task) { t.Units = []TaskUnit{} }, "units"},
		"unit twice":       {func(t *Task) { t.Units = append(t.Units, t.Units[0]) }, "units[1].code"},
		"figure of nobody": {func(t *Task) { t.Figures[0].Unit = "1" }, "figures[0].unit"},
		"figure twice":     {func(t *Task) { t.Figures = append(t.Figures, t.Figures[0]) }, "figures[1].measure"},
		"more than all":    {func(t *Task) { t.Figures[0].Done = 3 * scoring.One }, "figures[0].done"},
		"no day":           {func(t *Task) { t.Figures[0].AsOf = "" }, "figures[0].as_of"},
		"31 June":          {func(t *Task) { t.Figures[0].AsOf = "2019-06-31" }, "figures[0].as_of"},
		"letter twice":     {func(t *Task) { t.Letters = append(t.Letters, t.Letters[0]) }, "letters[1]"},
		"no hash":          {func(t *Task) { t.Records[0] = "cc" }, "records[0]"},
		"deadline":         {func(t *Task) { t.Round.Deadlines["D5-m2"] = "soon" }, "round.deadlines.D5-m2"},
		"made":             {func(t *Task) { t.Made = "today" }, "made"},
	} {
		task := sampleTask()
		x.edit(&task)
		raw, _, err := task.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadTask(raw); err == nil || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: %v does not name %s", name, err, x.says)
		}
	}
	good := sampleTask()
	raw, _, _ := good.Canonical()
	for _, member := range []string{"format", "made", "team", "told", "round", "rubric", "units", "figures", "letters", "records"} {
		doc := map[string]any{}
		if err := canon.Decode(raw, &doc); err != nil {
			t.Fatal(err)
		}
		delete(doc, member)
		b, _ := canon.Encode(doc)
		if _, err := ReadTask(b); err == nil || !strings.Contains(err.Error(), member) {
			t.Errorf("without %s: %v", member, err)
		}
		doc[member+"x"] = 1
		b, _ = canon.Encode(doc)
		if _, err := ReadTask(b); err == nil {
			t.Errorf("%sx was taken", member)
		}
	}
}

// Any bytes give a task or an error, and a task is one in canonical form, too.
func FuzzReadTask(f *testing.F) {
	good := sampleTask()
	raw, _, _ := good.Canonical()
	f.Add(raw)
	f.Add([]byte(`{"format":"xunping.task/1"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		x, err := ReadTask(b)
		if err != nil {
			return
		}
		again, _, err := x.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ReadTask(again); err != nil {
			t.Fatalf("%s: %v", again, err)
		}
	})
}
