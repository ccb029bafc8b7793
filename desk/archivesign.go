package desk

import (
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/report"
	"xunping/seal"
	"xunping/store"
)

// archiveSigned is the signature of the bureau over the list of hashes: who writes
// the list anew after changing a file cannot sign it.
const archiveSigned = archiveHashes + ".p7s"

// maySign refuses a key of which the archive's own roster would say that it has no
// say.
func (w *archiveWriter) maySign() error {
	if w.a.Signer == nil {
		return nil
	}
	return standsForBureau(w.roster, w.a.Signer.SPKI(), seal.Holder(w.a.Signer.Certificate()).Name)
}

// standsForBureau refuses a key that is not the bureau's by a roster.
func standsForBureau(r *inspection.Roster, spki, name string) error {
	e := r.Entry(spki)
	switch {
	case e == nil:
		return i18n.E("%s 的密钥不在名册里，不能给归档清单签名", name)
	case !e.Has(inspection.RoleBureau):
		return i18n.E("%s 在名册里没有汇总单位的角色，不能给归档清单签名", e.Name)
	case e.Revoked != nil:
		return i18n.E("%s 的密钥已吊销，不能给归档清单签名", e.Name)
	}
	return nil
}

// signList writes the list of hashes, and its signature beside it.
func (w *archiveWriter) signList(list []byte) error {
	if err := writeFile(filepath.Join(w.dir, archiveHashes), list); err != nil || w.a.Signer == nil {
		return err
	}
	p7s, err := w.a.Signer.SignCMS(list)
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(w.dir, archiveSigned), p7s)
}

// UnsignedWords say what a list of hashes without a signature proves.
func UnsignedWords() string {
	return i18n.T("归档没有签名（缺少 %s）：文件与清单相符，但不能证明清单没有被人改写过", archiveSigned)
}

// signature proves who signed the list of hashes. It comes after the roster. A list
// that nobody signed proves that nothing was damaged, not that nobody wrote it anew:
// that is no damage, but not enough for who gives the root to prove against.
func (k *archiveChecker) signature(list []byte) {
	p7s, err := readFile(filepath.Join(k.dir, archiveSigned), maxKey)
	if errors.Is(err, fs.ErrNotExist) {
		if k.out.Pinned {
			k.problem(UnsignedWords())
		}
		return
	}
	if err != nil {
		k.problem(i18n.Person(err))
		return
	}
	cert, err := seal.VerifyDetached(p7s, list)
	if err != nil {
		k.problem(i18n.T("%s 的签名（%s）不成立：清单或签名被改过", archiveHashes, archiveSigned))
		return
	}
	p := seal.Holder(cert)
	if k.signed == nil {
		k.problem(i18n.T("清单由 %s 签名，但名册不成立，不能确认这是不是汇总单位", p.Name))
		return
	}
	if err := standsForBureau(k.signed, seal.SPKI(cert), p.Name); err != nil {
		k.problem(i18n.Person(err))
		return
	}
	e := k.signed.Entry(seal.SPKI(cert))
	k.out.Signed, k.out.By = true, ArchiveSigner{Name: e.Name, Number: e.Number, SPKI: e.SPKI}
}

// standing notes what is in the archive and does not count by its roster: it was
// archived as such, and is no damage.
func (k *archiveChecker) standing(path string, v VerifyResult) {
	if v.Outcome != Valid {
		k.out.Uncounted = append(k.out.Uncounted, i18n.T("%s：%s", path, v.Reason))
	}
}

// actResult is an act, proven and judged by a roster.
func actResult(path string, m member, roster *inspection.Roster) VerifyResult {
	v := VerifyResult{File: path, Signatures: []VerifySignature{}}
	if m.err != nil {
		return v.refused(m.err)
	}
	n := m.act.Node
	s := VerifySignature{Field: store.FieldAct, SPKI: n.Signer, Time: m.act.Signatures[0].Time, Standing: inspection.SignatureValid}
	if e := roster.Entry(n.Signer); e != nil {
		s.Name, s.Number = e.Name, e.Number
	}
	v.Outcome = Valid
	if why := inspection.NewTrust(roster, []inspection.Link{{Hash: n.Hash, Signer: n.Signer, Previous: n.Previous}}).Act(&n); why != "" {
		v.Outcome, v.Reason, s.Standing = UnknownSigner, ReasonWords(why), string(why)
		if why == inspection.ReasonRevoked {
			v.Outcome = RevokedSigner
		}
	}
	v.Signatures = append(v.Signatures, s)
	return v
}

// openSection names for the report what was not settled when the round was
// archived.
func (w *archiveWriter) openSection() ([]string, error) {
	open, err := w.d.OpenWork(w.a.Round)
	if err != nil {
		return nil, err
	}
	lines := []string{"", i18n.T("归档时未办结的事项")}
	for _, x := range open {
		line := []string{KindWord(x.Kind), x.StateWord, x.Unit.Code + " " + x.Unit.Name, x.Detail}
		if x.Until != "" {
			line = append(line, i18n.T("期限 %s", x.Until))
		}
		if x.Over {
			line = append(line, i18n.T("逾期"))
		}
		lines = append(lines, strings.Join(line, "\t"))
	}
	unserved, err := w.d.Unserved(w.a.Round)
	if err != nil {
		return nil, err
	}
	for _, code := range unserved {
		lines = append(lines, i18n.T("送达")+"\t"+i18n.T("没有登记送达")+"\t"+code+" "+w.d.unitNamed(code).Name)
	}
	if len(lines) == 2 {
		lines = append(lines, i18n.T("没有"))
	}
	return lines, nil
}

// rosterFiles writes the roster with the certificate and the fingerprint of its
// root.
func (w *archiveWriter) rosterFiles() error {
	pack, err := w.d.RosterPack()
	if err != nil {
		return err
	}
	if w.root, err = w.d.RootPin(); err != nil {
		return err
	}
	signed, err := seal.OpenRoster(pack, w.root)
	if err != nil {
		return err
	}
	w.item(report.ArchiveItem{Title: fmt.Sprintf("名册（第%d版）", signed.Roster.Version), Date: day(signed.Roster.Issued), Place: archiveRoster})
	if err := w.put(archiveRoster, pack); err != nil {
		return err
	}
	if err := w.put(archivePEM, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed.Root.Raw})); err != nil {
		return err
	}
	return w.put(archiveRoot, []byte(w.root+"\n"))
}
