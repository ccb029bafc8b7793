package i18n_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// use is one place in the source where a key is written.
type use struct {
	key   string
	where string // file:line
	args  int    // arguments that follow the key; -1: not known (args...)
	cause bool   // one more argument, the cause of an error, is allowed
}

// source is what the Go files of the module say.
type source struct {
	uses    map[string][]use    // folder of the package → uses
	unclear map[string][]string // folder → places whose key is no literal
}

// speaker is a function that takes a key: T and E themselves, and functions
// of a package that hand one of their own parameters on to a speaker.
type speaker struct {
	at       int  // index of the parameter that is the key
	variadic bool // the parameter after the key is args ...any
	cause    bool
}

// readSource parses every Go file below root that is not a test.
func readSource(t *testing.T, root string) source {
	t.Helper()
	fset := token.NewFileSet()
	packages := map[string][]*ast.File{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if n := d.Name(); path != root && (strings.HasPrefix(n, ".") || n == "testdata" || n == "out" || n == "bin") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		dir, _ := filepath.Rel(root, filepath.Dir(path))
		packages[dir] = append(packages[dir], f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	delete(packages, "assets/i18n") // defines T and E
	s := source{map[string][]use{}, map[string][]string{}}
	for dir, files := range packages {
		r := newReader(fset, files)
		for r.pass(nil) { // until no function is found to be a speaker any more
		}
		r.pass(func(u use, clear bool) {
			u.where = filepath.Join(dir, filepath.Base(u.where))
			if clear {
				s.uses[dir] = append(s.uses[dir], u)
			} else {
				s.unclear[dir] = append(s.unclear[dir], u.where)
			}
		})
	}
	return s
}

// reader goes over the files of one package. It knows no types but those that
// are written at a function: of its receiver and its parameters.
type reader struct {
	fset     *token.FileSet
	files    []*ast.File
	methods  map[string][]string // name of a function → receivers it is declared on, "" without
	speakers map[string]speaker  // by receiver and name, "checker.add"
}

func newReader(fset *token.FileSet, files []*ast.File) *reader {
	r := &reader{fset, files, map[string][]string{}, map[string]speaker{}}
	for _, f := range files {
		for _, d := range f.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok {
				r.methods[fn.Name.Name] = append(r.methods[fn.Name.Name], receiver(fn))
			}
		}
	}
	return r
}

// receiver is the name of the receiver's type, "" for a plain function.
func receiver(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return ""
	}
	return typeName(fn.Recv.List[0].Type)
}

func typeName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// pass visits every call of a speaker. Without emit it looks for new speakers
// and tells whether it found one.
func (r *reader) pass(emit func(u use, clear bool)) bool {
	found := false
	for _, f := range r.files {
		name := importedAs(f)
		for _, d := range f.Decls {
			fn, _ := d.(*ast.FuncDecl)
			ast.Inspect(d, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				sp, ok := r.speaker(fn, call, name)
				if !ok || sp.at >= len(call.Args) {
					return true
				}
				key, literal := text(call.Args[sp.at])
				at, handed := parameter(fn, call.Args[sp.at])
				switch {
				case emit == nil && !literal && handed && !r.known(fn):
					r.speakers[receiver(fn)+"."+fn.Name.Name] = speaker{at, variadicAfter(fn, at), sp.cause}
					found = true
				case emit != nil && (literal || !handed):
					emit(use{key, r.fset.Position(call.Pos()).String(), arguments(call, sp), sp.cause}, literal)
				}
				return true
			})
		}
	}
	return found
}

func (r *reader) known(fn *ast.FuncDecl) bool {
	_, ok := r.speakers[receiver(fn)+"."+fn.Name.Name]
	return ok
}

// speaker tells whether a call inside fn is to i18n.T, i18n.E or a speaker of
// the package.
func (r *reader) speaker(fn *ast.FuncDecl, call *ast.CallExpr, imported string) (speaker, bool) {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		s, ok := r.speakers["."+f.Name]
		return s, ok
	case *ast.SelectorExpr:
		x, ok := f.X.(*ast.Ident)
		if ok && imported != "" && x.Name == imported {
			return speaker{0, true, f.Sel.Name == "E"}, f.Sel.Name == "T" || f.Sel.Name == "E"
		}
		if ok {
			if on := declaredType(fn, x.Name); slices.Contains(r.methods[f.Sel.Name], on) {
				s, ok := r.speakers[on+"."+f.Sel.Name]
				return s, ok
			}
		}
		for _, on := range r.methods[f.Sel.Name] { // type not seen: any of that name
			if s, ok := r.speakers[on+"."+f.Sel.Name]; ok && on != "" {
				return s, true
			}
		}
	}
	return speaker{}, false
}

// declaredType is the type written for a receiver or parameter of fn.
func declaredType(fn *ast.FuncDecl, name string) string {
	if fn == nil {
		return ""
	}
	fields := slices.Clone(fn.Type.Params.List)
	if fn.Recv != nil {
		fields = append(fields, fn.Recv.List...)
	}
	for _, f := range fields {
		if slices.ContainsFunc(f.Names, func(n *ast.Ident) bool { return n.Name == name }) {
			return typeName(f.Type)
		}
	}
	return ""
}

// importedAs is the name of package i18n in the file, "" where it is not imported.
func importedAs(f *ast.File) string {
	for _, i := range f.Imports {
		if i.Path.Value != `"xunping/assets/i18n"` {
			continue
		}
		if i.Name != nil {
			return i.Name.Name
		}
		return "i18n"
	}
	return ""
}

// text is the value of a string literal, or of several joined by +.
func text(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.ParenExpr:
		return text(e.X)
	case *ast.BinaryExpr:
		a, okA := text(e.X)
		b, okB := text(e.Y)
		return a + b, okA && okB && e.Op == token.ADD
	}
	return "", false
}

// parameter is the index of the parameter of fn that e names.
func parameter(fn *ast.FuncDecl, e ast.Expr) (int, bool) {
	id, ok := e.(*ast.Ident)
	if fn == nil || !ok {
		return 0, false
	}
	i := slices.Index(parameters(fn), id.Name)
	return i, i >= 0
}

func parameters(fn *ast.FuncDecl) []string {
	var names []string
	for _, f := range fn.Type.Params.List {
		for _, n := range f.Names {
			names = append(names, n.Name)
		}
	}
	return names
}

func variadicAfter(fn *ast.FuncDecl, at int) bool {
	list := fn.Type.Params.List
	_, dots := list[len(list)-1].Type.(*ast.Ellipsis)
	return dots && at == len(parameters(fn))-2
}

// arguments counts what follows the key, -1 where that cannot be seen.
func arguments(call *ast.CallExpr, sp speaker) int {
	if !sp.variadic || call.Ellipsis.IsValid() {
		return -1
	}
	return len(call.Args) - sp.at - 1
}

// verbs lists the verbs of a format by the argument they show ("1s 2d"),
// flags and widths left out, so that order and %[n] do not matter.
func verbs(format string) (string, int) {
	var out []string
	arg, most := 0, 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			continue
		}
		i++
		for i < len(format) && strings.IndexByte("+-# 0123456789.[]*", format[i]) >= 0 {
			if format[i] == '[' {
				end := i + strings.IndexByte(format[i:]+"]", ']')
				if n, err := strconv.Atoi(format[i+1 : end]); err == nil {
					arg, i = n-1, end
				}
			}
			i++
		}
		if i >= len(format) {
			return "unfinished verb", -1
		}
		if format[i] == '%' {
			continue
		}
		arg++
		most = max(most, arg)
		out = append(out, fmt.Sprintf("%d%c", arg, format[i]))
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), " "), most
}
