package inspection

import (
	"bytes"
	"slices"

	"xunping/inspection/canon"
	"xunping/scoring"
)

// Difference is one indicator in which the heads of a conflict do not agree.
type Difference struct {
	Indicator string
	Before    *Entry   // of the ancestor; nil if it has none
	Heads     []*Entry // in the order of the heads; nil: not checked there
	Take      int      // the head whose entry is proposed, −1: a person chooses
}

// Open tells whether a person must choose, because heads changed the indicator
// in different ways.
func (d *Difference) Open() bool { return d.Take < 0 }

// Compare compares heads indicator by indicator against their nearest common
// ancestor, or against the empty record if ancestor is nil. What all heads say
// alike is left out. Where those that changed it agree and the others left it
// as it was, theirs is proposed; where they changed it in different ways it is
// open. Sorted by indicator. The order of the heads changes nothing but Take,
// which is the first head that has the proposed entry.
func Compare(ancestor *Record, heads ...*Record) ([]Difference, error) {
	codes := map[string]bool{}
	for _, h := range heads {
		for code := range h.Entries {
			codes[code] = true
		}
	}
	if ancestor != nil {
		for code := range ancestor.Entries {
			codes[code] = true
		}
	}
	var out []Difference
	for _, code := range sortedKeys(codes) {
		d, differ, err := compareOne(code, ancestor, heads)
		if err != nil {
			return nil, err
		}
		if differ {
			out = append(out, d)
		}
	}
	return out, nil
}

func compareOne(code string, ancestor *Record, heads []*Record) (Difference, bool, error) {
	d := Difference{Indicator: code, Before: ancestor.Entry(code), Take: -1}
	before, err := d.Before.bytes()
	if err != nil {
		return d, false, err
	}
	var said [][]byte
	for _, h := range heads {
		e := h.Entry(code)
		b, err := e.bytes()
		if err != nil {
			return d, false, err
		}
		d.Heads, said = append(d.Heads, e), append(said, b)
	}
	if !slices.ContainsFunc(said, func(b []byte) bool { return !bytes.Equal(b, said[0]) }) {
		return d, false, nil
	}
	for i, b := range said {
		switch {
		case bytes.Equal(b, before):
		case d.Take < 0:
			d.Take = i
		case !bytes.Equal(b, said[d.Take]):
			d.Take = -1
			return d, true, nil
		}
	}
	return d, true, nil
}

// SameEntry tells whether two records say the same of an indicator.
func SameEntry(a, b *Record, code string) bool {
	x, err1 := a.Entry(code).bytes()
	y, err2 := b.Entry(code).bytes()
	return err1 == nil && err2 == nil && bytes.Equal(x, y)
}

// Entry is what the record says of an indicator, nil if nothing, or no record.
func (r *Record) Entry(code string) *Entry {
	if r == nil {
		return nil
	}
	if e, ok := r.Entries[code]; ok {
		return &e
	}
	return nil
}

// bytes are what two entries are compared by. No entry, and one that is
// unchecked and says nothing, are the same.
func (e *Entry) bytes() ([]byte, error) {
	if e == nil {
		e = &Entry{}
	}
	x := *e
	if x.State == "" {
		x.State = scoring.Unchecked
	}
	return canon.Encode(x)
}
