package inspection

import (
	"github.com/go-json-experiment/json/jsontext"

	"xunping/scoring"
)

// RecordFormat names the format of an inspection record (FORMATS §2).
const RecordFormat = "xunping.inspection/1"

// Record is one inspection 检查记录: of one unit in one round. While people
// work on it, it is a draft (Sealed is empty); sealing freezes it as a revision
// that is never changed again. Points and counts are scoring.Decimal, hashes
// lower-case hex SHA-256, times RFC 3339 with zone and only claims.
type Record struct {
	Format   string            `json:"format"`
	ID       string            `json:"id"` // UUIDv7, the same in all revisions
	Revision int               `json:"revision"`
	Parents  []string          `json:"parents"` // hashes of the records this one supersedes
	Rubric   RubricRef         `json:"rubric"`
	Round    Round             `json:"round"`
	Unit     Unit              `json:"unit"`
	Visit    Visit             `json:"visit,omitzero"`
	People   People            `json:"people,omitzero"`
	Entries  map[string]Entry  `json:"entries"`
	Reasons  map[string]string `json:"reasons,omitempty"` // why an indicator changed, by code
	Evidence []EvidenceRef     `json:"evidence,omitempty"`
	Follows  string            `json:"follows,omitempty"` // settlement: the head whose id, visit and people it takes
	Signer   string            `json:"signer,omitempty"`  // SPKI hash of the sealing key
	Claimed  jsontext.Value    `json:"score,omitzero"`    // as scoring.Result.JSON(false); every reader recomputes it
	Sealed   string            `json:"sealed,omitempty"`
	Previous *string           `json:"previous,omitzero"` // last object made by this key; "" for the first
	Counter  int               `json:"counter,omitzero"`  // from 1, per key
}

// RubricRef names a rubric by code and hash; the hash decides.
type RubricRef struct {
	Code   string `json:"code"`
	SHA256 string `json:"sha256"`
}

// Round 检查轮次 as the record carries it: what the bureau set for this month.
type Round struct {
	Code      string            `json:"code"`
	Title     string            `json:"title"`
	Trial     bool              `json:"trial"`
	Cutoff    string            `json:"cutoff,omitempty"`    // YYYY-MM-DD
	Signers   int               `json:"signers,omitzero"`    // inspectors that must sign; 0 means 1
	Deadlines map[string]string `json:"deadlines,omitempty"` // measure code → 规定时间
}

// Unit 被检查单位. Code is stable, Kind is one of the rubric's unit kinds
// (city, department, central).
type Unit struct {
	Code string `json:"code"`
	Name string `json:"name,omitempty"`
	Kind string `json:"kind,omitempty"`
}

// Visit says when, where and how the inspection took place. From and To are
// RFC 3339 claims; Method is site, remote or documents.
type Visit struct {
	From   string `json:"from,omitempty"`
	To     string `json:"to,omitempty"`
	Place  string `json:"place,omitempty"`
	Basis  string `json:"basis,omitempty"`
	Method string `json:"method,omitempty"`
}

// People who took part.
type People struct {
	Inspectors []Person `json:"inspectors,omitempty"`
	UnitHead   Person   `json:"unit_head,omitzero"`
	Liaison    Person   `json:"liaison,omitzero"`
	Escorts    []Person `json:"escorts,omitempty"`
}

// Person is somebody named in a record or an act. Number is the certificate
// number 证件号码 that the roster knows an inspector by.
type Person struct {
	Name   string `json:"name,omitempty"`
	Number string `json:"number,omitempty"`
	Org    string `json:"org,omitempty"`
	Title  string `json:"title,omitempty"`
	Phone  string `json:"phone,omitempty"`
}

// Entry is what was found for one indicator. A missing entry counts as
// unchecked.
type Entry struct {
	State     scoring.State      `json:"state"`
	Absence   *Absence           `json:"absence,omitempty"`
	Findings  []Finding          `json:"findings,omitempty"`
	Measures  map[string]Measure `json:"measures,omitempty"`
	Materials map[string]string  `json:"materials,omitempty"` // have, none, partial
	Aspects   []string           `json:"aspects,omitempty"`
	Note      string             `json:"note,omitempty"`
	Evidence  []string           `json:"evidence,omitempty"`
}

// Absence 没有该项: the unit has no such thing, with its letter 行文.
type Absence struct {
	Letter     string   `json:"letter,omitempty"`
	Date       string   `json:"date,omitempty"`
	Reason     string   `json:"reason,omitempty"`
	Conditions []string `json:"conditions,omitempty"`
}

// Finding is one deduction or bonus 扣分／加分记录. Without a Rule it is free
// and cites in Clause what it rests on. With a Responsible unit other than the
// checked one it counts 0 here and is a lead 线索 there.
type Finding struct {
	ID          string          `json:"id"`
	Rule        string          `json:"rule,omitempty"`
	Count       scoring.Decimal `json:"count,omitzero"`
	Points      scoring.Decimal `json:"points"`
	Note        string          `json:"note,omitempty"`
	Clause      string          `json:"clause,omitempty"`
	Responsible string          `json:"responsible,omitempty"`
	Aspects     []string        `json:"aspects,omitempty"`
	Evidence    []string        `json:"evidence,omitempty"`
	Continues   *Continues      `json:"continues,omitempty"`
}

// Continues links a finding to the same fault in an earlier record 仍存在.
type Continues struct {
	Record  string `json:"record"`
	Finding string `json:"finding"`
}

// Measure is a counted completion: Done of Total. With Items both follow from
// them. Source is site, platform or self; AsOf and Completed are YYYY-MM-DD.
type Measure struct {
	Done      *scoring.Decimal `json:"done,omitempty"`
	Total     *scoring.Decimal `json:"total,omitempty"`
	AsOf      string           `json:"as_of,omitempty"`
	Completed string           `json:"completed,omitempty"`
	Source    string           `json:"source,omitempty"`
	Reason    string           `json:"reason,omitempty"` // why a total shrank
	Items     []Item           `json:"items,omitempty"`
}

// Item is one of the things a measure counts. State is open, done, exempt or
// led (by another unit).
type Item struct {
	Code  string `json:"code"`
	Name  string `json:"name,omitempty"`
	Level string `json:"level,omitempty"`
	Lead  string `json:"lead,omitempty"`
	State string `json:"state"`
}

// EvidenceRef names one evidence file 佐证; its bytes travel beside the record.
type EvidenceRef struct {
	SHA256  string `json:"sha256"`
	Name    string `json:"name,omitempty"`
	Media   string `json:"media,omitempty"`
	Bytes   int64  `json:"bytes,omitzero"`
	Caption string `json:"caption,omitempty"`
	Taken   string `json:"taken,omitempty"`
}

// CaseKey 案 says which records compete for one result (FORMATS §2).
type CaseKey struct {
	Round  string `json:"round"`
	Rubric string `json:"rubric"` // hash
	Trial  bool   `json:"trial"`
	Unit   string `json:"unit"` // code; "" for a publication
}

// Case is the case the record belongs to.
func (r *Record) Case() CaseKey {
	return CaseKey{Round: r.Round.Code, Rubric: r.Rubric.SHA256, Trial: r.Round.Trial, Unit: r.Unit.Code}
}

// IsSealed tells a frozen revision from a draft.
func (r *Record) IsSealed() bool { return r.Sealed != "" }

// SignersNeeded is how many inspectors must sign before the result is final.
func (r Round) SignersNeeded() int { return max(r.Signers, 1) }
