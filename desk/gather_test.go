//go:build unix

package desk

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

// A stick holds more than files: what leads elsewhere or never ends is named and
// not opened, and a folder that cannot be read does not hide what lies beside it.
func TestWalkNamesWhatItDoesNotOpen(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "a", "one.pdf")
	must(t, os.MkdirAll(filepath.Dir(file), 0o700))
	must(t, os.WriteFile(file, []byte("%PDF-"), 0o600))
	want := []string{file}
	closed := filepath.Join(dir, "closed")
	must(t, os.MkdirAll(filepath.Join(closed, "in"), 0o700))
	if os.Getuid() != 0 { // who may everything reads this one, too
		must(t, os.Chmod(closed, 0))
		defer os.Chmod(closed, 0o700)
		want = append(want, closed)
	}
	link, pipe := filepath.Join(dir, "link.pdf"), filepath.Join(dir, "pipe.pdf")
	must(t, os.Symlink(file, link))
	must(t, syscall.Mkfifo(pipe, 0o600))
	files, others, err := walk(context.Background(), []string{dir, pipe})
	if err != nil || !slices.Equal(files, want) || !slices.Equal(others, []string{link, pipe, pipe}) {
		t.Errorf("files %v, others %v, %v", files, others, err)
	}
}
