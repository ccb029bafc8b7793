package inspection

import (
	"os"
	"strings"
	"testing"

	"xunping/inspection/canon"
)

type refusal struct {
	name, path string
	value      any
	want       string // in the error: the place
}

func TestReadRecordRefuses(t *testing.T) {
	c := compileTest(t)
	cases := []refusal{
		{"no format", "format", gone, "format"}, {"no id", "id", gone, "id"}, {"no revision", "revision", gone, "revision"},
		{"no parents", "parents", gone, "parents"}, {"no rubric", "rubric", gone, "rubric"}, {"no round", "round", gone, "round"},
		{"no unit", "unit", gone, "unit"}, {"no entries", "entries", gone, "entries"}, {"no round code", "round.code", gone, "round.code"},
		{"no round title", "round.title", gone, "round.title"}, {"no trial", "round.trial", gone, "round.trial"},
		{"no unit code", "unit.code", gone, "unit.code"}, {"no rubric hash", "rubric.sha256", gone, "rubric.sha256"},
		{"no rubric code", "rubric.code", gone, "rubric.code"},
		{"unknown member", "entries.A2.colour", "red", "/entries/A2/colour"},
		{"wrong type", "revision", "1", "/revision"},
		{"null", "visit", nil, "/visit"},
		{"null under a name of the score", "entries.A2.materials.gate", nil, "/entries/A2/materials/gate"},
		{"points as a number", "entries.A2.findings.0.points", 5.5, "/entries/A2/findings/0/points"},
		{"points with five places", "entries.A2.findings.0.points", "1.00001", "/entries/A2/findings/0/points"},
		{"other format", "format", "xunping.inspection/2", "format"},
		{"uuid of version 4", "id", "01912f00-0000-4000-8000-000000000001", "id"},
		{"uuid in capitals", "id", "01912F00-0000-7000-8000-000000000001", "id"},
		{"revision 0", "revision", 0, "revision"},
		{"revision too large to hash", "revision", 9007199254740992, "revision"},
		{"parent no hash", "parents", []any{"x"}, "parents[0]"},
		{"parent twice", "parents", []any{signerHash, signerHash}, "parents[1]"},
		{"hash in capitals", "signer", strings.ToUpper(signerHash), "signer"},
		{"unit code with a path", "unit.code", "../1", "unit.code"},
		{"round code empty", "round.code", "", "round.code"},
		{"no such day", "round.cutoff", "2019-02-29", "round.cutoff"},
		{"deadline", "round.deadlines.D1-m1", "soon", "round.deadlines.D1-m1"},
		{"time without zone", "sealed", "2019-08-06T17:40:00", "sealed"},
		{"time with a comma", "visit.from", "2019-08-06T17:40:00,5Z", "visit.from"},
		{"short hour", "visit.to", "2019-08-06T7:40:00Z", "visit.to"},
		{"previous", "previous", "first", "previous"},
		{"counter below 0", "counter", -1, "counter"},
		{"evidence hash", "evidence.0.sha256", "x", "evidence[0].sha256"},
		{"evidence of no size", "evidence.0.bytes", -1, "evidence[0].bytes"},
		{"signers", "round.signers", -1, "round.signers"},
	}
	for _, k := range cases {
		t.Run(k.name, func(t *testing.T) {
			_, err := ReadRecord(recordDoc(t, c).put(k.path, k.value).bytes(t))
			wantPlace(t, err, k.want)
		})
	}
}

func wantPlace(t *testing.T, err error, place string) {
	t.Helper()
	if err == nil {
		t.Fatal("accepted")
	}
	if !strings.Contains(err.Error(), place) {
		t.Errorf("error %q does not name %q", err, place)
	}
}

func TestReadRecordTakesADraftWithNothingYet(t *testing.T) {
	d := recordDoc(t, compileTest(t))
	for _, m := range []string{"visit", "people", "reasons", "evidence", "signer", "sealed", "previous", "counter"} {
		d.put(m, gone)
	}
	r := readRecord(t, d.put("entries", map[string]any{}))
	if r.IsSealed() || r.Previous != nil || len(r.Entries) != 0 {
		t.Errorf("got %+v", r)
	}
}

// What is read and written again must keep its name.
func TestRecordKeepsItsBytes(t *testing.T) {
	c := compileTest(t)
	d := recordDoc(t, c)
	r := finish(t, readRecord(t, d), c)
	b, hash, err := r.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	again, err := ReadRecord(b)
	if err != nil {
		t.Fatal(err)
	}
	b2, hash2, err := again.Canonical()
	if err != nil || string(b) != string(b2) || hash != hash2 || hash != canon.Hash(b) {
		t.Errorf("%v: written again as\n%s\n%s", err, b, b2)
	}
	r.Claimed = nil
	if b, _, _ = r.Canonical(); string(b) != string(d.bytes(t)) {
		t.Errorf("encoded otherwise than it was read:\n%s\n%s", b, d.bytes(t))
	}
}

const testAct = `{"format":"xunping.act/1","id":"01912f00-0000-7000-8000-000000000002","kind":"letter",
"case":{"round":"2019-08","rubric":"SIGNER","trial":true,"unit":"450100"},"about":["SIGNER"],"made":"2019-08-07T09:00:00+08:00",
"by":{"name":"丁","number":"009"},"number":"南府〔2019〕12号","date":"2019-07-01","valid":{"from":"2019-07-01"},
"items":{"A1":{"text":"属实","until":"2019-12-31"}},"decision":"accepted","files":["SIGNER"],"signer":"SIGNER","previous":"","counter":4}`

func actDoc(t testing.TB) doc {
	return parse(t, strings.ReplaceAll(testAct, "SIGNER", signerHash))
}

func TestReadActRefuses(t *testing.T) {
	cases := []refusal{
		{"no format", "format", gone, "format"}, {"no id", "id", gone, "id"}, {"no kind", "kind", gone, "kind"},
		{"no case", "case", gone, "case"}, {"no about", "about", gone, "about"}, {"no made", "made", gone, "made"},
		{"no by", "by", gone, "by"}, {"no signer", "signer", gone, "signer"}, {"no previous", "previous", gone, "previous"},
		{"no counter", "counter", gone, "counter"}, {"no unit", "case.unit", gone, "case.unit"}, {"no trial", "case.trial", gone, "case.trial"},
		{"unknown member", "score", "9", "/score"},
		{"other format", "format", "xunping.act/2", "format"},
		{"no such kind", "kind", "pardon", "kind"},
		{"letter of no unit", "case.unit", "", "case.unit"},
		{"letter without number", "number", gone, "number"},
		{"letter without indicators", "items", gone, "items"},
		{"no such decision", "decision", "maybe", "decision"},
		{"made empty", "made", "", "made"},
		{"date", "date", "2019-13-01", "date"},
		{"valid", "valid.to", "2020", "valid.to"},
		{"until", "items.A1.until", "soon", "items.A1.until"},
		{"rubric", "case.rubric", "x", "case.rubric"},
		{"about no hash", "about", []any{"x"}, "about[0]"},
		{"file no hash", "files", []any{"x"}, "files[0]"},
		{"replaces", "replaces", "x", "replaces"},
		{"counter 0", "counter", 0, "counter"},
	}
	for _, k := range cases {
		t.Run(k.name, func(t *testing.T) {
			_, err := ReadAct(actDoc(t).put(k.path, k.value).bytes(t))
			wantPlace(t, err, k.want)
		})
	}
}

func TestActsByKind(t *testing.T) {
	cases := []struct {
		name, kind string
		path       string
		value      any
		want       string // "" accepted
	}{
		{"letter", "letter", "about", []any{}, ""},
		{"publication of a unit", "publication", "case.unit", "450100", "case.unit"},
		{"publication", "publication", "case.unit", "", ""},
		{"approval of a publication", "approval", "case.unit", "", ""},
		{"approval that decides nothing", "approval", "decision", "", "decision"},
		{"approval of nothing", "approval", "about", []any{}, "about"},
		{"objection of no unit", "objection", "case.unit", "", "case.unit"},
		{"ruling about nothing", "ruling", "about", []any{}, "about"},
		{"acceptance of no file", "acceptance", "files", gone, "files"},
		{"acceptance", "acceptance", "number", gone, ""},
		{"receipt", "receipt", "about", []any{}, ""},
	}
	for _, k := range cases {
		t.Run(k.name, func(t *testing.T) {
			_, err := ReadAct(actDoc(t).put("kind", k.kind).put(k.path, k.value).bytes(t))
			if k.want != "" {
				wantPlace(t, err, k.want)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
	rows := []any{map[string]any{"unit": "450100", "record": signerHash, "exact": "1/0"}}
	_, err := ReadAct(actDoc(t).put("kind", "publication").put("case.unit", "").put("rows", rows).bytes(t))
	wantPlace(t, err, "rows[0].exact")
}

const testRoster = `{"format":"xunping.roster/1","version":3,"issued":"2019-07-01T00:00:00+08:00","chain":[],"entries":[
{"name":"甲","number":"001","roles":["inspector"],"spki":"SIGNER","certificate":"AA==","revoked":{"last":["SIGNER"],"reason":"遗失"}},
{"name":"丁","number":"009","roles":["bureau"],"spki":"OTHER","certificate":"AA==","revoked":null}]}`

func rosterDoc(t testing.TB) doc {
	return parse(t, strings.NewReplacer("SIGNER", signerHash, "OTHER", evidenceHash).Replace(testRoster))
}

func TestReadRoster(t *testing.T) {
	r, err := ReadRoster(rosterDoc(t).bytes(t))
	if err != nil {
		t.Fatal(err)
	}
	if e := r.Entry(signerHash); e == nil || e.Revoked == nil || !e.Has(RoleInspector) || e.Has(RoleBureau) {
		t.Errorf("got %+v", e)
	}
	if r.Entry("") != nil || r.Entry("").Has(RoleBureau) {
		t.Error("a key that is not there has a role")
	}
	cases := []refusal{
		{"no format", "format", gone, "format"}, {"no version", "version", gone, "version"}, {"no issued", "issued", gone, "issued"},
		{"no entries", "entries", gone, "entries"}, {"version 0", "version", 0, "version"},
		{"unknown member", "entries.0.role", "bureau", "/entries/0/role"},
		{"same key twice", "entries.1.spki", signerHash, "entries[1].spki"},
		{"key no hash", "entries.0.spki", "x", "entries[0].spki"},
		{"no number", "entries.0.number", "", "entries[0].number"},
		{"role unknown", "entries.1.roles", []any{"king"}, "entries[1].roles"},
		{"last no hash", "entries.0.revoked.last", []any{"x"}, "entries[0].revoked.last[0]"},
		{"null roles", "entries.0.roles", nil, "/entries/0/roles"},
	}
	for _, k := range cases {
		t.Run(k.name, func(t *testing.T) {
			_, err := ReadRoster(rosterDoc(t).put(k.path, k.value).bytes(t))
			wantPlace(t, err, k.want)
		})
	}
}

func TestReadRubricRefuses(t *testing.T) {
	ind := "parts.0.groups.0.indicators."
	cases := []refusal{
		{"no bands", "bands", gone, "bands"}, {"no places", "places", gone, "places"}, {"no lists", "lists", gone, "lists"},
		{"no status", "rules_status", gone, "rules_status"}, {"no free findings", "free_findings", gone, "free_findings"},
		{"no absence", "parts.1.absence", gone, "parts[1].absence"}, {"no full", "parts.1.full", gone, "parts[1].full"},
		{"no indicators", "parts.0.groups.0.indicators", gone, "parts[0].groups[0].indicators"},
		{"no points", ind + "1.points", gone, "parts[0].groups[0].indicators[1].points"},
		{"no rules", ind + "2.rules", gone, "parts[0].groups[0].indicators[2].rules"},
		{"rule without kind", ind + "0.rules.0.kind", gone, "indicators[0].rules[0].kind"},
		{"measure without code", ind + "1.measures.0.code", gone, "indicators[1].measures[0].code"},
		{"band without from", "bands.1.from", gone, "bands[1].from"},
		{"list without name", "lists.0.name", gone, "lists[0].name"},
		{"tier without points", ind + "0.rules.0.tiers", []any{map[string]any{"from": "1"}}, "indicators[0].rules[0].tiers[0].points"},
		{"cap group without cap", ind + "0.rules.0.cap_group", map[string]any{"code": "g"}, "rules[0].cap_group.cap"},
		{"null gate", "parts.1.gate", nil, "/parts/1/gate"},
		{"unknown member", ind + "0.weight", "1", "/parts/0/groups/0/indicators/0/weight"},
		{"points do not sum", ind + "0.points", "41", "parts[0].full"},
	}
	for _, k := range cases {
		t.Run(k.name, func(t *testing.T) {
			_, err := Compile(parse(t, testRubric).put(k.path, k.value).bytes(t))
			wantPlace(t, err, k.want)
		})
	}
}

func TestReadRubricShowsAllProblemsOfOneBeingEdited(t *testing.T) {
	d := parse(t, testRubric).put("parts.0.groups.0.indicators.0.points", "41").put("parts.1.full", "51")
	r, found, err := ReadRubric(d.bytes(t))
	if err != nil || r == nil || len(found) != 2 {
		t.Errorf("got %d problems, %v", len(found), err)
	}
}

// Digests are of members as they stand: a title, a rule or points change them,
// guidance does not.
func TestIndicatorDigests(t *testing.T) {
	digests := func(path string, value any) map[string]string {
		c, err := Compile(parse(t, testRubric).put(path, value).bytes(t))
		if err != nil {
			t.Fatal(err)
		}
		d, err := c.Digests()
		if err != nil || len(d) != 5 {
			t.Fatalf("%v: %v", err, d)
		}
		return d
	}
	ind := "parts.0.groups.0.indicators.0."
	base := digests("title", "试")
	want := canon.Hash([]byte(`{"code":"A3","points":"20","rules":[],"title":"数据通"}`))
	if base["A3"] != want {
		t.Errorf("digest of A3 is %s, want %s", base["A3"], want)
	}
	if d := digests(ind+"guide", map[string]any{"goal": "通"}); d["A1"] != base["A1"] {
		t.Error("guidance changed the digest")
	}
	for _, m := range []string{"title", "rules.0.text"} {
		if d := digests(ind+m, "别的"); d["A1"] == base["A1"] || d["A2"] != base["A2"] {
			t.Errorf("a change of %s shows wrongly", m)
		}
	}
}

func fuzzReader(f *testing.F, read func([]byte) error, seeds ...[]byte) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Add([]byte(`{"format":"","entries":{"":{"state":"","measures":{"":{"items":[{}]}}}}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		if read(b) != nil {
			return
		}
		c, err := canon.Canonical(b)
		if err != nil {
			t.Fatalf("accepted, but has no canonical form: %v", err)
		}
		if err := read(c); err != nil {
			t.Errorf("accepted, but its canonical form is not: %v", err)
		}
	})
}

func FuzzReadRubric(f *testing.F) {
	official, err := os.ReadFile("../assets/rubrics/jutongyong-2019.json")
	if err != nil {
		f.Fatal(err)
	}
	fuzzReader(f, func(b []byte) error { _, err := Compile(b); return err }, []byte(testRubric), official)
}

func FuzzReadRecord(f *testing.F) {
	c := compileTest(f)
	fuzzReader(f, func(b []byte) error {
		r, err := ReadRecord(b)
		if err != nil {
			return err
		}
		// Whatever was read can be looked at without a panic.
		r.Gaps(c)
		_ = r.CheckSealed(c)
		NewNode(r, "", c)
		_, err = Compare(nil, r, &Record{})
		return err
	}, recordDoc(f, c).bytes(f))
}

func FuzzReadAct(f *testing.F) {
	fuzzReader(f, func(b []byte) error { _, err := ReadAct(b); return err }, actDoc(f).bytes(f))
}

func FuzzReadRoster(f *testing.F) {
	fuzzReader(f, func(b []byte) error { _, err := ReadRoster(b); return err }, rosterDoc(f).bytes(f))
}
