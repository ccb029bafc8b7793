package desk

import (
	"context"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// Words of a change of lists, as the acts carry them.
const (
	ListAdd    = "列入"
	ListRemove = "移出"
)

// ListChange 榜单调整 is a change of a unit's lists by hand. It counts only with an
// approval, and only for the record that it is about.
type ListChange struct {
	Hash, Short string
	Act         *inspection.Act
	Unit        inspection.Unit
	Changes     []ListMove
	Approval    *ActInfo // nil while nobody decided
	Approved    bool
	Stale       bool // the unit has another result by now
}

// ListMove is one list of a change.
type ListMove struct {
	List string
	Add  bool
	Why  string
}

// Pending tells whether the change waits for its approval.
func (c *ListChange) Pending() bool { return c.Approval == nil && !c.Stale }

// Effective tells whether the change counts.
func (c *ListChange) Effective() bool { return c.Approved && !c.Stale }

// ChangeLists signs a change of a unit's lists, for its present result. Items are
// by list: Claim ListAdd or ListRemove, Text why.
func (d *Desk) ChangeLists(ctx context.Context, round, unit string, items map[string]inspection.ActItem, id seal.Signer, out string) (string, error) {
	c, err := d.caseOf(ctx, round, unit)
	if err != nil {
		return "", err
	}
	if c.Head() == "" {
		return "", i18n.E("单位 %s 没有唯一的结果，不能调整榜单", unit)
	}
	a := inspection.Act{Kind: inspection.ActListChange, Case: c.Key, About: []string{c.Head()}, Items: items}
	return d.issue(ctx, a, id, nil, out)
}

// ListChanges are the changes of a round.
func (d *Desk) ListChanges(round string) ([]ListChange, error) {
	ctx := context.Background()
	s, err := d.actSet(ctx, store.ActFilter{Round: round})
	if err != nil {
		return nil, err
	}
	return d.listChanges(ctx, s, round)
}

func (d *Desk) listChanges(ctx context.Context, s *actSet, round string) ([]ListChange, error) {
	cases, err := d.wb.Cases(ctx, round)
	if err != nil {
		return nil, err
	}
	heads := map[string]bool{}
	for _, c := range cases {
		heads[c.Head()] = true
	}
	var out []ListChange
	for _, x := range s.of(inspection.ActListChange) {
		c := listChange(x)
		c.Unit = d.unitNamed(x.Act.Case.Unit)
		c.Stale = !slices.ContainsFunc(x.Act.About, func(h string) bool { return heads[h] })
		if a, ok := s.approvedBy(x.Hash); a.Hash != "" {
			c.Approval, c.Approved = &a, ok
		}
		out = append(out, c)
	}
	return out, nil
}

// listChange reads what an act changes.
func listChange(x ActInfo) ListChange {
	c := ListChange{Hash: x.Hash, Short: seal.Short(x.Hash), Act: x.Act}
	for _, list := range sortedKeys(x.Act.Items) {
		item := x.Act.Items[list]
		if item.Claim != ListAdd && item.Claim != ListRemove {
			continue // nobody can say what it means
		}
		c.Changes = append(c.Changes, ListMove{List: list, Add: item.Claim == ListAdd, Why: item.Text})
	}
	return c
}

// moved is what becomes of lists under a change.
func (c *ListChange) moved(lists []string) []string {
	out := slices.Clone(lists)
	for _, m := range c.Changes {
		out = slices.DeleteFunc(out, func(x string) bool { return x == m.List })
		if m.Add {
			out = append(out, m.List)
		}
	}
	return out
}

func (d *Desk) checkListChange(ctx context.Context, a *inspection.Act) error {
	_, c, err := d.aboutRecord(ctx, a)
	if err != nil {
		return err
	}
	if len(a.Items) == 0 {
		return i18n.E("榜单调整要写明哪个榜、列入还是移出、理由，没有签发")
	}
	for _, list := range sortedKeys(a.Items) {
		known := false
		for _, l := range c.Rubric.Lists {
			known = known || l.Name == list
		}
		x := a.Items[list]
		if !known || x.Text == "" || x.Claim != ListAdd && x.Claim != ListRemove {
			return i18n.E("榜单调整要写明哪个榜、列入还是移出、理由，没有签发")
		}
	}
	return nil
}
