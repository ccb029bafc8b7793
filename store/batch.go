package store

import (
	"context"
	"errors"
	"fmt"

	"xunping/assets/i18n"
	"xunping/inspection/canon"
)

// A group of files is committed together: fewer syncs, and still each file is
// in whole or not at all.
const (
	groupFiles = 1000
	groupBytes = 64 << 20
)

// Batch is one import 导入批次 in progress: files are added one by one, by one
// goroutine. It leaves a row and a log line if it brought something new, else
// only the log line. A batch that is killed keeps its committed files; adding
// the same files again completes it.
type Batch struct {
	w           *Workbook
	kind, title string
	backups     string // folder for the backup before the first new row; "" for none
	id          int64  // 0 until something new needs a row
	open        bool   // a transaction is open
	files       int    // in the open group
	bytes       int
	group       int // files that are committed together
	touched     *touch
	failed      error // a group could not be committed
	done        bool
}

// BeginBatch starts an import. Nothing is written yet.
func (w *Workbook) BeginBatch(kind, title string) *Batch {
	return &Batch{w: w, kind: kind, title: title, group: groupFiles, touched: newTouch()}
}

// GroupOf commits so many files together instead of the usual number.
func (b *Batch) GroupOf(files int) { b.group = files }

// BackupInto has the workbook copied into folder before the batch writes its
// first new row (a batch that brings nothing new makes no backup). Workbooks
// above 1 GB are copied once a day; the newest ten copies are kept. When the
// copy fails, nothing is merged.
func (b *Batch) BackupInto(folder string) { b.backups = folder }

// ID is the batch's number, 0 while it has brought nothing new.
func (b *Batch) ID() int64 { return b.id }

// AddOutcome says what a file brought. New is false when all of it was here.
type AddOutcome struct {
	New   bool
	Items []ItemOutcome
}

// Add takes a proven file into the set: all of it, or on error nothing. What it
// brings counts from the next commit on, at the latest after Finish.
func (b *Batch) Add(ctx context.Context, r Received) (AddOutcome, error) {
	var out AddOutcome
	all, err := r.all()
	if err != nil {
		return out, err
	}
	err = b.inGroup(ctx, len(r.File), func(t *tx) (bool, error) {
		out = AddOutcome{}
		o := b.origin(t, &r)
		for _, in := range all {
			item, err := t.put(in, o, b.touched)
			if err != nil {
				return false, err
			}
			out.Items = append(out.Items, item)
			out.New = out.New || item.New()
		}
		if !out.New {
			return false, nil
		}
		file, err := o.file()
		if err != nil {
			return false, err
		}
		return true, t.carry(file, out.Items)
	})
	if err != nil {
		return AddOutcome{}, err
	}
	return out, nil
}

// RefusedFile is a file that was not let in, for the journal of its batch.
type RefusedFile struct {
	Name, Hash string
	Size       int64
	Rule       int // of FORMATS §4, 0 for none
	Reason     string
	Genuine    bool  // its data signature still holds
	Batch      int64 // that first met it; set by the workbook
}

// Refuse notes a refused file, once.
func (b *Batch) Refuse(ctx context.Context, f RefusedFile) error {
	h, err := unhex(f.Hash)
	if err != nil {
		return err
	}
	return b.inGroup(ctx, 0, func(t *tx) (bool, error) {
		var there int
		if found, err := t.one([]any{&there}, `SELECT 1 FROM refusal WHERE hash = ?`, h); err != nil || found {
			return false, err
		}
		id, err := b.row(t)
		if err != nil {
			return false, err
		}
		return true, t.exec(`INSERT INTO refusal(hash, batch_id, name, size, rule, reason, genuine) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			h, id, f.Name, f.Size, f.Rule, f.Reason, f.Genuine)
	})
}

// inGroup runs fn in a savepoint of the open group, opening one if need be.
// fn tells whether it changed anything.
func (b *Batch) inGroup(ctx context.Context, bytes int, fn func(*tx) (bool, error)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w := &b.w.w
	w.mu.Lock()
	defer w.mu.Unlock()
	if b.failed != nil || b.done || w.conn == nil {
		return errors.Join(b.failed, fmt.Errorf("batch is over"))
	}
	t := &tx{w: w, ctx: context.Background()}
	if !b.open {
		if err := w.settle(); err != nil { // another batch
			return b.w.failed(err)
		}
		if err := t.exec(`BEGIN IMMEDIATE`); err != nil {
			return b.w.failed(err)
		}
		b.open, w.pending = true, b.commit
	}
	if err := t.exec(`SAVEPOINT one`); err != nil {
		return b.abandon(t, err)
	}
	id := b.id
	changed, err := fn(t)
	if err != nil {
		b.id = id
		if err2 := t.exec(`ROLLBACK TO one`); err2 != nil {
			return b.abandon(t, errors.Join(err, err2))
		}
	}
	if err2 := t.exec(`RELEASE one`); err2 != nil {
		return b.abandon(t, errors.Join(err, err2))
	}
	if err != nil {
		return b.w.failed(err)
	}
	if changed {
		b.files, b.bytes = b.files+1, b.bytes+bytes
	}
	if b.files >= b.group || b.bytes >= groupBytes {
		w.pending = nil
		return b.commit()
	}
	return nil
}

// commit derives what the group touched and commits both together. It is
// called with the writer held.
func (b *Batch) commit() error {
	t := &tx{w: &b.w.w, ctx: context.Background()}
	if b.files == 0 {
		b.open = false
		return t.exec(`ROLLBACK`) // nothing new: not a byte is written
	}
	if err := b.w.derive(t, b.touched); err != nil {
		return b.abandon(t, err)
	}
	if err := t.exec(`COMMIT`); err != nil {
		return b.abandon(t, err)
	}
	b.open, b.files, b.bytes, b.touched = false, 0, 0, newTouch()
	return nil
}

// abandon gives the open group up: its files are not in, and the batch is over.
func (b *Batch) abandon(t *tx, cause error) error {
	_ = t.exec(`ROLLBACK`)
	b.open, b.w.w.pending = false, nil
	b.w.trust.drop()
	b.failed = b.w.failed(cause)
	return b.failed
}

// row makes the batch's row when something new needs it.
func (b *Batch) row(t *tx) (any, error) {
	if b.id != 0 {
		return b.id, nil
	}
	if b.backups != "" {
		if err := b.w.backupBefore(t, b.backups); err != nil {
			return nil, err
		}
		b.backups = ""
	}
	id, _, err := t.insert(`INSERT INTO batch(kind, title, started) VALUES (?, ?, ?)`, b.kind, b.title, b.w.now().UnixMilli())
	b.id = id
	return id, err
}

func (b *Batch) origin(t *tx, r *Received) origin {
	var file any
	return origin{
		batch: func() (any, error) { return b.row(t) },
		file: func() (any, error) {
			if file != nil || r.FileHash == "" {
				return file, nil
			}
			batch, err := b.row(t)
			if err != nil {
				return nil, err
			}
			file, err = t.putFile(r, batch)
			return file, err
		},
	}
}

// putFile keeps a file byte for byte, compressed when that is worth it (PDFs
// and zips are not).
func (t *tx) putFile(r *Received, batch any) (any, error) {
	h, err := unhex(r.FileHash)
	if err != nil {
		return nil, err
	}
	var id int64
	if found, err := t.one([]any{&id}, `SELECT id FROM file WHERE hash = ?`, h); err != nil || found {
		return id, err
	}
	if canon.Hash(r.File) != r.FileHash {
		return nil, errors.New("file does not hash to its name")
	}
	coding, payload := 0, r.File
	if len(r.File) > 0 && r.File[0] == '{' {
		coding, payload = 1, deflate(r.File)
	}
	id, _, err = t.insert(`INSERT INTO file(hash, batch_id, name, size, coding, payload) VALUES (?, ?, ?, ?, ?, ?)`,
		h, batch, r.FileName, len(r.File), coding, notNil(payload))
	return id, err
}

// Flush commits what is open, so that reads see all that was added.
func (b *Batch) Flush() error {
	b.w.w.mu.Lock()
	defer b.w.w.mu.Unlock()
	if err := b.w.w.settle(); err != nil {
		return b.w.failed(err)
	}
	return b.failed
}

// Finish commits what is open and writes the batch's one log line. summary is
// the caller's totals, canonical JSON; it is kept with the batch. A batch ends
// here also when it was cancelled: what was added stays.
func (b *Batch) Finish(ctx context.Context, summary []byte) error {
	if b.done {
		return nil
	}
	if b.failed != nil {
		return b.failed
	}
	err := b.w.write(context.WithoutCancel(ctx), func(t *tx) error { // settles the open group first
		if b.failed != nil {
			return b.failed
		}
		if b.id != 0 {
			err := t.exec(`UPDATE batch SET finished = ?, summary = ? WHERE id = ?`, b.w.now().UnixMilli(), string(summary), b.id)
			if err != nil {
				return err
			}
		}
		return b.w.logTx(t, "batch", map[string]any{"batch": b.id, "what": b.kind, "title": b.title, "summary": string(summary)})
	})
	if err != nil {
		return i18n.E("导入没有写完：%v。已经写入的文件保持完整，重新导入同一批文件即可补齐。", err)
	}
	b.done = true
	return nil
}
