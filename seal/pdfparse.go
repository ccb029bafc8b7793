package seal

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
)

// parser reads PDF objects from bytes, with limits, and never repairs: what is
// not as the profile wants it is an error.
type parser struct {
	b     []byte
	pos   int
	depth int
}

var errSyntax = fmt.Errorf("syntax")

func (p *parser) fail(what string) error {
	return fmt.Errorf("%w: %s at byte %d", errSyntax, what, p.pos)
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelim(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func (p *parser) skip() {
	for p.pos < len(p.b) && isSpace(p.b[p.pos]) {
		p.pos++
	}
}

// peek is the next byte, 0 at the end.
func (p *parser) peek() byte {
	if p.pos < len(p.b) {
		return p.b[p.pos]
	}
	return 0
}

func (p *parser) literal(s string) bool {
	if bytes.HasPrefix(p.b[p.pos:], []byte(s)) {
		p.pos += len(s)
		return true
	}
	return false
}

// object reads one object: anything but a stream.
func (p *parser) object() (any, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, p.fail("too deep")
	}
	p.skip()
	switch c := p.peek(); {
	case c == '/':
		return p.name()
	case c == '(':
		return p.litString()
	case c == '[':
		return p.array()
	case c == '<':
		if p.pos+1 < len(p.b) && p.b[p.pos+1] == '<' {
			return p.dict()
		}
		return p.hexString()
	case c == '+' || c == '-' || c == '.' || c >= '0' && c <= '9':
		return p.number()
	}
	return p.keyword()
}

func (p *parser) keyword() (any, error) {
	for word, v := range map[string]any{"true": pdfBool(true), "false": pdfBool(false), "null": pdfNull{}} {
		end := p.pos + len(word)
		if bytes.HasPrefix(p.b[p.pos:], []byte(word)) && (end == len(p.b) || isSpace(p.b[end]) || isDelim(p.b[end])) {
			p.pos = end
			return v, nil
		}
	}
	return nil, p.fail("unknown word")
}

func (p *parser) token() string {
	start := p.pos
	for p.pos < len(p.b) && !isSpace(p.b[p.pos]) && !isDelim(p.b[p.pos]) {
		p.pos++
	}
	return string(p.b[start:p.pos])
}

// number reads a number, or a reference "n 0 R".
func (p *parser) number() (any, error) {
	t := p.token()
	digits, dots := 0, 0
	for i, c := range []byte(t) {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '.':
			dots++
		case i == 0 && (c == '-' || c == '+'):
		default:
			return nil, p.fail("bad number")
		}
	}
	if digits == 0 || dots > 1 || len(t) > 32 {
		return nil, p.fail("bad number")
	}
	if rest := p.b[p.pos:]; bytes.HasPrefix(rest, []byte(" 0 R")) && (len(rest) == 4 || isSpace(rest[4]) || isDelim(rest[4])) {
		if n, ok := intOf(pdfNum(t)); ok && n > 0 {
			p.pos += 4
			return pdfRef(n), nil
		}
	}
	return pdfNum(t), nil
}

func (p *parser) name() (any, error) {
	p.pos++
	raw := p.token()
	if strings.IndexByte(raw, '#') < 0 {
		return pdfName(raw), nil
	}
	var out []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] != '#' {
			out = append(out, raw[i])
			continue
		}
		if i+2 >= len(raw) {
			return nil, p.fail("bad name")
		}
		v, err := hex.DecodeString(raw[i+1 : i+3])
		if err != nil || v[0] == 0 {
			return nil, p.fail("bad name")
		}
		out = append(out, v[0])
		i += 2
	}
	return pdfName(out), nil
}

func (p *parser) array() (any, error) {
	p.pos++
	out := pdfArray{}
	for {
		p.skip()
		if p.peek() == ']' && p.pos < len(p.b) {
			p.pos++
			return out, nil
		}
		v, err := p.object()
		if err != nil {
			return nil, err
		}
		if out = append(out, v); len(out) > 4*maxObjects {
			return nil, p.fail("array too long")
		}
	}
}

func (p *parser) dict() (any, error) {
	p.pos += 2
	out := pdfDict{}
	for {
		p.skip()
		if p.literal(">>") {
			return out, nil
		}
		if p.peek() != '/' {
			return nil, p.fail("key expected")
		}
		k, err := p.name()
		if err != nil {
			return nil, err
		}
		v, err := p.object()
		if err != nil {
			return nil, err
		}
		if _, dup := out[k.(pdfName)]; dup {
			return nil, p.fail("duplicate key " + string(k.(pdfName)))
		}
		out[k.(pdfName)] = v
	}
}

func (p *parser) hexString() (any, error) {
	start := p.pos
	end := bytes.IndexByte(p.b[p.pos:], '>')
	if end < 0 {
		return nil, p.fail("hex string without end")
	}
	raw := p.b[p.pos+1 : p.pos+end]
	p.pos += end + 1
	data := make([]byte, hex.DecodedLen(len(raw)))
	if _, err := hex.Decode(data, raw); err != nil {
		return nil, p.fail("bad hex string")
	}
	return pdfString{data: data, hex: true, start: start, end: p.pos}, nil
}

func (p *parser) litString() (any, error) {
	start := p.pos
	p.pos++
	var out []byte
	for level := 1; ; {
		if p.pos >= len(p.b) {
			return nil, p.fail("string without end")
		}
		c := p.b[p.pos]
		p.pos++
		switch c {
		case '(':
			level++
		case ')':
			if level--; level == 0 {
				return pdfString{data: out, start: start, end: p.pos}, nil
			}
		case '\\':
			e, keep, err := p.escape()
			if err != nil {
				return nil, err
			}
			if keep {
				out = append(out, e)
			}
			continue
		}
		out = append(out, c)
	}
}

func (p *parser) escape() (c byte, keep bool, err error) {
	if p.pos >= len(p.b) {
		return 0, false, p.fail("string without end")
	}
	c = p.b[p.pos]
	p.pos++
	if i := bytes.IndexByte([]byte("nrtbf"), c); i >= 0 {
		return "\n\r\t\b\f"[i], true, nil
	}
	if c == '\n' {
		return 0, false, nil
	}
	if c < '0' || c > '7' {
		return c, true, nil
	}
	v := int(c - '0')
	for i := 0; i < 2 && p.pos < len(p.b) && p.b[p.pos] >= '0' && p.b[p.pos] <= '7'; i++ {
		v = v*8 + int(p.b[p.pos]-'0')
		p.pos++
	}
	return byte(v), true, nil
}

// indirect reads "n 0 obj … endobj" at the current place.
func (p *parser) indirect() (number int, v any, err error) {
	n, ok := intOf(pdfNum(p.token()))
	if !ok || !p.literal(" 0 obj\n") {
		return 0, nil, p.fail("object expected")
	}
	if v, err = p.object(); err != nil {
		return 0, nil, err
	}
	p.skip()
	if d, isDict := v.(pdfDict); isDict && p.literal("stream\n") {
		size, ok := d.int("Length")
		if !ok || size > len(p.b)-p.pos {
			return 0, nil, p.fail("bad stream length")
		}
		v = &pdfStream{dict: d, raw: p.b[p.pos : p.pos+size]}
		p.pos += size
		if !p.literal("\nendstream") {
			return 0, nil, p.fail("stream without end")
		}
		p.skip()
	}
	if !p.literal("endobj") {
		return 0, nil, p.fail("object without end")
	}
	return n, v, nil
}
