package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Column of a table: its word, its width (0 takes what is left), and whether it
// holds figures, which are sorted by size and stand at the right.
type Column struct {
	Word   string
	Width  float32
	Figure bool
	Amount func(cell string) (int, bool) // what such words are sorted by; nil for themselves
}

// Line of a table: what stands in the columns, and which thing it is about.
type Line struct {
	Cells  []string
	Place  int // in the order the table was made in: what its sorting begins from
	Group  string
	Accent string // role of the first cell, "" for ink
}

// Table is rows under heads that a person filters, sorts by any column and
// copies.
type Table struct {
	Columns []Column
	lines   []Line
	text    string
	group   string
	by      int // column, −1 for the order it was made in
	down    bool
}

// NewTable makes a table in the order of lines.
func NewTable(columns []Column, lines []Line) *Table {
	for i := range lines {
		lines[i].Place = i
	}
	return &Table{Columns: columns, lines: lines, by: -1}
}

// Len is how many lines there are without the filter.
func (t *Table) Len() int { return len(t.lines) }

// FirstWidth is the width of the first column: its own, or what the words in it
// need, where they say the state of the lines. Each word is measured once.
func (t *Table) FirstWidth(measure func(word string) float32) float32 {
	w, seen := t.Columns[0].Width, map[string]bool{}
	for _, l := range t.lines {
		if word := l.Cells[0]; l.Accent != "" && !seen[word] {
			seen[word] = true
			w = max(w, measure(word))
		}
	}
	return w
}

// Find keeps lines in which any cell holds the text.
func (t *Table) Find(text string) { t.text = strings.ToLower(strings.TrimSpace(text)) }

// Choose keeps the lines of a group, "" for all.
func (t *Table) Choose(group string) { t.group = group }

// Groups are the groups that occur with how many lines each has, in order of
// appearance.
func (t *Table) Groups() (names []string, counts map[string]int) {
	counts = map[string]int{}
	for _, l := range t.lines {
		if counts[l.Group] == 0 {
			names = append(names, l.Group)
		}
		counts[l.Group]++
	}
	return names, counts
}

// Sort sorts by a column; the same column again turns the order round, and a
// third time goes back to the order it was made in.
func (t *Table) Sort(column int) {
	switch {
	case t.by != column:
		t.by, t.down = column, false
	case !t.down:
		t.down = true
	default:
		t.by, t.down = -1, false
	}
}

// Head is the word of a column with the sign of how it is sorted.
func (t *Table) Head(column int) string {
	word := t.Columns[column].Word
	switch {
	case t.by != column:
		return word
	case t.down:
		return word + " ▼"
	}
	return word + " ▲"
}

// Shown are the lines that pass the filter, sorted.
func (t *Table) Shown() []Line {
	var out []Line
	for _, l := range t.lines {
		if (t.group == "" || l.Group == t.group) && l.has(t.text) {
			out = append(out, l)
		}
	}
	if t.by < 0 {
		return out
	}
	figure := t.Columns[t.by].Figure
	if amount := t.Columns[t.by].Amount; amount != nil {
		return t.byAmount(out, amount)
	}
	slices.SortStableFunc(out, func(a, b Line) int {
		x, y := a.Cells[t.by], b.Cells[t.by]
		if figure {
			// What is no figure stays at the end, whichever way is sorted.
			if p, q := isFigure(x), isFigure(y); !p || !q {
				return cmp.Compare(boolInt(q), boolInt(p))
			}
		}
		c := strings.Compare(x, y)
		if figure {
			c = CompareFigures(x, y)
		}
		if t.down {
			c = -c
		}
		return c
	})
	return out
}

// byAmount sorts by what words amount to; those without stay at the end.
func (t *Table) byAmount(out []Line, amount func(string) (int, bool)) []Line {
	slices.SortStableFunc(out, func(a, b Line) int {
		x, p := amount(a.Cells[t.by])
		y, q := amount(b.Cells[t.by])
		switch {
		case !p || !q:
			return cmp.Compare(boolInt(q), boolInt(p))
		case t.down:
			return cmp.Compare(y, x)
		}
		return cmp.Compare(x, y)
	})
	return out
}

// Climbed are the places that a result went up: ↑2 is 2, ↓3 is −3.
func Climbed(cell string) (int, bool) {
	for _, word := range strings.Fields(cell) {
		for sign, by := range map[string]int{"↑": 1, "↓": -1} {
			if rest, ok := strings.CutPrefix(word, sign); ok {
				n, err := strconv.Atoi(rest)
				return by * n, err == nil
			}
		}
	}
	return 0, false
}

// LastPlace is the place after a move, such as 8 of “12 → 8”.
func LastPlace(cell string) (int, bool) {
	words := strings.Fields(cell)
	if len(words) == 0 {
		return 0, false
	}
	n, err := strconv.Atoi(words[len(words)-1])
	return n, err == nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (l Line) has(text string) bool {
	return text == "" || slices.ContainsFunc(l.Cells, func(c string) bool { return strings.Contains(strings.ToLower(c), text) })
}

// TSV is what is shown as text for a spreadsheet, heads first. A cell that a
// spreadsheet would take for a formula is marked as text.
func (t *Table) TSV() string {
	var b strings.Builder
	for i, c := range t.Columns {
		if i > 0 {
			b.WriteByte('\t')
		}
		b.WriteString(c.Word)
	}
	for _, l := range t.Shown() {
		b.WriteByte('\n')
		for i, c := range l.Cells {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(plainCell(c))
		}
	}
	return b.String()
}

// plainCell keeps a cell on one line and from being a formula.
func plainCell(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\t' || r == '\n' || r == '\r' }), " ")
	if s != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(s)[0]) && !isFigure(s) {
		return "'" + s
	}
	return s
}

// isFigure tells whether a text is a decimal number.
func isFigure(s string) bool {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "−"), "-")
	whole, frac, point := strings.Cut(s, ".")
	return whole != "" && (!point || frac != "") && strings.Trim(whole+frac, "0123456789") == ""
}

// CompareFigures compares decimal numbers given as text, exactly.
func CompareFigures(a, b string) int {
	na, nb := negative(&a), negative(&b)
	switch {
	case na && nb:
		return -compareSize(a, b)
	case na:
		return -1
	case nb:
		return 1
	}
	return compareSize(a, b)
}

func negative(s *string) bool {
	rest := strings.TrimPrefix(strings.TrimPrefix(*s, "−"), "-")
	minus := rest != *s
	*s = rest
	return minus && strings.Trim(rest, "0.") != ""
}

func compareSize(a, b string) int {
	wa, fa, _ := strings.Cut(a, ".")
	wb, fb, _ := strings.Cut(b, ".")
	wa, wb = strings.TrimLeft(wa, "0"), strings.TrimLeft(wb, "0")
	return cmp.Or(cmp.Compare(len(wa), len(wb)), cmp.Compare(wa, wb), cmp.Compare(strings.TrimRight(fa, "0"), strings.TrimRight(fb, "0")))
}
