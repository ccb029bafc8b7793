package seal

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"io"
	"slices"

	"xunping/assets/i18n"
	"xunping/inspection/canon"
)

// Pack is an opened pack, or a plain zip of files (Kind ""). A zip of a few
// megabytes can hold gigabytes, so members that do not fit into keepPack are not
// kept inflated but read again when they are asked for.
type Pack struct {
	Kind     string
	Manifest *Manifest
	Signer   *x509.Certificate // of the manifest
	members  map[string]*packMember
	room     int // for more inflated members
}

// packMember is a file of a pack: its bytes, or where they are read from again.
type packMember struct {
	data []byte
	zip  *zip.File // nil when data holds it
	size int64
	hash string // of a pack with a manifest
}

// How many bytes of inflated members a pack keeps, in all and of one member: all
// of an honest one.
const (
	keepPack   = 64 << 20
	keepMember = 8 << 20
)

// PackOf is a pack of files at hand.
func PackOf(files map[string][]byte) *Pack {
	p := &Pack{members: map[string]*packMember{}}
	for n, data := range files {
		p.members[n] = &packMember{data: data, size: int64(len(data))}
	}
	return p
}

// Names are the members' names, sorted.
func (p *Pack) Names() []string {
	names := make([]string, 0, len(p.members))
	for n := range p.members {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// Has tells whether a member is there.
func (p *Pack) Has(name string) bool { return p.members[name] != nil }

// File is a member's bytes, nil if it is not there.
func (p *Pack) File(name string) []byte {
	m := p.members[name]
	if m == nil || m.zip == nil {
		if m == nil {
			return nil
		}
		return m.data
	}
	r, err := m.zip.Open()
	if err != nil {
		return nil // was read whole when the pack was opened
	}
	defer r.Close()
	data := make([]byte, m.size)
	if _, err := io.ReadFull(r, data); err != nil {
		return nil
	}
	return data
}

// OpenPack reads a zip without trusting its names or sizes. With a manifest
// the members must be exactly those it lists; without one it is a folder of
// files, at most two levels deep. Members are read one after the other and
// hashed while they are read; however much they inflate to, no more than
// keepPack of it is held.
func OpenPack(b []byte) (*Pack, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, i18n.E("ZIP 文件已损坏或不完整", err)
	}
	if len(z.File) > maxEntries {
		return nil, i18n.E("ZIP 里的文件超过 %d 个", maxEntries)
	}
	p := &Pack{members: map[string]*packMember{}, room: keepPack}
	hashed := slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == manifestName })
	left := int64(maxZip)
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		if !safeName(f.Name) {
			return nil, i18n.E("ZIP 里的文件名不合规定：%s", f.Name)
		}
		if p.Has(f.Name) {
			return nil, i18n.E("ZIP 里有两个同名文件：%s", f.Name)
		}
		m, err := p.take(f, min(left, maxFile), hashed)
		if err != nil {
			return nil, err
		}
		left -= m.size
		p.members[f.Name] = m
	}
	if !hashed {
		return p, nil
	}
	return p, p.prove()
}

// take reads a member to its end, hashing it, and keeps it if there is room.
func (p *Pack) take(f *zip.File, limit int64, hashed bool) (*packMember, error) {
	r, err := f.Open()
	if err != nil {
		return nil, i18n.E("ZIP 里的文件读不出来：%s", f.Name, err)
	}
	defer r.Close()
	k := &keeper{room: min(p.room, keepMember)}
	var w io.Writer = k
	sum := sha256.New()
	if hashed {
		w = io.MultiWriter(k, sum)
	}
	k.kept = make([]byte, 0, min(f.UncompressedSize64, 1<<20, uint64(k.room))) // a claim, so not for much
	n, err := io.CopyBuffer(w, io.LimitReader(r, limit+1), make([]byte, 32<<10))
	if err != nil {
		return nil, i18n.E("ZIP 里的文件读不出来：%s", f.Name, err)
	}
	if n > limit {
		return nil, i18n.E("ZIP 里的文件太大：%s", f.Name)
	}
	m := &packMember{size: n, zip: f}
	if k.kept != nil {
		m.data, m.zip = k.kept, nil
		p.room -= len(k.kept)
	}
	if hashed {
		m.hash = hex.EncodeToString(sum.Sum(nil))
	}
	return m, nil
}

// keeper keeps what is written while it fits into its room, and then nothing.
type keeper struct {
	kept []byte
	room int
}

func (k *keeper) Write(b []byte) (int, error) {
	if k.kept != nil {
		if len(k.kept)+len(b) > k.room {
			k.kept = nil
		} else {
			k.kept = append(k.kept, b...)
		}
	}
	return len(b), nil
}

// prove checks the manifest's signature and that it lists exactly the members.
func (p *Pack) prove() error {
	raw, p7s := p.File(manifestName), p.File(manifestName+".p7s")
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
	delete(p.members, manifestName)
	delete(p.members, manifestName+".p7s")
	if len(m.Members) != len(p.members) {
		return i18n.E("包里的文件与清单不符")
	}
	listed := map[string]bool{}
	for _, x := range m.Members {
		f := p.members[x.Name]
		if f == nil || listed[x.Name] || f.hash != x.SHA256 || f.size != x.Bytes {
			return i18n.E("包里的文件与清单不符：%s", x.Name)
		}
		listed[x.Name] = true
	}
	p.Kind, p.Manifest, p.Signer = m.Kind, m, cert
	return nil
}
