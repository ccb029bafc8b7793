//go:build windows

package store

import (
	"errors"
	"syscall"
)

// fileLock keeps a second program off the workbook: a file opened without any
// sharing. Windows closes it when the process ends, however it ends.
type fileLock struct{ h syscall.Handle }

var errLocked = errors.New("workbook is locked")

const (
	errorSharingViolation = syscall.Errno(32)
	flagDeleteOnClose     = 0x04000000
)

func lockFile(path string) (*fileLock, error) {
	p, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	h, err := syscall.CreateFile(p, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_HIDDEN|flagDeleteOnClose, 0)
	if errors.Is(err, errorSharingViolation) {
		return nil, errLocked
	}
	if err != nil {
		return nil, err
	}
	return &fileLock{h}, nil
}

func (l *fileLock) release() {
	if l != nil {
		_ = syscall.CloseHandle(l.h)
	}
}
