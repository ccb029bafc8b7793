package desk

import (
	"context"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// Amendable tells whether a person can enter an act of this kind again, with the
// old one filled in, to take its place: those whose form there is.
func Amendable(a *inspection.Act) bool {
	switch a.Kind {
	case inspection.ActObjection, inspection.ActReturn, inspection.ActRectify, inspection.ActExtension, inspection.ActAnswer, inspection.ActRecheck:
		return true
	}
	return isService(a)
}

// ActNow is an act that another may take the place of: it counts and is the last
// word of its kind. What is asked of another is answered with an error that says
// why.
func (d *Desk) ActNow(hash string) (ActInfo, error) {
	return d.replaceable(context.Background(), hash)
}

func (d *Desk) replaceable(ctx context.Context, hash string) (ActInfo, error) {
	a, err := d.act(hash)
	if store.IsNotFound(err) {
		return ActInfo{}, i18n.E("要更正的行为记录 %s 不在工作簿里", short8(hash))
	}
	if err != nil {
		return ActInfo{}, err
	}
	s, err := d.actSet(ctx, store.ActFilter{Round: a.Case.Round, Unit: a.Case.Unit, Kind: a.Kind})
	if err != nil {
		return ActInfo{}, err
	}
	x, counts := s.by[hash]
	switch {
	case !counts:
		return x, i18n.E("%s %s 在隔离区，不算数，不用更正", ActWord(a), seal.Short(hash))
	case s.gone[hash]:
		at := slices.IndexFunc(s.all, func(n ActInfo) bool { return n.Act.Replaces == hash && n.Standing == "" })
		return x, i18n.E("%s %s 已被 %s 更正过；请更正新的那一份", ActWord(a), seal.Short(hash), seal.Short(s.all[at].Hash))
	}
	return x, nil
}

// ActFiles are the files that an act of the workbook names.
func (d *Desk) ActFiles(a *inspection.Act) ([][]byte, error) { return d.filesOf(a.Files) }

func (d *Desk) filesOf(hashes []string) ([][]byte, error) {
	var out [][]byte
	for _, h := range hashes {
		b, _, err := d.ActScan(h)
		if err != nil {
			return nil, i18n.E("附件 %s 不在工作簿里，不能沿用；没有签发", short8(h), err)
		}
		out = append(out, b)
	}
	return out, nil
}

// NoticeNow is the first item of a notice as it stands, or of what took its place.
func (d *Desk) NoticeNow(hash string) (*RectifyItem, error) {
	a, err := d.act(hash)
	if err != nil {
		return nil, err
	}
	s, err := d.actSet(context.Background(), store.ActFilter{Round: a.Case.Round, Unit: a.Case.Unit})
	if err != nil {
		return nil, err
	}
	for _, x := range s.of(inspection.ActRectify) {
		if !slices.Contains(s.line(x.Hash), hash) {
			continue
		}
		items, err := d.NoticeItems(x.Hash)
		if err == nil && len(items) > 0 {
			return &items[0], nil
		}
		return nil, err
	}
	return nil, i18n.E("整改通知 %s 不算数", seal.Short(hash))
}

// forbidReplacing refuses an act that names one of which it cannot take the place.
// A publication has its own order.
func (d *Desk) forbidReplacing(ctx context.Context, a *inspection.Act) error {
	if a.Replaces == "" || a.Kind == inspection.ActPublication {
		return nil
	}
	old, err := d.replaceable(ctx, a.Replaces)
	if err != nil {
		return i18n.E("%s；没有签发", i18n.Person(err))
	}
	if old.Act.Kind != a.Kind || old.Act.Case != a.Case || isService(old.Act) != isService(a) {
		return i18n.E("%s %s 不是这一轮这个单位的同一类行为记录，不能用“%s”更正它；没有签发", ActWord(old.Act), seal.Short(a.Replaces), ActWord(a))
	}
	roster, err := d.Roster()
	if err != nil {
		return err
	}
	if old.Act.Signer != a.Signer && !roster.Entry(a.Signer).Has(inspection.RoleBureau) {
		return i18n.E("%s %s 是别人签的，只有签它的人或汇总单位能更正；没有签发", ActWord(old.Act), seal.Short(a.Replaces))
	}
	return nil
}
