package inspection

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"xunping/assets/i18n"
	"xunping/inspection/canon"
	"xunping/scoring"
)

// Compiled is a rubric ready for use, with its canonical bytes and its hash.
// Identity is code and hash: the same code with other points is another
// rubric.
type Compiled struct {
	Rubric *scoring.Rubric
	Engine *scoring.Engine
	Hash   string
	JSON   []byte // canonical
}

// Compile reads, checks and compiles a rubric. The error names the first thing
// that is wrong and its place.
func Compile(b []byte) (*Compiled, error) {
	r, canonical, err := readRubric(b)
	if err != nil {
		return nil, err
	}
	if found := r.Check(); len(found) > 0 {
		p := found[0]
		return nil, i18n.E("指标体系有 %d 处错误，第一处在 %s：%s", len(found), p.Place, p.Err)
	}
	e, err := scoring.NewEngine(r)
	if err != nil {
		return nil, i18n.E("指标体系不能使用：%s", err)
	}
	return &Compiled{Rubric: r, Engine: e, Hash: canon.Hash(canonical), JSON: canonical}, nil
}

// ReadRubric reads a rubric strictly and gives it with everything that Check
// finds wrong: for a person who is editing one.
func ReadRubric(b []byte) (*scoring.Rubric, []scoring.Problem, error) {
	r, _, err := readRubric(b)
	if err != nil {
		return nil, nil, err
	}
	return r, r.Check(), nil
}

func readRubric(b []byte) (*scoring.Rubric, []byte, error) {
	r := &scoring.Rubric{}
	if err := canon.Decode(b, r); err != nil {
		return nil, nil, i18n.E("指标体系文件不合格：%s", err)
	}
	if err := requireRubric(b); err != nil {
		return nil, nil, i18n.E("指标体系文件不合格：%s", err)
	}
	c, err := canon.Canonical(b)
	return r, c, err
}

// object is a JSON object whose members are not looked into yet.
type object map[string]jsontext.Value

// require tells which of the members an object lacks.
func (o object) require(place string, members ...string) error {
	for _, m := range members {
		if _, ok := o[m]; !ok {
			if place != "" {
				m = place + "." + m
			}
			return i18n.E("缺少成员 %s", m)
		}
	}
	return nil
}

func toObject(v jsontext.Value) (object, error) {
	o := object{}
	err := json.Unmarshal(v, &o)
	return o, err
}

func toObjects(v jsontext.Value) ([]object, error) {
	var list []object
	err := json.Unmarshal(v, &list)
	return list, err
}

// requireRubric checks that required members are there. A missing number would
// read as 0, a missing code as "": no default is ever added (FORMATS §1).
func requireRubric(b []byte) error {
	top, err := toObject(b)
	if err == nil {
		err = top.require("", "format", "code", "version", "title", "points_status", "rules_status", "free_findings", "parts", "bands", "lists", "places")
	}
	if err == nil {
		err = top.requireEach("", "bands", "name", "from")
	}
	if err == nil {
		err = top.requireEach("", "lists", "name")
	}
	if err == nil {
		err = top.requireEach("", "parts", "code", "title", "kind", "full", "absence", "groups")
	}
	if err != nil {
		return err
	}
	return eachIndicator(b, func(place string, ind object) error {
		if err := ind.require(place, "code", "title", "points", "rules"); err != nil {
			return err
		}
		if err := ind.requireEach(place+".", "measures", "code"); err != nil {
			return err
		}
		if err := ind.requireEach(place+".", "rules", "code", "kind"); err != nil {
			return err
		}
		rules, err := toObjects(ind["rules"])
		for i := 0; err == nil && i < len(rules); i++ {
			err = requireRule(fmt.Sprintf("%s.rules[%d]", place, i), rules[i])
		}
		return err
	})
}

func requireRule(place string, rule object) error {
	if err := rule.requireEach(place+".", "tiers", "from", "points"); err != nil {
		return err
	}
	if _, ok := rule["cap_group"]; !ok {
		return nil
	}
	g, err := toObject(rule["cap_group"])
	if err != nil {
		return err
	}
	return g.require(place+".cap_group", "code", "cap")
}

// requireEach requires members of each object in the list called name, if the
// list is there.
func (o object) requireEach(place, name string, members ...string) error {
	if _, ok := o[name]; !ok {
		return nil
	}
	list, err := toObjects(o[name])
	if err != nil {
		return err
	}
	for i, x := range list {
		if err := x.require(fmt.Sprintf("%s%s[%d]", place, name, i), members...); err != nil {
			return err
		}
	}
	return nil
}

// eachIndicator walks the indicators of a rubric as they stand.
func eachIndicator(b []byte, do func(place string, ind object) error) error {
	top, err := toObject(b)
	if err != nil {
		return err
	}
	parts, err := toObjects(top["parts"])
	if err != nil {
		return err
	}
	for pi, p := range parts {
		groups, err := toObjects(p["groups"])
		if err != nil {
			return err
		}
		for gi, g := range groups {
			place := fmt.Sprintf("parts[%d].groups[%d]", pi, gi)
			if err := g.require(place, "indicators"); err != nil {
				return err
			}
			list, err := toObjects(g["indicators"])
			if err != nil {
				return err
			}
			for k, ind := range list {
				if err := do(fmt.Sprintf("%s.indicators[%d]", place, k), ind); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// Digests gives each indicator's digest: SHA-256 of the canonical form of its
// {code, title, points, rules, measures}, members as they stand. Equal digests
// mean that an entry carries over to another version of the rubric.
func (c *Compiled) Digests() (map[string]string, error) {
	out := map[string]string{}
	err := eachIndicator(c.JSON, func(_ string, ind object) error {
		picked := object{}
		for _, m := range []string{"code", "title", "points", "rules", "measures"} {
			if v, ok := ind[m]; ok {
				picked[m] = v
			}
		}
		b, err := canon.Encode(picked)
		if err != nil {
			return err
		}
		var code string
		if err := json.Unmarshal(ind["code"], &code); err != nil {
			return err
		}
		out[code] = canon.Hash(b)
		return nil
	})
	return out, err
}
