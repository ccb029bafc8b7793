package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// must runs a call that has to be done, and reads its JSON into v (nil for
// none).
func must(t *testing.T, v any, args ...string) string {
	t.Helper()
	if v != nil {
		args = append(args, "--json")
	}
	code, out, errOut := ctl(args...)
	if code != 0 {
		t.Fatalf("%v: exit %d: %s%s", args, code, out, errOut)
	}
	if v != nil {
		if err := json.Unmarshal([]byte(out), v); err != nil {
			t.Fatalf("%v: %v in %s", args, err, out)
		}
	}
	return strings.TrimSpace(out)
}

// office is a folder with a passphrase file.
type office struct {
	t   *testing.T
	dir string
}

func newOffice(t *testing.T) *office {
	o := &office{t, t.TempDir()}
	o.write("pass.txt", "correct horse\n")
	return o
}

func (o *office) path(name string) string { return filepath.Join(o.dir, name) }

func (o *office) write(name, content string) string {
	o.t.Helper()
	if err := os.WriteFile(o.path(name), []byte(content), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return o.path(name)
}

// key makes a key, has it enrolled at the bureau and takes the reply.
func (o *office) key(name, number, role, root string) string {
	o.t.Helper()
	id := o.path(number + ".p12")
	pass := o.path("pass.txt")
	must(o.t, nil, "identity", "new", "--name", name, "--number", number, "--org", "示例检查组", "--passphrase-file", pass, "-o", id)
	must(o.t, nil, "identity", "request", id, "--passphrase-file", pass, "-o", o.path(number+".pem"))
	must(o.t, nil, "roster", "add", o.path(number+".pem"), "--roles", role, "--key", o.path("root.p12"), "--passphrase-file", pass, "-o", o.path(number+".zip"),
		"--workbook", o.path("bureau.xpb"))
	must(o.t, nil, "identity", "accept", id, o.path(number+".zip"), "--root", root, "--passphrase-file", pass)
	return id
}

// A bureau from nothing: root, keys, units, round, a record that an inspector
// sends as a file, sealed, merged and ranked, all by commands.
func TestABureauFromNothing(t *testing.T) {
	o := newOffice(t)
	pass, wb := o.path("pass.txt"), o.path("bureau.xpb")
	must(t, nil, "init", wb, "--org", "示例汇总单位")
	root := must(t, nil, "roster", "init", "--org", "示例汇总单位", "-o", o.path("root.p12"), "--passphrase-file", pass, "--workbook", wb)
	inspector := o.key("示例甲", "S001", "inspector", root)
	second := o.key("示例乙", "S002", "inspector", root)
	chief := o.key("示例丙", "S003", "bureau", root)

	var show struct {
		SPKI   string
		Issuer string
		Own    bool `json:"self_signed"`
	}
	must(t, &show, "identity", "show", inspector, "--passphrase-file", pass)
	if show.Own || !strings.Contains(show.Issuer, "示例汇总单位") || len(show.SPKI) != 64 {
		t.Errorf("the key says %+v", show)
	}

	var imported struct{ Added int }
	must(t, &imported, "unit", "import", o.write("units.csv", "代码,名称,类别,联络员,电话\nX001,示例一局,department,示例丁,0771\nX002,示例二局,department,,\n"), "--workbook", wb)
	if imported.Added != 2 {
		t.Errorf("imported %+v", imported)
	}
	var round struct {
		Trial  bool
		Units  []string
		Rubric string
	}
	must(t, &round, "round", "new", "2019-09", "--title", "2019年9月检查", "--rubric", "jutongyong-2019", "--signers", "2", "--cutoff", "2019-08-31",
		"--deadlines", "D5-m2=2019-10-31,D8-m1=2019-10-31", "--units", "X001,X002", "--workbook", wb)
	if !round.Trial || len(round.Units) != 2 {
		t.Errorf("the round is %+v: illustrative points make a trial round", round)
	}
	record := o.write("r.json", wholeRecord(t, round.Rubric))
	must(t, nil, "record", "import", record, "--workbook", wb)
	must(t, nil, "record", "export", "--round", "2019-09", "--unit", "X001", "-o", o.path("back.json"), "--workbook", wb)
	var scored, again struct{ Total struct{ Exact string } }
	must(t, &scored, "score", record)
	must(t, &again, "score", o.path("back.json"))
	if scored.Total.Exact == "" || scored != again {
		t.Errorf("score %+v, after the workbook %+v", scored, again)
	}

	must(t, nil, "seal", "--round", "2019-09", "--unit", "X001", "--key", inspector, "--passphrase-file", pass, "-o", o.path("one.pdf"), "--workbook", wb)
	must(t, nil, "cosign", o.path("one.pdf"), "--role", "coinspector", "--key", second, "--passphrase-file", pass, "-o", o.path("two.pdf"))
	var verified []struct {
		Outcome, Pages string
		Signatures     []struct{ Standing string }
	}
	must(t, &verified, "verify", o.path("two.pdf"), "--pages", "--workbook", wb)
	if v := verified[0]; v.Outcome != "valid" || v.Pages != "same" || len(v.Signatures) != 2 || v.Signatures[1].Standing != "valid" {
		t.Errorf("verified %+v", v)
	}
	must(t, nil, "merge", o.path("two.pdf"), "--workbook", wb)
	var ranking []struct {
		Rank        *int
		Provisional []string
		Reason      string
	}
	must(t, &ranking, "rank", "--round", "2019-09", "--workbook", wb)
	if len(ranking) != 2 || ranking[0].Rank == nil || *ranking[0].Rank != 1 || len(ranking[0].Provisional) != 0 || ranking[1].Rank != nil || ranking[1].Reason == "" {
		t.Errorf("ranking %+v", ranking)
	}
	o.roundsAndRoster(wb, chief)
}

// roundsAndRoster closes the round, copies it, and revokes a key.
func (o *office) roundsAndRoster(wb, chief string) {
	t, pass := o.t, o.path("pass.txt")
	must(t, nil, "round", "close", "2019-09", "--workbook", wb)
	must(t, nil, "round", "new", "2019-10", "--workbook", wb)
	var rounds []struct {
		Code      string
		Closed    bool
		Signers   int
		Units     []string
		Deadlines map[string]string
	}
	must(t, &rounds, "round", "list", "--workbook", wb)
	if len(rounds) != 2 || !rounds[0].Closed || rounds[1].Closed || rounds[1].Signers != 2 || len(rounds[1].Units) != 2 || len(rounds[1].Deadlines) != 2 {
		t.Errorf("rounds %+v", rounds)
	}
	if code, _, _ := ctl("round", "new", "2019-10", "--workbook", wb); code != 1 {
		t.Errorf("the same round twice: exit %d", code)
	}
	must(t, nil, "roster", "revoke", "S002", "--last", "", "--reason", "示例：遗失", "--key", o.path("root.p12"), "--passphrase-file", pass, "-o", o.path("new.zip"), "--workbook", wb)
	var ranking []struct{ Provisional []string }
	must(t, &ranking, "rank", "--round", "2019-09", "--workbook", wb)
	if len(ranking[0].Provisional) != 1 {
		t.Errorf("with the second signer revoked the result is %+v", ranking[0])
	}
	var exported struct{ File string }
	must(t, &exported, "roster", "export", "-o", o.path("out.zip"), "--workbook", wb)
	if out := must(t, nil, "roster", "show", "--workbook", wb); !strings.Contains(out, "示例：遗失") || strings.Count(out, "\n") != 4 {
		t.Errorf("the roster shows %s", out)
	}
	if code, _, e := ctl("act", "new", o.write("a.json", `{"kind":"ruling","about":["`+strings.Repeat("1", 64)+`"],"case":{"round":"2019-09","rubric":"`+strings.Repeat("0", 64)+`","trial":true,"unit":"X001"}}`),
		"--key", o.path("S001.p12"), "--passphrase-file", pass, "-o", o.path("a.zip"), "--workbook", wb); code != 1 || e == "" {
		t.Errorf("an inspector signs a ruling: exit %d, %s", code, e)
	}
	must(t, nil, "act", "new", o.path("a.json"), "--key", chief, "--passphrase-file", pass, "-o", o.path("a.zip"), "--workbook", wb)
	var acts []struct {
		Act      struct{ Kind string }
		Standing string
	}
	must(t, &acts, "act", "list", "--workbook", wb)
	if len(acts) != 1 || acts[0].Act.Kind != "ruling" || acts[0].Standing != "" {
		t.Errorf("acts %+v", acts)
	}
}

// wholeRecord is an unsealed record of a department: everything checked, one
// finding, the bonus part not scored.
func wholeRecord(t *testing.T, hash string) string {
	t.Helper()
	var rubric struct {
		Parts []struct {
			Kind   string
			Groups []struct {
				Indicators []struct {
					Code     string
					Rules    []struct{ Code, Kind, Points string }
					Measures []struct{ Code string }
				}
			}
		}
	}
	must(t, &rubric, "rubric", "show", "jutongyong-2019")
	entries := map[string]any{}
	for _, p := range rubric.Parts {
		for _, g := range p.Groups {
			for _, ind := range g.Indicators {
				e := map[string]any{"state": "checked"}
				if len(ind.Measures) > 0 {
					m := map[string]any{}
					for _, x := range ind.Measures {
						m[x.Code] = map[string]string{"done": "1", "total": "2", "source": "site", "as_of": "2019-08-31"}
					}
					e["measures"] = m
				}
				entries[ind.Code] = e
			}
		}
	}
	first := rubric.Parts[0].Groups[0].Indicators[0]
	entries[first.Code].(map[string]any)["findings"] = []any{map[string]any{"id": "f1", "rule": first.Rules[0].Code, "points": first.Rules[0].Points, "note": "示例说明"}}
	b, err := json.Marshal(map[string]any{"format": "xunping.inspection/1", "id": "01912f00-0000-7000-8000-000000000001", "revision": 1, "parents": []string{},
		"rubric": map[string]string{"code": "jutongyong-2019", "sha256": hash},
		"round": map[string]any{"code": "2019-09", "title": "2019年9月检查", "trial": true, "signers": 2, "cutoff": "2019-08-31",
			"deadlines": map[string]string{"D5-m2": "2019-10-31", "D8-m1": "2019-10-31"}},
		"unit":    map[string]string{"code": "X001", "name": "示例一局", "kind": "department"},
		"visit":   map[string]string{"from": "2019-09-03T09:00:00+08:00"},
		"people":  map[string]any{"inspectors": []any{map[string]string{"name": "示例甲", "number": "S001", "org": "示例检查组"}}},
		"entries": entries})
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A conflict of two teams: what differs needs a choice with a reason and a key
// of the bureau; the settlement is the result, and it stays settled when the
// files arrive again.
func TestResolve(t *testing.T) {
	dir, _ := demoIn(t, "--conflicts", "1")
	wb, pass := filepath.Join(dir, "bureau.xpb"), filepath.Join(dir, "keys", "passphrase.txt")
	var list []struct {
		Unit   struct{ Code string }
		Heads  []struct{ SHA256 string }
		Differ []struct {
			Indicator string
			Proposed  *string
		}
	}
	must(t, &list, "conflicts", "--round", "2019-08", "--workbook", wb)
	if len(list) != 1 || len(list[0].Heads) != 2 || len(list[0].Differ) == 0 {
		t.Fatalf("conflicts %+v", list)
	}
	x := list[0]
	choices := map[string]any{"follows": x.Heads[0].SHA256}
	write := func() string {
		b, _ := json.Marshal(choices)
		p := filepath.Join(t.TempDir(), "c.json")
		if err := os.WriteFile(p, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	keys, _ := filepath.Glob(filepath.Join(dir, "keys", "*.p12"))
	bureau, inspector := "", ""
	for _, k := range keys {
		switch base := filepath.Base(k); {
		case strings.Contains(base, "bureau"):
			bureau = k
		case !strings.Contains(base, "root"):
			inspector = k
		}
	}
	call := func(key string) (int, string) {
		code, out, e := ctl("resolve", "--round", "2019-08", "--unit", x.Unit.Code, "--choices", write(), "--key", key, "--passphrase-file", pass,
			"-o", filepath.Join(t.TempDir(), "s.pdf"), "--workbook", wb, "--json")
		return code, out + e
	}
	if code, said := call(bureau); code != 1 || !strings.Contains(said, x.Differ[0].Indicator) {
		t.Errorf("without choices: exit %d, %s", code, said)
	}
	for _, d := range x.Differ {
		choices[d.Indicator] = map[string]string{"take": x.Heads[0].SHA256, "reason": "示例：以先到的现场记录为准"}
	}
	if code, said := call(inspector); code != 1 {
		t.Errorf("signed by an inspector: exit %d, %s", code, said)
	}
	// A new value may be an absence; one without its letter is none.
	absence := map[string]string{"reason": "来文证明没有专网"}
	choices["A1"] = map[string]any{"entry": map[string]any{"state": "absent", "absence": absence}, "reason": "两组都不对"}
	if code, said := call(bureau); code != 1 || !strings.Contains(said, "A1") || !strings.Contains(said, "文号") {
		t.Errorf("an absence without its letter: exit %d, %s", code, said)
	}
	absence["letter"], absence["date"] = "示例函〔2019〕7号", "2019-07-01"
	code, said := call(bureau)
	if code != 0 {
		t.Fatalf("resolve: exit %d, %s", code, said)
	}
	_, before, _ := ctl("digest", "--workbook", wb)
	ctl("merge", filepath.Join(dir, "sealed"), "--workbook", wb)
	_, after, _ := ctl("digest", "--workbook", wb)
	must(t, &list, "conflicts", "--round", "2019-08", "--workbook", wb)
	if before != after || len(list) != 0 {
		t.Errorf("the losers opened the case again: %d conflicts", len(list))
	}
	result := filepath.Join(t.TempDir(), "r.json")
	must(t, nil, "record", "export", "--round", "2019-08", "--unit", x.Unit.Code, "-o", result, "--workbook", wb)
	if b, err := os.ReadFile(result); err != nil || !strings.Contains(string(b), absence["letter"]) {
		t.Errorf("the result does not hold the absence: %v", err)
	}
}

func TestRubricDiff(t *testing.T) {
	o := newOffice(t)
	text := must(t, nil, "rubric", "show", "jutongyong-2019", "--json")
	changed := o.write("r.json", strings.Replace(text, `"title":"2019年推进`, `"title":"2020年推进`, 1))
	if out := must(t, nil, "rubric", "diff", "jutongyong-2019", changed); strings.Contains(out, "A1") {
		t.Errorf("only the title of the whole changed: %s", out)
	}
	var list []struct {
		Indicator, Change string
		Carries           bool
		Lines             []struct{ Cells []struct{ From, To string } }
	}
	must(t, &list, "rubric", "diff", "jutongyong-2019", changed)
	if n := len(list) - 1; n != 22 || list[n].Indicator != "" || len(list[n].Lines) != 1 || !strings.HasPrefix(list[n].Lines[0].Cells[0].To, "2020") {
		t.Errorf("the title of the whole is not told: %+v", list)
	}
	if list[0].Change != "same" || !list[0].Carries {
		t.Errorf("%d changes, first %+v", len(list), list[0])
	}
	broken := o.write("b.json", strings.Replace(strings.Replace(text, `"points":"8"`, `"points":"9"`, 1), `"code":"C3"`, `"code":"C2"`, 1))
	var found struct{ Problems []string }
	code, out, _ := ctl("rubric", "check", broken, "--json")
	if err := json.Unmarshal([]byte(out), &found); err != nil || code != 1 || len(found.Problems) < 2 {
		t.Errorf("a rubric with two errors: exit %d, %s", code, out)
	}
}

// Every command has help with an example that its own form allows, and no
// command takes a flag that it does not know.
func TestHelpAndFlags(t *testing.T) {
	for _, m := range commands() {
		for _, lang := range []string{"zh", "en"} {
			code, out, _ := ctl(append(strings.Fields(m.name), "--help", "--lang", lang)...)
			if code != 0 || strings.Count(out, "\n") != 3 || !strings.Contains(out, m.example) {
				t.Errorf("help of %s: exit %d, %s", m.name, code, out)
			}
		}
		if !strings.HasPrefix(m.example, m.name) {
			t.Errorf("the example of %s is %s", m.name, m.example)
		}
		known := strings.Join(m.flags(), " ")
		for _, f := range flagPattern.FindAllStringSubmatch(m.example, -1) {
			if f[1] != "" && !strings.Contains(known, f[1]) {
				t.Errorf("the example of %s uses --%s", m.name, f[1])
			}
		}
		if code, _, e := ctl(append(strings.Fields(m.name), "--flying", "x")...); code != 2 || !strings.Contains(e, "flying") {
			t.Errorf("%s took --flying: exit %d, %s", m.name, code, e)
		}
	}
}

func TestCompletion(t *testing.T) {
	dir := t.TempDir()
	script := filepath.Join(dir, "c.bash")
	if err := os.WriteFile(script, []byte(must(t, nil, "completion", "bash")), 0o600); err != nil {
		t.Fatal(err)
	}
	// bash itself completes.
	ask := func(words ...string) string {
		cmd := exec.Command("bash", "-c", `. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _xunpingctl; echo "${COMPREPLY[@]}"`, "bash", script, "xunpingctl")
		cmd.Args = append(cmd.Args, words...)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return strings.TrimSpace(string(out))
	}
	for want, words := range map[string][]string{
		"rubric":            {"rub"},
		"import":            {"roster", "im"},
		"--dry-run":         {"merge", "x.pdf", "--dr"},
		"--round":           {"resolve", "--rou"},
		"--passphrase-file": {"identity", "new", "--pass"},
		"":                  {"completion", "--choices"},
		"record restore":    {"re"},
		"init identity":     {"i"},
		"--workbook":        {"digest", "--w"},
	} {
		got := strings.Fields(ask(words...))
		for _, w := range strings.Fields(want) {
			if !strings.Contains(" "+strings.Join(got, " ")+" ", " "+w+" ") {
				t.Errorf("%v completes to %v, want %s", words, got, want)
			}
		}
	}
	for _, shell := range []string{"zsh", "fish"} {
		if out := must(t, nil, "completion", shell); !strings.Contains(out, "xunpingctl") {
			t.Errorf("%s: %s", shell, out)
		}
	}
	if code, _, _ := ctl("completion", "cmd"); code != 2 {
		t.Error("a shell that is not known")
	}
}
