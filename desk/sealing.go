package desk

import (
	"context"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/scoring"
	"xunping/seal"
)

// SealRequest says who signs and where the file goes. Out may be a file or a
// folder; "" is the folder “sealed” beside the workbook.
type SealRequest struct {
	Key          KeyInfo
	Passphrase   string
	CoKey        *KeyInfo
	CoPassphrase string
	Out          string
}

// Sealed is what sealing gave.
type Sealed struct {
	Path, Hash, Short string
	Revision          int
	Result            *scoring.Result
	Missing           []rune // characters the pages could not show
	PDF               []byte
}

// Prepared is a draft frozen for one signer: the record as it will be signed and
// its pages. What people see before they give the passphrase is this.
type Prepared struct {
	Pages []byte // the PDF that the signature will close
	in    *Inspector
	rec   *inspection.Record
	draft seal.Draft
	lack  []rune
	now   time.Time
}

// Prepare freezes the draft for a key without needing its passphrase:
// completeness, chain, score, pages. Limits are checked here, too.
func (in *Inspector) Prepare(ctx context.Context, key KeyInfo) (*Prepared, error) {
	for _, g := range in.Gaps() {
		if g.Blocking {
			return nil, i18n.E("还不能签发：%s", g.Text)
		}
	}
	return in.prepareFor(ctx, signer{key.SPKI, key.Name, key.Number})
}

func (in *Inspector) prepareFor(ctx context.Context, s signer) (*Prepared, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if in.trying {
		return nil, i18n.E("试算不能签发，请先结束试算")
	}
	if err := in.Retry(); err != nil {
		return nil, err
	}
	now := in.d.clock().Truncate(time.Second)
	rec, err := in.frozen(ctx, s, now)
	if err != nil {
		return nil, err
	}
	if err := rec.CheckSealed(in.c); err != nil {
		return nil, err
	}
	card, err := in.d.cardOf(ctx, rec, in.c)
	if err != nil {
		return nil, err
	}
	draft, layout, err := drawnCard(card)
	if err != nil {
		return nil, err
	}
	return &Prepared{Pages: draft.Pages, in: in, rec: rec, draft: draft, lack: layout.Missing, now: now}, nil
}

// Seal signs what was prepared; the file is written under a temporary name, read
// back and proven, then the workbook takes the record together with the file's
// bytes, and last the file gets its name. On an error nothing is sealed and the
// draft is as it was.
func (p *Prepared) Seal(ctx context.Context, r SealRequest) (Sealed, error) {
	id, err := OpenKey(r.Key.Path, r.Passphrase)
	if err != nil {
		return Sealed{}, err
	}
	var co seal.Signer
	if r.CoKey != nil {
		second, err := OpenKey(r.CoKey.Path, r.CoPassphrase)
		if err != nil {
			return Sealed{}, err
		}
		co = second
	}
	return p.sealWith(ctx, id, co, r.Out)
}

func (p *Prepared) sealWith(ctx context.Context, id, co seal.Signer, out string) (Sealed, error) {
	if err := ctx.Err(); err != nil {
		return Sealed{}, err
	}
	if id.SPKI() != p.rec.Signer {
		return Sealed{}, i18n.E("密钥文件不是准备签发时的那一把，没有签发")
	}
	pdf, err := seal.SealPDF(p.draft, id, p.now)
	if err != nil {
		return Sealed{}, err
	}
	if co != nil {
		if pdf, err = seal.Cosign(pdf, inspection.FieldCoinspector, co, p.now); err != nil {
			return Sealed{}, err
		}
	}
	path := p.in.outPath(out)
	card, err := p.in.d.writeSealed(ctx, path, pdf, p.in.rec.ID)
	if err != nil {
		return Sealed{}, err
	}
	return Sealed{Path: path, Hash: card.Hash, Short: seal.Short(card.Hash), Revision: p.rec.Revision, Result: p.rec.Score(p.in.c),
		Missing: p.lack, PDF: pdf}, nil
}

// Seal is Prepare and then Seal in one step.
func (in *Inspector) Seal(ctx context.Context, r SealRequest) (Sealed, error) {
	p, err := in.Prepare(ctx, r.Key)
	if err != nil {
		return Sealed{}, err
	}
	return p.Seal(ctx, r)
}

// sealWith seals with the keys at hand.
func (in *Inspector) sealWith(ctx context.Context, id, co seal.Signer, out string) (Sealed, error) {
	p, err := in.prepareFor(ctx, signerOf(id))
	if err != nil {
		return Sealed{}, err
	}
	return p.sealWith(ctx, id, co, out)
}

// signer is who will sign, known before the key is unlocked.
type signer struct{ spki, name, number string }

func signerOf(id seal.Signer) signer {
	p := seal.Holder(id.Certificate())
	return signer{id.SPKI(), p.Name, p.Number}
}

// frozen is the record as it will be signed: signer, time, chain and score in
// it. What is signed was read back from the workbook, not from the screen.
func (in *Inspector) frozen(ctx context.Context, s signer, now time.Time) (*inspection.Record, error) {
	draft, err := in.d.wb.Draft(ctx, in.rec.ID)
	if err != nil {
		return nil, err
	}
	rec, err := inspection.ReadRecord(draft.JSON)
	if err != nil {
		return nil, err
	}
	last, counter, err := in.d.wb.Chain(ctx, s.spki)
	if err != nil {
		return nil, err
	}
	rec.Round = in.round.Round
	in.nameChanges(rec)
	if err := in.d.maySign(rec, s); err != nil {
		return nil, err
	}
	rec.Signer, rec.Sealed, rec.Previous, rec.Counter = s.spki, now.Format(time.RFC3339), &last, counter+1
	rec.Claimed, err = rec.ScoreJSON(in.c)
	return rec, err
}

// maySign refuses a signature that would only bring the record into quarantine:
// the signer is neither named among its inspectors nor of the bureau (FORMATS
// §4 rule 8).
func (d *Desk) maySign(rec *inspection.Record, s signer) error {
	roster, err := d.Roster()
	if err != nil {
		return err
	}
	number := s.number
	if e := roster.Entry(s.spki); e != nil {
		if e.Has(inspection.RoleBureau) {
			return nil
		}
		number = e.Number
	}
	for _, p := range rec.People.Inspectors {
		if p.Number == number {
			return nil
		}
	}
	return i18n.E("签名人 %s（%s）不在这份记录的检查员之中，没有签发。请先把他写进检查员，或换一把密钥", s.name, number)
}
