package seal

import (
	"archive/zip"
	"bytes"
	"crypto/x509"
	"fmt"
	"io"
	"sort"
	"strings"
	"time"

	"xunping/assets/i18n"
	"xunping/inspection/canon"
)

// PackFormat names the format of a pack's manifest.
const PackFormat = "xunping.pack/1"

// Kinds of packs.
const (
	PackInspections = "inspections"
	PackDraft       = "draft"
	PackTask        = "task"
	PackActs        = "acts"
	PackRoster      = "roster"
)

// Manifest lists what a pack holds. Its signature proves completeness only:
// what a member is worth is proven by the member's own signature.
type Manifest struct {
	Format  string   `json:"format"`
	Kind    string   `json:"kind"`
	Made    string   `json:"made"` // a claim
	Members []Member `json:"members"`
}

// Member is one file of a pack.
type Member struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// Pack is an opened pack, or a plain zip of files (Kind "").
type Pack struct {
	Kind     string
	Manifest *Manifest
	Signer   *x509.Certificate // of the manifest
	Files    map[string][]byte
}

// Names of members.
const (
	manifestName = "manifest.json"
	RosterName   = "roster.json"
	TaskName     = "task.json"
)

// Limits of a zip (FORMATS, preamble).
const (
	maxEntries = 20000
	maxZip     = 4 << 30
)

// WritePack writes a pack of the given files, with a manifest signed by s.
func WritePack(kind string, files map[string][]byte, s Signer, when time.Time) ([]byte, error) {
	m := Manifest{Format: PackFormat, Kind: kind, Made: when.Format(time.RFC3339), Members: []Member{}}
	names := sortedNames(files)
	for _, n := range names {
		m.Members = append(m.Members, Member{n, canon.Hash(files[n]), int64(len(files[n]))})
	}
	manifest, err := canon.Encode(m)
	if err != nil {
		return nil, err
	}
	p7s, err := s.SignCMS(manifest)
	if err != nil {
		return nil, fmt.Errorf("sign manifest: %w", err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	write := func(name string, data []byte) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}
	for _, m := range append([]string{manifestName, manifestName + ".p7s"}, names...) {
		data := files[m]
		switch m {
		case manifestName:
			data = manifest
		case manifestName + ".p7s":
			data = p7s
		}
		if err := write(m, data); err != nil {
			return nil, fmt.Errorf("write pack: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write pack: %w", err)
	}
	if b.Len() > maxFile {
		return nil, i18n.E("包超过 %d MiB，没有写出；请少选一些单位，分几次写", maxFile>>20)
	}
	return b.Bytes(), nil
}

func sortedNames(files map[string][]byte) []string {
	names := make([]string, 0, len(files))
	for n := range files {
		names = append(names, n)
	}
	sort.Strings(names)
	return names
}

// OpenPack reads a zip without trusting its names or sizes. With a manifest
// the members must be exactly those it lists; without one it is a folder of
// files, at most two levels deep.
func OpenPack(b []byte) (*Pack, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, i18n.E("ZIP 文件已损坏或不完整", err)
	}
	if len(z.File) > maxEntries {
		return nil, i18n.E("ZIP 里的文件超过 %d 个", maxEntries)
	}
	p := &Pack{Files: map[string][]byte{}}
	left := int64(maxZip)
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		if err := p.take(f, &left); err != nil {
			return nil, err
		}
	}
	if p.Files[manifestName] == nil {
		return p, nil
	}
	return p, p.prove()
}

func (p *Pack) take(f *zip.File, left *int64) error {
	if !safeName(f.Name) {
		return i18n.E("ZIP 里的文件名不合规定：%s", f.Name)
	}
	if _, dup := p.Files[f.Name]; dup {
		return i18n.E("ZIP 里有两个同名文件：%s", f.Name)
	}
	r, err := f.Open()
	if err != nil {
		return i18n.E("ZIP 里的文件读不出来：%s", f.Name, err)
	}
	defer r.Close()
	limit := min(*left, maxFile)
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return i18n.E("ZIP 里的文件读不出来：%s", f.Name, err)
	}
	if int64(len(data)) > limit {
		return i18n.E("ZIP 里的文件太大：%s", f.Name)
	}
	*left -= int64(len(data))
	p.Files[f.Name] = data
	return nil
}

// safeName allows plain names with at most one folder before them.
func safeName(n string) bool {
	if n == "" || len(n) > 400 || strings.ContainsAny(n, "\\:\x00") || strings.Count(n, "/") > 2 {
		return false
	}
	for part := range strings.SplitSeq(n, "/") {
		if part == "" || part == "." || part == ".." {
			return false
		}
	}
	return true
}

// prove checks the manifest's signature and that it lists exactly the members.
func (p *Pack) prove() error {
	raw, p7s := p.Files[manifestName], p.Files[manifestName+".p7s"]
	if p7s == nil || !canon.IsCanonical(raw) {
		return i18n.E("包的清单没有签名，或不是规范形式")
	}
	cert, err := verifyCMS(p7s, raw)
	if err != nil {
		return i18n.E("包的清单签名不成立", err)
	}
	m := &Manifest{}
	if err := canon.Decode(raw, m); err != nil {
		return i18n.E("包的清单不合格：%s", err)
	}
	if m.Format != PackFormat {
		return i18n.E("包的清单格式应为 %s", PackFormat)
	}
	delete(p.Files, manifestName)
	delete(p.Files, manifestName+".p7s")
	if len(m.Members) != len(p.Files) {
		return i18n.E("包里的文件与清单不符")
	}
	for _, x := range m.Members {
		data, has := p.Files[x.Name]
		if !has || canon.Hash(data) != x.SHA256 || int64(len(data)) != x.Bytes {
			return i18n.E("包里的文件与清单不符：%s", x.Name)
		}
	}
	p.Kind, p.Manifest, p.Signer = m.Kind, m, cert
	return nil
}

// Kind of a file by its first bytes.
type Kind int

// Kinds of files the importer looks at; the rest is skipped, and an envelope
// too when no key is at hand.
const (
	KindOther Kind = iota
	KindPDF
	KindZip
	KindEnvelope // encrypted: what is inside shows after Unwrap
)

// Detect tells what a file claims to be.
func Detect(b []byte) Kind {
	switch {
	case bytes.HasPrefix(b, []byte("%PDF-")):
		return KindPDF
	case bytes.HasPrefix(b, []byte("PK")):
		return KindZip
	case IsEnvelope(b):
		return KindEnvelope
	}
	return KindOther
}
