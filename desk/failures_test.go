package desk

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xunping/inspection"
	"xunping/scoring"
)

// What went wrong for the users of other programs, played here: each test says
// what broke there and what happens here instead.

// sealedOf are the sealed files of a demonstration, in the order of the folder.
func (x *team) sealedOf(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(x.dir, "sealed", "*", "*.pdf"))
	must(t, err)
	return list
}

// There: 44 files went in, 40 came out, and nobody said which four. Here the
// totals balance and each file that is not in is named with its reason.
func TestFortyFourInAllAccountedFor(t *testing.T) {
	x := newHandIn(t, 10)
	good := x.sealedOf(t)
	dir := t.TempDir()
	put := func(name string, b []byte) { must(t, os.WriteFile(filepath.Join(dir, name), b, 0o600)) }
	for i, f := range good {
		b, err := os.ReadFile(f)
		must(t, err)
		put(fmt.Sprintf("%02d.pdf", i), b)
		switch i {
		case 0:
			put("cut.pdf", b[:len(b)/2])
		case 1:
			put("changed.pdf", bytes.Replace(b, []byte("/Type"), []byte("/Tipe"), 1))
		case 2:
			put("again.pdf", b)
		}
	}
	put("empty.pdf", []byte("%PDF-1.7\n"))
	put("junk.zip", []byte("PK\x03\x04 no zip"))
	put("notes.txt", []byte("for people"))
	d := x.empty(t)
	link := filepath.Join(t.TempDir(), "link") // the folder by another name
	must(t, os.Symlink(dir, link))
	r, err := d.Merge(t.Context(), []string{link}, false, nil)
	must(t, err)
	if r.Files != len(good)+5 || r.Merged+r.Identical+r.Conflict+r.Quarantined+r.Refused != r.Files || len(r.Results) != r.Files {
		t.Fatalf("%d files went in, the totals say %+v", len(good)+5, r)
	}
	if r.Refused != 4 || r.Identical != 1 || len(r.Skipped) != 1 {
		t.Errorf("refused %d, identical %d, skipped %v", r.Refused, r.Identical, r.Skipped)
	}
	for _, o := range r.Results {
		if o.Outcome == Refused && (o.Reason == "" || o.File == "") {
			t.Errorf("refused without a word: %+v", o)
		}
		if o.Outcome == Merged && (o.BandMoved[0] != "" || o.BandMoved[1] == "" || o.AfterRank == 0) {
			t.Errorf("it does not say how the unit moves: %+v", o)
		}
	}
	list, err := d.Batches()
	must(t, err)
	if len(list) != 1 || len(list[0].Refused) != 4 || list[0].Totals.Files != r.Files {
		t.Errorf("the journal of the batch says %+v", list)
	}
}

// There: 1,500 files, the login ended, and a part was in, nobody knew which.
// Here a cancelled merge keeps whole files, says so, and the same files again
// end in the state of an undisturbed merge.
func TestACancelledMergeGoesOn(t *testing.T) {
	x := newHandIn(t, 8)
	whole := x.empty(t)
	_, err := whole.Merge(t.Context(), x.sealedOf(t), false, nil)
	must(t, err)
	for _, at := range []int{1, 3, 6} {
		d := x.empty(t)
		ctx, cancel := context.WithCancel(t.Context())
		proven := 0
		r, err := d.Merge(ctx, x.sealedOf(t), false, func(done, total int, what string) {
			if !strings.HasPrefix(what, "读取") {
				if proven++; proven == at {
					cancel()
				}
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("cancelled at %d: %v", at, err)
		}
		if r != nil && r.Merged+r.Identical+r.Conflict+r.Quarantined+r.Refused != r.Files {
			t.Errorf("the totals do not balance: %+v", r)
		}
		again, err := d.Merge(t.Context(), x.sealedOf(t), false, nil)
		must(t, err)
		if again.Files != len(x.sealedOf(t)) || digestOf(t, d) != digestOf(t, whole) {
			t.Errorf("cancelled at %d and resumed, the state differs: %+v", at, again)
		}
	}
}

// There: finished work under an older template showed as not reviewed. Here
// records of another rubric are a case of their own, listed apart with their
// total, never empty and never mixed in.
func TestAnotherRubricIsListedApart(t *testing.T) {
	x := newHandIn(t, 3)
	_, err := x.d.Merge(t.Context(), x.sealedOf(t), false, nil)
	must(t, err)
	var other RubricInfo
	list, err := x.d.Rubrics()
	must(t, err)
	round, err := x.d.Round("2019-08")
	must(t, err)
	for _, r := range list {
		if r.Hash != round.RubricHash {
			other = r
		}
	}
	if other.Hash == "" {
		t.Fatal("there is only one rubric")
	}
	round.RubricHash, round.Deadlines = other.Hash, nil
	must(t, x.d.PutRound(round))
	o, err := x.d.Overview("2019-08")
	must(t, err)
	if len(o.Apart) == 0 {
		t.Fatalf("the records under the older rubric are gone: %+v", o)
	}
	for _, a := range o.Apart {
		if a.Unit.Name == "" || a.Why == "" {
			t.Errorf("a result apart says nothing: %+v", a)
		}
	}
	rows, err := x.d.Rank("2019-08", "")
	must(t, err)
	for _, r := range rows {
		if r.Rank > 0 || r.Value != "" && r.Value != "—" {
			t.Errorf("%s ranks with a result of another rubric: %+v", r.Unit.Name, r)
		}
	}
}

// There: of two files for one unit the one with the newer file time won, and
// copying to a stick changed the time. Here times decide nothing: both stand in
// conflict until a person chooses, whatever clock the files or the machine show.
func TestFileTimesDecideNothing(t *testing.T) {
	x := newHandIn(t, 3)
	want := ""
	for i, year := range []int{1980, 2035} {
		files := x.sealedOf(t)
		for k, f := range files {
			at := time.Date(year, 1, 1+k*(1-2*i)+20, 0, 0, 0, 0, time.UTC)
			must(t, os.Chtimes(f, at, at))
		}
		d := x.empty(t)
		d.clock = func() time.Time { return time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC) }
		r, err := d.Merge(t.Context(), files, false, nil)
		must(t, err)
		list, err := d.Conflicts("2019-08")
		must(t, err)
		if r.Conflict != 2 || len(list) != 1 || len(list[0].Heads) != 2 {
			t.Fatalf("year %d: %+v", year, r)
		}
		if got := digestOf(t, d); want == "" {
			want = got
		} else if got != want {
			t.Error("another clock gives another state")
		}
	}
}

// There: a rejected record came back from an old copy and won. Here the old
// revision that arrives once more, alone or with everything else, adds nothing.
func TestAnOldCopyStaysOld(t *testing.T) {
	o := newOffice(t, 2)
	unit := ""
	for _, u := range o.units {
		if list, err := o.team.History("2019-08", u); err == nil && len(list) > 0 {
			unit = u
		}
	}
	if unit == "" {
		t.Fatal("the inspector has sealed nothing")
	}
	old, err := o.team.History("2019-08", unit)
	must(t, err)
	oldCopy := filepath.Join(t.TempDir(), "old.pdf")
	must(t, o.team.SavePDF(old[0], oldCopy))
	in, err := o.team.Correct("2019-08", unit)
	must(t, err)
	code := ""
	for c, e := range in.Record().Entries {
		if e.State == scoring.Checked && (code == "" || c < code) {
			code = c
		}
	}
	must(t, in.SetNote(code, "复核后更正"))
	must(t, in.SetReason(code, "照片补充"))
	newCopy := filepath.Join(t.TempDir(), "new.pdf")
	done, err := in.Seal(t.Context(), o.request(newCopy))
	must(t, err)
	_, err = o.bureau.Merge(t.Context(), []string{newCopy}, false, nil)
	must(t, err)
	state := func() (string, string) {
		c, _, err := o.bureau.wb.Case(t.Context(), in.Record().Case())
		must(t, err)
		return c.Head(), digestOf(t, o.bureau)
	}
	head, before := state()
	if head != done.Hash {
		t.Fatalf("the correction is not the result: %s", head)
	}
	r, err := o.bureau.Merge(t.Context(), []string{oldCopy}, false, nil)
	must(t, err)
	if again, after := state(); again != done.Hash || after != before || r.Identical != 1 {
		t.Errorf("the old copy changed something: %+v", r)
	}
	fresh := o.fresh(t)
	r, err = fresh.Merge(t.Context(), []string{newCopy, oldCopy}, false, nil)
	must(t, err)
	if c, _, err := fresh.wb.Case(t.Context(), in.Record().Case()); err != nil || c.Head() != done.Hash || c.State != inspection.CaseResult {
		t.Errorf("together they give %+v, %v (%+v)", c, err, r)
	}
}

// request asks for the signature of the inspector whose laptop it is.
func (o *office) request(out string) SealRequest {
	keys, err := o.team.Keys()
	must(o.T, err)
	for _, k := range keys {
		if k.SPKI == o.inspects.SPKI() {
			return SealRequest{Key: k, Passphrase: DemoPassphrase, Out: out}
		}
	}
	o.Fatal("the laptop does not know its key")
	return SealRequest{}
}

// fresh is an empty workbook that knows the roster.
func (o *office) fresh(t *testing.T) *Desk {
	t.Helper()
	x := &team{dir: o.dir}
	var err error
	x.roster, err = os.ReadFile(filepath.Join(o.dir, "roster.zip"))
	must(t, err)
	root, err := os.ReadFile(filepath.Join(o.dir, "root.sha256"))
	must(t, err)
	x.root = strings.TrimSpace(string(root))
	return x.empty(t)
}

// There: one picture that could not be read blocked delivery, review and the
// PDF. Here it is kept as a file, sealed, proven and merged like any other.
func TestAnUnreadablePictureBlocksNothing(t *testing.T) {
	o := newOffice(t, 1)
	var in *Inspector
	for _, u := range o.units {
		if list, err := o.team.History("2019-08", u); err == nil && len(list) > 0 {
			in, err = o.team.Correct("2019-08", u)
			must(t, err)
		}
	}
	if in == nil {
		t.Fatal("the inspector has sealed nothing")
	}
	heic := append([]byte("\x00\x00\x00\x18ftypheic"), bytes.Repeat([]byte{7}, 4000)...)
	broken := append([]byte("\xff\xd8\xff\xe0"), bytes.Repeat([]byte{9}, 4000)...)
	refs, err := in.AddEvidence("A2", "", EvidenceFile{"机房.heic", heic}, EvidenceFile{"破损.jpg", broken})
	must(t, err)
	must(t, in.SetReason("A2", "补充照片"))
	g, err := in.Gather(t.Context(), []EvidenceFile{{"机房.heic", heic}, {"破损.jpg", broken}, {"清单.txt", []byte("text")}}, nil)
	must(t, err)
	if got := strings.Join(g.Unread(), " "); got != "机房.heic 破损.jpg" {
		t.Errorf("said to keep what the camera wrote: %q", got)
	}
	for _, r := range refs {
		if b, err := in.EvidenceBytes(r.SHA256); err != nil || len(b) < 4000 {
			t.Errorf("%s is not kept as it was: %d bytes, %v", r.Name, len(b), err)
		}
	}
	out := filepath.Join(t.TempDir(), "s.pdf")
	_, err = in.Seal(t.Context(), o.request(out))
	must(t, err)
	if v := VerifyFile(out, nil)[0]; v.Outcome == Refused {
		t.Fatalf("%+v", v)
	}
	r, err := o.bureau.Merge(t.Context(), []string{out}, false, nil)
	must(t, err)
	if r.Merged != 1 {
		t.Errorf("%+v", r)
	}
	for _, ref := range refs {
		if b, _, err := o.bureau.wb.Evidence(t.Context(), ref.SHA256); err != nil || (!bytes.Equal(b, heic) && !bytes.Equal(b, broken)) {
			t.Errorf("%s did not arrive as it was: %v", ref.Name, err)
		}
	}
}
