package store

import "syscall"

// Magic numbers of file systems on which a live database is not safe.
const (
	magicNFS   = 0x6969
	magicSMB   = 0x517b
	magicSMB2  = 0xfe534d42
	magicCIFS  = 0xff534d42
	magicFAT   = 0x4d44
	magicExFAT = 0x2011bab0
)

// unsafePlace names the kind of place folder is when a live workbook must not
// lie there; "" otherwise. FUSE is let pass: it carries local disks (NTFS) too.
func unsafePlace(folder string) string {
	var s syscall.Statfs_t
	if syscall.Statfs(folder, &s) != nil {
		return ""
	}
	switch uint32(s.Type) {
	case magicNFS, magicSMB, magicSMB2, magicCIFS:
		return placeNetwork
	case magicFAT, magicExFAT:
		return placeStick
	}
	return ""
}
