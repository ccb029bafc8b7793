package inspection

import (
	"strings"
	"testing"

	"xunping/scoring"
)

func TestCheckFindsNothingInAValidRecord(t *testing.T) {
	c := compileTest(t)
	r := readRecord(t, recordDoc(t, c))
	for _, p := range r.Check(c) {
		t.Error(p.Error())
	}
	if err := finish(t, r, c).CheckSealed(c); err != nil {
		t.Error(err)
	}
	// X = (60 − 5.5 − 1 − 5) · 100/60, Y = 30.
	if got := r.Score(c).Total.Exact.String(); got != "665/6" {
		t.Errorf("total %s", got)
	}
}

type problem struct {
	name, path string
	value      any
	place      string
	missing    bool
}

// One row for each rule about a record with its rubric (FORMATS §2).
func TestCheckNamesThePlace(t *testing.T) {
	c := compileTest(t)
	measure := "entries.A2.measures.A2-m1"
	for _, k := range []problem{
		{"other rubric", "rubric.sha256", signerHash, "rubric.sha256", false},
		{"other rubric code", "rubric.code", "other", "rubric.code", false},
		{"unknown indicator", "entries.Z9", map[string]any{"state": "checked"}, "entries.Z9", false},
		{"unknown indicator in reasons", "reasons.Z9", "x", "reasons.Z9", false},
		{"no entry", "entries.A3", gone, "entries.A3.state", true},
		{"unchecked", "entries.A3.state", "unchecked", "entries.A3.state", true},
		{"no state", "entries.A3.state", gone, "entries.A3.state", true},
		{"no such state", "entries.A3.state", "done", "entries.A3.state", false},
		{"may not be absent", "entries.A2", map[string]any{"state": "absent"}, "entries.A2.state", false},
		{"absent without letter", "entries.A1.absence.letter", "", "entries.A1.absence.letter", true},
		{"absent without the letter's date", "entries.A1.absence.date", gone, "entries.A1.absence.letter", true},
		{"absent, date no day", "entries.A1.absence.date", "7月1日", "entries.A1.absence.date", false},
		{"absent without a condition", "entries.A1.absence.conditions", []any{}, "entries.A1.absence.conditions", true},
		{"absent with a condition of its own", "entries.A1.absence.conditions.0", "别的", "entries.A1.absence.conditions", false},
		{"absent without letter or reason", "entries.A3", map[string]any{"state": "absent"}, "entries.A3.absence.reason", true},
		{"absence of a checked one", "entries.A3.absence", map[string]any{"reason": "无"}, "entries.A3.absence", false},
		{"not scored without a gate", "entries.A3.state", "not_scored", "entries.A3.state", false},
		{"not scored with the gate open", "entries.E1.state", "not_scored", "entries.E1.state", true},
		{"findings of an absent one", "entries.A1.findings", []any{map[string]any{"id": "f", "points": "1", "clause": "一"}}, "entries.A1.state", false},
		{"measures of an unchecked one", "entries.D1.state", "unchecked", "entries.D1.state", false},
		{"measure without counts of a checked-not one", "entries.A1.measures", map[string]any{"A1-m1": map[string]any{}}, "entries.A1.measures", false},
		{"finding without id", "entries.A2.findings.0.id", "", "entries.A2.findings[0].id", false},
		{"finding id twice", "entries.A2.findings.1.id", "f1", "entries.A2.findings[1].id", false},
		{"unknown rule", "entries.A2.findings.0.rule", "A1-1", "entries.A2.findings[0].rule", false},
		{"points out of range", "entries.A2.findings.0.points", "0.4", "entries.A2.findings[0].points", false},
		{"points not the veto's", "entries.A2.findings.0.rule", "A2-3", "entries.A2.findings[0].points", false},
		{"rule of another kind of unit", "entries.A2.findings.0.rule", "A2-4", "entries.A2.findings[0].rule", false},
		{"rule that follows from a measure", "entries.A2.findings.0.rule", "A2-1", "entries.A2.findings[0].rule", false},
		{"free finding without clause", "entries.A2.findings.1.clause", "", "entries.A2.findings[1].clause", false},
		{"continues no record", "entries.A2.findings.0.continues.record", "x", "entries.A2.findings[0].continues.record", false},
		{"aspect of a finding", "entries.A2.findings.0.aspects.0", "丙", "entries.A2.findings[0].aspects[0]", false},
		{"aspect of an entry", "entries.A2.aspects.0", "丙", "entries.A2.aspects[0]", false},
		{"aspect where there is none", "entries.A3.aspects", []any{"甲"}, "entries.A3.aspects[0]", false},
		{"evidence of a finding not listed", "entries.A2.findings.0.evidence.0", signerHash, "entries.A2.findings[0].evidence[0]", false},
		{"evidence of an entry not listed", "entries.A2.evidence.0", signerHash, "entries.A2.evidence[0]", false},
		{"evidence listed twice", "evidence", []any{map[string]any{"sha256": evidenceHash}, map[string]any{"sha256": evidenceHash}}, "evidence[1].sha256", false},
		{"material", "entries.A2.materials.计划", "some", "entries.A2.materials.计划", false},
		{"measure lacking", "entries.A2.measures", gone, "entries.A2.measures.A2-m1", true},
		{"measure unknown", "entries.A2.measures.A9", map[string]any{"done": "0", "total": "0"}, "entries.A2.measures.A9", false},
		{"measure unknown without counts", "entries.A2.measures.A9", map[string]any{}, "entries.A2.measures.A9", false},
		{"measure without total", "entries.A2.measures.A2-m2", map[string]any{"done": "1"}, "entries.A2.measures.A2-m2", true},
		{"done more than total", "entries.D1.measures.D1-m1.done", "4", "entries.D1.measures.D1-m1.done", false},
		{"done not as the items", measure + ".done", "2", measure, false},
		{"total not as the items", measure + ".total", "4", measure, false},
		{"item state", measure + ".items.0.state", "gone", measure + ".items[0].state", false},
		{"source", measure + ".source", "hearsay", measure + ".source", false},
		{"as of", measure + ".as_of", "today", measure + ".as_of", false},
		{"completed", "entries.D1.measures.D1-m1.completed", "2019-10-32", "entries.D1.measures.D1-m1.completed", false},
		{"round without the deadline", "round.deadlines", gone, "entries.D1.measures.D1-m1", true},
	} {
		t.Run(k.name, func(t *testing.T) {
			r := readRecord(t, recordDoc(t, c).put(k.path, k.value))
			found := r.Check(c)
			for _, p := range found {
				if p.Place == k.place && p.Missing == k.missing && p.Err.Error() != "" {
					code := ""
					if strings.HasPrefix(k.place, "entries.") {
						code = strings.Split(k.place, ".")[1]
					}
					if p.Code != code {
						t.Errorf("problem is filed under %q", p.Code)
					}
					if finish(t, r, c).CheckSealed(c) == nil {
						t.Error("but it may be sealed")
					}
					return
				}
			}
			t.Errorf("want %s (missing %v), found %v", k.place, k.missing, found)
		})
	}
}

func TestMeasuresFollowFromItems(t *testing.T) {
	c := compileTest(t)
	d := recordDoc(t, c).put("entries.A2.measures.A2-m1.done", gone).put("entries.A2.measures.A2-m1.total", gone)
	r := readRecord(t, d)
	if found := r.Check(c); len(found) > 0 {
		t.Fatal(found)
	}
	done, total, ok := r.Entries["A2"].Measures["A2-m1"].Counts()
	if !ok || done != scoring.One || total != 2*scoring.One {
		t.Errorf("one done, one open, one exempt, one led by another give %v of %v", done, total)
	}
}

// While the gate is closed the bonus part stays unscored; when a correction
// opens it, only a record with parents may leave it so.
func TestNotScored(t *testing.T) {
	c := compileTest(t)
	closed := recordDoc(t, c).put("entries.A2.findings.0.points", "25").
		put("entries.D1", map[string]any{"state": "not_scored"}).put("entries.E1", map[string]any{"state": "not_scored"})
	r := finish(t, readRecord(t, closed), c)
	if err := r.CheckSealed(c); err != nil {
		t.Fatal(err)
	}
	if NewNode(r, "h", c).Unscored {
		t.Error("a closed gate waits for nothing")
	}
	opened := closed.put("entries.A2.findings.0.points", "5")
	if err := finish(t, readRecord(t, opened), c).CheckSealed(c); err == nil {
		t.Error("first record with an open gate leaves the bonus unscored")
	}
	r = finish(t, readRecord(t, opened.put("parents", []any{signerHash}).put("revision", 2)), c)
	if err := r.CheckSealed(c); err != nil {
		t.Fatal(err)
	}
	if !NewNode(r, "h", c).Unscored {
		t.Error("the correction waits for its bonus to be scored")
	}
}

func TestCheckSealedRefuses(t *testing.T) {
	c := compileTest(t)
	for _, k := range []struct {
		name string
		do   func(d doc)
		want string
	}{
		{"not sealed", func(d doc) { d.put("sealed", gone) }, "封存时间"},
		{"no signer", func(d doc) { d.put("signer", gone) }, "密钥"},
		{"no previous", func(d doc) { d.put("previous", gone) }, "previous"},
		{"no counter", func(d doc) { d.put("counter", gone) }, "counter"},
		{"no inspectors", func(d doc) { d.put("people.inspectors", []any{}) }, "没有检查员"},
		{"inspector without number", func(d doc) { d.put("people.inspectors.1.number", gone) }, "证件号码"},
		{"no visit", func(d doc) { d.put("visit", gone) }, "检查时间"},
		{"inspector of the unit", func(d doc) { d.put("people.inspectors.1.org", "南宁市") }, "回避"},
		{"inspector of the unit by code", func(d doc) { d.put("people.inspectors.1.org", "450100") }, "回避"},
		{"official round on illustrative points", func(d doc) { d.put("round.trial", false) }, "试评"},
		{"parents not sorted", func(d doc) { settle(d, "ff", "ee").put("follows", hex64("ee")) }, "顺序"},
		{"settlement follows nobody", func(d doc) { settle(d, "ee", "ff") }, "follows"},
		{"settlement follows another", func(d doc) { settle(d, "ee", "ff").put("follows", hex64("dd")) }, "follows"},
		{"settlement of revision 1", func(d doc) { settle(d, "ee", "ff").put("follows", hex64("ee")).put("revision", 1) }, "版次"},
	} {
		t.Run(k.name, func(t *testing.T) {
			d := recordDoc(t, c)
			k.do(d)
			wantPlace(t, finish(t, readRecord(t, d), c).CheckSealed(c), k.want)
		})
	}
	d := settle(recordDoc(t, c), "ee", "ff").put("follows", hex64("ff"))
	if err := finish(t, readRecord(t, d), c).CheckSealed(c); err != nil {
		t.Errorf("a right settlement: %v", err)
	}
}

func hex64(two string) string { return strings.Repeat(two, 32) }

func settle(d doc, a, b string) doc {
	return d.put("parents", []any{hex64(a), hex64(b)}).put("revision", 3)
}

func TestOfficialRoundNeedsBothOfficial(t *testing.T) {
	for _, half := range []string{"points_status", "rules_status"} {
		c := compileTest(t, `"`+half+`":"illustrative"`, `"`+half+`":"official"`)
		r := readRecord(t, recordDoc(t, c).put("round.trial", false))
		wantPlace(t, finish(t, r, c).CheckSealed(c), "示例")
	}
	c := compileTest(t, "illustrative", "official")
	r := readRecord(t, recordDoc(t, c).put("round.trial", false))
	if err := finish(t, r, c).CheckSealed(c); err != nil {
		t.Error(err)
	}
}

// The score in the record must be the computed one in every member.
func TestCheckSealedRecomputesTheScore(t *testing.T) {
	c := compileTest(t)
	r := finish(t, readRecord(t, recordDoc(t, c)), c)
	for _, k := range [][2]string{
		{`"exact":"665/6"`, `"exact":"666/6"`}, {`"value":"110.83"`, `"value":"110.84"`}, {`"高"`, `"低"`}, {`"红榜"`, `"黑榜"`},
		{`"gate":"open"`, `"gate":"closed"`}, {`"failed":null`, `"failed":"A2-3"`}, {`"complete":true`, `"complete":false`}, {`"raw":"11.5"`, `"raw":"11"`},
	} {
		changed := strings.Replace(string(r.Claimed), k[0], k[1], 1)
		if changed == string(r.Claimed) {
			t.Fatalf("%s is not in %s", k[0], r.Claimed)
		}
		d := recordDoc(t, c).put("score", map[string]any(parse(t, changed)))
		wantPlace(t, readRecord(t, d).CheckSealed(c), "得分")
	}
	wantPlace(t, readRecord(t, recordDoc(t, c)).CheckSealed(c), "没有写得分")
}

func TestGaps(t *testing.T) {
	c := compileTest(t)
	r := readRecord(t, recordDoc(t, c))
	if gaps := r.Gaps(c); len(gaps) != 0 {
		t.Errorf("a finished record lacks %v", gaps)
	}
	d := recordDoc(t, c).put("entries.A3", gone).put("visit", gone).put("people", gone).
		put("entries.A2.findings.0.note", gone).put("entries.A2.findings.0.evidence", gone).put("entries.A2.evidence", gone)
	type row struct {
		indicator, place string
		blocking         bool
	}
	var got []row
	for _, g := range readRecord(t, d).Gaps(c) {
		if g.Text == "" {
			t.Errorf("nothing said about %s", g.Place)
		}
		got = append(got, row{g.Indicator, g.Place, g.Blocking})
	}
	want := []row{
		{"A3", "entries.A3.state", true}, {"", "visit.from", true}, {"", "people.inspectors", true},
		{"A2", "entries.A2.findings[0].note", false}, {"A2", "entries.A2.findings[0].evidence", false},
		{"A2", "entries.A2.findings[1].evidence", false}, {"", "people.unit_head", false},
	}
	if len(got) != len(want) {
		t.Fatalf("got %v\nwant %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%d: got %v, want %v", i, got[i], want[i])
		}
	}
}

func TestNewNode(t *testing.T) {
	c := compileTest(t, `"allowed",`, `"needs_approval",`)
	r := finish(t, readRecord(t, recordDoc(t, c)), c)
	n := NewNode(r, "h", c)
	if n.Exact != "665/6" || n.Value != "110.83" || n.Band != "高" || len(n.Lists) != 1 || n.Signers != 2 || n.Failed != "" {
		t.Errorf("score of the node: %+v", n)
	}
	if !n.Free || !n.ByBureau || n.Unscored || len(n.Letters) != 1 || n.Letters[0] != (Letter{"A1", "南府〔2019〕12号", "2019-07-01"}) {
		t.Errorf("what is provisional in the node: %+v", n)
	}
	if strings.Join(n.Numbers, " ") != "001 002" || n.UnitName != "南宁市" || n.Case.Unit != "450100" || !n.Case.Trial {
		t.Errorf("people and case of the node: %+v", n)
	}
	veto := recordDoc(t, c).put("entries.A2.findings.0.rule", "A2-3").put("entries.A2.findings.0.points", "0")
	if n := NewNode(readRecord(t, veto), "h", c); n.Failed != "A2-3" || n.Exact != "" || n.Value != "—" {
		t.Errorf("a failed one: %+v", n)
	}
}
