package desk

import (
	"cmp"
	"context"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// actSet is a part of the acts read once: what the views of objections,
// rectification and publication are folded from. It depends on the acts alone,
// never on the order in which they came.
type actSet struct {
	all  []ActInfo          // also those that do not count
	by   map[string]ActInfo // those that count
	gone map[string]bool    // replaced by another that counts
}

// line is an act with all that it has taken the place of: what was said of those is
// said of it.
func (s *actSet) line(hash string) []string {
	out := []string{hash}
	for x, ok := s.by[hash]; ok && s.gone[x.Act.Replaces]; x, ok = s.by[x.Act.Replaces] {
		out = append(out, x.Act.Replaces)
	}
	return out
}

func (d *Desk) actSet(ctx context.Context, f store.ActFilter) (*actSet, error) {
	objects, err := d.wb.Acts(ctx, f)
	if err != nil {
		return nil, err
	}
	s := &actSet{by: map[string]ActInfo{}, gone: map[string]bool{}}
	var counting []inspection.ActNode
	for _, o := range objects {
		a, err := d.act(o.Hash)
		if err != nil {
			return nil, err
		}
		x := ActInfo{o.Hash, a, o.Standing}
		s.all = append(s.all, x)
		if x.Standing == "" {
			s.by[x.Hash] = x
			counting = append(counting, inspection.NewActNode(a, o.Hash))
		}
	}
	roster, err := d.Roster()
	if err != nil {
		return nil, err
	}
	if s.gone = inspection.Replaced(counting, func(spki string) bool { return roster.Entry(spki).Has(inspection.RoleBureau) }); s.gone == nil {
		s.gone = map[string]bool{}
	}
	slices.SortFunc(s.all, compareActs)
	return s, nil
}

// countedActs are acts that count, whatever took their place since.
func (d *Desk) countedActs(ctx context.Context, f store.ActFilter) ([]ActInfo, error) {
	objects, err := d.wb.Acts(ctx, f)
	if err != nil {
		return nil, err
	}
	var out []ActInfo
	for _, o := range objects {
		if o.Standing != "" {
			continue
		}
		a, err := d.act(o.Hash)
		if err != nil {
			return nil, err
		}
		out = append(out, ActInfo{o.Hash, a, o.Standing})
	}
	return out, nil
}

// compareActs orders acts by the day they speak of, then by what they claim of
// their making, then by hash: by their content only.
func compareActs(a, b ActInfo) int {
	return cmp.Or(cmp.Compare(actDay(a.Act), actDay(b.Act)), cmp.Compare(a.Act.Made, b.Act.Made), cmp.Compare(a.Hash, b.Hash))
}

// actDay is the day an act speaks of, else the day it claims to be made.
func actDay(a *inspection.Act) string {
	if a.Date != "" || len(a.Made) < len("2006-01-02") {
		return a.Date
	}
	return a.Made[:len("2006-01-02")]
}

// of are the acts of a kind that count and that no other replaces, in order.
func (s *actSet) of(kind inspection.ActKind) []ActInfo {
	var out []ActInfo
	for _, x := range s.all {
		if x.Act.Kind == kind && x.Standing == "" && !s.gone[x.Hash] {
			out = append(out, x)
		}
	}
	return out
}

// on are those of a kind that are about an object.
func (s *actSet) on(kind inspection.ActKind, hash string) []ActInfo {
	return s.onAny(kind, []string{hash})
}

func (s *actSet) onAny(kind inspection.ActKind, hashes []string) []ActInfo {
	return slices.DeleteFunc(s.of(kind), func(x ActInfo) bool {
		return !slices.ContainsFunc(x.Act.About, func(h string) bool { return slices.Contains(hashes, h) })
	})
}

// approvedBy is the approval that accepts an object; the last word counts, and a
// refusal that is not replaced stands against it.
func (s *actSet) approvedBy(hash string) (ActInfo, bool) {
	list := s.on(inspection.ActApproval, hash)
	if len(list) == 0 {
		return ActInfo{}, false
	}
	last := list[len(list)-1]
	return last, last.Act.Decision == inspection.Accepted
}

// issue signs an act, keeps it, and writes the pack to hand on to out ("" keeps
// it only in the workbook, from where ExportActs can write it later).
func (d *Desk) issue(ctx context.Context, a inspection.Act, id seal.Signer, scans [][]byte, out string) (string, error) {
	if err := d.mayAct(a.Kind, id); err != nil {
		return "", err
	}
	if err := d.complete(ctx, &a); err != nil {
		return "", err
	}
	act, pack, err := d.makeAct(ctx, a, id, scans)
	if err != nil {
		return "", err
	}
	keep := func([]byte) error {
		return d.wb.AddSealed(ctx, store.Received{Acts: []store.ReceivedAct{act}}, "")
	}
	if out == "" {
		return act.Hash, keep(nil)
	}
	return act.Hash, writeFileThen(out, pack, keep)
}

// ReadScans reads the files that an act names, within the limit of evidence.
func ReadScans(paths ...string) ([][]byte, error) {
	var out [][]byte
	for _, p := range paths {
		if p == "" {
			continue
		}
		b, err := readFile(p, maxEvidence)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

// ActScan is a file that acts of the workbook name, with its kind of content.
func (d *Desk) ActScan(hash string) (data []byte, media string, err error) {
	data, _, err = d.wb.Evidence(context.Background(), hash)
	if err != nil {
		return nil, "", err
	}
	return data, mediaType(data), nil // what came in a pack came without its kind
}

// caseOf is the case that a round ranks for a unit, with its one head.
func (d *Desk) caseOf(ctx context.Context, round, unit string) (store.CaseView, error) {
	cases, err := d.wb.Cases(ctx, round)
	if err != nil {
		return store.CaseView{}, err
	}
	rubric, trial, _, err := d.frame(ctx, round, cases)
	if err != nil {
		return store.CaseView{}, err
	}
	for _, c := range cases {
		if c.Key.Unit == unit && c.Key.Rubric == rubric && c.Key.Trial == trial {
			return c, nil
		}
	}
	return store.CaseView{}, i18n.E("轮次 %s 还没有单位 %s 的记录", round, unit)
}

// roundKey is the case of what concerns a whole round: no unit.
func (d *Desk) roundKey(ctx context.Context, round string) (inspection.CaseKey, error) {
	cases, err := d.wb.Cases(ctx, round)
	if err != nil {
		return inspection.CaseKey{}, err
	}
	rubric, trial, _, err := d.frame(ctx, round, cases)
	return inspection.CaseKey{Round: round, Rubric: rubric, Trial: trial}, err
}

// UnitName is the name of a unit, or its code where the list does not have it.
func (d *Desk) UnitName(code string) string { return d.unitNamed(code).Name }

// unitNamed is a unit by its code, also when the list does not have it.
func (d *Desk) unitNamed(code string) inspection.Unit {
	u, err := d.unit(code)
	if err != nil {
		return inspection.Unit{Code: code, Name: code}
	}
	return u
}
