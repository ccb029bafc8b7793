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

// Sheet is what was found, as the arithmetic needs it: one entry for each
// indicator of the rubric, in the rubric's order (Engine.Index).
type Sheet struct {
	Unit       string // code of the checked unit
	Kind       string // its kind, for rules with Who
	Deadlines  map[string]string
	HasParents bool // the record corrects or settles others
	Entries    []Entry
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

func (e *Entry) state() State {
	if e.State == "" {
		return Unchecked
	}
	return e.State
}

func (e *Entry) measure(code string) *MeasureValue {
	for i := range e.Measures {
		if same(e.Measures[i].Code, code) {
			return &e.Measures[i]
		}
	}
	return nil
}
