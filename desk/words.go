package desk

import (
	"bytes"
	"sort"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
)

func provisionalWords(reasons []inspection.Reason) string {
	words := make([]string, len(reasons))
	for i, r := range reasons {
		words[i] = ReasonWords(r)
	}
	return strings.Join(words, i18n.T("、"))
}

// differ are the indicators in which records do not agree.
func differ(heads []ConflictHead) []string {
	codes := map[string]bool{}
	for _, h := range heads {
		for code := range h.Record.Entries {
			codes[code] = true
		}
	}
	var out []string
	for code := range codes {
		first, _ := canon.Encode(heads[0].Record.Entries[code])
		for _, h := range heads[1:] {
			if b, _ := canon.Encode(h.Record.Entries[code]); !bytes.Equal(b, first) {
				out = append(out, code)
				break
			}
		}
	}
	sort.Strings(out)
	return out
}

// sortedKeys are the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
