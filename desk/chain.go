package desk

import (
	"context"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// SignedObject is one link in the chain of a key: a record or an act, what came
// before it, and where the chain ends or splits.
type SignedObject struct {
	Hash     string `json:"sha256"`
	Short    string `json:"short"`
	Act      bool   `json:"act"`
	Previous string `json:"previous"`
	Counter  int    `json:"counter"`
	Round    string `json:"round"`
	Unit     string `json:"unit"`
	Claimed  string `json:"claimed"` // when it says that it was made
	End      bool   `json:"end"`     // nothing known here follows it
	Fork     bool   `json:"fork"`    // another one follows the same one
	CutOff   bool   `json:"cut_off"` // what came before it is not here
}

// SignedBy are the objects a key made, as far as this workbook knows, newest
// first: what a revocation chooses the last believed ones from.
func (d *Desk) SignedBy(spki string) ([]SignedObject, error) {
	ctx := context.Background()
	links, err := d.wb.ChainOf(ctx, spki)
	if err != nil {
		return nil, err
	}
	here, after := map[string]bool{}, map[string]int{}
	for _, l := range links {
		here[l.Hash] = true
		after[l.Previous]++
	}
	out := make([]SignedObject, 0, len(links))
	for _, l := range links {
		o := SignedObject{Hash: l.Hash, Short: seal.Short(l.Hash), Act: l.Act, Previous: l.Previous, Counter: l.Counter,
			End: after[l.Hash] == 0, Fork: after[l.Previous] > 1, CutOff: l.Previous != "" && !here[l.Previous]}
		if err := d.nameObject(ctx, &o); err != nil {
			return nil, err
		}
		out = append(out, o)
	}
	slices.Reverse(out)
	return out, nil
}

func (d *Desk) nameObject(ctx context.Context, o *SignedObject) error {
	b, err := d.wb.Record(ctx, o.Hash)
	if err != nil {
		return err
	}
	if o.Act {
		a, err := inspection.ReadAct(b)
		if err != nil {
			return err
		}
		o.Round, o.Unit, o.Claimed = a.Case.Round, a.Case.Unit, a.Made
		return nil
	}
	r, err := inspection.ReadRecord(b)
	if err != nil {
		return err
	}
	o.Round, o.Unit, o.Claimed = r.Round.Code, r.Unit.Name, r.Sealed
	return nil
}

// ChainWords says what is peculiar about a link.
func ChainWords(o SignedObject) string {
	var words []string
	if o.End {
		words = append(words, i18n.T("链尾"))
	}
	if o.Fork {
		words = append(words, i18n.T("此处分叉"))
	}
	if o.CutOff {
		words = append(words, i18n.T("前一份不在这里"))
	}
	return strings.Join(words, i18n.T("、"))
}

// KeysOf are the keys of a roster that a number, or a key's hash, means.
func KeysOf(r *inspection.Roster, who string) []string {
	var out []string
	if r != nil {
		for _, e := range r.Entries {
			if e.SPKI == who || e.Number == who && len(e.Roles) > 0 {
				out = append(out, e.SPKI)
			}
		}
	}
	return out
}

// Believed are those of a key's objects that a revocation with these last ones
// leaves standing: the rule of the format, asked before it is signed.
func Believed(list []SignedObject, last []string) map[string]bool {
	before := map[string]string{}
	for _, o := range list {
		before[o.Hash] = o.Previous
	}
	out := map[string]bool{}
	for _, h := range last {
		for !out[h] {
			previous, here := before[h]
			if !here {
				break
			}
			out[h] = true
			h = previous
		}
	}
	return out
}

// revocable are the places in a roster of the keys that a revocation of who
// means: a key's hash, or a person's number. Of a number it is the keys that are
// not revoked yet; only if there are none, the one revoked key, whose list of
// believed objects is then changed. A key revoked earlier keeps its own list.
func revocable(r *inspection.Roster, who string) ([]int, error) {
	var active, revoked []int
	for i, e := range r.Entries {
		switch {
		case e.SPKI == who:
			return []int{i}, nil
		case e.Number != who || len(e.Roles) == 0:
		case e.Revoked == nil:
			active = append(active, i)
		default:
			revoked = append(revoked, i)
		}
	}
	switch {
	case len(active) > 0:
		return active, nil
	case len(revoked) == 1:
		return revoked, nil
	case len(revoked) > 1:
		return nil, i18n.E("%s 有几把已吊销的密钥，请写密钥指纹来指明是哪一把", who)
	}
	return nil, i18n.E("名册里没有证件号码 %s", who)
}

// lastBelieved makes full hashes of what a person wrote: hashes, or short codes
// as they are printed on the sheets. A full hash need not be here yet.
func (d *Desk) lastBelieved(keys []string, last []string) ([]string, error) {
	ctx := context.Background()
	out := []string{}
	for _, h := range last {
		if len(h) < 8 {
			return nil, i18n.E("短码至少写 8 位：%s", h)
		}
		found, err := d.wb.Find(ctx, h)
		if err != nil {
			return nil, err
		}
		switch {
		case len(found) == 1 && slices.Contains(keys, signerOfObject(found[0])):
			h = found[0].Hash
		case len(found) == 1:
			if !d.cosignedBy(ctx, found[0].Hash, keys) {
				return nil, i18n.E("%s 不是这把密钥签的，名册没有改动", h)
			}
			h = found[0].Hash
		case len(found) > 1:
			return nil, i18n.E("短码 %s 不止对应一份，请多写几位", h)
		case len(h) != 64:
			return nil, i18n.E("工作簿里没有 %s，不在这里的要写完整的 64 位", h)
		}
		if !slices.Contains(out, h) {
			out = append(out, h)
		}
	}
	return out, nil
}

func signerOfObject(o store.Object) string {
	if o.Act {
		return o.ActNode.Signer
	}
	return o.Node.Signer
}

// cosignedBy: a co-signature of a revoked key counts on records named in last,
// so those may be named, too.
func (d *Desk) cosignedBy(ctx context.Context, hash string, keys []string) bool {
	sigs, err := d.wb.Signatures(ctx, hash)
	return err == nil && slices.ContainsFunc(sigs, func(s store.Sig) bool { return slices.Contains(keys, s.SPKI) })
}
