package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"sync"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
	"xunping/store"
)

// source is a file on its way in: its name for people, its bytes' hash.
type source struct {
	path, name, hash string
	size             int64
}

// maxReceived is the largest file that is read at all.
const maxReceived = 4 << 30

// gather lists the files that paths name, folders with everything below them,
// in the order of the hashes of their bytes, each content once for each name.
func gather(ctx context.Context, paths []string, p Progress) (list []source, skipped []string, err error) {
	var files []string
	for _, path := range paths {
		err := filepath.WalkDir(path, func(f string, e os.DirEntry, err error) error {
			if err != nil {
				return i18n.E("读不出“%s”", f, err)
			}
			if e.Type().IsRegular() {
				files = append(files, f)
			}
			return ctx.Err()
		})
		if err != nil {
			return nil, nil, err
		}
	}
	for i, f := range files {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		p.report(i, len(files), i18n.T("读取 %s", filepath.Base(f)))
		b, err := readLimited(f)
		if err != nil || seal.Detect(b) == seal.KindOther {
			skipped = append(skipped, f)
			continue
		}
		list = append(list, source{path: f, name: f, hash: canon.Hash(b), size: int64(len(b))})
	}
	sort.Slice(list, func(i, j int) bool {
		if list[i].hash != list[j].hash {
			return list[i].hash < list[j].hash
		}
		return list[i].name < list[j].name
	})
	return list, skipped, nil
}

func readLimited(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxReceived {
		return nil, errors.New("file too large")
	}
	return os.ReadFile(path)
}

// proven is a file after it was read and proven: what it brings, or why it is
// refused. Members are the records and acts it holds.
type proven struct {
	src     source
	data    []byte
	known   bool
	members []member
	roster  *seal.SignedRoster
	refusal error
}

// member is one record or act of a file, or the one reason why there is none.
type member struct {
	name   string
	record *store.ReceivedRecord
	act    *store.ReceivedAct
	insp   *inspection.Record
	err    error
}

// prove reads and proves files on all cores and hands them on in their order;
// at most a few lie in memory at once.
func (d *Desk) prove(ctx context.Context, list []source, roots string, each func(*proven) error) error {
	type job struct {
		src  source
		done chan *proven
	}
	workers := runtime.GOMAXPROCS(0)
	queue, order := make(chan job), make(chan job, 4*workers)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range queue {
				j.done <- d.proveOne(ctx, j.src, roots)
			}
		}()
	}
	go func() {
		defer close(order)
		defer close(queue)
		for _, s := range list {
			j := job{s, make(chan *proven, 1)}
			select {
			case order <- j:
			case <-ctx.Done():
				return
			}
			select {
			case queue <- j:
			case <-ctx.Done():
				j.done <- &proven{src: s, refusal: ctx.Err()}
				return
			}
		}
	}()
	var err error
	for j := range order {
		p := <-j.done
		if err == nil {
			if err = ctx.Err(); err == nil {
				err = each(p)
			}
			if err != nil {
				cancel()
			}
		}
	}
	wg.Wait()
	return err
}

// proveOne reads one file and proves it. A file that is known already is not
// proven again.
func (d *Desk) proveOne(ctx context.Context, s source, root string) *proven {
	p := &proven{src: s}
	known, err := d.wb.KnownFile(ctx, s.hash)
	if err != nil {
		p.refusal = err
		return p
	}
	if known {
		p.known = true
		return p
	}
	b, err := readLimited(s.path)
	if err == nil && canon.Hash(b) != s.hash {
		err = errors.New("the file changed while it was read")
	}
	if err != nil {
		p.refusal = i18n.E("读不出文件“%s”", s.name, err)
		return p
	}
	p.data = b
	if seal.Detect(b) == seal.KindPDF {
		p.card(s.name, b)
		return p
	}
	p.pack(b, root, d.rubricOf)
	return p
}

func (p *proven) card(name string, b []byte) {
	card, err := seal.OpenPDF(b)
	if err != nil {
		p.members = append(p.members, member{name: name, err: err})
		return
	}
	r := received(card)
	p.members = append(p.members, member{name: name, record: &r, insp: card.Inspection})
}

func (d *Desk) rubricOf(hash string) []byte {
	b, err := d.wb.Rubric(context.Background(), hash)
	if err != nil {
		return nil
	}
	return b
}

// pack proves the members of a zip, each by itself: one bad member stops none.
func (p *proven) pack(b []byte, root string, rubric func(string) []byte) {
	z, err := seal.OpenPack(b)
	if err != nil {
		p.refusal = err
		return
	}
	if z.Kind == seal.PackRoster {
		p.roster, p.refusal = seal.ProveRoster(z.Files[seal.RosterName], z.Files[seal.RosterName+".p7s"], root)
		if root == "" && p.refusal == nil {
			p.roster, p.refusal = nil, i18n.E("还没有确认根证书的指纹。请当面核对指纹后用 --root 给出")
		}
		return
	}
	if z.Kind == seal.PackDraft || z.Kind == seal.PackTask {
		p.refusal = i18n.E("这是任务包或交接包，不在这里合并")
		return
	}
	names := make([]string, 0, len(z.Files))
	for n := range z.Files {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		if m, ok := packMember(z, n, rubric); ok {
			m.name = p.src.name + "!" + n
			p.members = append(p.members, m)
		}
	}
	if len(p.members) == 0 {
		p.refusal = i18n.E("ZIP 里没有检查记录，也没有行为记录")
	}
}

// packMember proves one member; false for those that only accompany others.
func packMember(z *seal.Pack, name string, rubric func(string) []byte) (member, bool) {
	data := z.Files[name]
	base := name[strings.LastIndexByte(name, '/')+1:]
	switch {
	case strings.HasSuffix(base, ".pdf"):
		card, err := seal.OpenPDF(data)
		if err != nil {
			return member{err: err}, true
		}
		r := received(card)
		return member{record: &r, insp: card.Inspection}, true
	case strings.HasSuffix(base, ".inspection.json"):
		return packRecord(z, name, data, rubric), true
	case strings.HasSuffix(base, ".act.json"):
		return packAct(z, name, data), true
	}
	return member{}, false
}
