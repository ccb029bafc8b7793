package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"xunping/assets/i18n"
)

// Restore puts a verified copy of the backup at path, where no workbook may be
// open. What was there before is kept beside it under another name, which is
// returned ("" when there was nothing).
func Restore(backup, path string, o Options) (kept string, err error) {
	if same(backup, path) {
		return "", i18n.E("备份和工作簿是同一个文件：%s", path)
	}
	if err := Examine(backup); err != nil {
		return "", err
	}
	lock, err := lockFile(lockPath(path))
	if err != nil {
		return "", i18n.E("工作簿正在另一个程序中使用：%s。请先关闭那一个。没有改动任何内容。", path, ErrInUse)
	}
	defer lock.release()
	tmp := path + ".part"
	defer os.Remove(tmp)
	if err := copyFile(backup, tmp); err != nil {
		return "", i18n.E("恢复没有完成：%v。没有改动任何内容。", err)
	}
	if err := Examine(tmp); err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err == nil {
		clock := o.now()
		kept = path + "." + clock.Format("20060102-150405") + ".old"
		for _, tail := range []string{"-wal", "-shm", ""} {
			if _, err := os.Stat(path + tail); err != nil {
				continue
			}
			if err := os.Rename(path+tail, kept+tail); err != nil {
				return "", i18n.E("恢复没有完成：%v。没有改动任何内容。", err)
			}
		}
	}
	if err := os.Rename(tmp, path); err != nil {
		return kept, i18n.E("恢复没有完成：%v。原来的工作簿在 %s。", err, kept)
	}
	syncFolder(filepath.Dir(path))
	return kept, nil
}

// Examine proves a closed workbook file from outside without changing it: what
// it is, its version, its structure and tables, its log and every kept
// document against its hash.
func Examine(path string) error {
	version, err := header(path)
	if err != nil {
		return err
	}
	if isDirty(path) {
		return i18n.E("%s 旁边还有没写完的内容（-wal）：请先用巡评打开并关闭它一次。", path)
	}
	if err := soundCopy(path, version); err != nil {
		return err
	}
	name, err := dsn(path, "ro", "immutable=1")
	if err != nil {
		return err
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return damaged(path, err)
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), checkTime)
	defer cancel()
	w := &Workbook{path: path, rdb: newReader(db)}
	rep, err := w.Check(ctx)
	if err != nil {
		return damaged(path, err)
	}
	if len(rep.Problems) > 0 {
		return damaged(path, fmt.Errorf("%s", rep.Problems[0]))
	}
	return nil
}

// copyFile copies a closed file and syncs the copy.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	err = errors.Join(err, out.Sync(), out.Close())
	return err
}
