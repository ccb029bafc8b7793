package ui

import (
	"context"
	"errors"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"xunping/assets/i18n"
	"xunping/desk"
	"xunping/ui/look"
)

// patience is how long work may take before a progress dialog shows: shorter
// work would only flicker.
const patience = 250 * time.Millisecond

// job is work that must not hold up the window.
type job struct {
	title string
	work  func(context.Context, desk.Progress) error
	done  func(error) // on the window's goroutine; not called with a cancel's error
	// cancelled, if given, is called instead of done after a cancel.
	cancelled func()
}

// run is the only place in ui that starts goroutines. It does the work beside
// the window, shows what is done, how many of how many, and a cancel button,
// and then calls done on the window's goroutine.
func (s *shell) run(j job) {
	ctx, t := s.beside.begin()
	p := s.newProgress(j.title, t.cancel)
	slow := time.AfterFunc(patience, func() { fyne.Do(p.show) })
	go func() {
		err := j.work(ctx, p.report)
		t.ended()
		fyne.Do(func() {
			defer t.told()
			slow.Stop()
			p.hide()
			if !errors.Is(err, context.Canceled) {
				j.done(err)
				return
			}
			s.toast(i18n.T("已取消：%s", j.title))
			if j.cancelled != nil {
				j.cancelled()
			}
		})
	}()
}

// quietly does short work beside the window without a word, and then calls done
// on the window's goroutine.
func (s *shell) quietly(work, done func()) {
	_, t := s.beside.begin()
	go func() {
		work()
		t.ended()
		fyne.Do(func() {
			defer t.told()
			done()
		})
	}()
}

// beside knows the work that goes on beside the window. The workbook must not
// be closed under it.
type beside struct {
	mu      sync.Mutex
	running map[*task]bool
}

// task is one piece of work: it works, and then the window is told.
type task struct {
	b      *beside
	cancel func()
	worked bool
}

func (b *beside) begin() (context.Context, *task) {
	ctx, cancel := context.WithCancel(context.Background())
	t := &task{b: b, cancel: cancel}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.running == nil {
		b.running = map[*task]bool{}
	}
	b.running[t] = true
	return ctx, t
}

// ended notes that the work has returned.
func (t *task) ended() {
	t.b.mu.Lock()
	defer t.b.mu.Unlock()
	t.worked = true
}

// told notes that the window knows, too: that is the end of it.
func (t *task) told() {
	t.cancel()
	t.b.mu.Lock()
	defer t.b.mu.Unlock()
	delete(t.b.running, t)
}

// busy tells whether work goes on; with all also whether the window is still to
// be told of some.
func (b *beside) busy(all bool) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	for t := range b.running {
		if all || !t.worked {
			return true
		}
	}
	return false
}

// partingTime is how long closing waits for work that does not stop.
const partingTime = 3 * time.Second

// stop cancels all work and waits until it has returned, for a while.
func (b *beside) stop() {
	b.mu.Lock()
	for t := range b.running {
		t.cancel()
	}
	b.mu.Unlock()
	for end := time.Now().Add(partingTime); b.busy(false) && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
}

// later calls f on the window's goroutine after a pause; calling stop before
// that makes it never happen.
func later(pause time.Duration, f func()) (stop func()) {
	t := afterPause(pause, func() { fyne.Do(f) })
	return func() { t.Stop() }
}

// afterPause is the clock of later. The test driver runs fyne.Do beside the test
// instead of on one goroutine, so tests put a clock here that never rings.
var afterPause = time.AfterFunc

// progress is the dialog of long work.
type progress struct {
	s       *shell
	title   string
	cancel  func()
	dialog  *look.Dialog
	bar     *widget.ProgressBar
	what    *look.Text
	ended   bool
	started time.Time
	last    time.Time
}

func (s *shell) newProgress(title string, cancel func()) *progress {
	return &progress{s: s, title: title, cancel: cancel, started: time.Now()}
}

func (p *progress) show() {
	if p.ended {
		return
	}
	p.bar, p.what = widget.NewProgressBar(), look.Small("").Elided()
	p.dialog = look.NewDialog(p.s.win, p.title, look.Column(look.Gap2, p.bar, look.Fixed(420, 0, p.what)))
	p.dialog.Cancel(i18n.T("取消"), p.cancel)
	p.dialog.Show()
}

// report may come from any goroutine, many times a second; the window is
// touched at most ten times a second.
func (p *progress) report(done, total int, what string) {
	now := time.Now()
	if done < total && now.Sub(p.last) < 100*time.Millisecond {
		return
	}
	p.last = now
	fyne.Do(func() {
		if p.dialog == nil || p.ended || total <= 0 {
			return
		}
		p.bar.SetValue(float64(done) / float64(total))
		p.what.Set(i18n.T("%d／%d　剩余约 %s　%s", done, total, p.left(done, total, now), what))
	})
}

func (p *progress) left(done, total int, now time.Time) string {
	if done == 0 {
		return "—"
	}
	rest := now.Sub(p.started) * time.Duration(total-done) / time.Duration(done)
	return rest.Round(time.Second).String()
}

func (p *progress) hide() {
	p.ended = true
	if p.dialog != nil {
		p.dialog.Hide()
	}
}

// walk runs the steps of the tour beside the window, each on the window's
// goroutine with a pause after it for the picture, and then ends the program.
func (s *shell) walk(steps []func() error, pause time.Duration) (result func() error) {
	var failed error
	go func() {
		for _, step := range steps {
			time.Sleep(pause)
			fyne.DoAndWait(func() { failed = step() })
			if failed != nil {
				break
			}
		}
		fyne.Do(s.app.Quit)
	}()
	return func() error { return failed }
}
