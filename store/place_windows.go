package store

import (
	"path/filepath"
	"strings"
	"syscall"
	"unsafe"
)

var getDriveType = syscall.NewLazyDLL("kernel32.dll").NewProc("GetDriveTypeW")

// Answers of GetDriveType.
const (
	driveRemovable = 2
	driveRemote    = 4
)

// unsafePlace names the kind of place folder is when a live workbook must not
// lie there; "" otherwise.
func unsafePlace(folder string) string {
	volume := filepath.VolumeName(folder)
	if strings.HasPrefix(volume, `\\`) {
		return placeNetwork
	}
	root, err := syscall.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return ""
	}
	switch kind, _, _ := getDriveType.Call(uintptr(unsafe.Pointer(root))); kind {
	case driveRemovable:
		return placeStick
	case driveRemote:
		return placeNetwork
	}
	return ""
}
