package desk

import (
	"encoding/binary"

	"xunping/inspection"
	"xunping/scoring"
)

// cells packs what each indicator counted, in the rubric's order, 4 bytes
// each: 1/10000 points, or a mark for what was not scored. The matrix of a
// round of ten thousand units is read from these without opening a record.
func cells(r *inspection.Record, c *inspection.Compiled) []byte {
	res := c.Engine.Evaluate(r.Sheet(c))
	out := make([]byte, 0, 4*res.Len())
	for i := range res.Len() {
		out = binary.BigEndian.AppendUint32(out, cell(res.At(i)))
	}
	return out
}

// Marks of indicators that were not scored.
const (
	cellAbsent    = 0xFFFFFFFF
	cellNotScored = 0xFFFFFFFE
	cellOther     = 0xFFFFFFFD // does not fit: look into the record
)

func cell(x *scoring.IndicatorResult) uint32 {
	switch x.State {
	case scoring.Absent:
		return cellAbsent
	case scoring.NotScored:
		return cellNotScored
	}
	d, err := scoring.ParseDecimal(x.Counted.Plain())
	if err != nil || d >= cellOther {
		return cellOther
	}
	return uint32(d)
}
