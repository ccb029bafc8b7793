package model

import "strconv"

// Digits writes a count digit by digit while its control has the focus: the first
// digit takes the place of what was there, the next ones follow it.
type Digits struct {
	Place string // of the control
	shows int    // what was written there
}

// mostDigits is how long a count of cases gets; more are a slip of the finger.
const mostDigits = 4

// Type gives the count after a digit was typed at a place that shows a count.
func (d *Digits) Type(place string, shows, digit int) int {
	next := digit
	if d.Place == place && d.shows == shows {
		next = shows*10 + digit
	}
	if len(strconv.Itoa(next)) > mostDigits {
		next = shows
	}
	d.Place, d.shows = place, next
	return next
}

// Erase gives the count without its last digit.
func (d *Digits) Erase(place string, shows int) int {
	d.Place, d.shows = place, shows/10
	return d.shows
}

// Leave ends the count: the next digit begins another one.
func (d *Digits) Leave() { *d = Digits{} }
