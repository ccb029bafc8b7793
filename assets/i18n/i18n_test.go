package i18n_test

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/go-json-experiment/json"

	"xunping/assets/i18n"
)

// entry is a translation and the file it is in.
type entry struct{ english, file string }

// readEnglish reads en/*.json. A key twice in one file is refused by the
// decoder, a key with two translations in two files by this function.
func readEnglish(t *testing.T) map[string]entry {
	t.Helper()
	all := map[string]entry{}
	names, err := filepath.Glob("en/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no English texts: %v", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var texts map[string]string
		if err := json.Unmarshal(b, &texts); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for zh, en := range texts {
			if old, ok := all[zh]; ok && old.english != en {
				t.Errorf("%q is %q in %s and %q in %s", zh, old.english, old.file, en, name)
			}
			all[zh] = entry{en, name}
		}
	}
	return all
}

// One subtest for each package, so that each reads its own gaps.
func TestEveryTextIsTranslated(t *testing.T) {
	english, src := readEnglish(t), readSource(t, "../..")
	if len(src.uses) == 0 {
		t.Fatal("no text found in the source: the reader is broken")
	}
	for _, dir := range slices.Sorted(maps.Keys(src.uses)) {
		t.Run(dir, func(t *testing.T) {
			missing := map[string]string{}
			for _, u := range src.uses[dir] {
				if _, ok := english[u.key]; !ok {
					missing[u.key] = u.where
				}
				_, n := verbs(u.key)
				if u.args >= 0 && n != u.args && (!u.cause || n != u.args-1) {
					t.Errorf("%s: %q takes %d arguments, has %d", u.where, u.key, n, u.args)
				}
			}
			for _, key := range slices.Sorted(maps.Keys(missing)) {
				t.Errorf("%s: no English for %q", missing[key], key)
			}
			if len(missing) > 0 {
				t.Errorf("%d texts of %s without English", len(missing), dir)
			}
		})
	}
	for dir, places := range src.unclear {
		t.Errorf("%s: the key is not a literal at %s", dir, strings.Join(places, ", "))
	}
}

func TestNoTranslationIsUnused(t *testing.T) {
	used := map[string]bool{}
	for _, uses := range readSource(t, "../..").uses {
		for _, u := range uses {
			used[u.key] = true
		}
	}
	for zh, e := range readEnglish(t) {
		if !used[zh] {
			t.Errorf("%s: nothing says %q", e.file, zh)
		}
	}
}

// kept are terms that stay Chinese in English texts, beside names in 『』:
// they are what is printed on paper.
var kept = strings.NewReplacer("聚通用", "", "政务数据", "", "巡评", "", "红榜", "", "黑榜", "", "中文", "")

var quoted = regexp.MustCompile(`『[^』]*』`)

func TestEnglishIsEnglish(t *testing.T) {
	for zh, e := range readEnglish(t) {
		if strings.TrimSpace(e.english) == "" && strings.TrimSpace(zh) != "" {
			t.Errorf("%s: %q is empty", e.file, zh)
		}
		a, _ := verbs(zh)
		if b, _ := verbs(e.english); a != b {
			t.Errorf("%s: %q has the verbs %q, its English %q", e.file, zh, a, b)
		}
		for _, r := range kept.Replace(quoted.ReplaceAllString(e.english, "")) {
			if unicode.Is(unicode.Han, r) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFFF0 {
				t.Errorf("%s: %q is left in %q", e.file, r, e.english)
			}
		}
	}
}

func TestVerbs(t *testing.T) {
	for _, c := range []struct {
		format, want string
		n            int
	}{
		{"共 %d 个，100%%", "1d", 1},
		{"%s：%v", "1s 2v", 2},
		{"%[2]s of %[1]d", "1d 2s", 2},
		{"%.2f %-5s", "1f 2s", 2},
		{"%[1]s %[1]s", "1s", 1},
		{"%", "unfinished verb", -1},
	} {
		if got, n := verbs(c.format); got != c.want || n != c.n {
			t.Errorf("verbs of %q: %q, %d", c.format, got, n)
		}
	}
}

// The reader of the source sees keys through functions that hand them on, and
// names keys that it cannot see.
func TestReaderOfTheSource(t *testing.T) {
	root := t.TempDir()
	code := "package a\nimport tr \"xunping/assets/i18n\"\n" +
		"func refuse(n int, zh string, args ...any) error { return tr.E(zh, args...) }\n" +
		"func twice(zh string) error { return refuse(2, zh) }\n" +
		"func f(s struct{ t string }) { tr.T(\"甲\" + \"乙 %d\", 1); refuse(1, \"丙 %s\", \"x\"); twice(\"丁\"); tr.T(s.t) }\n" +
		"func (k *checker) add(zh string) { tr.T(zh) }\nfunc (d *deriver) add(step string) {}\n" +
		"func (k *checker) g() { k.add(\"戊\") }\nfunc (d *deriver) g() { d.add(\"不是一句话\") }\n"
	if err := os.WriteFile(filepath.Join(root, "a.go"), []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	src := readSource(t, root)
	var got []string
	for _, u := range src.uses["."] {
		got = append(got, fmt.Sprintf("%s/%d", u.key, u.args))
	}
	if want := "甲乙 %d/1 丙 %s/1 丁/-1 戊/-1"; strings.Join(got, " ") != want {
		t.Errorf("found %v, want %s", got, want)
	}
	if len(src.unclear["."]) != 1 {
		t.Errorf("unclear keys: %v", src.unclear)
	}
}

func TestErrorsSpeakToPeople(t *testing.T) {
	cause := fmt.Errorf("open x: %w", fs.ErrNotExist)
	shown := i18n.E("打不开 %s（%v）", "甲", cause)
	if shown.Error() != "打不开 甲（open x: file does not exist）" || !errors.Is(shown, fs.ErrNotExist) {
		t.Errorf("shown cause: %v", shown)
	}
	silent := i18n.E("打不开 %s", "甲", cause)
	if silent.Error() != "打不开 甲" || !errors.Is(silent, fs.ErrNotExist) {
		t.Errorf("silent cause: %v", silent)
	}
	if got := i18n.Person(fmt.Errorf("desk: %w", silent)); got != "打不开 甲" {
		t.Errorf("a person is shown %q", got)
	}
	if got := i18n.Person(cause); got != cause.Error() {
		t.Errorf("a person is shown %q", got)
	}
	if i18n.Person(nil) != "" {
		t.Error("nothing wrong, and still a text")
	}
	if got := i18n.E("外（%v）", fmt.Errorf("seal: %w", i18n.E("内"))).Error(); got != "外（内）" {
		t.Errorf("a sentence inside a sentence: %q", got)
	}
}

func TestLanguageIsChosen(t *testing.T) {
	defer i18n.Use("zh")
	for locale, want := range map[string]i18n.Lang{"en_GB.UTF-8": i18n.English, "EN": i18n.English, "zh_CN.UTF-8": i18n.Chinese, "": i18n.Chinese, "C": i18n.Chinese} {
		if i18n.Use(locale); i18n.Current() != want {
			t.Errorf("locale %q gives %s", locale, i18n.Current())
		}
	}
	i18n.Use("en")
	if got := i18n.T("没有这一句译文 %d", 3); got != "没有这一句译文 3" {
		t.Errorf("a text without translation became %q", got)
	}
	for zh, e := range readEnglish(t) {
		if i18n.T(zh) != e.english {
			t.Errorf("%q is said as %q, not %q", zh, i18n.T(zh), e.english)
		}
	}
}

// Fyne's own words are the same set in both languages, and the Chinese are Chinese.
func TestFyneStrings(t *testing.T) {
	read := func(l i18n.Lang) map[string]any {
		var m map[string]any
		if err := json.Unmarshal(i18n.FyneStrings(l), &m); err != nil {
			t.Fatal(err)
		}
		return m
	}
	zh, en := read(i18n.Chinese), read(i18n.English)
	if len(zh) != 39 || !slices.Equal(slices.Sorted(maps.Keys(zh)), slices.Sorted(maps.Keys(en))) {
		t.Errorf("%d Chinese and %d English words", len(zh), len(en))
	}
	for k, v := range zh {
		if !strings.ContainsFunc(strings.Replace(fmt.Sprint(v), "map[other:", "", 1), func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s is not Chinese: %v", k, v)
		}
	}
}
