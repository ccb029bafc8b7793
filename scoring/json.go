package scoring

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// JSON is the result as `score --json` prints it and records carry it (without
// derivation). The bytes are canonical (RFC 8785: sorted members, no white
// space), written at once: every record that is merged is compared by them.
func (r *Result) JSON(derivation bool) []byte {
	w := jsonWriter{b: make([]byte, 0, 256+96*r.Len())}
	w.open("band")
	w.maybe(r.Band)
	w.name("complete")
	w.bool(r.Complete)
	if derivation && len(r.Derivation) > 0 {
		w.name("derivation")
		w.derivation(r.Derivation)
	}
	w.name("failed")
	w.maybe(r.Failed)
	w.name("indicators")
	w.indicators(r)
	w.name("lists")
	w.list(r.Lists)
	w.name("parts")
	w.parts(r.Parts)
	w.name("total")
	w.open("exact")
	w.exact(r.Total)
	w.pair("value", r.Total.Value())
	w.b = append(w.b, "}}"...)
	return w.b
}

// jsonWriter writes objects whose members are named in canonical order.
type jsonWriter struct{ b []byte }

// open begins an object with its first member.
func (w *jsonWriter) open(first string) {
	w.b = append(w.b, '{')
	w.string(first)
	w.b = append(w.b, ':')
}

// name begins a further member.
func (w *jsonWriter) name(s string) {
	w.b = append(w.b, ',')
	w.string(s)
	w.b = append(w.b, ':')
}

func (w *jsonWriter) pair(name, value string) {
	w.name(name)
	w.string(value)
}

func (w *jsonWriter) bool(v bool) {
	if v {
		w.b = append(w.b, "true"...)
	} else {
		w.b = append(w.b, "false"...)
	}
}

// maybe writes null for "".
func (w *jsonWriter) maybe(s string) {
	if s == "" {
		w.b = append(w.b, "null"...)
		return
	}
	w.string(s)
}

func (w *jsonWriter) exact(n Number) {
	if !n.Known {
		w.maybe("")
		return
	}
	w.string(n.Exact.String())
}

// string escapes as RFC 8785 asks: only the quote, the backslash and control
// characters. Names and figures are valid UTF-8; anything else would not be.
func (w *jsonWriter) string(s string) {
	const hex = "0123456789abcdef"
	w.b = append(w.b, '"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			w.b = append(w.b, '\\', byte(c))
		case c >= ' ':
			w.b = utf8.AppendRune(w.b, c)
		default:
			if i := slices.Index(controls[:], byte(c)); i >= 0 {
				w.b = append(w.b, '\\', "bfnrt"[i])
			} else {
				w.b = append(w.b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
		}
	}
	w.b = append(w.b, '"')
}

// controls are the control characters with an escape of their own.
var controls = [...]byte{'\b', '\f', '\n', '\r', '\t'}

func (w *jsonWriter) list(items []string) {
	w.b = append(w.b, '[')
	for i, s := range items {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.string(s)
	}
	w.b = append(w.b, ']')
}

func (w *jsonWriter) derivation(steps []DerivationStep) {
	w.b = append(w.b, '[')
	for i, s := range steps {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.open("clause")
		w.string(s.Clause)
		w.pair("formula", s.Formula)
		w.pair("step", s.Step)
		w.pair("value", s.Value)
		w.b = append(w.b, '}')
	}
	w.b = append(w.b, ']')
}

// object writes members by the canonical order of their names.
func (w *jsonWriter) object(n int, name func(int) string, value func(int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return compareNames(name(a), name(b)) })
	w.b = append(w.b, '{')
	for k, i := range order {
		if k > 0 {
			w.b = append(w.b, ',')
		}
		w.string(name(i))
		w.b = append(w.b, ':')
		value(i)
	}
	w.b = append(w.b, '}')
}

func (w *jsonWriter) indicators(r *Result) {
	w.object(r.Len(), func(i int) string { return r.engine.inds[i].Code }, func(i int) {
		x := r.At(i)
		if x.State == Checked {
			w.open("counted")
			w.string(x.Counted.Plain())
			w.pair("points", x.Points.String())
			w.pair("raw", x.Raw.Plain())
			w.pair("state", string(x.State))
		} else {
			w.open("points")
			w.string(x.Points.String())
			w.pair("state", string(x.State))
		}
		w.b = append(w.b, '}')
	})
}

func (w *jsonWriter) parts(list []PartResult) {
	w.object(len(list), func(i int) string { return list[i].Part.Code }, func(i int) { w.part(&list[i]) })
}

// part writes the members that the part's kind has.
func (w *jsonWriter) part(p *PartResult) {
	w.open("exact")
	w.exact(p.Score)
	bonus := p.Part.Kind == Bonus
	if !bonus {
		w.name("factor")
		if p.Score.Known && !p.ScoredFull.IsZero() { // no factor without points: 100/0
			w.string(p.Factor.String())
		} else {
			w.maybe("")
		}
	}
	w.pair("full", p.Part.Full.String())
	if bonus {
		w.pair("gained", p.Moved.Plain())
	}
	w.name("gate")
	w.maybe(p.Gate)
	if !bonus {
		w.pair("lost", p.Moved.Plain())
		w.pair("scored_full", p.ScoredFull.Plain())
	}
	w.pair("value", p.Score.Value())
	w.b = append(w.b, '}')
}

// compareNames orders as RFC 8785 does, by UTF-16 code units. It differs from
// the order of bytes only above U+FFFF, where a pair of surrogates stands.
func compareNames(a, b string) int {
	for a != "" && b != "" {
		x, n := utf8.DecodeRuneInString(a)
		y, m := utf8.DecodeRuneInString(b)
		if x != y {
			return cmp.Compare(unit(x), unit(y))
		}
		a, b = a[n:], b[m:]
	}
	return len(a) - len(b)
}

// unit is the first UTF-16 code unit of a character. Two of one plane share it,
// and are then told apart by the character itself.
func unit(r rune) int64 {
	if r < 0x10000 {
		return int64(r) << 32
	}
	return int64(0xD800+(r-0x10000)>>10)<<32 + int64(r)
}
