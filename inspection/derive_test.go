package inspection

import (
	"slices"
	"strings"
	"testing"
)

// outcome is a case in short: "a" one head, "a|b" a conflict, "" none, then the
// provisional reasons.
func outcome(c CaseState) string {
	s := strings.Join(c.Heads, "|")
	for _, r := range c.Provisional {
		s += " " + string(r)
	}
	return s
}

func derived(t *testing.T, s Set) CaseState {
	t.Helper()
	st := Derive(s)
	if len(st.Cases) != 1 {
		t.Fatalf("%d cases", len(st.Cases))
	}
	c := st.Cases[0]
	want := CaseConflict
	if len(c.Heads) < 2 {
		want = []string{CaseNone, CaseResult}[len(c.Heads)]
	}
	if c.State != want || c.State != CaseResult && len(c.Provisional) > 0 {
		t.Errorf("state %s with heads %v, provisional %v", c.State, c.Heads, c.Provisional)
	}
	return c
}

// Which records are heads (FORMATS §2 for the links, §3 for the result).
func TestHeads(t *testing.T) {
	byBureauThenTeam := rec("b", wang, "a").with(func(n *Node) { n.Signer = bureau })
	for _, k := range []struct {
		name     string
		records  []Node
		heads    string
		idle     string // child>parent
		ancestor string
	}{
		{name: "one", records: []Node{rec("a", wang)}, heads: "a"},
		{name: "correction by its signer", records: []Node{rec("a", wang), rec("b", wang, "a")}, heads: "b"},
		{name: "correction by the partner it names", records: []Node{rec("a", wang), rec("b", li, "a")}, heads: "b"},
		{name: "correction by another key of a named person", records: []Node{rec("a", li), rec("b", wangNew, "a")}, heads: "b"},
		{name: "correction by another team", records: []Node{rec("a", wang), rec("b", zhao, "a").with(func(n *Node) { n.Numbers = []string{"3"} })}, heads: "a|b", idle: "b>a"},
		{name: "correction of another inspection", records: []Node{rec("a", wang), rec("b", wang, "a").with(otherID)}, heads: "a|b", idle: "b>a"},
		{name: "correction by the bureau", records: []Node{rec("a", wang), rec("b", bureau, "a")}, heads: "b"},
		{name: "correction by the bureau of another inspection", records: []Node{rec("a", wang), rec("b", bureau, "a").with(otherID)}, heads: "b"},
		{name: "a team corrects the bureau", records: []Node{rec("a", wang), byBureauThenTeam, rec("c", wang, "b")}, heads: "b|c", idle: "c>b", ancestor: ""},
		{name: "fork", records: []Node{rec("a", wang), rec("b", wang, "a"), rec("c", li, "a")}, heads: "b|c", ancestor: "a"},
		{name: "fork of a correction", records: []Node{rec("o", wang), rec("a", wang, "o"), rec("b", wang, "a"), rec("c", li, "a")}, heads: "b|c", ancestor: "a"},
		{name: "two first records", records: []Node{rec("a", wang), rec("b", zhao).with(func(n *Node) { n.Numbers = []string{"3"}; n.ID = "two" })}, heads: "a|b"},
		{name: "settlement", records: []Node{rec("a", wang), rec("b", li).with(otherID), rec("c", bureau, "a", "b")}, heads: "c"},
		{name: "settlement by a team", records: []Node{rec("a", wang), rec("b", wang), rec("c", wang, "a", "b")}, heads: "a|b|c", idle: "c>a c>b"},
		{name: "late record below a settled one", records: []Node{rec("o", wang), rec("a", wang, "o"), rec("b", li, "o"), rec("c", bureau, "a", "b")}, heads: "c"},
		{name: "new correction of a settled parent reopens", records: []Node{rec("a", wang), rec("b", li).with(otherID), rec("c", bureau, "a", "b"), rec("d", wang, "a")}, heads: "c|d", ancestor: "a"},
		{name: "two settlements of the same heads", records: []Node{rec("a", wang), rec("b", li).with(otherID), rec("c", bureau, "a", "b"), rec("d", boss, "a", "b")}, heads: "c|d"},
		{name: "parent not here", records: []Node{rec("b", wang, "a")}, heads: "b"},
		{name: "unknown signer", records: []Node{rec("a", nobody)}, heads: ""},
		{name: "unknown signer supersedes nothing", records: []Node{rec("a", wang), rec("b", nobody, "a")}, heads: "a", idle: "b>a"},
		{name: "through a quarantined record", records: []Node{rec("a", wang), rec("b", li, "a").with(func(n *Node) { n.Numbers = []string{"1", "9"} }), rec("c", wang, "b")}, heads: "c"},
		{name: "inspector not named", records: []Node{rec("a", zhao)}, heads: ""},
	} {
		t.Run(k.name, func(t *testing.T) {
			c := derived(t, Set{Records: k.records, Roster: roster()})
			var idle []string
			for _, e := range c.Idle {
				idle = append(idle, e.Child+">"+e.Parent)
			}
			heads := strings.Join(c.Heads, "|")
			if heads != k.heads || strings.Join(idle, " ") != k.idle || c.Ancestor != k.ancestor {
				t.Errorf("heads %q idle %q ancestor %q, want %q %q %q", heads, strings.Join(idle, " "), c.Ancestor, k.heads, k.idle, k.ancestor)
			}
		})
	}
}

func TestCasesNeverMeet(t *testing.T) {
	base := rec("a", wang)
	for name, change := range map[string]func(*Node){
		"round":  func(n *Node) { n.Case.Round = "2019-09" },
		"rubric": func(n *Node) { n.Case.Rubric = "s" },
		"trial":  func(n *Node) { n.Case.Trial = false },
		"unit":   func(n *Node) { n.Case.Unit = "450200" },
	} {
		st := Derive(Set{Records: []Node{base, rec("b", bureau, "a").with(change)}, Roster: roster()})
		if len(st.Cases) != 2 || outcome(st.Cases[0]) == outcome(st.Cases[1]) || st.Cases[0].State != CaseResult || st.Cases[1].State != CaseResult {
			t.Errorf("another %s: %+v", name, st.Cases)
		}
	}
}

// Standing of records and acts (FORMATS §4 rule 8).
func TestStanding(t *testing.T) {
	chain := []Node{rec("1", wang), rec("2", wang, "1").with(after("1")), rec("3", wang, "2").with(after("2"))}
	for _, k := range []struct {
		name    string
		roster  *Roster
		records []Node
		want    string // of records in order
		heads   string
	}{
		{"nobody on the roster", nil, chain[:1], "unknown_signer", ""},
		{"no such key", roster(), []Node{rec("a", nobody)}, "unknown_signer", ""},
		{"not named", roster(), []Node{rec("a", zhao)}, "not_named", ""},
		{"bureau need not be named", roster(), []Node{rec("a", bureau)}, "", "a"},
		{"key without a role", &Roster{Entries: []RosterEntry{testEntry(wang, "1", "guest")}}, chain[:1], "wrong_role", ""},
		{"revoked, all before last", roster().revoke(wang, "3"), chain, ",,", "3"},
		{"revoked, later ones out", roster().revoke(wang, "2"), chain, ",,revoked", "2"},
		{"revoked, nothing believed", roster().revoke(wang), chain, "revoked,revoked,revoked", ""},
		{"cut off by a missing link", roster().revoke(wang, "3"), []Node{chain[0], chain[2]}, "revoked,", "3"},
		{"last not here", roster().revoke(wang, "3"), chain[:2], "revoked,revoked", ""},
		{"two branches believed", roster().revoke(wang, "2", "x"), append(slices.Clone(chain), rec("x", wang, "1").with(after("1"))), ",,revoked,", "2|x"},
		{"last of another's object", roster().revoke(wang, "a"), []Node{chain[0], rec("a", li).with(after("1"))}, "revoked,", "a"},
		{"previous in a circle", roster().revoke(wang, "1"), []Node{rec("1", wang).with(after("2")), rec("2", wang).with(after("1"))}, ",", "1|2"},
	} {
		t.Run(k.name, func(t *testing.T) {
			s := Set{Records: k.records, Roster: k.roster}
			st := Derive(s)
			var got []string
			for _, n := range k.records {
				got = append(got, string(st.Standings[n.Hash]))
			}
			if strings.Join(got, ",") != k.want || strings.Join(derived(t, s).Heads, "|") != k.heads {
				t.Errorf("standing %v heads %v, want %q %q", got, st.Cases[0].Heads, k.want, k.heads)
			}
		})
	}
}

// An act in the chain of a key links its records, too.
func TestRevocationRunsThroughActs(t *testing.T) {
	act := ActNode{Hash: "act", Kind: ActOpinion, Case: testCase, Signer: wang, Previous: "1"}
	records := []Node{rec("1", wang), rec("2", wang, "1").with(after("act"))}
	with := Derive(Set{Records: records, Acts: []ActNode{act}, Roster: roster().revoke(wang, "2")})
	without := Derive(Set{Records: records, Roster: roster().revoke(wang, "2")})
	if with.Standings["1"] != "" || with.Standings["act"] != "" || without.Standings["1"] != ReasonRevoked || without.Standings["2"] != "" {
		t.Errorf("with the act %v, without %v", with.Standings, without.Standings)
	}
}

func TestWhoMayMakeWhichAct(t *testing.T) {
	for kind := range actKinds {
		open := kind == ActOpinion || kind == ActAnswer || kind == ActRecheck
		for signer, want := range map[string]Reason{bureau: "", boss: "", nobody: ReasonUnknown, wang: ReasonRole} {
			if signer == wang && open {
				want = ""
			}
			a := ActNode{Hash: "a", Kind: kind, Signer: signer}
			if got := NewTrust(roster(), nil).Act(&a); got != want {
				t.Errorf("%s by %s: %q, want %q", kind, signer, got, want)
			}
		}
	}
}

func TestSignatures(t *testing.T) {
	for _, k := range []struct {
		name   string
		roster *Roster
		sig    Signature
		signer string
		want   string
	}{
		{"signer", roster(), Signature{"a", FieldInspector, wang}, wang, SignatureValid},
		{"signer is the bureau", roster(), Signature{"a", FieldInspector, bureau}, bureau, SignatureValid},
		{"another in the signer's field", roster(), Signature{"a", FieldInspector, li}, wang, SignatureRole},
		{"partner", roster(), Signature{"a", FieldCoinspector, li}, wang, SignatureValid},
		{"partner whom the record does not name", roster(), Signature{"a", FieldCoinspector, zhao}, wang, SignatureValid},
		{"the signer again", roster(), Signature{"a", FieldCoinspector, wang}, wang, SignatureRole},
		{"the same person with another key", roster(), Signature{"a", FieldCoinspector, wangNew}, wang, SignatureRole},
		{"bureau as partner", roster(), Signature{"a", FieldCoinspector, bureau}, wang, SignatureRole},
		{"bureau and inspector as partner", roster(), Signature{"a", FieldCoinspector, boss}, wang, SignatureValid},
		{"bureau", roster(), Signature{"a", FieldBureau, bureau}, wang, SignatureValid},
		{"inspector as bureau", roster(), Signature{"a", FieldBureau, li}, wang, SignatureRole},
		{"unknown", roster(), Signature{"a", FieldCoinspector, nobody}, wang, SignatureUnknown},
		{"no such field", roster(), Signature{"a", "king", li}, wang, SignatureRole},
		{"revoked partner", roster().revoke(li, "b"), Signature{"a", FieldCoinspector, li}, wang, SignatureRevoked},
		{"revoked partner on a record named in last", roster().revoke(li, "a"), Signature{"a", FieldCoinspector, li}, wang, SignatureValid},
		{"revoked signer", roster().revoke(wang), Signature{"a", FieldInspector, wang}, wang, SignatureRevoked},
	} {
		t.Run(k.name, func(t *testing.T) {
			trust := NewTrust(k.roster, []Link{{"a", k.signer, ""}})
			if got := trust.Signature(k.sig, k.signer); got != k.want {
				t.Errorf("%s, want %s", got, k.want)
			}
		})
	}
}

// Why a result does not stand yet (FORMATS §3).
func TestProvisional(t *testing.T) {
	letter := rec("a", wang).with(func(n *Node) { n.Letters = []Letter{{"A1", "12号", "2019-07-01"}} })
	two := rec("a", wang).with(func(n *Node) { n.Signers = 2 })
	by := func(field, spki string) Signature { return Signature{"a", field, spki} }
	inspector := by(FieldInspector, wang)
	free := rec("a", wang).with(func(n *Node) { n.Free = true })
	decided := rec("a", wang).with(func(n *Node) { n.ByBureau = true })
	fork := []Node{rec("aa", wang), rec("bbb", li).with(otherID)}
	settled := append(slices.Clone(fork), rec("cccc", bureau, "aa", "bbb"))
	change := func(a ActNode, do func(*ActNode)) ActNode { do(&a); return a }
	for _, k := range []struct {
		name    string
		records []Node
		acts    []ActNode
		sigs    []Signature
		want    string
	}{
		{"one signature is enough", []Node{rec("a", wang)}, nil, []Signature{inspector}, "a"},
		{"two wanted, one there", []Node{two}, nil, []Signature{inspector}, "a 待补签"},
		{"two wanted, two there", []Node{two}, nil, []Signature{inspector, by(FieldCoinspector, li)}, "a"},
		{"the same twice", []Node{two}, nil, []Signature{inspector, inspector, by(FieldCoinspector, wangNew)}, "a 待补签"},
		{"second unknown", []Node{two}, nil, []Signature{inspector, by(FieldCoinspector, nobody)}, "a 待补签"},
		{"second is the bureau's field", []Node{two}, nil, []Signature{inspector, by(FieldBureau, bureau)}, "a 待补签"},
		{"signed on another record", []Node{two}, nil, []Signature{inspector, {"b", FieldCoinspector, li}}, "a 待补签"},
		{"bureau alone is enough", []Node{two.with(func(n *Node) { n.Signer = bureau })}, nil, []Signature{by(FieldInspector, bureau)}, "a"},

		{"letter not registered", []Node{letter}, nil, []Signature{inspector}, "a 待核实"},
		{"letter accepted", []Node{letter}, []ActNode{letterAct("l", bureau)}, []Signature{inspector}, "a"},
		{"letter of another round", []Node{letter}, []ActNode{change(letterAct("l", bureau), func(a *ActNode) { a.Case.Round = "2019-07" })}, []Signature{inspector}, "a"},
		{"letter registered by an inspector", []Node{letter}, []ActNode{letterAct("l", li)}, []Signature{inspector}, "a 待核实"},
		{"letter refused", []Node{letter}, []ActNode{change(letterAct("l", bureau), func(a *ActNode) { a.Decision = Refused })}, []Signature{inspector}, "a 待核实"},
		{"letter of another unit", []Node{letter}, []ActNode{change(letterAct("l", bureau), func(a *ActNode) { a.Case.Unit = "450200" })}, []Signature{inspector}, "a 待核实"},
		{"letter of another number", []Node{letter}, []ActNode{change(letterAct("l", bureau), func(a *ActNode) { a.Number = "13号" })}, []Signature{inspector}, "a 待核实"},
		{"letter of another date", []Node{letter}, []ActNode{change(letterAct("l", bureau), func(a *ActNode) { a.Date = "2019-07-02" })}, []Signature{inspector}, "a 待核实"},
		{"letter for another indicator", []Node{letter}, []ActNode{change(letterAct("l", bureau), func(a *ActNode) { a.Indicators = []string{"A2"} })}, []Signature{inspector}, "a 待核实"},
		{"act that is no letter", []Node{letter}, []ActNode{change(letterAct("l", bureau), func(a *ActNode) { a.Kind = ActRuling })}, []Signature{inspector}, "a 待核实"},

		{"bonus not scored", []Node{rec("a", wang).with(func(n *Node) { n.Unscored = true })}, nil, []Signature{inspector}, "a 加分待评"},

		{"free finding", []Node{free}, nil, []Signature{inspector}, "a 待认定"},
		{"free finding approved", []Node{free}, []ActNode{approvalAct("p", bureau, "a")}, []Signature{inspector}, "a"},
		{"approved by an inspector", []Node{free}, []ActNode{approvalAct("p", li, "a")}, []Signature{inspector}, "a 待认定"},
		{"approval of another record", []Node{free}, []ActNode{approvalAct("p", bureau, "b")}, []Signature{inspector}, "a 待认定"},
		{"approval refused", []Node{free}, []ActNode{change(approvalAct("p", bureau, "a"), func(a *ActNode) { a.Decision = Refused })}, []Signature{inspector}, "a 待认定"},
		{"bureau decides and has not", []Node{decided}, nil, []Signature{inspector}, "a 待认定"},
		{"bureau decided by its revision", []Node{decided.with(func(n *Node) { n.Signer = bureau })}, nil, []Signature{by(FieldInspector, bureau)}, "a"},
		{"bureau decided by approval", []Node{decided}, []ActNode{approvalAct("p", bureau, "a")}, []Signature{inspector}, "a"},
		{"settlement with a total of its own", settled, nil, nil, "cccc 待认定"},
		{"settlement with a parent's total", append(slices.Clone(fork), rec("cccc", bureau, "aa", "bbb").with(func(n *Node) { n.Exact = "3" })), nil, nil, "cccc"},
		{"settlement approved", settled, []ActNode{approvalAct("p", bureau, "cccc")}, nil, "cccc"},
		{"all at once", []Node{two.with(func(n *Node) { n.Letters, n.Unscored, n.Free = letter.Letters, true, true })}, nil, []Signature{inspector}, "a 待补签 待核实 加分待评 待认定"},
	} {
		t.Run(k.name, func(t *testing.T) {
			c := derived(t, Set{Records: k.records, Acts: k.acts, Signatures: k.sigs, Roster: roster()})
			if got := outcome(c); got != k.want {
				t.Errorf("got %q, want %q", got, k.want)
			}
		})
	}
}

// An act that another has taken the place of decides nothing: of the same kind and
// case, by the bureau or by who signed the old one.
func TestReplacedActs(t *testing.T) {
	rests := rec("r", wang).with(func(n *Node) { n.Letters = []Letter{{"A1", "12号", "2019-07-01"}} })
	free := rec("r", wang).with(func(n *Node) { n.Free = true })
	refuse := func(a ActNode, hash, signer string) ActNode {
		a.Replaces, a.Hash, a.Signer, a.Decision = a.Hash, hash, signer, Refused
		return a
	}
	letter, approval := letterAct("l", bureau), approvalAct("p", bureau, "r")
	again := letterAct("l3", bureau)
	again.Replaces = "l2"
	elsewhere := refuse(letter, "l2", bureau)
	elsewhere.Case.Round = "2019-09"
	for name, c := range map[string]struct {
		record Node
		acts   []ActNode
		want   []Reason
	}{
		"a letter":               {rests, []ActNode{letter}, nil},
		"refused later":          {rests, []ActNode{letter, refuse(letter, "l2", boss)}, []Reason{AwaitsLetter}},
		"and taken back":         {rests, []ActNode{letter, refuse(letter, "l2", boss), again}, nil},
		"by nobody":              {rests, []ActNode{letter, refuse(letter, "l2", nobody)}, nil},
		"of another case":        {rests, []ActNode{letter, elsewhere}, nil},
		"an approval":            {free, []ActNode{approval}, nil},
		"an approval taken back": {free, []ActNode{refuse(approval, "q", bureau), approval}, []Reason{AwaitsApproval}},
	} {
		st := Derive(Set{Records: []Node{c.record}, Acts: c.acts, Signatures: []Signature{{Object: "r", Field: FieldInspector, SPKI: wang}}, Roster: roster()})
		if got := st.Cases[0].Provisional; !slices.Equal(got, c.want) {
			t.Errorf("%s: provisional %v, want %v", name, got, c.want)
		}
	}
	theirs := ActNode{Hash: "x", Kind: ActRecheck, Case: testCase, Signer: bureau}
	mine := ActNode{Hash: "y", Kind: ActRecheck, Case: testCase, Signer: wang, Replaces: "x"}
	isBureau := func(spki string) bool { return spki == bureau }
	if Replaced([]ActNode{theirs, mine}, isBureau)["x"] {
		t.Error("an inspector took back what the bureau said")
	}
	theirs.Signer = wang
	if !Replaced([]ActNode{mine, theirs}, isBureau)["x"] {
		t.Error("an inspector cannot correct his own recheck")
	}
}
