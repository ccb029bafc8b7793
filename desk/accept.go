package desk

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
	"xunping/store"
)

// Accepted is what Accept took in.
type Accepted struct {
	Record, Act string // hashes
	Unit        inspection.Unit
	Round, File string // File: the pack to hand on
}

// Accept takes the record of a file whose pages another tool has destroyed, by
// an act of the bureau that stays with it for ever: 版面签名失效，数据签名有效. The
// record counts because of its own signature; the pages are not believed.
// Record, signature, rubric, evidence, the file itself and the act travel on in
// one pack, written to out. On an error nothing was taken in.
//
// The file may be encrypted to the key, and may lie in a pack: PACK.zip!NAME, as
// verify and merge name it. A pack with one such file needs no name.
func (d *Desk) Accept(ctx context.Context, path, reason, keyPath, passphrase, out string) (Accepted, error) {
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return Accepted{}, err
	}
	name, b, err := refusedAt(path, id)
	if err != nil {
		return Accepted{}, err
	}
	return d.accept(ctx, name, b, reason, id, out)
}

// AcceptVerified is Accept for what the verifier refused, wherever the file lay: by
// itself, in a pack, or encrypted.
func (d *Desk) AcceptVerified(ctx context.Context, v *VerifyResult, reason, keyPath, passphrase, out string) (Accepted, error) {
	id, err := OpenKey(keyPath, passphrase)
	if err != nil {
		return Accepted{}, err
	}
	return d.accept(ctx, filepath.Base(v.File), v.file, reason, id, out)
}

// refusedAt reads the scorecard that a path names.
func refusedAt(path string, id *seal.Identity) (name string, b []byte, err error) {
	file, within := path, ""
	if _, err := os.Stat(file); err != nil { // a file whose own name has the sign is itself
		if at := strings.LastIndex(path, "!"); at >= 0 {
			file, within = path[:at], path[at+1:]
		}
	}
	if b, err = ReadFile(file); err != nil {
		return "", nil, err
	}
	name = filepath.Base(file)
	if seal.Detect(b) == seal.KindEnvelope {
		if b, err = id.Unwrap(b); err != nil {
			return "", nil, err
		}
	}
	if seal.Detect(b) != seal.KindZip {
		if within != "" {
			return "", nil, i18n.E("%s 不是包，里面没有 %s", name, within)
		}
		return name, b, nil
	}
	z, err := seal.OpenPack(b)
	if err != nil {
		return "", nil, err
	}
	within, err = refusedIn(z, name, within)
	return within, z.File(within), err
}

// refusedIn finds the one scorecard of a pack that an acceptance may take: the
// named one, or the only one.
func refusedIn(z *seal.Pack, pack, name string) (string, error) {
	var may []string
	for _, n := range z.Names() {
		if n == name {
			return n, nil
		}
		if !strings.HasSuffix(n, ".pdf") {
			continue
		}
		if _, err := seal.OpenPDF(z.File(n)); err == nil {
			continue
		}
		if _, err := seal.Salvage(z.File(n)); err == nil {
			may = append(may, n)
		}
	}
	switch {
	case name != "":
		return "", i18n.E("%s 里没有 %s", pack, name)
	case len(may) == 0:
		return "", i18n.E("%s 里没有版面签名失效而数据签名有效的文件", pack)
	case len(may) > 1:
		return "", i18n.E("%s 里有 %d 份可以认可的文件，请写明是哪一份，例如 %s", pack, len(may), pack+"!"+may[0])
	}
	return may[0], nil
}

func (d *Desk) accept(ctx context.Context, name string, b []byte, reason string, id *seal.Identity, out string) (Accepted, error) {
	if reason == "" {
		return Accepted{}, i18n.E("认可要写理由")
	}
	if _, err := seal.OpenPDF(b); err == nil {
		return Accepted{}, i18n.E("%s 完好，不需要认可，直接合并即可", name)
	}
	card, err := seal.Salvage(b)
	if err != nil {
		return Accepted{}, i18n.E("%s 不能认可：%s", name, err)
	}
	act := inspection.Act{Kind: inspection.ActAcceptance, Case: card.Inspection.Case(), About: []string{card.Hash},
		Decision: inspection.Accepted, Text: reason}
	made, members, err := d.signAct(ctx, act, id, [][]byte{b})
	if err != nil {
		return Accepted{}, err
	}
	members[card.Hash+".inspection.json"], members[card.Hash+"."+card.Inspection.Signer+".p7s"] = card.Record, card.P7S
	members[card.Rubric.Hash+".rubric.json"] = card.Rubric.JSON
	for h, data := range card.Evidence {
		members[h+".bin"] = data
	}
	pack, err := seal.WritePack(seal.PackActs, members, id, d.clock().Truncate(time.Second))
	if err != nil {
		return Accepted{}, err
	}
	if out == "" {
		out = filepath.Join(filepath.Dir(d.Path()), "accepted", card.Inspection.Unit.Code+"-"+seal.Short(card.Hash)+".zip")
	}
	err = writeFileThen(out, pack, func([]byte) error {
		return d.takeAccepted(ctx, filepath.Base(out), pack, card, made)
	})
	return Accepted{Record: card.Hash, Act: made.Hash, Unit: card.Inspection.Unit, Round: card.Inspection.Round.Code, File: out}, err
}

// takeAccepted adds record and act in one batch: it can be undone as a whole
// like any import, while nothing builds on it.
func (d *Desk) takeAccepted(ctx context.Context, name string, pack []byte, card *seal.Scorecard, act store.ReceivedAct) error {
	batch := d.wb.BeginBatch("accept", i18n.T("认可 %s", name))
	if err := d.backupBefore(ctx, batch); err != nil {
		return err
	}
	_, err := batch.Add(ctx, store.Received{FileName: name, FileHash: hashOf(pack), File: pack,
		Records: []store.ReceivedRecord{received(card)}, Acts: []store.ReceivedAct{act}})
	if ferr := batch.Flush(); err == nil {
		err = ferr
	}
	if err != nil {
		return err
	}
	summary, err := canon.Encode(map[string]string{"record": card.Hash, "act": act.Hash})
	if err != nil {
		return err
	}
	return batch.Finish(ctx, summary)
}

// acceptedRecords are the records of a round that count by an acceptance only,
// as far as this workbook knows.
func (d *Desk) acceptedRecords(ctx context.Context, round string) (map[string]bool, error) {
	acts, err := d.countedActs(ctx, store.ActFilter{Round: round, Kind: inspection.ActAcceptance})
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for _, x := range acts {
		for _, h := range x.Act.About {
			out[h] = true
		}
	}
	return out, nil
}

// AcceptedWords is the mark of a record that an acceptance took in.
func AcceptedWords() string { return i18n.T("版面签名失效，数据签名有效") }

// markAccepted says beside a result that it counts by an acceptance.
func (d *Desk) markAccepted(ctx context.Context, round string, rows []RankRow) error {
	accepted, err := d.acceptedRecords(ctx, round)
	if err != nil {
		return err
	}
	for i := range rows {
		if rows[i].Reason == "" && accepted[rows[i].Hash] {
			rows[i].Reason = AcceptedWords()
		}
	}
	return nil
}
