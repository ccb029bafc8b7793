package scoring

import (
	"bytes"
	"encoding/json"
)

// The JSON form of a result (FORMATS §5). Pointers are null where there is no
// score.
type jsonResult struct {
	Complete   bool                     `json:"complete"`
	Failed     *string                  `json:"failed"`
	Parts      map[string]jsonPart      `json:"parts"`
	Indicators map[string]jsonIndicator `json:"indicators"`
	Total      jsonNumber               `json:"total"`
	Band       *string                  `json:"band"`
	Lists      []string                 `json:"lists"`
	Derivation []DerivationStep         `json:"derivation,omitempty"`
}

type jsonNumber struct {
	Exact *string `json:"exact"`
	Value string  `json:"value"`
}

type jsonPart struct {
	jsonNumber
	Full       string
	ScoredFull string
	Factor     *string
	Moved      string
	Gate       *string
	bonus      bool
}

// MarshalJSON writes the members that the part's kind has.
func (p jsonPart) MarshalJSON() ([]byte, error) {
	m := map[string]any{"exact": p.Exact, "value": p.Value, "full": p.Full, "gate": p.Gate}
	if p.bonus {
		m["gained"] = p.Moved
	} else {
		m["scored_full"], m["factor"], m["lost"] = p.ScoredFull, p.Factor, p.Moved
	}
	return json.Marshal(m)
}

type jsonIndicator struct {
	State   State  `json:"state"`
	Points  string `json:"points"`
	Raw     string `json:"raw,omitempty"`
	Counted string `json:"counted,omitempty"`
}

// JSON is the result as `score --json` prints it and records carry it (without
// derivation). The bytes are canonical (sorted members, no white space).
func (r *Result) JSON(derivation bool) []byte {
	j := jsonResult{Complete: r.Complete, Failed: text(r.Failed), Total: number(r.Total), Band: text(r.Band), Lists: r.Lists,
		Parts: map[string]jsonPart{}, Indicators: map[string]jsonIndicator{}}
	if j.Lists == nil {
		j.Lists = []string{}
	}
	if derivation {
		j.Derivation = r.Derivation
	}
	for i := range r.Parts {
		p := &r.Parts[i]
		jp := jsonPart{jsonNumber: number(p.Score), Full: p.Part.Full.String(), ScoredFull: p.ScoredFull.Plain(),
			Moved: p.Moved.Plain(), Gate: text(p.Gate), bonus: p.Part.Kind == Bonus}
		if p.Score.Known && !p.ScoredFull.IsZero() { // no factor without points: 100/0
			jp.Factor = text(p.Factor.String())
		}
		j.Parts[p.Part.Code] = jp
	}
	for i := range r.Indicators {
		x := &r.Indicators[i]
		ji := jsonIndicator{State: x.State, Points: x.Points.String()}
		if x.State == Checked {
			ji.Raw, ji.Counted = x.Raw.Plain(), x.Counted.Plain()
		}
		j.Indicators[x.Code] = ji
	}
	return sorted(j)
}

func number(n Number) jsonNumber {
	j := jsonNumber{Value: n.Value()}
	if n.Known {
		j.Exact = text(n.Exact.String())
	}
	return j
}

func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// sorted writes v with sorted members and without HTML escapes, as RFC 8785
// asks; the values here are strings, booleans and null only.
func sorted(v any) []byte {
	first, err := json.Marshal(v)
	if err != nil {
		return nil // cannot happen: plain strings and maps
	}
	var any any
	if json.Unmarshal(first, &any) != nil {
		return nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(any) != nil {
		return nil
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}
