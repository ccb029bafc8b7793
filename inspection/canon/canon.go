// Package canon reads JSON strictly and gives it its one form.
//
// What leaves this program is identified by a hash, so two programs that hold
// the same document must hold the same bytes. Canonical is RFC 8785 (JCS) of
// the document as it stands: members sorted, no white space, numbers and
// strings in one spelling; nothing is added and nothing is dropped. Hash is
// SHA-256 of that, in lower-case hex, and is the document's name everywhere.
//
// Decode refuses what a tolerant reader would guess at: unknown and duplicate
// members, trailing data, NaN, invalid UTF-8, null where no null belongs. A
// guess at a score would be a different score on another machine.
package canon

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"xunping/assets/i18n"
)

// Limits of every JSON document (FORMATS, preamble).
const (
	MaxBytes = 8 << 20
	MaxDepth = 32
)

// nullBelongs tells whether a document may say null at p: a step without a day
// limit, a roster entry that is not revoked, and what of a score does not
// exist. Elsewhere a null would silently read as a missing member.
func nullBelongs(p jsontext.Pointer) bool {
	switch list := p.Parent().Parent().LastToken(); p.LastToken() {
	case "days":
		return list == "steps"
	case "revoked":
		return list == "entries"
	}
	return strings.HasPrefix(string(p), "/score/")
}

// Decode reads the one JSON value in b into v, strictly. The error names the
// place as a JSON pointer (/parts/0/code).
func Decode(b []byte, v any) error {
	if err := scan(b, nullBelongs); err != nil {
		return err
	}
	if err := json.Unmarshal(b, v, json.RejectUnknownMembers(true)); err != nil {
		return place(err)
	}
	return nil
}

// Canonical is RFC 8785 of the one JSON value in b. The input is not changed.
// Nulls stay where they are: whether one belongs there says Decode.
func Canonical(b []byte) ([]byte, error) {
	anywhere := func(jsontext.Pointer) bool { return true }
	if err := scan(b, anywhere); err != nil {
		return nil, err
	}
	v := jsontext.Value(bytes.Clone(b))
	if err := v.Canonicalize(); err != nil {
		return nil, place(err)
	}
	return v, nil
}

// IsCanonical tells whether b is already its canonical form. Whether it keeps
// the limit of depth says Decode, which everything read goes through as well.
func IsCanonical(b []byte) bool {
	if len(b) > MaxBytes {
		return false
	}
	v := jsontext.Value(bytes.Clone(b))
	return v.Canonicalize() == nil && bytes.Equal(b, v)
}

// Encode is the canonical form of a Go value of this program.
func Encode(v any) ([]byte, error) {
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return Canonical(b)
}

// Hash is the SHA-256 of b in lower-case hex. b must be canonical already if
// the hash is to name a document.
func Hash(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

// IsHash tells whether s has the form of a hash made here.
func IsHash(s string) bool {
	if len(s) != 2*sha256.Size {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// scan walks the whole text once: well-formed, no duplicate names, within the
// limits, no stray null, nothing behind the value.
func scan(b []byte, null func(jsontext.Pointer) bool) error {
	if len(b) > MaxBytes {
		return i18n.E("JSON 超过 %d MiB", MaxBytes>>20)
	}
	d := jsontext.NewDecoder(bytes.NewBuffer(b)) // of a buffer it reads the bytes in place
	values := 0
	for {
		depth := d.StackDepth()
		if depth > MaxDepth {
			return i18n.E("JSON 嵌套超过 %d 层：%s", MaxDepth, string(d.StackPointer()))
		}
		t, err := d.ReadToken()
		if errors.Is(err, io.EOF) {
			if values == 0 {
				return i18n.E("JSON 是空的")
			}
			return nil
		}
		if err != nil {
			return place(err)
		}
		if t.Kind() == 'n' && !null(d.StackPointer()) {
			return i18n.E("JSON 此处不能为 null：%s", string(d.StackPointer()))
		}
		if depth == 0 {
			if values++; values > 1 {
				return i18n.E("JSON 之后还有多余内容")
			}
		}
	}
}

// place turns an error of the JSON library into a sentence with its place.
func place(err error) error {
	var sem *json.SemanticError
	if errors.As(err, &sem) {
		if errors.Is(sem.Err, json.ErrUnknownName) {
			return i18n.E("JSON 有未知成员：%s", pointed(sem.JSONPointer), err)
		}
		return i18n.E("JSON 的值不合格式：%s（%s）", pointed(sem.JSONPointer), reason(sem.Err, sem.JSONKind), err)
	}
	var syn *jsontext.SyntacticError
	if errors.As(err, &syn) {
		if errors.Is(syn.Err, jsontext.ErrDuplicateName) {
			return i18n.E("JSON 成员重复：%s", pointed(syn.JSONPointer), err)
		}
		return i18n.E("JSON 语法错误：%s，第 %d 字节", pointed(syn.JSONPointer), syn.ByteOffset, err)
	}
	return i18n.E("JSON 读不出来", err)
}

// pointed is a place for a person; the whole document has no name of its own.
func pointed(p jsontext.Pointer) string {
	if p == "" {
		return "/"
	}
	return string(p)
}

func reason(err error, kind jsontext.Kind) string {
	if err != nil {
		return i18n.Person(err)
	}
	return kind.String()
}
