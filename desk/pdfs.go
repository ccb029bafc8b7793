package desk

import (
	"context"
	"strings"

	"xunping/seal"
)

// shelf finds the PDFs of records among the kept files: a file itself, or a member
// of a pack. The pack that was opened last stays open, with what lies where in it,
// so that one shelf serves all records of a round without opening a pack for each.
type shelf struct {
	d    *Desk
	file string // the pack that is open
	pack *seal.Pack
	at   map[string]string // record → member with the most signatures
}

// card is the scorecard of a record, out of the kept file where it has the most
// signatures; nil when it came without one.
func (s *shelf) card(ctx context.Context, record string) ([]byte, error) {
	files, err := s.d.wb.FilesOf(ctx, record)
	if err != nil {
		return nil, err
	}
	var best []byte
	most := -1
	for _, f := range files {
		pdf, err := s.pdf(ctx, f, record)
		if err != nil {
			return nil, err
		}
		if pdf == nil {
			continue
		}
		if len(files) == 1 {
			return pdf, nil
		}
		signed := 0 // of a damaged one that was accepted
		if card, err := seal.OpenPDF(pdf); err == nil {
			signed = len(card.Signatures)
		}
		if signed > most {
			best, most = pdf, signed
		}
	}
	return best, nil
}

// pdf is the PDF of a record in a kept file, nil if there is none in it.
func (s *shelf) pdf(ctx context.Context, file, record string) ([]byte, error) {
	if file != s.file {
		b, _, err := s.d.wb.File(ctx, file)
		if err != nil || seal.Detect(b) == seal.KindPDF {
			return b, err
		}
		z, err := seal.OpenPack(b)
		if err != nil {
			return nil, err
		}
		s.file, s.pack, s.at = file, z, cardsIn(z)
	}
	if n := s.at[record]; n != "" {
		return s.pack.File(n), nil
	}
	return nil, nil
}

// cardsIn are the scorecards of a pack by record: of several the one with the most
// signatures.
func cardsIn(z *seal.Pack) map[string]string {
	at, most := map[string]string{}, map[string]int{}
	for _, n := range z.Names() {
		if !strings.HasSuffix(n, ".pdf") {
			continue
		}
		if card, err := seal.OpenPDF(z.File(n)); err == nil && len(card.Signatures) > most[card.Hash] {
			at[card.Hash], most[card.Hash] = n, len(card.Signatures)
		}
	}
	return at
}
