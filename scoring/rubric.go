package scoring

// RubricFormat names the format of a rubric.
const RubricFormat = "xunping.rubric/1"

// Rubric 指标体系: parts of groups of indicators, with everything that the
// policy text leaves open settled as data.
type Rubric struct {
	Format       string    `json:"format"`
	Code         string    `json:"code"`
	Version      string    `json:"version"`
	Title        string    `json:"title"`
	Issuer       string    `json:"issuer,omitempty"`
	Basis        string    `json:"basis,omitempty"` // document number
	Effective    Effective `json:"effective,omitzero"`
	PointsStatus string    `json:"points_status"` // illustrative or official
	RulesStatus  string    `json:"rules_status"`
	FreeFindings string    `json:"free_findings"` // allowed, needs_approval, never
	Parts        []Part    `json:"parts"`
	Bands        []Band    `json:"bands"` // falling, the last from 0
	Lists        []List    `json:"lists"`
	Glossary     []Term    `json:"glossary,omitempty"`
	Notes        []string  `json:"notes,omitempty"`
	Places       int       `json:"places"` // decimals printed, at least
}

// Statuses of points and rules: whether the bureau has entered its own.
const (
	Illustrative = "illustrative"
	Official     = "official"
)

// Effective is the span of days a rubric is meant for, YYYY-MM-DD.
type Effective struct {
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// Part 部分 starts at full points and loses (deduct) or at 0 and gains (bonus).
type Part struct {
	Code    string  `json:"code"`
	Title   string  `json:"title"`
	Kind    string  `json:"kind"` // deduct, bonus
	Full    Decimal `json:"full"`
	Gate    *Gate   `json:"gate,omitempty"`
	Absence Absence `json:"absence"`
	Groups  []Group `json:"groups"`
	Clause  string  `json:"clause,omitempty"`
}

// Kinds of parts.
const (
	Deduct = "deduct"
	Bonus  = "bonus"
)

// Gate opens a part when an earlier part reaches a value: AtLeast, or more
// than Above. Exactly one of them is set.
type Gate struct {
	Part    string   `json:"part"`
	AtLeast *Decimal `json:"at_least,omitempty"`
	Above   *Decimal `json:"above,omitempty"`
}

// Absence says what happens to the points of indicators a unit does not have,
// and which indicators may be absent.
type Absence struct {
	Policy  string                 `json:"policy"` // rescale, full_marks, spread, none
	Allowed map[string]AbsenceRule `json:"allowed,omitempty"`
}

// Absence policies.
const (
	Rescale   = "rescale"
	FullMarks = "full_marks"
	Spread    = "spread"
	NoAbsence = "none"
)

// AbsenceRule is what an absence needs: a letter 行文 and conditions that must
// all hold.
type AbsenceRule struct {
	Letter     string   `json:"letter,omitempty"` // required, optional
	Conditions []string `json:"conditions,omitempty"`
}

// Group 一级指标.
type Group struct {
	Code       string      `json:"code"`
	Title      string      `json:"title"`
	Indicators []Indicator `json:"indicators"`
}

// Indicator 二级指标. It never loses or gains more than its points.
type Indicator struct {
	Code       string     `json:"code"`
	Title      string     `json:"title"`
	Points     Decimal    `json:"points"`
	Due        string     `json:"due,omitempty"`
	Clause     string     `json:"clause,omitempty"`
	Mirror     string     `json:"mirror,omitempty"`      // bonus: the deduct indicator it rewards
	WhenAbsent string     `json:"when_absent,omitempty"` // zero (default), full
	Rules      []Rule     `json:"rules"`
	Measures   []Measure  `json:"measures,omitempty"`
	Aspects    []string   `json:"aspects,omitempty"`
	DecidedBy  string     `json:"decided_by,omitempty"` // team (default), bureau
	Materials  []Material `json:"materials,omitempty"`
	Guide      *Guide     `json:"guide,omitempty"`
}

// Rule 评分细则. Which members it has follows from its kind.
type Rule struct {
	Code     string    `json:"code"`
	Text     string    `json:"text"`
	Kind     string    `json:"kind"`
	Points   *Decimal  `json:"points,omitempty"`  // fixed, complete
	Per      *Decimal  `json:"per,omitempty"`     // each, share
	Unit     string    `json:"unit,omitempty"`    // each: 个, 张, 人
	Cap      *Decimal  `json:"cap,omitempty"`     // each
	Min      *Decimal  `json:"min,omitempty"`     // range
	Max      *Decimal  `json:"max,omitempty"`     // range
	Measure  string    `json:"measure,omitempty"` // share, tiers
	Step     *Decimal  `json:"step,omitempty"`    // share
	Partial  bool      `json:"partial,omitempty"` // share: a begun step counts
	Tiers    []Tier    `json:"tiers,omitempty"`
	Needs    []string  `json:"needs,omitempty"`  // complete
	Effect   string    `json:"effect,omitempty"` // veto
	Value    *Decimal  `json:"value,omitempty"`  // veto cap_total
	CapGroup *CapGroup `json:"cap_group,omitempty"`
	Who      []string  `json:"who,omitempty"` // unit kinds it binds; empty: all
	Clause   string    `json:"clause,omitempty"`
}

// Kinds of rules.
const (
	Fixed    = "fixed"
	Each     = "each"
	Range    = "range"
	Share    = "share"
	Tiers    = "tiers"
	Complete = "complete"
	Veto     = "veto"
)

// Effects of a veto.
const (
	VetoFail     = "fail"
	VetoZero     = "zero_indicator"
	VetoCapTotal = "cap_total"
)

// Tier gives Points when the ratio is at least From.
type Tier struct {
	From   Decimal `json:"from"`
	Points Decimal `json:"points"`
}

// CapGroup caps several rules of one indicator together.
type CapGroup struct {
	Code string  `json:"code"`
	Cap  Decimal `json:"cap"`
}

// Measure is something counted: done of total.
type Measure struct {
	Code     string   `json:"code"`
	Label    string   `json:"label,omitempty"`
	Target   *Decimal `json:"target,omitempty"`   // ratio; missing: 1
	Deadline string   `json:"deadline,omitempty"` // YYYY-MM-DD or "round"
}

// RoundDeadline is the deadline of a measure that the round sets 规定时间.
const RoundDeadline = "round"

// Material is a paper a 自查 step asks the unit for.
type Material struct {
	Title    string   `json:"title"`
	Contents []string `json:"contents,omitempty"`
}

// Guide is the policy's own words about an indicator.
type Guide struct {
	Problem   string   `json:"problem,omitempty"`
	Goal      string   `json:"goal,omitempty"`
	Flows     []Flow   `json:"flows,omitempty"`
	Standards []string `json:"standards,omitempty"`
	Notes     []string `json:"notes,omitempty"`
}

// Flow 流程 is a sequence of steps.
type Flow struct {
	Title string `json:"title"`
	Steps []Step `json:"steps"`
}

// Step of a flow; Days is its limit in working days, nil for none.
type Step struct {
	Title string `json:"title"`
	Text  string `json:"text,omitempty"`
	Who   string `json:"who,omitempty"`
	Days  *int   `json:"days"`
}

// Band 等级 from a total on.
type Band struct {
	Name string  `json:"name"`
	From Decimal `json:"from"`
}

// List 榜单: totals of at least AtLeast, or below Below.
type List struct {
	Name    string   `json:"name"`
	AtLeast *Decimal `json:"at_least,omitempty"`
	Below   *Decimal `json:"below,omitempty"`
}

// Term of the glossary.
type Term struct {
	Term string `json:"term"`
	Text string `json:"text"`
}
