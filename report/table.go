package report

// column of a table: its title, width in millimetres, alignment.
type column struct {
	title string
	width float64
	align string // L, C, R
}

// table draws rows under a repeated head. A row is not broken over pages if it
// fits on one; a longer one is broken between lines.
type table struct {
	p       *pen
	columns []column
	size    float64
	bare    bool // without a head: a form
}

const cellPad = 1.1

// cell is the text of one field; bold numbers stand out on a bad printer.
type cell struct {
	text string
	bold bool
}

func (t *table) drawHead() {
	if t.bare {
		return
	}
	t.p.font(t.size, true)
	h := t.p.lineHeight() + 2*cellPad
	x := t.p.area.left
	t.p.pdf.SetFillColor(238, 238, 238)
	for _, c := range t.columns {
		t.p.pdf.Rect(x, t.p.y, c.width, h, "FD")
		t.p.text(x+cellPad, t.p.y+cellPad, c.width-2*cellPad, c.title, "C")
		x += c.width
	}
	t.p.y += h
}

// begin draws the head, with room for one row below it.
func (t *table) begin() {
	t.p.font(t.size, true)
	t.p.need(3 * (t.p.lineHeight() + 2*cellPad))
	t.drawHead()
}

func (t *table) row(cells ...cell) {
	wrapped := make([][]string, len(cells))
	most := 1
	for i, c := range cells {
		t.p.font(t.size, c.bold)
		wrapped[i] = t.p.wrap(c.text, t.columns[i].width-2*cellPad)
		most = max(most, len(wrapped[i]))
	}
	t.p.font(t.size, false)
	line := t.p.lineHeight()
	fits := func(n int) bool { return float64(n)*line+2*cellPad <= t.p.left() }
	page := int((pageHeight - t.p.area.top - t.p.area.bottom - t.p.bottom - 4*line) / line)
	for from := 0; from < most; {
		n := most - from
		if !fits(n) && (n <= page || !fits(3)) {
			t.p.newPage()
			t.drawHead()
			t.p.font(t.size, false)
		}
		for n > 1 && !fits(n) {
			n--
		}
		t.drawRow(cells, wrapped, from, from+n, line)
		from += n
	}
}

func (t *table) drawRow(cells []cell, wrapped [][]string, from, to int, line float64) {
	h := float64(to-from)*line + 2*cellPad
	x := t.p.area.left
	for i, c := range t.columns {
		t.p.rect(x, t.p.y, c.width, h)
		t.p.font(t.size, cells[i].bold)
		if from < len(wrapped[i]) {
			t.p.lines(x+cellPad, t.p.y+cellPad, c.width-2*cellPad, wrapped[i][from:min(to, len(wrapped[i]))], c.align)
		}
		x += c.width
	}
	t.p.y += h
}

// band draws a row over the whole width, for the title of a group.
func (t *table) band(s string) {
	t.p.font(t.size, true)
	h := t.p.lineHeight() + 2*cellPad
	if t.p.left() < 2*h {
		t.p.newPage()
		t.drawHead()
		t.p.font(t.size, true)
	}
	w := 0.0
	for _, c := range t.columns {
		w += c.width
	}
	t.p.rect(t.p.area.left, t.p.y, w, h)
	t.p.text(t.p.area.left+cellPad, t.p.y+cellPad, w-2*cellPad, s, "L")
	t.p.y += h
}
