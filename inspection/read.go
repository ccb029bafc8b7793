package inspection

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection/canon"
	"xunping/scoring"
)

var (
	uuid7   = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	rfc3339 = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$`)
	oneWord = regexp.MustCompile(`^[\pL\pN][\pL\pN._-]{0,63}$`)
)

// IsCode tells whether records can carry a code: of a unit, a round, a measure.
func IsCode(s string) bool { return oneWord.MatchString(s) }

// ReadRecord reads an inspection record strictly: members, required ones,
// forms of ids, hashes and times. Whether it fits its rubric says Check; the
// error names the place.
func ReadRecord(b []byte) (*Record, error) {
	r := &Record{}
	if err := canon.Decode(b, r); err != nil {
		return nil, i18n.E("检查记录不合格：%s", err)
	}
	top, err := toObject(b)
	if err == nil {
		err = top.require("", "format", "id", "revision", "parents", "rubric", "round", "unit", "entries")
	}
	if err == nil {
		err = requireIn(top, "round", "code", "title", "trial")
	}
	if err == nil {
		err = requireIn(top, "rubric", "code", "sha256")
	}
	if err == nil {
		err = requireIn(top, "unit", "code")
	}
	if err == nil {
		err = r.forms()
	}
	if err != nil {
		return nil, i18n.E("检查记录不合格：%s", err)
	}
	return r, nil
}

func requireIn(top object, member string, members ...string) error {
	o, err := toObject(top[member])
	if err != nil {
		return err
	}
	return o.require(member, members...)
}

// forms checks ids, hashes and times, whose form does not depend on a rubric.
func (r *Record) forms() error {
	f := &former{}
	f.is(r.Format == RecordFormat, "format", r.Format)
	f.is(uuid7.MatchString(r.ID), "id", r.ID)
	f.number("revision", int64(r.Revision), 1)
	f.hashes("parents", r.Parents)
	f.hash("rubric.sha256", r.Rubric.SHA256)
	f.is(oneWord.MatchString(r.Round.Code), "round.code", r.Round.Code)
	f.is(r.Round.Signers >= 0 && r.Round.Signers <= 10, "round.signers", fmt.Sprint(r.Round.Signers))
	f.day("round.cutoff", r.Round.Cutoff)
	for _, m := range sortedKeys(r.Round.Deadlines) {
		f.day("round.deadlines."+m, r.Round.Deadlines[m])
	}
	f.is(oneWord.MatchString(r.Unit.Code), "unit.code", r.Unit.Code)
	f.stamp("visit.from", r.Visit.From)
	f.stamp("visit.to", r.Visit.To)
	f.stamp("sealed", r.Sealed)
	for i, e := range r.Evidence {
		f.hash(fmt.Sprintf("evidence[%d].sha256", i), e.SHA256)
		f.number(fmt.Sprintf("evidence[%d].bytes", i), e.Bytes, 0)
	}
	f.maybeHash("follows", r.Follows)
	f.maybeHash("signer", r.Signer)
	if r.Previous != nil {
		f.maybeHash("previous", *r.Previous)
	}
	f.number("counter", int64(r.Counter), 0)
	return f.err
}

// former keeps the first form that is wrong.
type former struct{ err error }

func (f *former) is(ok bool, place, value string) {
	if f.err == nil && !ok {
		if r := []rune(value); len(r) > 60 {
			value = string(r[:60]) + "…"
		}
		f.err = i18n.E("%s 的值“%s”不合格式", place, value)
	}
}

// maxNumber is the largest whole number that canonical JSON keeps: above it two
// documents that differ would have one hash.
const maxNumber = 1<<53 - 1

func (f *former) number(place string, n, least int64) {
	f.is(n >= least && n <= maxNumber, place, strconv.FormatInt(n, 10))
}

func (f *former) hash(place, s string) { f.is(canon.IsHash(s), place, s) }

func (f *former) maybeHash(place, s string) { f.is(s == "" || canon.IsHash(s), place, s) }

func (f *former) hashes(place string, list []string) {
	seen := map[string]bool{}
	for i, h := range list {
		f.is(canon.IsHash(h) && !seen[h], fmt.Sprintf("%s[%d]", place, i), h)
		seen[h] = true
	}
}

func (f *former) day(place, s string) { f.is(s == "" || isDay(s), place, s) }

func (f *former) stamp(place, s string) {
	// time.Parse alone also takes a comma and a short hour.
	_, err := time.Parse(time.RFC3339, s)
	f.is(s == "" || err == nil && rfc3339.MatchString(s), place, s)
}

// Canonical is the record's canonical bytes and their hash, for records made
// here; a record that was read is identified by the bytes it came in.
func (r *Record) Canonical() ([]byte, string, error) {
	b, err := canon.Encode(r)
	if err != nil {
		return nil, "", fmt.Errorf("encode record %s: %w", r.ID, err)
	}
	return b, canon.Hash(b), nil
}

// ReadAct reads an act strictly and checks what its kind needs.
func ReadAct(b []byte) (*Act, error) {
	a := &Act{}
	if err := canon.Decode(b, a); err != nil {
		return nil, i18n.E("行为记录不合格：%s", err)
	}
	top, err := toObject(b)
	if err == nil {
		err = top.require("", "format", "id", "kind", "case", "about", "made", "by", "signer", "previous", "counter")
	}
	if err == nil {
		err = requireIn(top, "case", "round", "rubric", "trial", "unit")
	}
	if err == nil {
		err = a.check()
	}
	if err != nil {
		return nil, i18n.E("行为记录不合格：%s", err)
	}
	return a, nil
}

func (a *Act) check() error {
	f := &former{}
	f.is(a.Format == ActFormat, "format", a.Format)
	f.is(uuid7.MatchString(a.ID), "id", a.ID)
	f.is(actKinds[a.Kind], "kind", string(a.Kind))
	f.is(oneWord.MatchString(a.Case.Round), "case.round", a.Case.Round)
	f.hash("case.rubric", a.Case.Rubric)
	f.hashes("about", a.About)
	f.hashes("files", a.Files)
	f.is(a.Made != "", "made", a.Made)
	f.stamp("made", a.Made)
	f.day("date", a.Date)
	f.day("valid.from", a.Valid.From)
	f.day("valid.to", a.Valid.To)
	f.maybeHash("replaces", a.Replaces)
	f.is(a.Decision == "" || a.Decision == Accepted || a.Decision == Refused || a.Decision == Partly, "decision", a.Decision)
	f.hash("signer", a.Signer)
	f.maybeHash("previous", a.Previous)
	f.number("counter", int64(a.Counter), 1)
	a.needs(f)
	return f.err
}

// needs checks what an act of its kind cannot do without.
func (a *Act) needs(f *former) {
	unit := oneWord.MatchString(a.Case.Unit)
	switch a.Kind {
	case ActPublication:
		unit = a.Case.Unit == ""
		for i, r := range a.Rows {
			at := fmt.Sprintf("rows[%d].", i)
			f.is(oneWord.MatchString(r.Unit), at+"unit", r.Unit)
			f.maybeHash(at+"record", r.Record)
			_, ok := scoring.ParseExact(r.Exact)
			f.is(ok || r.Exact == "", at+"exact", r.Exact)
			f.number(at+"rank", int64(r.Rank), 0)
		}
	case ActApproval:
		unit = unit || a.Case.Unit == ""
		f.is(a.Decision != "", "decision", "")
	case ActLetter:
		f.is(a.Number != "", "number", "")
		f.is(len(a.Items) > 0, "items", "")
	case ActAcceptance:
		f.is(len(a.Files) > 0, "files", "")
	}
	f.is(unit, "case.unit", a.Case.Unit)
	switch a.Kind {
	case ActPublication, ActLetter, ActListChange, ActReceipt: // may stand alone
	default:
		f.is(len(a.About) > 0, "about", "")
	}
	for _, code := range sortedKeys(a.Items) {
		f.day("items."+code+".until", a.Items[code].Until)
	}
}

var actKinds = map[ActKind]bool{ActOpinion: true, ActLetter: true, ActObjection: true, ActRuling: true, ActApproval: true,
	ActReturn: true, ActRectify: true, ActAnswer: true, ActExtension: true, ActRecheck: true, ActListChange: true,
	ActPublication: true, ActAcceptance: true, ActReceipt: true}

// Canonical is the act's canonical bytes and their hash.
func (a *Act) Canonical() ([]byte, string, error) {
	b, err := canon.Encode(a)
	if err != nil {
		return nil, "", fmt.Errorf("encode act %s: %w", a.ID, err)
	}
	return b, canon.Hash(b), nil
}

// ReadRoster reads a roster strictly. Whether the root signed it, and whether
// certificates and keys agree, is proven by package seal.
func ReadRoster(b []byte) (*Roster, error) {
	r := &Roster{}
	if err := canon.Decode(b, r); err != nil {
		return nil, i18n.E("名册不合格：%s", err)
	}
	top, err := toObject(b)
	if err == nil {
		err = top.require("", "format", "version", "issued", "entries")
	}
	if err == nil {
		err = top.requireEach("", "entries", "name", "number", "roles", "spki", "certificate", "revoked")
	}
	if err == nil {
		err = r.check()
	}
	if err != nil {
		return nil, i18n.E("名册不合格：%s", err)
	}
	return r, nil
}

func (r *Roster) check() error {
	f := &former{}
	f.is(r.Format == RosterFormat, "format", r.Format)
	f.number("version", int64(r.Version), 1)
	f.stamp("issued", r.Issued)
	seen := map[string]bool{}
	for i, e := range r.Entries {
		place := fmt.Sprintf("entries[%d]", i)
		f.hash(place+".spki", e.SPKI)
		f.is(!seen[e.SPKI], place+".spki", e.SPKI)
		seen[e.SPKI] = true
		f.is(e.Number != "", place+".number", e.Number)
		for _, role := range e.Roles {
			f.is(role == RoleInspector || role == RoleBureau, place+".roles", string(role))
		}
		if e.Revoked != nil {
			f.hashes(place+".revoked.last", e.Revoked.Last)
		}
	}
	return f.err
}

// Canonical is the roster's canonical bytes and their hash.
func (r *Roster) Canonical() ([]byte, string, error) {
	b, err := canon.Encode(r)
	if err != nil {
		return nil, "", fmt.Errorf("encode roster %d: %w", r.Version, err)
	}
	return b, canon.Hash(b), nil
}
