package inspection

import (
	"bytes"
	"fmt"
	"slices"
	"sort"

	"xunping/assets/i18n"
	"xunping/inspection/canon"
	"xunping/scoring"
)

// CheckSealed tells why the record cannot count as sealed: the first thing
// wrong or missing, a score that is not the recomputed one, an official round
// on an illustrative rubric, an inspector of the checked unit itself.
func (r *Record) CheckSealed(c *Compiled) error {
	sheet := r.Sheet(c)
	if found := r.check(c, sheet); len(found) > 0 {
		return i18n.E("检查记录 %s：%s", found[0].Place, found[0].Err)
	}
	if err := r.checkPeople(); err != nil {
		return err
	}
	if !r.Round.Trial && (c.Rubric.PointsStatus != scoring.Official || c.Rubric.RulesStatus != scoring.Official) {
		return i18n.E("分值或扣分情形是示例，只能用于试评")
	}
	if err := r.checkSettlement(); err != nil {
		return err
	}
	if len(r.Claimed) == 0 {
		return i18n.E("记录没有写得分")
	}
	score := c.Engine.Evaluate(sheet)
	want, err := canon.Canonical(score.JSON(false))
	if err != nil {
		return fmt.Errorf("recompute score: %w", err)
	}
	if !sameScore(want, r.Claimed) {
		return i18n.E("记录里的得分与重新计算的不一致")
	}
	if !score.Complete {
		return i18n.E("记录还没有检查完")
	}
	return nil
}

// sameScore compares a canonical score with one as it came, which in a sealed
// record is canonical too.
func sameScore(want, claimed []byte) bool {
	if bytes.Equal(want, claimed) {
		return true
	}
	have, err := canon.Canonical(claimed)
	return err == nil && bytes.Equal(want, have)
}

func (r *Record) checkPeople() error {
	switch {
	case r.Sealed == "":
		return i18n.E("记录没有封存时间")
	case r.Signer == "":
		return i18n.E("记录没有写明签名的密钥")
	case r.Previous == nil || r.Counter < 1:
		return i18n.E("记录没有写明签名链（previous、counter）")
	case len(r.People.Inspectors) == 0:
		return i18n.E("记录没有检查员")
	case r.Visit.From == "":
		return i18n.E("记录没有检查时间")
	}
	for _, p := range r.People.Inspectors {
		if p.Name == "" || p.Number == "" {
			return i18n.E("检查员要有姓名和证件号码")
		}
		if p.Org != "" && (p.Org == r.Unit.Name || p.Org == r.Unit.Code) {
			return i18n.E("检查员 %s 是被检查单位的人，应当回避", p.Name)
		}
	}
	return nil
}

func (r *Record) checkSettlement() error {
	if len(r.Parents) > 1 {
		if r.Revision < 2 {
			return i18n.E("归并记录的版次要比各前版都高")
		}
		if !sort.StringsAreSorted(r.Parents) {
			return i18n.E("归并记录的前版要按顺序排列")
		}
		if !slices.Contains(r.Parents, r.Follows) {
			return i18n.E("归并记录要写明沿用哪一份（follows）")
		}
	}
	return nil
}
