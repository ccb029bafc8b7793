package desk

import (
	"context"
	"strconv"

	"xunping/assets/calendar"
	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// Keys of items that are not indicators (docs/acts.md).
const (
	itemObjectionDays = "objection_days" // of an approval: 异议期限, working days
	itemStep          = "step"           // of an approval: 审核, 签发
	itemScope         = "scope"          // of a publication: 内部, 公开
	itemOverride      = "override"       // of a publication: why it is published although something is open
)

// ObjectionLimit is how long units may object in a round.
type ObjectionLimit struct {
	Days int    // working days; 0: the round has set none
	Act  string // that set it
}

// SetObjectionLimit sets the limit of a round in working days, as a signed act,
// so that every workbook of the bureau reckons alike.
func (d *Desk) SetObjectionLimit(ctx context.Context, round string, days int, reason string, id seal.Signer, out string) (string, error) {
	key, err := d.roundKey(ctx, round)
	if err != nil {
		return "", err
	}
	before, err := d.ObjectionLimit(round)
	if err != nil {
		return "", err
	}
	a := inspection.Act{Kind: inspection.ActApproval, Case: key, About: []string{key.Rubric}, Decision: inspection.Accepted, Text: reason,
		Replaces: before.Act, Items: map[string]inspection.ActItem{itemObjectionDays: {Claim: strconv.Itoa(days)}}}
	return d.issue(ctx, a, id, nil, out)
}

// ObjectionLimit is the limit of a round. None is assumed: a round that has set
// none has none. When two were set apart from each other, the longer one counts.
func (d *Desk) ObjectionLimit(round string) (ObjectionLimit, error) {
	s, err := d.actSet(context.Background(), store.ActFilter{Round: round, Kind: inspection.ActApproval})
	if err != nil {
		return ObjectionLimit{}, err
	}
	var out ObjectionLimit
	for _, x := range s.of(inspection.ActApproval) {
		item, ok := x.Act.Items[itemObjectionDays]
		if days, err := strconv.Atoi(item.Claim); ok && err == nil && x.Act.Decision == inspection.Accepted && days > out.Days {
			out = ObjectionLimit{days, x.Hash}
		}
	}
	return out, nil
}

// lastDay is the last day to object after service, "" where the round has no
// limit.
func (d *Desk) lastDay(ctx context.Context, round, served string) (string, error) {
	limit, err := d.ObjectionLimit(round)
	if err != nil || limit.Days == 0 {
		return "", err
	}
	c, err := calendar.With(d.Holidays())
	if err != nil {
		return "", err
	}
	last, _, err := c.After(served, limit.Days)
	return last, err
}

// Service 送达 is how a sheet reached its unit.
type Service struct {
	Hash   string
	Act    *inspection.Act
	Record string
	Served string // day
	Until  string // last day to object, "" without a limit
}

// ServiceEntry registers that a sheet reached its unit.
type ServiceEntry struct {
	Record, Served string
	How            string            // 直接送达, 邮寄, 电子邮件 …
	By             inspection.Person // who took it; the signer if empty
	Replaces       string            // a service that was wrong
	Scans          [][]byte
}

// RegisterService signs the service of a sheet: a receipt that says on which day
// the unit had it, and until when it may object.
func (d *Desk) RegisterService(ctx context.Context, e ServiceEntry, id seal.Signer, out string) (string, error) {
	rec, err := d.record(ctx, e.Record)
	if err != nil {
		return "", err
	}
	last, err := d.lastDay(ctx, rec.Round.Code, e.Served)
	if err != nil {
		return "", err
	}
	a := inspection.Act{Kind: inspection.ActReceipt, Case: rec.Case(), About: []string{e.Record}, By: e.By, Date: e.Served, Text: e.How, Replaces: e.Replaces,
		Valid: inspection.Period{From: e.Served, To: last}}
	return d.issue(ctx, a, id, e.Scans, out)
}

// isService tells a receipt of a unit, 送达回证, from one for a team, 回执.
func isService(a *inspection.Act) bool { return a.Kind == inspection.ActReceipt && a.Valid.From != "" }

// services are the first service of each record: by an act of its own, or as an
// objection names it.
func services(s *actSet) map[string]Service {
	out := map[string]Service{}
	take := func(x ActInfo) {
		for _, h := range x.Act.About {
			old, known := out[h]
			if x.Act.Valid.From == "" || known && old.Served <= x.Act.Valid.From {
				continue
			}
			out[h] = Service{Hash: x.Hash, Act: x.Act, Record: h, Served: x.Act.Valid.From, Until: x.Act.Valid.To}
		}
	}
	for _, x := range s.of(inspection.ActReceipt) {
		if isService(x.Act) {
			take(x)
		}
	}
	for _, x := range s.of(inspection.ActObjection) {
		take(x)
	}
	return out
}

// Services are the services of a round by record.
func (d *Desk) Services(round string) (map[string]Service, error) {
	s, err := d.actSet(context.Background(), store.ActFilter{Round: round})
	if err != nil {
		return nil, err
	}
	return services(s), nil
}
