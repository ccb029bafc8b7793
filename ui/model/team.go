package model

import (
	"strings"

	"xunping/inspection"
)

// TeamText keeps a team in one line of the settings: name, number and org, one
// person a line.
func TeamText(team []inspection.Person) string {
	var lines []string
	for _, p := range team {
		lines = append(lines, strings.Join([]string{p.Name, p.Number, p.Org}, "\t"))
	}
	return strings.Join(lines, "\n")
}

// ReadTeam is the team that TeamText kept.
func ReadTeam(text string) []inspection.Person {
	var out []inspection.Person
	for line := range strings.SplitSeq(text, "\n") {
		if f := strings.Split(line, "\t"); len(f) == 3 {
			out = append(out, inspection.Person{Name: f[0], Number: f[1], Org: f[2]})
		}
	}
	return out
}
