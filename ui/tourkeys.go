package ui

import (
	"fmt"
	"os"
	"path/filepath"

	"xunping/ui/model"
)

// keySteps walks through roster, keys, a revocation, handing in and verifying.
func (t *tourist) keySteps() []func() error {
	page := func(i int) func() error {
		return func() error { t.s.rosterTab = i; t.s.goTo(placeUnits); return nil }
	}
	return []func() error{
		page(0), t.shot("roster"),
		t.rosterEntry, t.shot("roster-entry"), t.closeDialog,
		t.revocation, t.shot("revoke"), t.closeDialog,
		page(1), t.shot("keys-here"),
		func() error { t.s.showFingerprint("", t.s.pinned()); return nil }, t.shot("fingerprint"), t.closeDialog,
		page(2), t.shot("unit-list"),
		func() error { t.s.askHandIn(); return nil }, t.shot("hand-in"), t.closeDialog,
		func() error { t.s.askVerify(); return nil }, t.shot("verifier"),
		t.verified, t.wait, t.wait, t.shot("verified"), t.closeDialog,
	}
}

func (t *tourist) rosterEntry() error {
	r, err := t.s.desk.Roster()
	if err == nil {
		t.s.showEntry(model.RosterRows(r, "")[0].Entry)
	}
	return err
}

// revocation ticks the last object of the signer whose chain is the longest.
func (t *tourist) revocation() error {
	r, err := t.s.desk.Roster()
	if err != nil {
		return err
	}
	var best *revokeView
	for _, row := range model.RosterRows(r, "") {
		list, err := t.s.desk.SignedBy(row.Entry.SPKI)
		if err != nil {
			return err
		}
		if best == nil || len(list) > len(best.rows) {
			best = newRevokeView(t.s, row.Entry, model.NewRevocation(list, nil))
		}
	}
	best.show()
	if len(best.rows) > 2 {
		best.list.Select(2)
	}
	return nil
}

// verified drops a sound and a changed scorecard onto the verifier.
func (t *tourist) verified() error {
	cards, err := filepath.Glob(filepath.Join(t.demo, "sealed", "*", "*.pdf"))
	if err != nil || len(cards) == 0 {
		return fmt.Errorf("the demonstration has no scorecards: %w", err)
	}
	b, err := os.ReadFile(cards[0])
	if err != nil {
		return err
	}
	bad := filepath.Join(t.dir, "changed.pdf")
	if err := os.WriteFile(bad, append(b, '\n'), 0o600); err != nil {
		return err
	}
	t.s.addFiles([]string{cards[0], bad})
	return nil
}
