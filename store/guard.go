package store

import (
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"xunping/assets/i18n"
)

// SchemaVersion is the highest version of the workbook that this program can
// open; it migrates older ones and refuses newer ones.
const SchemaVersion = 6

// applicationID marks a SQLite file as a workbook ("XPBK", at offset 68).
const applicationID = 0x5850424b

// Errors that callers may test; each comes wrapped in a sentence for a person.
var (
	ErrNotWorkbook = errors.New("not a workbook")
	ErrNewer       = errors.New("workbook of a newer program")
	ErrDamaged     = errors.New("workbook is damaged")
	ErrInUse       = errors.New("workbook is in use")
	ErrPlace       = errors.New("workbook lies where it is not safe")
	ErrNotFound    = errors.New("not found")
	ErrExists      = errors.New("exists already")
)

const (
	placeNetwork = "network"
	placeStick   = "stick"
)

// SafePlace refuses folders on network shares and sticks: SQLite's locks and
// syncs cannot be relied on there, and a stick is pulled. The error is a
// sentence and wraps ErrPlace.
func SafePlace(path string) error {
	switch unsafePlace(filepath.Dir(path)) {
	case placeNetwork:
		return i18n.E("工作簿不能放在网络共享上使用：%s。请放到本机磁盘，需要时用备份复制过去。没有改动任何内容。", path, ErrPlace)
	case placeStick:
		return i18n.E("工作簿不能放在可移动盘上使用：%s。请放到本机磁盘，需要时用备份复制过去。没有改动任何内容。", path, ErrPlace)
	}
	return nil
}

// header reads the first 100 bytes of the file and returns its schema version.
// It must not be called while the file is open as a database: closing any
// handle of a file drops the locks its process holds.
func header(path string) (version int, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, i18n.E("找不到工作簿：%s", path, err)
	}
	if err != nil {
		return 0, i18n.E("工作簿打不开：%s（%v）", path, err)
	}
	defer f.Close()
	if st, err := f.Stat(); err != nil || !st.Mode().IsRegular() {
		return 0, i18n.E("这不是巡评工作簿：%s。没有改动任何内容。", path, ErrNotWorkbook)
	}
	var h [100]byte
	if _, err := io.ReadFull(f, h[:]); err != nil {
		return 0, i18n.E("这不是巡评工作簿：%s。没有改动任何内容。", path, ErrNotWorkbook)
	}
	if string(h[:16]) != "SQLite format 3\x00" || binary.BigEndian.Uint32(h[68:]) != applicationID {
		return 0, i18n.E("这不是巡评工作簿：%s。没有改动任何内容。", path, ErrNotWorkbook)
	}
	version = int(binary.BigEndian.Uint32(h[60:]))
	return version, checkVersion(path, version)
}

func checkVersion(path string, version int) error {
	if version > SchemaVersion {
		return i18n.E("工作簿 %s 由更新的程序写成（格式 %d，本程序认得到 %d）。请换用新版巡评打开。没有改动任何内容。", path, version, SchemaVersion, ErrNewer)
	}
	return nil
}

func damaged(path string, cause error) error {
	return i18n.E("工作簿已损坏：%s。文件没有改动；请用最近的备份恢复，或先另存一份再导出其中的记录。", path, errors.Join(ErrDamaged, cause))
}

// isDirty tells whether the file was not closed in order: its write-ahead log
// is still there.
func isDirty(path string) bool {
	st, err := os.Stat(path + "-wal")
	return err == nil && st.Size() > 0
}
