package main

import (
	"fmt"
	"strings"

	"xunping/assets/i18n"
)

// completion writes a script for a shell, made from the table of commands: it
// cannot name a command or a flag that is not there.
func completion(c *call) error {
	if err := c.need(1); err != nil {
		return err
	}
	write, ok := map[string]func(*strings.Builder){"bash": bashCompletion, "zsh": zshCompletion, "fish": fishCompletion}[c.args[0]]
	if !ok {
		return i18n.E("只有 bash、zsh、fish 的补全脚本，没有“%s”", c.args[0], errUsage)
	}
	var b strings.Builder
	write(&b)
	_, err := fmt.Fprint(c.out, b.String())
	return err
}

// words are the first words of all commands, and the second words of each.
func words() (first []string, second map[string][]string) {
	second = map[string][]string{}
	for _, m := range commands() {
		a, b, two := strings.Cut(m.name, " ")
		if _, seen := second[a]; !seen {
			first = append(first, a)
			second[a] = nil
		}
		if two {
			second[a] = append(second[a], b)
		}
	}
	return first, second
}

func dashed(m command) string {
	var out []string
	for _, f := range m.flags() {
		out = append(out, flagWord(f))
	}
	return strings.Join(out, " ")
}

func flagWord(name string) string {
	if name == "out" {
		return "-o"
	}
	return "--" + name
}

func bashCompletion(b *strings.Builder) {
	first, second := words()
	b.WriteString("_xunpingctl() {\n  local cur=\"${COMP_WORDS[COMP_CWORD]}\" two=\"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" list=\"\"\n")
	fmt.Fprintf(b, "  if [ \"$COMP_CWORD\" = 1 ]; then list=\"%s\"\n", strings.Join(first, " "))
	for _, w := range first {
		if len(second[w]) > 0 {
			fmt.Fprintf(b, "  elif [ \"$COMP_CWORD\" = 2 ] && [ \"${COMP_WORDS[1]}\" = %s ]; then list=\"%s\"\n", w, strings.Join(second[w], " "))
		}
	}
	b.WriteString("  elif [[ \"$cur\" == -* ]]; then\n    case \"$two\" in\n")
	for _, m := range commands() {
		pattern := "\"" + m.name + "\""
		if !strings.Contains(m.name, " ") {
			pattern = "\"" + m.name + " \"*"
		}
		fmt.Fprintf(b, "      %s) list=\"%s\" ;;\n", pattern, dashed(m))
	}
	b.WriteString("    esac\n  fi\n  if [ -n \"$list\" ]; then COMPREPLY=($(compgen -W \"$list\" -- \"$cur\")); else COMPREPLY=($(compgen -f -- \"$cur\")); fi\n}\ncomplete -o filenames -F _xunpingctl xunpingctl\n")
}

// zshCompletion uses zsh's own way of taking a script made for bash.
func zshCompletion(b *strings.Builder) {
	b.WriteString("autoload -U +X bashcompinit && bashcompinit\n")
	bashCompletion(b)
}

func fishCompletion(b *strings.Builder) {
	first, second := words()
	for _, w := range first {
		fmt.Fprintf(b, "complete -c xunpingctl -n __fish_use_subcommand -f -a %s\n", w)
		for _, s := range second[w] {
			fmt.Fprintf(b, "complete -c xunpingctl -n \"__fish_seen_subcommand_from %s; and not __fish_seen_subcommand_from %s\" -f -a %s\n", w, strings.Join(second[w], " "), s)
		}
	}
	for _, m := range commands() {
		a, s, two := strings.Cut(m.name, " ")
		cond := "__fish_seen_subcommand_from " + a
		if two {
			cond += "; and __fish_seen_subcommand_from " + s
		}
		for _, f := range m.flags() {
			if f == "out" {
				fmt.Fprintf(b, "complete -c xunpingctl -n \"%s\" -s o -r\n", cond)
				continue
			}
			fmt.Fprintf(b, "complete -c xunpingctl -n \"%s\" -l %s\n", cond, f)
		}
	}
}
