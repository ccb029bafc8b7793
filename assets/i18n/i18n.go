// Package i18n gives every sentence a person reads in Chinese and in English.
//
// The Chinese text is written where it is used and is the key of its English
// translation, so code reads as the program speaks:
//
//	i18n.T("共 %d 个文件", n)
//	return i18n.E("口令不对，没有改动任何内容")
//
// The English texts lie in en/*.json, one flat object {"中文": "English"} for
// each package that speaks. Verbs must agree in number, order and kind (or be
// indexed, %[2]s); a test reads the source and the files and fails on any gap.
//
// There is one language at a time for the whole program, as there is one
// person in front of it. It is set once at start (Use) and may be changed by
// the settings. Nothing that is hashed or signed depends on it.
package i18n

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
)

// Lang is a language of the program: Chinese or English.
type Lang string

// The languages of the program.
const (
	Chinese Lang = "zh"
	English Lang = "en"
)

//go:embed en/*.json
var files embed.FS

var current atomic.Value // Lang

// Use sets the language of everything that follows. Names of locales are
// understood ("en_GB.UTF-8" is English); whatever is not English is Chinese.
func Use(locale string) {
	if strings.HasPrefix(strings.ToLower(locale), "en") {
		current.Store(English)
		return
	}
	current.Store(Chinese)
}

// Current is the language in use; Chinese until Use says otherwise.
func Current() Lang {
	if l, ok := current.Load().(Lang); ok {
		return l
	}
	return Chinese
}

// T is the text for zh in the current language, formatted with args as by
// fmt.Sprintf. A text without a translation stays Chinese: better than nothing.
func T(zh string, args ...any) string {
	format := lookup(zh)
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}

// Error is an error that is also a sentence for a person.
type Error struct {
	zh    string
	args  []any
	cause error
}

// E makes an Error. The last argument may be an error: when the format has no
// verb left for it, it is the cause, kept for errors.Is but not shown.
func E(zh string, args ...any) error {
	e := &Error{zh: zh, args: args}
	if n := len(args); n > 0 {
		if cause, ok := args[n-1].(error); ok {
			e.cause = cause
			if verbs(zh) < n {
				e.args = args[:n-1]
			}
		}
	}
	return e
}

// Error is the sentence in the current language.
func (e *Error) Error() string {
	args := make([]any, len(e.args))
	for i, a := range e.args {
		if err, ok := a.(error); ok {
			a = Person(err)
		}
		args[i] = a
	}
	return T(e.zh, args...)
}

// Unwrap gives the cause, if one was named.
func (e *Error) Unwrap() error { return e.cause }

// Person is what a person is shown of err: the outermost sentence made by E
// that err wraps, or, if nobody wrote one, the technical text.
func Person(err error) string {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Error()
	}
	return err.Error()
}

// verbs counts the arguments a format takes (plain verbs only).
func verbs(format string) int {
	f := strings.ReplaceAll(format, "%%", "")
	return strings.Count(f, "%")
}

func lookup(zh string) string {
	if Current() == Chinese {
		return zh
	}
	if en, ok := catalogue()[zh]; ok {
		return en
	}
	return zh
}

var catalogue = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	names, _ := files.ReadDir("en")
	for _, f := range names {
		b, err := files.ReadFile("en/" + f.Name())
		if err != nil {
			continue
		}
		// Our own embedded files: a broken one is found by the test.
		_ = json.Unmarshal(b, &all)
	}
	return all
})
