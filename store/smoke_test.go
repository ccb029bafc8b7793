package store

import (
	"context"
	"path/filepath"
	"testing"
)

func TestCreateOpenBackup(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "a ?#%20 名", "w.xpb")
	w, err := Create(path, CreateOptions{Org: "局"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SetSetting(ctx, "k", "v"); err != nil {
		t.Fatal(err)
	}
	if err := w.Backup(ctx, filepath.Join(t.TempDir(), "b.xpb")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	w, err = Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if v, _ := w.Setting(ctx, "k"); v != "v" {
		t.Fatal(v)
	}
	d, err := w.Digest(ctx, "")
	t.Log(d, err)
}
