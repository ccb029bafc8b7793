package model

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"xunping/assets/i18n"
)

// Purpose is what a file is chosen for.
type Purpose int

// The purposes of choosing.
const (
	ToOpen   Purpose = iota // one file or several
	ToSave                  // a name in a folder
	ToFolder                // a folder
)

// FileEntry is a line of a folder.
type FileEntry struct {
	Name   string
	Folder bool
	Bytes  int64
	Time   time.Time
}

// Words are size and time of a file; nothing for a folder.
func (f FileEntry) Words() (size, at string) {
	if f.Folder {
		return "", ""
	}
	return Bytes(f.Bytes), f.Time.Local().Format(clock)
}

// Files is the choice of files: one folder with its lines, what is ticked, and
// which of them may be chosen at all.
type Files struct {
	For     Purpose
	Many    bool     // several may be ticked
	Endings []string // ".pdf", lower case; none: every file
	Name    string   // the name to save under

	dir    string
	lines  []FileEntry
	ticked map[string]bool
	asked  string // the path that exists and may be overwritten at the next try
}

// maxLines keeps a folder of a million files from filling the memory.
const maxLines = 20000

// Dir is the open folder.
func (f *Files) Dir() string { return f.dir }

// Lines are its folders, then its files, by name.
func (f *Files) Lines() []FileEntry { return f.lines }

// GoTo opens a folder. On an error the old one stays.
func (f *Files) GoTo(dir string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return i18n.E("文件夹打不开：%s", dir, err)
	}
	list, err := os.ReadDir(dir)
	if err != nil {
		return i18n.E("文件夹打不开：%s", dir, err)
	}
	var folders, files []FileEntry
	for _, e := range list[:min(len(list), maxLines)] {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		info, err := os.Stat(filepath.Join(dir, e.Name())) // follows links
		switch {
		case err != nil:
		case info.IsDir():
			folders = append(folders, FileEntry{Name: e.Name(), Folder: true})
		case f.For != ToFolder && f.fits(e.Name()):
			files = append(files, FileEntry{Name: e.Name(), Bytes: info.Size(), Time: info.ModTime()})
		}
	}
	f.dir, f.lines, f.ticked, f.asked = dir, append(folders, files...), map[string]bool{}, ""
	return nil
}

func (f *Files) fits(name string) bool {
	return len(f.Endings) == 0 || slices.Contains(f.Endings, strings.ToLower(filepath.Ext(name)))
}

// Up opens the folder above and tells which line the old one is there.
func (f *Files) Up() (line int, err error) {
	was := filepath.Base(f.dir)
	if err := f.GoTo(filepath.Dir(f.dir)); err != nil {
		return 0, err
	}
	return max(slices.IndexFunc(f.lines, func(e FileEntry) bool { return e.Name == was }), 0), nil
}

// Type goes where a person typed: into a folder, or to a file that exists, which
// is then the choice.
func (f *Files) Type(text string) (chosen string, err error) {
	path := strings.TrimSpace(text)
	if home, herr := os.UserHomeDir(); herr == nil && (path == "~" || strings.HasPrefix(path, "~/")) {
		path = home + path[1:]
	}
	if !filepath.IsAbs(path) {
		path = filepath.Join(f.dir, path)
	}
	info, err := os.Stat(path)
	switch {
	case err != nil && f.For == ToSave && folder(filepath.Dir(path)): // a new file
		f.Name = filepath.Base(path)
		return "", f.GoTo(filepath.Dir(path))
	case err != nil:
		return "", i18n.E("没有这个文件或文件夹：%s", path, err)
	case info.IsDir():
		return "", f.GoTo(path)
	case f.For == ToSave:
		f.Name = filepath.Base(path)
		return "", f.GoTo(filepath.Dir(path))
	case f.For == ToFolder:
		return "", f.GoTo(filepath.Dir(path))
	}
	return path, nil
}

func folder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// Tick marks a file, or takes the mark away.
func (f *Files) Tick(line int) {
	if !f.Many || line < 0 || line >= len(f.lines) || f.lines[line].Folder {
		return
	}
	name := f.lines[line].Name
	f.ticked[name] = !f.ticked[name]
}

// Ticked tells whether a file is marked.
func (f *Files) Ticked(line int) bool {
	return line >= 0 && line < len(f.lines) && f.ticked[f.lines[line].Name]
}

// Chosen are the paths that confirming gives: the marked files, else the line
// with the focus; the folder; or the name to save under. Empty with an error that
// says what is missing, or, the first time, that a file would be overwritten.
func (f *Files) Chosen(line int) ([]string, error) {
	switch f.For {
	case ToFolder:
		return []string{f.dir}, nil
	case ToSave:
		return f.target()
	}
	var out []string
	for i, e := range f.lines {
		if f.Ticked(i) {
			out = append(out, filepath.Join(f.dir, e.Name))
		}
	}
	if len(out) == 0 && line >= 0 && line < len(f.lines) && !f.lines[line].Folder {
		out = []string{filepath.Join(f.dir, f.lines[line].Name)}
	}
	if len(out) == 0 {
		return nil, i18n.E("请先选一个文件")
	}
	return out, nil
}

func (f *Files) target() ([]string, error) {
	name := strings.TrimSpace(f.Name)
	if name == "" || name != filepath.Base(name) || strings.ContainsAny(name, `/\:*?"<>|`) {
		return nil, i18n.E("请写文件名；文件名里不能有 / \\ : * ? \" < > |")
	}
	if len(f.Endings) > 0 && !f.fits(name) {
		name += f.Endings[0]
	}
	path := filepath.Join(f.dir, name)
	info, err := os.Stat(path)
	switch {
	case err != nil || f.asked == path:
		return []string{path}, nil
	case info.IsDir():
		return nil, i18n.E("“%s”是文件夹", name)
	}
	f.asked = path
	return nil, i18n.E("已有“%s”。再确认一次就覆盖它，或换一个名字", name)
}

// Spot is a folder to jump to.
type Spot struct{ Name, Path string }

// Spots are the folders that people look for: home, desktop, that of the
// workbook, and the sticks that are plugged in.
func Spots(workbook string) []Spot {
	var out []Spot
	add := func(name, path string) {
		info, err := os.Stat(path)
		if err != nil || !info.IsDir() || slices.ContainsFunc(out, func(s Spot) bool { return s.Path == path }) {
			return
		}
		out = append(out, Spot{name, path})
	}
	if workbook != "" {
		add(i18n.T("工作簿所在"), filepath.Dir(workbook))
	}
	if home, err := os.UserHomeDir(); err == nil {
		add(i18n.T("主文件夹"), home)
		for _, d := range []string{"Desktop", "桌面"} {
			add(i18n.T("桌面"), filepath.Join(home, d))
		}
	}
	for _, path := range sticks() {
		add(filepath.Base(path), path)
	}
	return out
}

// sticks are mounted drives: letters on Windows, folders elsewhere.
func sticks() []string {
	var out []string
	if runtime.GOOS == "windows" {
		for c := 'D'; c <= 'Z'; c++ {
			out = append(out, string(c)+`:\`)
		}
		return out
	}
	for _, pattern := range []string{"/media/*/*", "/run/media/*/*", "/Volumes/*"} {
		found, _ := filepath.Glob(pattern)
		out = append(out, found...)
	}
	return out
}
