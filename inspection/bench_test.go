package inspection

import (
	"fmt"
	"os"
	"testing"

	"xunping/inspection/canon"
	"xunping/scoring"
)

// builtIn is the rubric of 2019 and a sealed record on it with every indicator
// checked, as a city's usually is.
func builtIn(b testing.TB) (*Compiled, []byte) {
	raw, err := os.ReadFile("../assets/rubrics/jutongyong-2019.json")
	if err != nil {
		b.Fatal(err)
	}
	c, err := Compile(raw)
	if err != nil {
		b.Fatal(err)
	}
	previous := ""
	r := &Record{Format: RecordFormat, ID: "01912f00-0000-7000-8000-000000000001", Revision: 1, Parents: []string{},
		Rubric: RubricRef{c.Rubric.Code, c.Hash},
		Round:  Round{Code: "2019-08", Title: "2019年8月检查", Trial: true, Signers: 2, Deadlines: map[string]string{"D5-m2": "2019-10-31", "D8-m1": "2019-10-31"}},
		Unit:   Unit{"450100", "南宁市", "city"}, Visit: Visit{From: "2019-08-06T09:00:00+08:00"},
		People:  People{Inspectors: []Person{{Name: "甲", Number: "001"}, {Name: "乙", Number: "002"}}},
		Entries: map[string]Entry{}, Signer: signerHash, Sealed: "2019-08-06T17:40:00+08:00", Previous: &previous, Counter: 1}
	one := scoring.One
	for i := range c.Engine.Len() {
		ind := c.Engine.Indicator(i)
		e := Entry{State: scoring.Checked, Note: "现场核对台账与系统截图，情况属实。", Measures: map[string]Measure{}}
		for _, m := range ind.Measures {
			e.Measures[m.Code] = Measure{Done: &one, Total: &one, Completed: "2019-06-30", Source: "site"}
		}
		for _, rule := range ind.Rules {
			if given, ok := rule.GivenBy(one); ok && rule.Binds("city") && len(e.Findings) == 0 {
				e.Findings = append(e.Findings, Finding{ID: "f1", Rule: rule.Code, Count: one, Points: given, Note: "两张专网没有迁移计划，责任处室未明确。"})
			}
		}
		r.Entries[ind.Code] = e
	}
	score, err := r.ScoreJSON(c)
	if err != nil {
		b.Fatal(err)
	}
	r.Claimed = score
	bytes, _, err := r.Canonical()
	if err != nil {
		b.Fatal(err)
	}
	return c, bytes
}

// BenchmarkReadRecord reads and fully checks one sealed record: what a merge
// does for each beside its signature.
func BenchmarkReadRecord(b *testing.B) {
	c, raw := builtIn(b)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := ReadRecord(raw)
		if err != nil {
			b.Fatal(err)
		}
		if err := r.CheckSealed(c); err != nil {
			b.Fatal(err)
		}
		NewNode(r, canon.Hash(raw), c)
	}
}

// BenchmarkDerive folds 10,000 records of 5,000 units, each with a correction,
// by 300 keys.
func BenchmarkDerive(b *testing.B) {
	s := Set{Roster: &Roster{}}
	for i := range 300 {
		s.Roster.Entries = append(s.Roster.Entries, testEntry(named("key %d", i), fmt.Sprint(i), RoleInspector))
	}
	for i := range 5000 {
		e := s.Roster.Entries[i%300]
		first := Node{Hash: named("first %d", i), Case: testCase, ID: "one", Signer: e.SPKI, Numbers: []string{e.Number}, Signers: 1, Exact: "80"}
		first.Case.Unit = fmt.Sprint(i)
		second := first
		second.Hash, second.Parents = named("second %d", i), []string{first.Hash}
		s.Records = append(s.Records, first, second)
		s.Signatures = append(s.Signatures, Signature{first.Hash, FieldInspector, e.SPKI}, Signature{second.Hash, FieldInspector, e.SPKI})
	}
	b.ReportAllocs()
	for b.Loop() {
		if st := Derive(s); len(st.Cases) != 5000 || len(st.Cases[0].Provisional) != 0 {
			b.Fatal("wrong state")
		}
	}
}

// BenchmarkDeriveOneCase folds one case with a line of 10,000 corrections: the
// worst that files can do to one case.
func BenchmarkDeriveOneCase(b *testing.B) {
	c := CaseSet{}
	for i := range 10000 {
		n := rec(named("%d", i), wang)
		if i > 0 {
			n.Parents = []string{named("%d", i-1)}
		}
		c.Records = append(c.Records, n)
	}
	trust := NewTrust(roster(), nil)
	for b.Loop() {
		if st := DeriveCase(c, trust); len(st.Heads) != 1 {
			b.Fatal("wrong state")
		}
	}
}
