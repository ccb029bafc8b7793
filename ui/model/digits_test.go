package model

import "testing"

// Several digits are one number while the control keeps the focus; elsewhere, after it
// was left, or after a step, a digit begins a new one.
func TestDigits(t *testing.T) {
	var d Digits
	shows := 3
	at := func(place string, digit, want int) {
		t.Helper()
		if shows = d.Type(place, shows, digit); shows != want {
			t.Errorf("%d at %s gives %d, not %d", digit, place, shows, want)
		}
	}
	at("a", 1, 1)
	at("a", 2, 12)
	at("a", 0, 120)
	at("a", 5, 1205)
	at("a", 9, 1205) // too long
	if shows = d.Erase("a", shows); shows != 120 {
		t.Errorf("erased to %d", shows)
	}
	at("a", 7, 1207)
	at("b", 4, 4)
	d.Leave()
	at("b", 4, 4)
	shows++ // a step
	at("b", 2, 2)
	d.Erase("b", 2)
	shows = 0
	at("b", 6, 6)
}
