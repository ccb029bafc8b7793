package desk

import (
	"strings"
	"testing"

	"xunping/inspection"
	"xunping/scoring"
)

// heic is as much of a phone's picture as tells what it is.
var heic = append([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "GPS"...)

// What keeps its place is known by its bytes; what is too large is named with its size
// and the limit.
func TestPlacedAndLargeFilesAreSaid(t *testing.T) {
	d := newBench(t, "2019-08")
	in := inspected(t, d, "450100")
	g, err := in.Gather(t.Context(), []EvidenceFile{{"a.heic", heic}, {"b.txt", []byte("words")}, {"film.mp4", make([]byte, maxEvidence+1<<20)}, {"empty", nil}}, nil)
	must(t, err)
	if strings.Join(g.Unread(), " ") != "a.heic" || g.Len() != 2 {
		t.Fatalf("placed %v of %d", g.Unread(), g.Len())
	}
	if r := strings.Join(g.Refused, "|"); !strings.Contains(r, "film.mp4 有 33.0 MiB，一个文件最多 32 MiB") || !strings.Contains(r, "empty 是空的") {
		t.Errorf("refused %q", r)
	}
	if m := mediaType(heic); m != "image/heic" || !KeepsPlace(m) {
		t.Errorf("a phone's picture is %s", m)
	}
	must(t, d.SetSetting(SettingOriginals, "1"))
	if g, err = in.Gather(t.Context(), []EvidenceFile{{"a.heic", heic}}, nil); err != nil || len(g.Unread()) != 0 {
		t.Errorf("who keeps originals is asked about %v, %v", g.Unread(), err)
	}
}

// The gate names missing materials that nobody drew a conclusion from, and evidence
// that is more than a sheet can hold.
func TestGateNamesMaterialsAndRoom(t *testing.T) {
	d := newBench(t, "2019-08")
	in := inspected(t, d, "450100")
	title := ""
	for i := range in.c.Engine.Len() {
		if ind := in.c.Engine.Indicator(i); ind.Code == "A1" {
			title = ind.Materials[0].Title
		}
	}
	says := func(w string) bool {
		for _, g := range in.Gate() {
			if strings.Contains(g.Text, w) {
				return g.Indicator == "A1" && !g.Blocking
			}
		}
		return false
	}
	must(t, in.SetState("A1", scoring.Checked))
	must(t, in.SetMaterial("A1", title, "have"))
	if says(title) {
		t.Error("a material that is there is missing")
	}
	must(t, in.SetMaterial("A1", title, "partial"))
	if !says(title) || !says("不全") {
		t.Error("a material that is not whole is not named")
	}
	must(t, in.SetNote("A1", "计划缺完成时间，限期补交"))
	if says(title) {
		t.Error("what the note says is still asked")
	}
	must(t, in.change("x", func(r *inspection.Record) error {
		for _, h := range []string{"a", "b"} {
			r.Evidence = append(r.Evidence, inspection.EvidenceRef{SHA256: strings.Repeat(h, 64), Name: h + ".mp4", Bytes: 30 << 20})
			e := r.Entries["A1"]
			e.Evidence = append(e.Evidence, strings.Repeat(h, 64))
			r.Entries["A1"] = e
		}
		return nil
	}))
	if !says("佐证共 60.0 MiB") {
		t.Errorf("too much evidence is not said: %+v", in.roomGaps())
	}
}
