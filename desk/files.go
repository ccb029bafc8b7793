package desk

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"xunping/assets/i18n"
)

// maxFile is the largest file that is read (FORMATS, preamble).
const maxFile = 64 << 20

// readFile reads a file of at most limit bytes.
func readFile(path string, limit int64) ([]byte, error) {
	var buf bytes.Buffer
	if err := readInto(&buf, path, limit); err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// readInto is readFile into a buffer that may be used again.
func readInto(buf *bytes.Buffer, path string, limit int64) error {
	f, err := os.Open(path)
	if err != nil {
		return cannotRead(path, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return cannotRead(path, err)
	}
	if info.IsDir() {
		return i18n.E("%s 是文件夹，不是文件", path)
	}
	if info.Size() > limit {
		return tooLarge(path, info.Size(), limit)
	}
	buf.Reset()
	buf.Grow(int(info.Size()) + bytes.MinRead) // in one piece
	if _, err := buf.ReadFrom(io.LimitReader(f, limit+1)); err != nil {
		return cannotRead(path, err)
	}
	if int64(buf.Len()) > limit {
		return tooLarge(path, int64(buf.Len()), limit)
	}
	return nil
}

func tooLarge(path string, size, limit int64) error {
	return i18n.E("%s 有 %.1f MiB，超过上限 %d MiB", path, float64(size)/(1<<20), limit>>20)
}

// readHead reads the first n bytes of a file, or fewer if it is shorter.
func readHead(path string, n int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, cannotRead(path, err)
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, n))
}

// ReadFile reads a file from outside, within the limit of the formats. The
// error is a sentence for a person.
func ReadFile(path string) ([]byte, error) { return readFile(path, maxFile) }

func cannotRead(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return i18n.E("没有文件 %s", path, err)
	}
	return i18n.E("文件 %s 读不出来：%s", path, cause(err), err)
}

func cannotWrite(path string, err error) error {
	return i18n.E("文件 %s 没有写成：%s。没有留下不完整的文件，请换一个位置或检查磁盘后再试", path, cause(err), err)
}

// cause is the system's own words without the path, which is said already.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// writeFile writes a file so that it is there whole or not at all: to a
// temporary name in the same folder, synced, renamed. It is the only way desk
// writes files.
func writeFile(path string, data []byte) error { return writeFileThen(path, data, nil) }

// writeFileThen writes a file and, before it gets its name, runs then: what
// must be true together with the file. When then fails, there is no file.
func writeFileThen(path string, data []byte, then func(back []byte) error) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return cannotWrite(path, err)
	}
	f, err := os.CreateTemp(dir, ".xunping-*.tmp")
	if err != nil {
		return cannotWrite(path, err)
	}
	name := f.Name()
	defer os.Remove(name) // after the rename there is nothing to remove
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return cannotWrite(path, err)
	}
	if then != nil {
		back, err := os.ReadFile(name)
		if err != nil || !bytes.Equal(back, data) {
			return i18n.E("文件 %s 写下后读回不一致，没有签发，请换一个磁盘", path, err)
		}
		if err := then(back); err != nil {
			return err
		}
	}
	if err := os.Rename(name, path); err != nil {
		return cannotWrite(path, err)
	}
	syncDir(dir)
	return nil
}

// syncDir makes the new name durable where the system can; a failure loses at
// most the name, never the content, and is not an error of the job.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// WriteFile writes a file whole or not at all.
func WriteFile(path string, data []byte) error { return writeFile(path, data) }

// writeSecret is WriteFile for keys: only the owner may read the file.
func writeSecret(path string, data []byte) error {
	if err := writeFile(path, data); err != nil {
		return err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return cannotWrite(path, err)
	}
	return nil
}
