package seal

import (
	"archive/zip"
	"bytes"
	"fmt"
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
