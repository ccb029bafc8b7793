package desk

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
	"xunping/store"
)

// ExportActs writes the acts of a round ("" is all), with the files they name,
// as one pack for another workbook, signed by id. Kinds chooses some; none
// chooses all. Acts that do not count are left out.
func (d *Desk) ExportActs(ctx context.Context, round string, id seal.Signer, out string, kinds ...inspection.ActKind) (int, error) {
	objects, err := d.wb.Acts(ctx, store.ActFilter{Round: round})
	if err != nil {
		return 0, err
	}
	var hashes []string
	for _, o := range objects {
		if o.Standing == "" && (len(kinds) == 0 || slices.Contains(kinds, o.ActNode.Kind)) {
			hashes = append(hashes, o.Hash)
		}
	}
	if len(hashes) == 0 {
		return 0, i18n.E("没有可以导出的行为记录，没有写文件")
	}
	return len(hashes), d.PackActs(ctx, hashes, id, out)
}

// PackActs writes some acts of the workbook, with the files they name, as one pack
// to hand on, signed by id.
func (d *Desk) PackActs(ctx context.Context, hashes []string, id seal.Signer, out string) error {
	members := map[string][]byte{}
	for _, h := range hashes {
		one, err := d.actMembers(ctx, h)
		if err != nil {
			return err
		}
		maps.Copy(members, one)
	}
	pack, err := seal.WritePack(seal.PackActs, members, id, d.clock().Truncate(time.Second))
	if err != nil {
		return err
	}
	return writeFile(out, pack)
}

// receiptFile names the receipts of one inspector; two of one name do not
// overwrite each other.
func receiptFile(dir, round, who, spki string) string {
	return filepath.Join(dir, "回执-"+round+"-"+who+"-"+spki[:8]+".zip")
}
