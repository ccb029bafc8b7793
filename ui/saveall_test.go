package ui

import (
	"errors"
	"testing"
)

// 10 of 15 typed over 5 of 5: the part is refused until the new total is there,
// in whichever order the fields were touched.
func TestWhatIsTypedIsSavedInTheOrderThatIsAllowed(t *testing.T) {
	done, total := 5, 5
	part := &typed{waiting: true, save: func() error {
		if total < 10 {
			return errors.New("more than the total")
		}
		done = 10
		return nil
	}}
	whole := &typed{waiting: true, save: func() error { total = 15; return nil }}
	wrong := &typed{waiting: true, save: func() error { return errors.New("half a date") }}
	left, why := saveAll([]*typed{part, wrong, whole})
	if done != 10 || total != 15 || len(left) != 1 || left[0] != wrong || why == nil || part.waiting || !wrong.waiting {
		t.Errorf("%d of %d, %d left", done, total, len(left))
	}
}
