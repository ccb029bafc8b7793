package ui

import (
	"context"
	"errors"
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
}

// run is the only place in ui that starts goroutines. It does the work beside
// the window, shows what is done, how many of how many, and a cancel button,
// and then calls done on the window's goroutine.
func (s *shell) run(j job) {
	ctx, cancel := context.WithCancel(context.Background())
	p := s.newProgress(j.title, cancel)
	slow := time.AfterFunc(patience, func() { fyne.Do(p.show) })
	go func() {
		err := j.work(ctx, p.report)
		fyne.Do(func() {
			slow.Stop()
			p.hide()
			cancel()
			if !errors.Is(err, context.Canceled) {
				j.done(err)
				return
			}
			s.toast(i18n.T("已取消：%s", j.title))
		})
	}()
}

// later calls f on the window's goroutine after a pause; calling stop before
// that makes it never happen.
func later(pause time.Duration, f func()) (stop func()) {
	t := time.AfterFunc(pause, func() { fyne.Do(f) })
	return func() { t.Stop() }
}

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
