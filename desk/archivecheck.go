package desk

import (
	"bytes"
	"context"
	"encoding/pem"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/seal"
)

// ArchiveCheck says what proving an archive found.
type ArchiveCheck struct {
	Files     int           `json:"files"`
	Cards     int           `json:"cards"`
	Acts      int           `json:"acts"`
	Root      string        `json:"root"`   // fingerprint the roster was proven against
	Pinned    bool          `json:"pinned"` // a person gave it, not the archive itself
	Signed    bool          `json:"signed"` // the bureau signed the list, and the roster proves it
	By        ArchiveSigner `json:"by"`
	Uncounted []string      `json:"uncounted"` // proven, and of no standing by the archive's roster
	Problems  []string      `json:"problems"`
}

// ArchiveSigner is who signed the list of hashes.
type ArchiveSigner struct {
	Name   string `json:"name"`
	Number string `json:"number"`
	SPKI   string `json:"spki"`
}

// maxArchiveFiles is how many files an archive may have.
const maxArchiveFiles = 200_000

// CheckArchive proves an archive folder by itself: the list of hashes is complete
// and right, the roster holds under the root, and every scorecard and act is
// proven again, its score computed anew. root is the fingerprint kept apart from
// the archive; "" takes the archive's own, which proves less and is said.
func CheckArchive(ctx context.Context, dir, root string, p Progress) (ArchiveCheck, error) {
	out := ArchiveCheck{Root: root, Pinned: root != "", Uncounted: []string{}, Problems: []string{}}
	b, err := readFile(filepath.Join(dir, archiveHashes), maxFile)
	if err != nil {
		return out, i18n.E("%s 不是归档文件夹：缺少 %s", dir, archiveHashes, err)
	}
	sums, err := readSums(b)
	if err != nil {
		return out, err
	}
	k := &archiveChecker{dir: dir, out: &out, sums: sums}
	found, err := k.found(ctx)
	if err != nil {
		return out, err
	}
	for _, path := range sortedKeys(sums) {
		if !found[path] {
			k.problem(i18n.T("缺少 %s", path))
		}
	}
	k.roster(root)
	k.signature(b)
	for i, path := range sortedKeys(found) {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		p.report(i+1, len(found), path)
		k.file(path)
	}
	return out, nil
}

type archiveChecker struct {
	dir    string
	out    *ArchiveCheck
	sums   map[string]string
	signed *inspection.Roster
}

func (k *archiveChecker) problem(text string) { k.out.Problems = append(k.out.Problems, text) }

// found lists the files of the folder but the list itself.
func (k *archiveChecker) found(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	err := filepath.WalkDir(k.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return cannotRead(path, err)
		}
		rel, err := filepath.Rel(k.dir, path)
		if err != nil || e.IsDir() {
			return err
		}
		if rel = filepath.ToSlash(rel); rel != archiveHashes && rel != archiveSigned {
			out[rel] = true
		}
		if len(out) > maxArchiveFiles {
			return i18n.E("归档文件夹里的文件太多，超过 %d 个", maxArchiveFiles)
		}
		return ctx.Err()
	})
	return out, err
}

// roster proves the roster of the archive, against its own root where nobody
// gave one.
func (k *archiveChecker) roster(root string) {
	read := func(name string) []byte {
		b, err := readFile(filepath.Join(k.dir, filepath.FromSlash(name)), maxFile)
		if err != nil {
			return nil // said as missing already
		}
		return b
	}
	if root == "" {
		k.out.Root = strings.TrimSpace(string(read(archiveRoot)))
	}
	signed, err := seal.OpenRoster(read(archiveRoster), k.out.Root)
	if err != nil {
		k.problem(i18n.T("名册不成立：%s", i18n.Person(err)))
		return
	}
	k.signed = signed.Roster
	if block, _ := pem.Decode(read(archivePEM)); block == nil || !bytes.Equal(block.Bytes, signed.Root.Raw) {
		k.problem(i18n.T("%s 不是签发这份名册的根证书", archivePEM))
	}
	if _, err := seal.OpenRoster(read(archiveRoster), strings.TrimSpace(string(read(archiveRoot)))); err != nil {
		k.problem(i18n.T("%s 写的不是签发这份名册的根证书的指纹", archiveRoot))
	}
}

// file compares one file with the list, and proves what it is.
func (k *archiveChecker) file(path string) {
	want, listed := k.sums[path]
	if !listed {
		k.problem(i18n.T("多出 %s，不在清单里", path))
		return
	}
	b, err := readFile(filepath.Join(k.dir, filepath.FromSlash(path)), maxFile)
	if err != nil {
		k.problem(i18n.Person(err))
		return
	}
	k.out.Files++
	if hashOf(b) != want {
		k.problem(i18n.T("%s 与清单不符，被改过或损坏", path))
		return
	}
	switch {
	case strings.HasPrefix(path, archiveCards+"/") && strings.HasSuffix(path, ".pdf"):
		k.out.Cards++
		v := VerifyBytes(path, b, k.signed)
		if v.Outcome == Refused && !v.DataSignature {
			k.problem(i18n.T("%s 不是真件：%s", path, v.Reason))
			return
		}
		k.standing(path, v)
	case strings.HasPrefix(path, archiveCards+"/") && strings.HasSuffix(path, ".inspection.json"):
		k.out.Cards++
		k.member(path, b, func(z *seal.Pack, name string) error {
			m := packRecord(z, name, b, signaturesBeside(z), func(string) []byte { return nil })
			if m.err == nil {
				k.standing(path, verifyMember(path, m, k.signed))
			}
			return m.err
		})
	case strings.HasSuffix(path, ".act.json"):
		k.out.Acts++
		k.member(path, b, func(z *seal.Pack, name string) error {
			m := packAct(z, name, b)
			if m.err == nil {
				k.standing(path, actResult(path, m, k.signed))
			}
			return m.err
		})
	}
}

// member proves a record or an act with the files that lie beside it.
func (k *archiveChecker) member(path string, b []byte, prove func(*seal.Pack, string) error) {
	folder, name := filepath.Split(filepath.FromSlash(path))
	files := map[string][]byte{name: b}
	beside, err := os.ReadDir(filepath.Join(k.dir, folder))
	if err != nil {
		k.problem(i18n.Person(err))
		return
	}
	for _, e := range beside {
		if data, err := readFile(filepath.Join(k.dir, folder, e.Name()), maxFile); err == nil {
			files[e.Name()] = data
		}
	}
	if err := prove(seal.PackOf(files), name); err != nil {
		k.problem(i18n.T("%s 不成立：%s", path, i18n.Person(err)))
	}
}

var sumLine = regexp.MustCompile(`^([0-9a-f]{64})  (\S.*)$`)

// readSums reads the list of hashes. A path that leaves the folder is an error.
func readSums(b []byte) (map[string]string, error) {
	out := map[string]string{}
	for n, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		m := sumLine.FindStringSubmatch(line)
		if m == nil || !filepath.IsLocal(filepath.FromSlash(m[2])) || slices.Contains(strings.Split(m[2], "/"), "..") {
			return nil, i18n.E("哈希清单第 %d 行不合格", n+1)
		}
		if _, twice := out[m[2]]; twice {
			return nil, i18n.E("哈希清单里 %s 出现两次", m[2])
		}
		out[m[2]] = m[1]
	}
	return out, nil
}
