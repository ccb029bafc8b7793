//go:build unix

package store

import (
	"errors"
	"os"
	"syscall"
)

// fileLock keeps a second program off the workbook. The kernel drops it when
// the process ends, however it ends.
type fileLock struct{ f *os.File }

var errLocked = errors.New("workbook is locked")

func lockFile(path string) (*fileLock, error) {
	for {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			return nil, err
		}
		if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
			f.Close()
			if errors.Is(err, syscall.EWOULDBLOCK) {
				return nil, errLocked
			}
			return nil, err
		}
		// The owner before us removes the file when it leaves: a lock on a
		// removed file locks nothing, so take the new one.
		have, err1 := f.Stat()
		now, err2 := os.Stat(path)
		if err1 == nil && err2 == nil && os.SameFile(have, now) {
			return &fileLock{f}, nil
		}
		f.Close()
	}
}

func (l *fileLock) release() {
	if l != nil {
		_ = os.Remove(l.f.Name())
		_ = l.f.Close()
	}
}
