package inspection

import (
	"fmt"

	"xunping/assets/i18n"
	"xunping/inspection/canon"
	"xunping/scoring"
)

// TaskFormat names the format of a task (docs/task.md).
const TaskFormat = "xunping.task/1"

// Limits of a task; the limits of every JSON document hold, too.
const (
	maxTaskUnits = 20000
	maxFigures   = 200000
)

// Task 任务 is what a team needs to begin: the round, the units it visits, and
// what the bureau knows of them before. It travels as task.json in a pack that
// the bureau signs; rubric, roster, letters and last records lie beside it.
type Task struct {
	Format  string     `json:"format"`
	Made    string     `json:"made"` // a claim
	Team    string     `json:"team"` // "" is everybody
	Told    bool       `json:"told"` // whether the score is told on site
	Round   Round      `json:"round"`
	Rubric  RubricRef  `json:"rubric"`
	Units   []TaskUnit `json:"units"`
	Figures []Figure   `json:"figures"`
	Letters []string   `json:"letters"`        // hashes of acts in the pack
	Records []string   `json:"records"`        // hashes of earlier records in the pack: last round's, and those that open items and leads are about
	Acts    []string   `json:"acts,omitempty"` // hashes of the acts of rectification that are still open
}

// TaskUnit is a unit to visit, with whom to call.
type TaskUnit struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Liaison string `json:"liaison,omitempty"`
	Phone   string `json:"phone,omitempty"`
}

// Figure 平台数据 is what a platform counted for one measure of a unit.
type Figure struct {
	Unit      string          `json:"unit"`
	Measure   string          `json:"measure"`
	Done      scoring.Decimal `json:"done"`
	Total     scoring.Decimal `json:"total"`
	AsOf      string          `json:"as_of"`
	Completed string          `json:"completed,omitempty"`
}

// AsMeasure is the figure as it stands in a record.
func (f Figure) AsMeasure() Measure {
	done, total := f.Done, f.Total
	return Measure{Done: &done, Total: &total, AsOf: f.AsOf, Completed: f.Completed, Source: SourcePlatform}
}

// SourcePlatform says that a measure was counted by a platform.
const SourcePlatform = "platform"

// ReadTask reads a task strictly; the error names the place. Whether the pack
// holds what it names is proven by who opens the pack.
func ReadTask(b []byte) (*Task, error) {
	t := &Task{}
	if err := canon.Decode(b, t); err != nil {
		return nil, i18n.E("任务不合格：%s", err)
	}
	top, err := toObject(b)
	if err == nil {
		err = top.require("", "format", "made", "team", "told", "round", "rubric", "units", "figures", "letters", "records")
	}
	if err == nil {
		err = requireIn(top, "round", "code", "title", "trial")
	}
	if err == nil {
		err = requireIn(top, "rubric", "code", "sha256")
	}
	if err == nil {
		err = top.requireEach("", "units", "code", "name", "kind")
	}
	if err == nil {
		err = top.requireEach("", "figures", "unit", "measure", "done", "total", "as_of")
	}
	if err == nil {
		err = t.check()
	}
	if err != nil {
		return nil, i18n.E("任务不合格：%s", err)
	}
	return t, nil
}

func (t *Task) check() error {
	f := &former{}
	f.is(t.Format == TaskFormat, "format", t.Format)
	f.is(t.Made != "", "made", t.Made)
	f.stamp("made", t.Made)
	f.is(oneWord.MatchString(t.Round.Code), "round.code", t.Round.Code)
	f.is(t.Round.Title != "", "round.title", t.Round.Title)
	f.is(t.Round.Signers >= 0 && t.Round.Signers <= 10, "round.signers", fmt.Sprint(t.Round.Signers))
	f.day("round.cutoff", t.Round.Cutoff)
	for _, m := range sortedKeys(t.Round.Deadlines) {
		f.day("round.deadlines."+m, t.Round.Deadlines[m])
	}
	f.hash("rubric.sha256", t.Rubric.SHA256)
	f.hashes("letters", t.Letters)
	f.hashes("records", t.Records)
	f.hashes("acts", t.Acts)
	units := map[string]bool{}
	f.is(len(t.Units) > 0 && len(t.Units) <= maxTaskUnits, "units", fmt.Sprint(len(t.Units)))
	for i, u := range t.Units {
		place := fmt.Sprintf("units[%d].", i)
		f.is(oneWord.MatchString(u.Code) && !units[u.Code], place+"code", u.Code)
		f.is(u.Name != "", place+"name", u.Name)
		units[u.Code] = true
	}
	t.checkFigures(f, units)
	return f.err
}

func (t *Task) checkFigures(f *former, units map[string]bool) {
	f.is(len(t.Figures) <= maxFigures, "figures", fmt.Sprint(len(t.Figures)))
	seen := map[[2]string]bool{}
	for i, x := range t.Figures {
		place, key := fmt.Sprintf("figures[%d].", i), [2]string{x.Unit, x.Measure}
		f.is(units[x.Unit], place+"unit", x.Unit)
		f.is(oneWord.MatchString(x.Measure) && !seen[key], place+"measure", x.Measure)
		f.is(x.Done <= x.Total, place+"done", x.Done.String())
		f.is(x.AsOf != "", place+"as_of", x.AsOf)
		f.day(place+"as_of", x.AsOf)
		f.day(place+"completed", x.Completed)
		seen[key] = true
	}
}

// Canonical is the task's canonical bytes and their hash.
func (t *Task) Canonical() ([]byte, string, error) {
	b, err := canon.Encode(t)
	if err != nil {
		return nil, "", fmt.Errorf("encode task: %w", err)
	}
	return b, canon.Hash(b), nil
}
