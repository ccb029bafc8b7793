package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"xunping/assets/i18n"
	"xunping/desk"
)

// Exit codes (FORMATS §5).
const (
	exitDone    = 0
	exitRefused = 1
	exitUsage   = 2
	exitDamaged = 3
)

// errUsage is a call that is not of a command's form.
var errUsage = errors.New("usage")

// usage is an error of a call, said by who found it.
type usage struct{ error }

func (u usage) Unwrap() []error { return []error{u.error, errUsage} }

// errRefused ends with exit 1 without a further sentence: the result says why.
var errRefused = errors.New("refused")

// call is one call of the program: flags may stand anywhere.
type call struct {
	ctx      context.Context
	args     []string // without flags
	flags    map[string]string
	items    []string // each --item
	out, err io.Writer
}

// switches are the flags without a value.
var switches = map[string]bool{"json": true, "dry-run": true, "pages": true, "help": true, "encrypt": true, "refuse": true, "anew": true}

// run does one call and gives the exit code.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	c := &call{ctx: ctx, flags: map[string]string{}, out: out, err: errOut}
	err := c.parse(args)
	i18n.Use(c.locale())
	if err == nil {
		err = c.dispatch()
	}
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errRefused):
		return exitRefused
	case errors.Is(err, errUsage):
		fmt.Fprintln(errOut, i18n.Person(err))
		return exitUsage
	}
	if err == context.Canceled { // nobody has said it better
		err = i18n.E("已中止", err)
	}
	fmt.Fprintln(errOut, i18n.Person(err))
	if desk.IsDamaged(err) {
		return exitDamaged
	}
	return exitRefused
}

// parse splits words and flags; --flag=value and --flag value are the same, -o
// is --out. It goes on after an error, to learn the language to say it in.
func (c *call) parse(args []string) (err error) {
	for i := 0; i < len(args); i++ {
		a := args[i]
		if !strings.HasPrefix(a, "-") || a == "-" {
			c.args = append(c.args, a)
			continue
		}
		name, value, has := strings.Cut(strings.TrimLeft(a, "-"), "=")
		if name == "o" {
			name = "out"
		}
		switch {
		case switches[name]:
			value = "1"
		case !has && i+1 < len(args) && !strings.HasPrefix(args[i+1], "--"):
			i++
			value = args[i]
		case !has:
			if err == nil {
				err = i18n.E("参数 %s 缺少值", a, errUsage)
			}
			continue
		}
		c.flags[name] = value
		if name == "item" { // the one flag that may stand more than once
			c.items = append(c.items, value)
		}
	}
	if root := c.flags["root"]; root != "" && err == nil { // people copy it in groups
		if c.flags["root"], err = desk.Ungroup(root); err != nil {
			err = usage{err}
		}
	}
	return err
}

func (c *call) locale() string {
	for _, l := range []string{c.flags["lang"], os.Getenv("LC_ALL"), os.Getenv("LANG")} {
		if l != "" {
			return l
		}
	}
	return "zh"
}

// need tells whether the call has n words.
func (c *call) need(n int) error {
	if len(c.args) < n {
		return i18n.E("参数不够。用 --help 查看用法", errUsage)
	}
	return nil
}

// must gives a flag that the command cannot do without.
func (c *call) must(name string) (string, error) {
	if v := c.flags[name]; v != "" {
		return v, nil
	}
	return "", i18n.E("缺少参数 --%s", name, errUsage)
}

// musts are several such flags, in order.
func (c *call) musts(names ...string) ([]string, error) {
	out := make([]string, len(names))
	for i, name := range names {
		var err error
		if out[i], err = c.must(name); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// print writes a result: JSON with --json, else the text.
func (c *call) print(v any, text string) error {
	if c.flags["json"] == "" {
		if text == "" { // said beside the output, which others may count by lines
			fmt.Fprintln(c.err, i18n.T("没有可列的"))
			return nil
		}
		_, err := fmt.Fprintln(c.out, text)
		return err
	}
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// workbook is the workbook that the call names, or "".
func (c *call) workbook() string {
	if path := c.flags["workbook"]; path != "" {
		return path
	}
	return os.Getenv("XUNPING_WORKBOOK")
}

// withDesk opens the workbook for a command.
func (c *call) withDesk(do func(*desk.Desk) error) error {
	path := c.workbook()
	if path == "" {
		return i18n.E("缺少工作簿：用 --workbook 或 XUNPING_WORKBOOK 给出", errUsage)
	}
	d, err := desk.Open(path)
	if err != nil {
		return err
	}
	err = do(d)
	if cerr := d.Close(); err == nil {
		err = cerr
	}
	return err
}

// identity opens the key that --key and --passphrase-file name.
func (c *call) identity() (desk.Signer, error) {
	path, err := c.must("key")
	if err != nil {
		return nil, err
	}
	pass, err := c.passphrase()
	if err != nil {
		return nil, err
	}
	return desk.OpenKey(path, pass)
}

// passphrase reads the first line of the file that --passphrase-file names.
func (c *call) passphrase() (string, error) { return c.secret("passphrase-file") }

func (c *call) secret(flag string) (string, error) {
	path, err := c.must(flag)
	if err != nil {
		return "", err
	}
	b, err := desk.ReadFile(path)
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(b), "\n")
	return strings.TrimRight(line, "\r"), nil
}
