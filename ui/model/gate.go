package model

import (
	"slices"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

// Gate is what stands before sealing: what must be there and what should.
type Gate struct {
	Blocking, Advice []inspection.Gap
}

// NewGate sorts the gaps of a draft.
func NewGate(gaps []inspection.Gap) *Gate {
	g := &Gate{}
	for _, x := range gaps {
		if x.Blocking {
			g.Blocking = append(g.Blocking, x)
		} else {
			g.Advice = append(g.Advice, x)
		}
	}
	return g
}

// Blocked tells whether the record cannot be sealed yet.
func (g *Gate) Blocked() bool { return len(g.Blocking) > 0 }

// Empty tells whether nothing at all is missing.
func (g *Gate) Empty() bool { return len(g.Blocking)+len(g.Advice) == 0 }

// KeyWords names a key for a person.
func KeyWords(k desk.KeyInfo) string {
	known := i18n.T("名册未登记")
	if k.Known {
		known = i18n.T("名册已登记")
	}
	return k.Name + "　" + k.Number + "　" + known
}

// BureauKeys are the keys that may sign for the bureau, with their words.
func BureauKeys(keys []desk.KeyInfo) (words []string, list []desk.KeyInfo) {
	return keysThat(keys, func(k desk.KeyInfo) bool { return slices.Contains(k.Roles, string(inspection.RoleBureau)) })
}

// KnownKeys are the keys of whoever is in the roster, with their words.
func KnownKeys(keys []desk.KeyInfo) (words []string, list []desk.KeyInfo) {
	return keysThat(keys, func(desk.KeyInfo) bool { return true })
}

func keysThat(keys []desk.KeyInfo, fit func(desk.KeyInfo) bool) (words []string, list []desk.KeyInfo) {
	for _, k := range keys {
		if k.Known && fit(k) {
			words, list = append(words, KeyWords(k)), append(list, k)
		}
	}
	return words, list
}

// KeyIndex finds a key by its SPKI hash, else the first.
func KeyIndex(keys []desk.KeyInfo, spki string) int {
	for i, k := range keys {
		if k.SPKI == spki {
			return i
		}
	}
	return 0
}

// Signers are the keys that are offered first: the one used last if its holder is
// among the record's inspectors, else the first inspector's; and the second
// inspector's, −1 if it is not on this machine.
func Signers(keys []desk.KeyInfo, inspectors []inspection.Person, last string) (first, second int) {
	first, second = -1, -1
	for _, p := range inspectors { // in the order of the record
		for i, k := range keys {
			switch {
			case k.Number != p.Number:
			case first < 0:
				first = i
			case second < 0 && k.Number != keys[first].Number:
				second = i
			}
		}
	}
	if first < 0 {
		return KeyIndex(keys, last), -1
	}
	if second >= 0 && keys[second].SPKI == last {
		first, second = second, first
	}
	return first, second
}
