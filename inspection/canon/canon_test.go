package canon

import (
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
)

type sample struct {
	A     string            `json:"a,omitzero"`
	N     int               `json:"n,omitzero"`
	Gate  *int              `json:"gate,omitzero"`
	Steps []step            `json:"steps,omitzero"`
	Names map[string]string `json:"names,omitzero"`
	Score jsontext.Value    `json:"score,omitzero"`
}

type step struct {
	Days *int `json:"days"`
}

func TestDecodeRefusesWhatIsNotStrict(t *testing.T) {
	cases := []struct{ name, in, place string }{
		{"unknown member", `{"a":"x","b":1}`, "/b"},
		{"other case", `{"A":"x"}`, "/A"},
		{"duplicate", `{"a":"x","a":"y"}`, "/a"},
		{"trailing", `{"a":"x"} {}`, ""},
		{"empty", ``, ""},
		{"null", `{"a":null}`, "/a"},
		{"top null", `null`, ""},
		{"null where a name reads like one that may be", `{"gate":null}`, "/gate"},
		{"null as a value under such a name", `{"names":{"days":null}}`, "/names/days"},
		{"null score", `{"score":null}`, "/score"},
		{"type", `{"n":"1"}`, "/n"},
		{"NaN", `{"n":NaN}`, ""},
		{"utf-8", "{\"a\":\"\xff\"}", ""},
		{"surrogate", `{"a":"\ud800"}`, ""},
		{"cut", `{"a":"x"`, ""},
		{"depth", strings.Repeat("[", 40) + strings.Repeat("]", 40), ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var s sample
			err := Decode([]byte(c.in), &s)
			if err == nil {
				t.Fatalf("accepted %q", c.in)
			}
			if !strings.Contains(err.Error(), c.place) {
				t.Errorf("error %q does not name %q", err, c.place)
			}
		})
	}
}

func TestDecodeAcceptsNullOnlyWhereItBelongs(t *testing.T) {
	var s sample
	if err := Decode([]byte(`{"a":"x","steps":[{"days":null},{"days":7}],"score":{"failed":null},"n":3}`), &s); err != nil {
		t.Fatal(err)
	}
	if s.A != "x" || s.N != 3 || len(s.Steps) != 2 || s.Steps[0].Days != nil || *s.Steps[1].Days != 7 || string(s.Score) != `{"failed":null}` {
		t.Errorf("got %+v", s)
	}
}

func TestCanonical(t *testing.T) {
	got, err := Canonical([]byte(" {\"b\" : 1.0, \"a\":\"\\u4e2d\\u000a\" } "))
	if err != nil {
		t.Fatal(err)
	}
	if want := "{\"a\":\"中\\n\",\"b\":1}"; string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if !IsCanonical(got) || IsCanonical([]byte(`{"b":1,"a":2}`)) {
		t.Error("IsCanonical is wrong")
	}
	// The published digest of the empty string.
	if Hash(nil) != "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" {
		t.Error("Hash is not SHA-256")
	}
}

func FuzzCanonical(f *testing.F) {
	f.Add([]byte(`{"a":[1,2.50,"x"],"days":null}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := Canonical(b)
		if err != nil {
			return
		}
		if !IsCanonical(c) {
			t.Errorf("canonical form of %q is not stable", b)
		}
	})
}
