package model

import (
	"xunping/assets/i18n"
	"xunping/inspection"
)

var itemStates = []string{inspection.ItemOpen, inspection.ItemDone, inspection.ItemExempt, inspection.ItemLed}

// ItemStates are the words for the states of an item, in the order of
// ItemState.
func ItemStates() []string {
	return []string{i18n.T("未完成"), i18n.T("完成"), i18n.T("免，不计"), i18n.T("其他单位牵头")}
}

// ItemState is the place of a state among ItemStates; what is unknown is open.
func ItemState(code string) int {
	for i, s := range itemStates {
		if s == code {
			return i
		}
	}
	return 0
}

// ItemStateCode is the state at a place.
func ItemStateCode(i int) string { return itemStates[max(i, 0)] }

// ItemsWords sums a list up.
func ItemsWords(items []inspection.Item) string {
	if len(items) == 0 {
		return i18n.T("列出清单（哪些没有完成）…")
	}
	n := map[string]int{}
	for _, x := range items {
		n[x.State]++
	}
	return i18n.T("清单 %d 项：完成 %d，未完成 %d，不计 %d", len(items), n[inspection.ItemDone], n[inspection.ItemOpen], n[inspection.ItemExempt]+n[inspection.ItemLed])
}
