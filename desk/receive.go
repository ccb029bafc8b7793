package desk

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"xunping/assets/i18n"
	"xunping/inspection"
	"xunping/inspection/canon"
	"xunping/seal"
	"xunping/store"
)

// proven is a file after it was read and proven: what it brings, or why it is
// refused. Members are the records and acts it holds.
type proven struct {
	src     source
	data    []byte
	known   *inspection.Node // its record, when the file is here already
	members []member
	skipped []string // in a zip that is a folder: what is no scorecard
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

	refused []byte // the PDF that err is about
}

// How far files are proven ahead of the one that is written. A commit takes a
// while, in which the cores go on; what lies in memory stays bounded. A file
// takes as many rooms as it is large, one that fills all of them is alone.
const (
	ahead     = 128 // rooms, and files at most
	roomBytes = 256 << 10
	unpacking = 8 // a pack becomes larger when it is opened
)

func (s *source) rooms() int {
	size := s.size
	if s.kind != seal.KindPDF {
		size *= unpacking
	}
	return int(min(1+size/roomBytes, ahead))
}

// prove reads and proves files on all cores and hands them on in their order.
func (d *Desk) prove(ctx context.Context, list []source, roots string, each func(*proven) error) error {
	type job struct {
		src  source
		done chan *proven
	}
	workers := runtime.GOMAXPROCS(0)
	queue, order, room := make(chan job), make(chan job, ahead), make(chan struct{}, ahead)
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
			for range s.rooms() {
				select {
				case room <- struct{}{}:
				case <-ctx.Done():
					return
				}
			}
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
		for range j.src.rooms() {
			<-room
		}
	}
	wg.Wait()
	return err
}

// knownCard answers for a scorecard whose very bytes are here already. One
// that brought only a signature or evidence is proven again, to name its
// record.
func (d *Desk) knownCard(ctx context.Context, p *proven) bool {
	known, err := d.wb.KnownFile(ctx, p.src.hash)
	if err != nil || !known {
		return false
	}
	objects, err := d.wb.FileObjects(ctx, p.src.hash)
	if err != nil || len(objects) != 1 {
		return false
	}
	p.known = &objects[0].Node
	return true
}

// proveOne reads one file and proves it. A file that is known already is not
// proven again.
func (d *Desk) proveOne(ctx context.Context, s source, root string) (p *proven) {
	p = &proven{src: s}
	defer func() {
		if r := recover(); r != nil { // a reader's fault must not stop the others
			p = &proven{src: s, refusal: i18n.E("文件读不懂，没有收下：%s", fmt.Sprint(r))}
		}
	}()
	if s.bad != nil {
		p.refusal = s.bad
		return p
	}
	if s.kind == seal.KindPDF && d.knownCard(ctx, p) {
		return p
	}
	b, err := readFile(s.name, maxFile)
	if err == nil && canon.Hash(b) != s.hash {
		err = i18n.E("文件 %s 在读取期间变了，请再试一次", s.name)
	}
	if err != nil {
		p.refusal = err
		return p
	}
	inside, err := d.inside(b)
	if err != nil {
		p.refusal = err
		return p
	}
	if inside != nil { // what is kept is what was inside
		b, p.src.hash = inside, canon.Hash(inside)
		if s.kind == seal.KindPDF && d.knownCard(ctx, p) {
			return p
		}
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
		p.members = append(p.members, member{name: name, err: err, refused: b})
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
		p.roster, p.refusal = seal.ProveRoster(z.File(seal.RosterName), z.File(seal.RosterName+".p7s"), root)
		if root == "" && p.refusal == nil {
			p.roster, p.refusal = nil, i18n.E("还没有确认根证书的指纹。请当面核对指纹后用 --root 给出")
		}
		return
	}
	if z.Kind == seal.PackDraft || z.Kind == seal.PackTask {
		p.refusal = i18n.E("这是任务包或交接包，不在这里合并")
		return
	}
	signatures := signaturesBeside(z)
	for _, n := range z.Names() {
		m, ok := packMember(z, n, signatures, rubric)
		switch m.name = p.src.name + "!" + n; {
		case ok:
			p.members = append(p.members, m)
		case z.Kind == "":
			p.skipped = append(p.skipped, m.name)
		}
	}
	if len(p.members) == 0 {
		p.refusal = i18n.E("ZIP 里没有检查记录，也没有行为记录")
	}
}

// packMember proves one member; false for those that only accompany others.
func packMember(z *seal.Pack, name string, signatures map[string][]string, rubric func(string) []byte) (member, bool) {
	base := name[strings.LastIndexByte(name, '/')+1:]
	switch {
	case strings.HasSuffix(base, ".pdf"):
		card, err := seal.OpenPDF(z.File(name))
		if err != nil {
			return member{err: err, refused: z.File(name)}, true
		}
		r := received(card)
		return member{record: &r, insp: card.Inspection}, true
	case strings.HasSuffix(base, ".inspection.json"):
		return packRecord(z, name, z.File(name), signatures, rubric), true
	case strings.HasSuffix(base, ".act.json"):
		return packAct(z, name, z.File(name)), true
	}
	return member{}, false
}
