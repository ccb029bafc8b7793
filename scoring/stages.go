package scoring

// Stage is what a step of a derivation comes to, an indicator or a part or the
// total, and the clause it comes from.
type Stage struct {
	Step   string `json:"step"`
	Clause string `json:"clause"`
}

// The stages of a rubric are the same for every sheet: the engine has them
// ready, and derivations point to them.
type (
	partStages struct {
		sum   Stage // D, or Σ with the code of the part
		m, n  Stage
		score Stage
		gate  Stage // X ≥ 70
	}
	indicatorStage struct {
		Stage
		most string // “, 8”: how the formula goes on after the raw points
	}
	endStages struct{ total, band, list Stage }
)

func (e *Engine) addStages() {
	e.ends = endStages{Stage{Step: "ALL"}, Stage{Step: "band"}, Stage{Step: "list"}}
	for i := range e.parts {
		p := &e.parts[i]
		sum := "D"
		if len(e.parts) > 2 || p.Kind == Bonus {
			sum = "Σ" + p.Code
		}
		p.stages = partStages{sum: Stage{sum, p.Clause}, m: Stage{"M", p.Clause}, n: Stage{"N", p.Clause}, score: Stage{p.Code, p.Clause}}
		if p.gate >= 0 {
			p.stages.gate = Stage{e.parts[p.gate].Code + p.Gate.limit(), p.Clause}
		}
	}
	e.stages = make([]indicatorStage, len(e.inds))
	for i := range e.inds {
		ind := e.inds[i].Indicator
		e.stages[i] = indicatorStage{Stage{ind.Code, ind.Clause}, ", " + ind.Points.String()}
	}
}

// limit is the sign and the value that a score must reach or pass.
func (g *Gate) limit() string {
	if g.AtLeast != nil {
		return " ≥ " + g.AtLeast.String()
	}
	return " > " + g.Above.String()
}
