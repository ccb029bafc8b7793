package store

import (
	"bytes"
	"testing"
)

// A kept picture is given back only whole and to its maker; it goes with its
// evidence and with a rebuild, and is no part of the digest.
func TestPictures(t *testing.T) {
	w := fresh(t)
	before, err := w.Digest(ctx, "")
	must(t, err)
	h, err := w.PutEvidence(ctx, []byte("photo"), "image/jpeg", &Picture{"maker 1", []byte("small")})
	must(t, err)
	want := func(maker, jpg string) {
		t.Helper()
		got, err := w.Picture(ctx, h, maker)
		must(t, err)
		if !bytes.Equal(got, []byte(jpg)) {
			t.Errorf("%s finds %q, want %q", maker, got, jpg)
		}
	}
	want("maker 1", "small")
	want("maker 2", "")
	must(t, w.PutPicture(ctx, h, Picture{"maker 2", []byte("smaller")}))
	want("maker 1", "")
	want("maker 2", "smaller")
	must(t, w.write(ctx, func(t *tx) error { return t.exec(`UPDATE picture SET payload = X'00'`) }))
	want("maker 2", "")
	must(t, w.PutPicture(ctx, h, Picture{"maker 2", []byte("smaller")}))
	must(t, w.Rebuild(ctx))
	want("maker 2", "")
	must(t, w.PutPicture(ctx, h, Picture{"maker 2", []byte("smaller")}))
	must(t, w.write(ctx, func(t *tx) error { return t.exec(`DELETE FROM evidence`) }))
	want("maker 2", "")
	must(t, w.PutPicture(ctx, h, Picture{"maker 2", []byte("smaller")})) // of evidence that is not here: nothing is kept
	want("maker 2", "")
	after, err := w.Digest(ctx, "")
	must(t, err)
	if before != after {
		t.Error("pictures change the digest")
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
