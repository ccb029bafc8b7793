//go:build cgo && !ci

package ui

import (
	"sync"

	"golang.design/x/clipboard"
)

// The library needs the screen, so it is started with the first paste.
func init() {
	begin := sync.OnceValue(clipboard.Init)
	clipboardImage = func() ([]byte, error) {
		if err := begin(); err != nil {
			return nil, err
		}
		return clipboard.Read(clipboard.FmtImage), nil
	}
}
