package inspection

import (
	"xunping/scoring"
)

// Node is what Derive needs of a sealed record: small enough to keep ten
// thousand of them in memory, and all that standing and results depend on.
type Node struct {
	Hash       string   `json:"hash"`
	Case       CaseKey  `json:"case"`
	ID         string   `json:"id"`
	Revision   int      `json:"revision"`
	Parents    []string `json:"parents,omitempty"`
	Signer     string   `json:"signer"`
	Previous   string   `json:"previous,omitempty"`
	Counter    int      `json:"counter"`
	Numbers    []string `json:"numbers"` // of people.inspectors
	Signers    int      `json:"signers"` // how many must sign
	Letters    []Letter `json:"letters,omitempty"`
	Unscored   bool     `json:"unscored,omitempty"`   // gate open, indicators not scored
	Free       bool     `json:"free,omitempty"`       // free findings that need approval
	ByBureau   bool     `json:"by_bureau,omitempty"`  // indicators the bureau decides
	Exact      string   `json:"exact,omitempty"`      // total, "p/q"; "" without a score
	Value      string   `json:"value"`                // printed total
	Band       string   `json:"band,omitempty"`       // 等级
	Lists      []string `json:"lists,omitempty"`      // 榜单
	Failed     string   `json:"failed,omitempty"`     // veto
	UnitName   string   `json:"unit_name,omitempty"`  // as the record says
	UnitKind   string   `json:"unit_kind,omitempty"`  // as the record says
	Inspectors []string `json:"inspectors,omitempty"` // names, as the record says
}

// Letter is an absence that rests on a letter: it is provisional until the
// bureau has registered that letter as accepted.
type Letter struct {
	Indicator string `json:"indicator"`
	Number    string `json:"number"`
	Date      string `json:"date"`
}

// NewNode takes from a valid sealed record what Derive needs.
func NewNode(r *Record, hash string, c *Compiled) Node {
	res := c.Engine.Evaluate(r.Sheet(c))
	n := Node{Hash: hash, Case: r.Case(), ID: r.ID, Revision: r.Revision, Parents: r.Parents, Signer: r.Signer,
		Counter: r.Counter, Signers: r.Round.SignersNeeded(), Value: res.Total.Value(), Band: res.Band, Lists: res.Lists,
		Failed: res.Failed, UnitName: r.Unit.Name, UnitKind: r.Unit.Kind}
	if r.Previous != nil {
		n.Previous = *r.Previous
	}
	if res.Total.Known {
		n.Exact = res.Total.Exact.String()
	}
	for _, p := range r.People.Inspectors {
		n.Numbers, n.Inspectors = append(n.Numbers, p.Number), append(n.Inspectors, p.Name)
	}
	for i := range c.Engine.Len() {
		n.look(r.Entries[c.Engine.Indicator(i).Code], c.Engine, i, res)
	}
	return n
}

// look notes what of one indicator can make the result provisional.
func (n *Node) look(e Entry, engine *scoring.Engine, i int, res *scoring.Result) {
	ind := engine.Indicator(i)
	switch e.State {
	case scoring.Absent:
		if a := e.Absence; a != nil && a.Letter != "" {
			n.Letters = append(n.Letters, Letter{ind.Code, a.Letter, a.Date})
		}
	case scoring.NotScored:
		if pr := res.Part(engine.Part(i).Code); pr != nil && pr.Gate == scoring.GateOpen {
			n.Unscored = true
		}
	}
	for _, f := range e.Findings {
		if f.Rule == "" && engine.Rubric().FreeFindings == "needs_approval" {
			n.Free = true
		}
	}
	if ind.DecidedBy == "bureau" && e.State == scoring.Checked {
		n.ByBureau = true
	}
}

// ActNode is what Derive needs of an act.
type ActNode struct {
	Hash       string   `json:"hash"`
	Kind       ActKind  `json:"kind"`
	Case       CaseKey  `json:"case"`
	About      []string `json:"about,omitempty"`
	Number     string   `json:"number,omitempty"`
	Date       string   `json:"date,omitempty"`
	Decision   string   `json:"decision,omitempty"`
	Indicators []string `json:"indicators,omitempty"`
	Replaces   string   `json:"replaces,omitempty"`
	Signer     string   `json:"signer"`
	Previous   string   `json:"previous,omitempty"`
	Counter    int      `json:"counter"`
}

// NewActNode takes from an act what Derive needs.
func NewActNode(a *Act, hash string) ActNode {
	return ActNode{Hash: hash, Kind: a.Kind, Case: a.Case, About: a.About, Number: a.Number, Date: a.Date,
		Decision: a.Decision, Indicators: sortedKeys(a.Items), Replaces: a.Replaces, Signer: a.Signer, Previous: a.Previous, Counter: a.Counter}
}

// Signature is a proven signature on a record or an act, under the field it
// was made for: inspector, coinspector or bureau; "act" for acts. Its key is
// the SPKI hash; whether the key counts is decided by Trust.
type Signature struct {
	Object string `json:"object"`
	Field  string `json:"field"`
	SPKI   string `json:"spki"`
}

// Signature fields.
const (
	FieldInspector   = "inspector"
	FieldCoinspector = "coinspector"
	FieldBureau      = "bureau"
	// FieldBeside is no field of a PDF: a signature beside a record in a pack. Whose
	// it is, is decided by the roster in force whenever it is read.
	FieldBeside = "beside"
)
