package desk

import (
	"bytes"
	"net/http"
	"strings"

	"xunping/assets/i18n"
)

// unfit says why a file cannot be evidence, with its size and the limit; "" if it can.
func unfit(f EvidenceFile) string {
	switch n := len(f.Data); {
	case n == 0:
		return i18n.T("%s 是空的", f.Name)
	case n > maxEvidence:
		return i18n.T("%s 有 %.1f MiB，一个文件最多 %d MiB", f.Name, float64(n)/(1<<20), maxEvidence>>20)
	}
	return ""
}

// KeepsPlace tells whether a file of this kind is kept as the camera wrote it, with
// the place and the device in it: the program does not rewrite it.
func KeepsPlace(media string) bool {
	return strings.HasPrefix(media, "video/") || media == "image/heic" || media == "image/tiff" || media == "image/avif"
}

// mediaType is what the bytes themselves say they are. Pictures of phones, scanners
// and cameras that the standard library does not know are told apart, too.
func mediaType(data []byte) string {
	if len(data) >= 12 && string(data[4:8]) == "ftyp" {
		switch brand := string(data[8:12]); {
		case brand == "avif" || brand == "avis":
			return "image/avif"
		case strings.HasPrefix(brand, "he") || brand == "mif1" || brand == "msf1":
			return "image/heic"
		case strings.HasPrefix(brand, "qt"):
			return "video/quicktime"
		case strings.HasPrefix(brand, "3g"):
			return "video/3gpp"
		}
	}
	if bytes.HasPrefix(data, []byte("II*\x00")) || bytes.HasPrefix(data, []byte("MM\x00*")) {
		return "image/tiff"
	}
	media, _, _ := strings.Cut(http.DetectContentType(data), ";")
	return media
}
