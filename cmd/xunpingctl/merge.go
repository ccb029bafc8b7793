package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/inspection"
)

func merge(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	return c.withDesk(func(d *desk.Desk) error {
		if err := c.openEncrypted(d); err != nil {
			return err
		}
		c.warnOldRoster(d)
		dry := c.flags["dry-run"] != ""
		r, err := d.Merge(c.ctx, c.args, dry, nil)
		if r == nil {
			return stopped(err, i18n.E("已中止，没有写入任何内容", err))
		}
		if err := c.print(r, mergeText(r)); err != nil {
			return err
		}
		if err != nil && dry {
			return stopped(err, i18n.E("已中止，没有写入任何内容", err))
		}
		if err != nil {
			return stopped(err, i18n.E("已中止，已写入的保留，再合并一次即可补齐", err))
		}
		if r.Conflict+r.Quarantined+r.Refused > 0 {
			return errRefused
		}
		return nil
	})
}

// stopped says in words that a person broke a command off; another error stays.
func stopped(err, words error) error {
	if !errors.Is(err, context.Canceled) {
		return err
	}
	return words
}

// mergeText is what a merge did, for a person: of each file what became of it, whose
// it is and how its unit moves, then the totals.
func mergeText(r *desk.MergeReport) string {
	var b strings.Builder
	for i := range r.Results {
		o := &r.Results[i]
		fmt.Fprintf(&b, "%s\t%s\t%s\n", o.Outcome, o.File, o.Reason)
		if signed := signedBy(o.Signers); signed != "" {
			fmt.Fprintf(&b, "\t%s\n", signed)
		}
		if moved := movement(o); moved != "" {
			fmt.Fprintf(&b, "\t%s\n", moved)
		}
		if hint := o.AcceptHint(i18n.T("要收下，由汇总单位用 xunpingctl accept 认可它，包里的写作 包!文件")); hint != "" {
			fmt.Fprintf(&b, "\t%s\n", hint)
		}
	}
	fmt.Fprintf(&b, "%d = %d + %d + %d + %d + %d", r.Files, r.Merged, r.Identical, r.Conflict, r.Quarantined, r.Refused)
	if r.Batch > 0 {
		fmt.Fprintf(&b, "\n%s", i18n.T("第 %d 批；要整批撤回，用 undo %d", r.Batch, r.Batch))
	}
	return b.String()
}

// signedBy names who signed; of a signature that is not in order it says why.
func signedBy(list []desk.VerifySignature) string {
	var names []string
	for _, s := range list {
		name := strings.TrimSpace(s.Name + " " + s.Number)
		if s.Standing != inspection.SignatureValid {
			name = i18n.T("%s（%s）", name, desk.SignatureWord(s.Standing))
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return ""
	}
	return i18n.T("签名：%s", strings.Join(names, i18n.T("、")))
}

// movement is the unit with its total and rank before and after; "—" is none.
func movement(o *desk.FileOutcome) string {
	if o.Value == "" {
		return ""
	}
	from := o.Before
	if from == "" {
		from = "—"
	}
	total := i18n.T("总分 %s → %s", from, o.Value)
	if o.Outcome == desk.Refused || o.Outcome == desk.Quarantined { // it changes nothing
		total = i18n.T("总分 %s", o.Value)
	}
	words := strings.TrimSpace(o.Unit+" "+o.UnitName) + "\t" + total
	if o.BeforeRank > 0 || o.AfterRank > 0 {
		words += "\t" + i18n.T("名次 %s → %s", rankWord(o.BeforeRank), rankWord(o.AfterRank))
	}
	return words
}

func rankWord(rank int) string {
	if rank == 0 {
		return "—"
	}
	return fmt.Sprint(rank)
}
