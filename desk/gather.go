package desk

import (
	"bytes"
	"cmp"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"sync"
	"sync/atomic"

	"xunping/assets/i18n"
	"xunping/inspection/canon"
	"xunping/seal"
)

// source is a file on its way in: its name for people, its bytes' hash.
type source struct {
	name, hash string
	kind       seal.Kind
	size       int64
	bad        error // cannot be read at all
}

// gather lists the files that paths name, folders with everything below them,
// in the order of the hashes of their bytes. Files that are neither PDF nor zip
// are skipped, and what is no file; those that cannot be read stay, to be refused
// with the reason.
func (d *Desk) gather(ctx context.Context, paths []string, p Progress) (list []source, skipped []string, err error) {
	files, skipped, err := walk(ctx, paths)
	if err != nil {
		return nil, nil, err
	}
	all := make([]source, len(files))
	var next, done atomic.Int64
	var wg sync.WaitGroup
	var told sync.Mutex
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			var buf bytes.Buffer // for one file after the other
			for ctx.Err() == nil {
				if buf.Cap() > roomy {
					buf = bytes.Buffer{}
				}
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return
				}
				all[i] = d.look(files[i], &buf)
				told.Lock()
				p.report(int(done.Add(1)), len(files), i18n.T("读取 %s", filepath.Base(files[i])))
				told.Unlock()
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	for _, s := range all {
		if (s.kind == seal.KindOther || s.kind == seal.KindEnvelope) && s.bad == nil {
			skipped = append(skipped, s.name)
			continue
		}
		list = append(list, s)
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].hash != list[j].hash {
			return list[i].hash < list[j].hash
		}
		return list[i].name < list[j].name
	})
	return list, skipped, nil
}

// Added is the pile of files when more are laid on it: each file once, told by
// its bytes, wherever it lies and whatever it is called. An empty pile takes them
// as they are named.
func (d *Desk) Added(ctx context.Context, pile, more []string, p Progress) ([]string, error) {
	if len(pile) == 0 {
		return more, nil
	}
	var out []string
	seen := map[string]bool{}
	for _, paths := range [][]string{pile, more} {
		list, skipped, err := d.gather(ctx, paths, p)
		if err != nil {
			return nil, err
		}
		for _, s := range list {
			if !seen[s.hash] {
				seen[s.hash] = true
				out = append(out, s.name)
			}
		}
		for _, name := range skipped {
			if !seen[name] {
				seen[name] = true
				out = append(out, name)
			}
		}
	}
	return out, nil
}

// walk lists files, and those below folders. A folder that cannot be read stands
// among the files: who reads them says why, and the others are not kept waiting.
// others are links inside folders, which may lead anywhere, and devices, which
// may never end.
func walk(ctx context.Context, paths []string) (files, others []string, err error) {
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case err != nil: // gone since it was chosen: refused with the reason
			files = append(files, path)
			continue
		case info.Mode().IsRegular():
			files = append(files, path)
			continue
		case !info.IsDir():
			others = append(others, path)
			continue
		}
		root, err := filepath.EvalSymlinks(path) // a link to a folder is that folder
		if err != nil {
			return nil, nil, cannotRead(path, err)
		}
		err = filepath.WalkDir(root, func(f string, e os.DirEntry, err error) error {
			switch {
			case err != nil && e != nil && e.IsDir():
				files = append(files, f)
				return cmp.Or(ctx.Err(), fs.SkipDir)
			case err != nil:
				return cannotRead(f, err)
			case e.Type().IsRegular():
				files = append(files, f)
			case !e.IsDir():
				others = append(others, f)
			}
			return ctx.Err()
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return files, others, nil
}

// roomy is how much memory a reader of files keeps from one to the next.
const roomy = 4 << 20

// look hashes a file and tells its kind. What cannot be read, or is larger
// than the formats allow, is named by the hash of its name.
//
// Of an encrypted file for which a key is at hand it tells what is inside.
func (d *Desk) look(path string, buf *bytes.Buffer) source {
	s := source{name: path}
	if err := readInto(buf, path, maxFile); err != nil {
		s.bad, s.hash = err, canon.Hash([]byte(path))
		return s
	}
	b := buf.Bytes()
	s.hash, s.size = canon.Hash(b), int64(len(b))
	inside, err := d.inside(b)
	switch {
	case err != nil:
		s.bad = err
	case inside != nil:
		s.kind = seal.Detect(inside)
	default:
		s.kind = seal.Detect(b)
	}
	return s
}
