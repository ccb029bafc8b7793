package scoring

// State of an indicator in a record.
type State string

// The states of FORMATS §2. A missing entry is Unchecked, which is different
// from Checked without a finding and from Absent.
const (
	Unchecked State = "unchecked"
	Checked   State = "checked"
	Absent    State = "absent"
	NotScored State = "not_scored"
)

// Circumstances are what a rule may ask of an inspection besides what was found.
type Circumstances struct {
	Unit       string            // code of the checked unit
	Kind       string            // its kind, for rules with Who
	Deadlines  map[string]string // 规定时间 of the round: measure → YYYY-MM-DD
	HasParents bool              // the record corrects or settles others
}

// Sheet is what was found, as the arithmetic needs it: one entry for each
// indicator of the rubric, in the rubric's order (Engine.Index).
//
// What an entry comes to by its rules rests on nothing but itself and the
// circumstances, which a sheet keeps from its making on. So each is weighed
// when it is put down, and a score sums weights: where one entry changes, one
// is weighed again. Only Put changes an entry, so that no weight can be that of
// another.
type Sheet struct {
	of      Circumstances
	engine  *Engine
	entries []Entry
	weights []weight
	left    []Decimal // room for weighing
}

// Entry is one indicator. The zero value is unchecked.
type Entry struct {
	State      State
	Findings   []Finding
	Measures   []MeasureValue
	Letter     string // absence: number of the letter 行文
	LetterDate string
	Reason     string
	Conditions []string
}

// Finding under a rule, or free (Rule empty) with the clause it rests on. One
// whose Responsible is another unit has no effect here.
type Finding struct {
	ID, Rule, Clause string
	Count, Points    Decimal
	Responsible      string
}

// MeasureValue is a counted completion; Completed is YYYY-MM-DD or empty.
type MeasureValue struct {
	Code        string
	Done, Total Decimal
	Completed   string
}

// NewSheet is a sheet on which nothing is checked yet. The circumstances must
// not be changed any more.
func (e *Engine) NewSheet(of Circumstances) *Sheet {
	return &Sheet{of: of, engine: e, entries: make([]Entry, len(e.inds)), weights: make([]weight, len(e.inds))}
}

// Put sets the entry of the indicator at a place. What it points to must not be
// changed any more, but by putting another.
func (s *Sheet) Put(i int, entry *Entry) {
	s.entries[i] = *entry
	s.weigh(i)
}

// Entry is what was put at a place; read only.
func (s *Sheet) Entry(i int) *Entry { return &s.entries[i] }

func (e *Entry) measure(code string) *MeasureValue {
	for i := range e.Measures {
		if same(e.Measures[i].Code, code) {
			return &e.Measures[i]
		}
	}
	return nil
}
