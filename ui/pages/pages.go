// Package pages draws the pages of a PDF as pictures, so that people see in the
// window exactly what they sign: the pages come from the very bytes of the file,
// not from a second drawing.
//
// It is PDFium, compiled to WebAssembly and run by wazero: no C, nothing to
// install, and a hostile file stays inside the sandbox, which sees no disk and
// no network. Compiling the engine takes seconds and 300 MB, so that happens once
// in a child process (Prepare), into a cache on the disk; afterwards a document
// opens in under a tenth of a second. Memory is given back by Close.
package pages

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// wait is how long one step of the engine may take.
const wait = 30 * time.Second

// done is the file that says that the cache was filled whole.
const done = "ready"

// PrepareFlag is the argument with which the program fills the cache and ends.
const PrepareFlag = "--prepare-pages"

// Cache is the folder of the compiled engine for this user.
func Cache() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("find cache folder: %w", err)
	}
	return filepath.Join(dir, "xunping", "pages-1.21.4"), nil
}

// Ready tells whether the engine is compiled.
func Ready(cache string) bool {
	_, err := os.Stat(filepath.Join(cache, done))
	return err == nil
}

// Prepare compiles the engine into the cache, in a child process of the same
// program. It does nothing when that was done before.
func Prepare(ctx context.Context, cache string) error {
	if Ready(cache) {
		return nil
	}
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("find own program: %w", err)
	}
	if out, err := exec.CommandContext(ctx, self, PrepareFlag, cache).CombinedOutput(); err != nil {
		return fmt.Errorf("compile page engine: %w: %.200s", err, out)
	}
	return nil
}

// Compile is what the child process does.
func Compile(cache string) error {
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return fmt.Errorf("make cache folder: %w", err)
	}
	e, err := start(cache)
	if err != nil {
		return err
	}
	e.Close()
	if err := os.WriteFile(filepath.Join(cache, done), nil, 0o600); err != nil {
		return fmt.Errorf("mark cache as ready: %w", err)
	}
	return nil
}

// engine is the running sandbox.
type engine struct {
	cache wazero.CompilationCache
	pool  pdfium.Pool
	pdf   pdfium.Pdfium
}

func start(cache string) (*engine, error) {
	c, err := wazero.NewCompilationCacheWithDir(cache)
	if err != nil {
		return nil, fmt.Errorf("open cache: %w", err)
	}
	config := wazero.NewRuntimeConfig().WithCompilationCache(c).
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	pool, err := webassembly.Init(webassembly.Config{MinIdle: 1, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: config, FSConfig: wazero.NewFSConfig(),
		Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		_ = c.Close(context.Background())
		return nil, fmt.Errorf("start page engine: %w", err)
	}
	e := &engine{cache: c, pool: pool}
	if e.pdf, err = pool.GetInstance(wait); err != nil {
		e.Close()
		return nil, fmt.Errorf("start page engine: %w", err)
	}
	return e, nil
}

func (e *engine) Close() {
	if e.pdf != nil {
		_ = e.pdf.Close()
	}
	_ = e.pool.Close()
	_ = e.cache.Close(context.Background())
}

// Document is an open PDF. It is not for concurrent use; Close gives its memory
// back.
type Document struct {
	*engine
	doc   references.FPDF_DOCUMENT
	Pages int
}

// Open opens a PDF; the engine must be prepared.
func Open(pdf []byte, cache string) (*Document, error) {
	e, err := start(cache)
	if err != nil {
		return nil, err
	}
	opened, err := e.pdf.OpenDocument(&requests.OpenDocument{File: &pdf})
	if err != nil {
		e.Close()
		return nil, fmt.Errorf("open pages: %w", err)
	}
	d := &Document{engine: e, doc: opened.Document}
	count, err := e.pdf.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.doc})
	if err != nil {
		d.Close()
		return nil, fmt.Errorf("count pages: %w", err)
	}
	d.Pages = count.PageCount
	return d, nil
}

// Page draws page n, from 0, width pixels wide. The picture is the caller's.
func (d *Document) Page(n, width int) (image.Image, error) {
	page := requests.Page{ByIndex: &requests.PageByIndex{Document: d.doc, Index: n}}
	r, err := d.pdf.RenderPageInPixels(&requests.RenderPageInPixels{Page: page, Width: width})
	if err != nil {
		return nil, fmt.Errorf("draw page %d: %w", n+1, err)
	}
	defer r.Cleanup()
	out := image.NewRGBA(r.Result.Image.Bounds())
	draw.Draw(out, out.Bounds(), r.Result.Image, out.Bounds().Min, draw.Src)
	return out, nil
}
