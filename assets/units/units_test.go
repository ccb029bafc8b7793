package units

import "testing"

func TestBuiltin(t *testing.T) {
	codes, cities := map[string]bool{}, 0
	for _, u := range Builtin() {
		if codes[u.Code] || u.Name == "" {
			t.Errorf("unit %+v", u)
		}
		codes[u.Code] = true
		if u.Kind == "city" {
			cities++
		}
	}
	if cities != 14 || !codes["450100"] || !codes["451400"] {
		t.Errorf("%d cities", cities)
	}
}
