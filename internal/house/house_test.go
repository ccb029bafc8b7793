// Package house keeps the rooms of the house apart: it fails the build when an
// arrow between packages turns, or when something stands in the wrong room.
package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// deps are the packages a package reaches, with the tags of the headless build.
func deps(t *testing.T, pkg string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-tags", "ci", "-deps", "./"+pkg)
	cmd.Dir, cmd.Env = "../..", append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", pkg, err)
	}
	return strings.Fields(string(out))
}

// imports are the packages a package's own files import.
func imports(t *testing.T, pkg string) []string {
	t.Helper()
	cmd := exec.Command("go", "list", "-tags", "ci", "-f", `{{join .Imports "\n"}}`, "./"+pkg+"/...")
	cmd.Dir, cmd.Env = "../..", append(os.Environ(), "CGO_ENABLED=0")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", pkg, err)
	}
	return strings.Fields(string(out))
}

func TestArrowsPointDown(t *testing.T) {
	never := map[string][]string{
		"scoring":        {"fyne.io/", "database/sql", "github.com/", "xunping/inspection", "xunping/store", "xunping/seal", "xunping/report", "xunping/desk"},
		"inspection":     {"fyne.io/", "database/sql", "gofpdf", "modernc.org/", "xunping/store", "xunping/seal", "xunping/report", "xunping/desk"},
		"report":         {"fyne.io/", "database/sql", "xunping/store", "xunping/seal", "xunping/desk"},
		"store":          {"fyne.io/", "gofpdf", "xunping/report", "xunping/seal", "xunping/desk"},
		"seal":           {"fyne.io/", "database/sql", "gofpdf", "xunping/report", "xunping/store", "xunping/desk"},
		"desk":           {"fyne.io/", "xunping/ui"},
		"cmd/xunpingctl": {"fyne.io/", "xunping/ui"},
	}
	for pkg, words := range never {
		for _, d := range deps(t, pkg) {
			for _, w := range words {
				if strings.Contains(d, w) {
					t.Errorf("%s reaches %s", pkg, d)
				}
			}
		}
	}
	for _, pkg := range []string{"ui", "cmd"} {
		for _, d := range imports(t, pkg) {
			switch d {
			case "xunping/store", "xunping/seal", "xunping/report", "database/sql":
				t.Errorf("%s imports %s; it should ask desk", pkg, d)
			}
		}
	}
}

// goFiles walks the module's own Go files.
func goFiles(t *testing.T, do func(path string, src []byte, f *ast.File, fset *token.FileSet)) {
	t.Helper()
	root := "../.."
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == ".git" || d.Name() == "out" || d.Name() == "bin") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, src, parser.ParseComments)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, path)
		do(filepath.ToSlash(rel), src, f, fset)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestThingsStandInTheirRooms(t *testing.T) {
	seen := 0
	goFiles(t, func(path string, src []byte, f *ast.File, fset *token.FileSet) {
		if strings.HasSuffix(path, "_test.go") {
			return
		}
		seen++
		if n := strings.Count(string(src), "\n"); n > 350 {
			t.Errorf("%s has %d lines", path, n)
		}
		for _, imp := range f.Imports {
			p := strings.Trim(imp.Path.Value, `"`)
			if p == "database/sql" && !strings.HasPrefix(path, "store/") {
				t.Errorf("%s speaks SQL outside store", path)
			}
			if strings.HasSuffix(p, "/gofpdf") && !strings.HasPrefix(path, "report/") {
				t.Errorf("%s draws outside report", path)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool { look(t, path, n, fset); return true })
	})
	if seen < 50 {
		t.Errorf("only %d files were looked at", seen)
	}
}

// look checks one node: long functions, stray goroutines, floats in the
// arithmetic, and the line breakers that lose characters.
func look(t *testing.T, path string, n ast.Node, fset *token.FileSet) {
	switch x := n.(type) {
	case *ast.FuncDecl:
		if lines := fset.Position(x.End()).Line - fset.Position(x.Pos()).Line; lines > 80 {
			t.Errorf("%s: %s has %d lines", path, x.Name.Name, lines)
		}
	case *ast.GoStmt:
		if strings.HasPrefix(path, "ui/") && path != "ui/run.go" {
			t.Errorf("%s starts a goroutine outside ui/run.go", path)
		}
	case *ast.Ident:
		if strings.HasPrefix(path, "scoring/") && (x.Name == "float64" || x.Name == "float32") {
			t.Errorf("%s uses %s", path, x.Name)
		}
	case *ast.SelectorExpr:
		if name := x.Sel.Name; strings.HasPrefix(path, "report/") && (name == "MultiCell" || name == "SplitText" || name == "SplitLines") {
			t.Errorf("%s calls %s, which loses Chinese characters", path, name)
		}
	}
}
