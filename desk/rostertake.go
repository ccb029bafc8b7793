package desk

import (
	"context"
	"encoding/base64"
	"encoding/pem"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
)

// settingPack keeps the highest roster as the pack it came in: its manifest is
// signed by the root, so it can be handed on but not made again here.
const settingPack = "roster.pack"

// ImportRoster takes a roster pack. root is the fingerprint that a person
// confirmed; "" uses the one pinned before. Pinned is then the root of the highest
// roster: the confirmed one, or one that it led to.
func (d *Desk) ImportRoster(pack []byte, root string) (*inspection.Roster, error) {
	ctx := context.Background()
	s, err := d.underRoot(root, func(root string) (*seal.SignedRoster, error) { return openRoster(pack, root) })
	if err != nil {
		return nil, err
	}
	if _, err := d.takeRoster(ctx, s, pack); err != nil {
		return nil, err
	}
	return s.Roster, nil
}

// takeRoster is putRoster for one that came from elsewhere: the workbook is copied
// before it takes the place of another.
func (d *Desk) takeRoster(ctx context.Context, s *seal.SignedRoster, pack []byte) (bool, error) {
	b := d.wb.BeginBatch("roster", "")
	b.BackupInto(d.backups())
	return d.putRoster(ctx, s, pack, b.PutRoster)
}

// underRoot proves a roster under the pinned root or, where none is, under the one
// that a person gave. Where one is, who gives another can only mean the root that
// it led to.
func (d *Desk) underRoot(root string, prove func(root string) (*seal.SignedRoster, error)) (*seal.SignedRoster, error) {
	pinned, err := d.RootPin()
	if err != nil {
		return nil, err
	}
	if pinned == "" && root == "" {
		return nil, i18n.E("还没有确认根证书的指纹。请当面核对指纹后用 --root 给出")
	}
	if pinned == "" {
		return prove(root)
	}
	s, err := prove(pinned)
	if root != "" && root != pinned && (err != nil || seal.Fingerprint(s.Root) != root) {
		return nil, i18n.E("已确认的根指纹是 %s，与给出的不同；没有改动", pinned)
	}
	return s, err
}

// OlderRoster says that a roster was taken and another stays in force.
func OlderRoster(taken, inForce int) string {
	return i18n.T("送来的名册是第 %d 版，这里已有更新的第 %d 版，仍用后者", taken, inForce)
}

// rosterWriter is how the workbook takes a roster, see store.Workbook.PutRoster.
type rosterWriter func(ctx context.Context, canonical, p7s []byte, root string) (isNew bool, err error)

func (d *Desk) putRoster(ctx context.Context, s *seal.SignedRoster, pack []byte, put rosterWriter) (bool, error) {
	// Files are proven ahead of being taken: one before this may have moved the pin.
	if pinned, err := d.RootPin(); err != nil {
		return false, err
	} else if pinned != "" {
		if err := s.Under(pinned); err != nil {
			return false, err
		}
	}
	isNew, err := put(ctx, s.JSON, s.P7S, seal.Fingerprint(s.Root))
	if err != nil || !isNew {
		return isNew, err
	}
	// A roster out of a task pack has none of its own to hand on.
	return true, d.wb.SetSetting(ctx, settingPack, base64.StdEncoding.EncodeToString(pack))
}

// TrustAnew takes a roster of another root, which a person confirmed by its
// fingerprint: the way out when the root before was stolen or lost, and nobody
// announced the next one. All rosters of the old root are dropped, and what only
// they vouched for goes to quarantine.
func (d *Desk) TrustAnew(pack []byte, root string) (*inspection.Roster, error) {
	ctx := context.Background()
	s, err := openRoster(pack, root)
	if err != nil {
		return nil, err
	}
	if err := d.wb.StartAgain(ctx, s.JSON, s.P7S, seal.Fingerprint(s.Root), d.backups()); err != nil {
		return nil, err
	}
	return s.Roster, d.wb.SetSetting(ctx, settingPack, base64.StdEncoding.EncodeToString(pack))
}

// RosterPack is the highest roster as a file to hand on.
func (d *Desk) RosterPack() ([]byte, error) {
	text, err := d.wb.Setting(context.Background(), settingPack)
	if err != nil {
		return nil, err
	}
	if text == "" {
		return nil, i18n.E("工作簿里没有可以转交的名册文件。随任务包来的名册请向汇总单位要原文件")
	}
	return base64.StdEncoding.DecodeString(text)
}

// RootPin is the fingerprint of the confirmed root, "" for none.
func (d *Desk) RootPin() (string, error) { return d.wb.RootPin(context.Background()) }

// RootCertificate is the certificate of the root in force, as PEM, for readers of
// PDFs and for openssl.
func (d *Desk) RootCertificate() ([]byte, error) {
	row, err := d.wb.Roster(context.Background())
	if err != nil {
		return nil, err
	}
	if row == nil {
		return nil, i18n.E("工作簿里还没有名册")
	}
	s, err := seal.ProveRoster(row.Canonical, row.P7S, "")
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Root.Raw}), nil
}

// ReadRoster proves a roster file against a root fingerprint that a person
// gave.
func ReadRoster(path, root string) (*inspection.Roster, error) {
	b, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	s, err := openRoster(b, root)
	if err != nil {
		return nil, err
	}
	return s.Roster, nil
}
