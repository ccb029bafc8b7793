package desk

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"path/filepath"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/assets/photo"
	"xunping/inspection"
	"xunping/report"
	"xunping/store"
)

// Limits of evidence as it is entered.
const (
	photoSide   = 2048     // pixels of the long side that are kept
	maxEvidence = 32 << 20 // bytes of one file
)

// EvidenceRoom is what evidence may take of a sealed file of 64 MiB, beside pages,
// reduced pictures and signatures.
const EvidenceRoom = 56 << 20

// EvidenceFile is a file to be added.
type EvidenceFile struct {
	Name string
	Data []byte
}

// Gathered are files made ready to be kept: read, photos turned and shrunk.
// Refused says of each that could not be taken why; the others are none the
// worse for it.
type Gathered struct {
	Refused []string
	files   []gatheredFile
}

// gatheredFile is a file as it will be kept, with its picture for the pages.
type gatheredFile struct {
	name, media string
	data        []byte
	picture     *store.Picture
	unread      bool // a photo, by its name or beginning, that could not be read
}

// Unread are the photos and films that could not be read as pictures: they are kept as they
// are, with whatever the camera wrote into them, its place too. None when photos are
// kept as they are on purpose.
func (g *Gathered) Unread() []string {
	var out []string
	for _, f := range g.files {
		if f.unread {
			out = append(out, f.name)
		}
	}
	return out
}

// photoNames are how the names of photos end that phones make.
var photoNames = []string{".heic", ".heif", ".avif", ".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".dng"}

// Len is how many files are ready.
func (g *Gathered) Len() int { return len(g.files) }

// Gather makes files ready, away from the draft: it may run beside the window.
// Photos are turned, shrunk and stripped of what the camera wrote into them;
// what cannot be read as a picture is kept as it is.
func (in *Inspector) Gather(ctx context.Context, files []EvidenceFile, p Progress) (*Gathered, error) {
	g := &Gathered{}
	for i, f := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if p != nil {
			p(i, len(files), f.Name)
		}
		if why := unfit(f); why != "" {
			g.Refused = append(g.Refused, why)
			continue
		}
		g.files = append(g.files, in.prepared(f))
	}
	return g, nil
}

// GatherFiles reads files from disk and makes them ready.
func (in *Inspector) GatherFiles(ctx context.Context, paths []string, p Progress) (*Gathered, error) {
	all := &Gathered{}
	for i, path := range paths {
		if p != nil {
			p(i, len(paths), filepath.Base(path))
		}
		b, err := readFile(path, maxEvidence)
		if err != nil {
			all.Refused = append(all.Refused, i18n.Person(err))
			continue
		}
		g, err := in.Gather(ctx, []EvidenceFile{{filepath.Base(path), b}}, nil)
		if err != nil {
			return nil, err
		}
		all.Refused, all.files = append(all.Refused, g.Refused...), append(all.files, g.files...)
	}
	return all, nil
}

// AddEvidence makes files ready and adds them.
func (in *Inspector) AddEvidence(code, finding string, files ...EvidenceFile) ([]inspection.EvidenceRef, error) {
	g, err := in.Gather(context.Background(), files, nil)
	if err != nil {
		return nil, err
	}
	return in.AddGathered(code, finding, g)
}

// AddGathered puts files to an indicator, or to one of its findings, in one
// change. When some were refused the error names them; the others are added all
// the same.
func (in *Inspector) AddGathered(code, finding string, g *Gathered) ([]inspection.EvidenceRef, error) {
	ctx := context.Background()
	var refs []inspection.EvidenceRef
	for _, f := range g.files {
		hash := in.d.keepFile(ctx, f)
		refs = append(refs, inspection.EvidenceRef{SHA256: hash, Name: f.name, Media: f.media, Bytes: int64(len(f.data))})
	}
	if err := in.refer(code, finding, refs); err != nil {
		return nil, err
	}
	if len(g.Refused) > 0 {
		return refs, i18n.E("有 %d 个文件没有添加：%s。其余 %d 个已添加", len(g.Refused), strings.Join(g.Refused, i18n.T("、")), len(refs))
	}
	return refs, nil
}

// refer names files that are kept in the entry and in the list of the record.
func (in *Inspector) refer(code, finding string, refs []inspection.EvidenceRef) error {
	if len(refs) == 0 {
		return nil
	}
	return in.change(code+" "+i18n.T("添加佐证"), func(r *inspection.Record) error {
		e, ok := r.Entries[code]
		if !ok {
			e.State = "unchecked"
		}
		list := &e.Evidence
		if finding != "" {
			i := slices.IndexFunc(e.Findings, func(f inspection.Finding) bool { return f.ID == finding })
			if i < 0 {
				return i18n.E("指标 %s 没有记录“%s”", code, finding)
			}
			list = &e.Findings[i].Evidence
		}
		for _, ref := range refs {
			if !slices.Contains(*list, ref.SHA256) {
				*list = append(*list, ref.SHA256)
			}
			if !slices.ContainsFunc(r.Evidence, func(x inspection.EvidenceRef) bool { return x.SHA256 == ref.SHA256 }) {
				r.Evidence = append(r.Evidence, ref)
			}
		}
		r.Entries[code] = e
		return nil
	})
}

// SettingOriginals, when "1", keeps photos as they are, with size and place: for
// cases where the place is what the photo proves.
const SettingOriginals = "photo.originals"

// prepared is the file as it is kept.
func (in *Inspector) prepared(f EvidenceFile) gatheredFile {
	g := gatheredFile{name: f.Name, media: mediaType(f.Data), data: f.Data}
	asked := in.d.Setting(SettingOriginals, "") == "1"
	if !strings.HasPrefix(g.media, "image/") {
		g.unread = !asked && (KeepsPlace(g.media) || slices.Contains(photoNames, strings.ToLower(filepath.Ext(f.Name))))
		return g
	}
	if !asked {
		jpg, err := photo.Reduce(f.Data, photoSide)
		if g.unread = err != nil; err == nil {
			g.data, g.media = jpg, "image/jpeg"
		}
	}
	g.picture = pictureOf(g.data)
	return g
}

// AddEvidenceFiles reads files from disk and adds them.
func (in *Inspector) AddEvidenceFiles(code, finding string, paths ...string) ([]inspection.EvidenceRef, error) {
	g, err := in.GatherFiles(context.Background(), paths, nil)
	if err != nil {
		return nil, err
	}
	return in.AddGathered(code, finding, g)
}

// RemoveEvidence takes a file from an indicator and its findings; undo brings
// it back.
func (in *Inspector) RemoveEvidence(code, sha string) error {
	return in.change(code+" "+i18n.T("删除佐证"), func(r *inspection.Record) error {
		e := r.Entries[code]
		is := func(h string) bool { return h == sha }
		e.Evidence = slices.DeleteFunc(e.Evidence, is)
		for i := range e.Findings {
			e.Findings[i].Evidence = slices.DeleteFunc(e.Findings[i].Evidence, is)
		}
		r.Entries[code] = e
		return nil
	})
}

// SetCaption writes the caption of a piece of evidence.
func (in *Inspector) SetCaption(sha, caption string) error {
	return in.change(i18n.T("佐证说明"), func(r *inspection.Record) error {
		for i := range r.Evidence {
			if r.Evidence[i].SHA256 == sha {
				r.Evidence[i].Caption = caption
			}
		}
		return nil
	})
}

// EvidenceBytes are the bytes of a piece of evidence.
func (in *Inspector) EvidenceBytes(sha string) ([]byte, error) {
	return in.d.file(context.Background(), sha)
}

// Thumbnail is a small picture of a piece of evidence, or an error if it is
// none.
func (in *Inspector) Thumbnail(sha string, side int) (image.Image, error) {
	return in.d.Thumbnail(sha, side)
}

// Thumbnail is a small picture of a piece of evidence of any record, or an error
// if it is none.
func (d *Desk) Thumbnail(sha string, side int) (image.Image, error) {
	b, err := d.file(context.Background(), sha)
	if err != nil {
		return nil, err
	}
	small, err := photo.Reduce(b, side)
	if err != nil {
		return nil, err
	}
	return jpeg.Decode(bytes.NewReader(small))
}

// evidence is all evidence of a record that is in the workbook, by hash.
func (d *Desk) evidence(ctx context.Context, r *inspection.Record) (map[string][]byte, error) {
	out := map[string][]byte{}
	for _, e := range r.Evidence {
		b, err := d.file(ctx, e.SHA256)
		if err != nil {
			return nil, i18n.E("佐证“%s”不在工作簿里", e.Name, err)
		}
		out[e.SHA256] = b
	}
	return out, nil
}

// pictureOf is a file as the pages will show it; nil if it is no picture.
func pictureOf(data []byte) *store.Picture {
	jpg, err := report.Picture(data)
	if err != nil {
		return nil
	}
	return &store.Picture{Maker: report.PictureMaker, JPEG: jpg}
}

// cardOf is a record with its evidence and the pictures kept of it, to be drawn.
// A picture that is not kept yet is made and kept: its evidence came from another
// workbook, or another version of the program made it. That it cannot be kept
// (a workbook opened for reading) stops nothing.
func (d *Desk) cardOf(ctx context.Context, r *inspection.Record, c *inspection.Compiled) (report.Scorecard, error) {
	card := report.Scorecard{Record: r, Rubric: c, Pictures: map[string][]byte{}}
	var err error
	if card.Evidence, err = d.evidence(ctx, r); err != nil {
		return card, err
	}
	for h := range card.Evidence {
		if card.Pictures[h], err = d.wb.Picture(ctx, h, report.PictureMaker); err != nil {
			return card, err
		}
	}
	for _, h := range card.MakePictures() {
		_ = d.wb.PutPicture(ctx, h, store.Picture{Maker: report.PictureMaker, JPEG: card.Pictures[h]})
	}
	return card, nil
}
