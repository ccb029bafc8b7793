package inspection

import (
	"bytes"
	"sort"

	"github.com/go-json-experiment/json"

	"xunping/inspection/canon"
)

// Kinds of change between two versions of a rubric.
const (
	ChangeAdded   = "added"
	ChangeRemoved = "removed"
	ChangeChanged = "changed"
	ChangeSame    = "same"
)

// IndicatorChange says what became of one indicator from one version of a
// rubric to another.
type IndicatorChange struct {
	Indicator string   `json:"indicator"`
	Title     string   `json:"title"`
	Change    string   `json:"change"`
	Members   []string `json:"members"` // that differ, in order
	From      string   `json:"from"`    // points before, "" for none
	To        string   `json:"to"`      // points after
	Carries   bool     `json:"carries"` // equal digests: an entry made under one holds under the other
}

// CompareRubrics compares two versions indicator by indicator, in the order of
// b, then what only a had.
func CompareRubrics(a, b *Compiled) ([]IndicatorChange, error) {
	before, err := a.Digests()
	if err != nil {
		return nil, err
	}
	after, err := b.Digests()
	if err != nil {
		return nil, err
	}
	old, err := membersOf(a)
	if err != nil {
		return nil, err
	}
	now, err := membersOf(b)
	if err != nil {
		return nil, err
	}
	out := []IndicatorChange{}
	for i := range b.Engine.Len() {
		ind := b.Engine.Indicator(i)
		c := IndicatorChange{Indicator: ind.Code, Title: ind.Title, Change: ChangeAdded, Members: []string{}, To: ind.Points.String()}
		if at, ok := a.Engine.Index(ind.Code); ok {
			c.From, c.Carries = a.Engine.Indicator(at).Points.String(), before[ind.Code] == after[ind.Code]
			c.Members = differing(old[ind.Code], now[ind.Code])
			c.Change = ChangeSame
			if len(c.Members) > 0 {
				c.Change = ChangeChanged
			}
		}
		out = append(out, c)
	}
	for i := range a.Engine.Len() {
		ind := a.Engine.Indicator(i)
		if now[ind.Code] == nil {
			out = append(out, IndicatorChange{Indicator: ind.Code, Title: ind.Title, Change: ChangeRemoved, Members: []string{}, From: ind.Points.String()})
		}
	}
	return out, nil
}

// membersOf gives each indicator's members as canonical bytes.
func membersOf(c *Compiled) (map[string]map[string][]byte, error) {
	out := map[string]map[string][]byte{}
	err := eachIndicator(c.JSON, func(_ string, ind object) error {
		var code string
		if err := json.Unmarshal(ind["code"], &code); err != nil {
			return err
		}
		m := map[string][]byte{}
		for name, v := range ind {
			b, err := canon.Canonical(v)
			if err != nil {
				return err
			}
			m[name] = b
		}
		out[code] = m
		return nil
	})
	return out, err
}

func differing(a, b map[string][]byte) []string {
	out := []string{}
	for name, v := range b {
		if !bytes.Equal(a[name], v) {
			out = append(out, name)
		}
	}
	for name := range a {
		if b[name] == nil {
			out = append(out, name)
		}
	}
	sort.Strings(out)
	return out
}
