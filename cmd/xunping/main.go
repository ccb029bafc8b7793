// Command xunping is the desktop program.
//
//	xunping [--workbook F.xpb] [--lang zh|en] [--look light|dark|contrast|system] [--text 1|1.15|1.3|1.5] [--tour DIR]
//
// With --tour it walks one inspection by itself and leaves pictures of each
// screen in DIR.
package main

import (
	"flag"
	"fmt"
	"os"

	"xunping/assets/i18n"
	"xunping/ui"
	"xunping/ui/pages"
)

// version is set by the build.
var version = "0.1.0"

func main() {
	if len(os.Args) == 3 && os.Args[1] == pages.PrepareFlag { // as a child of the window
		if err := pages.Compile(os.Args[2]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	o := ui.Options{Version: version}
	flag.StringVar(&o.Workbook, "workbook", os.Getenv("XUNPING_WORKBOOK"), "the workbook to open")
	flag.StringVar(&o.Lang, "lang", "", "language: zh or en")
	flag.StringVar(&o.Look, "look", "", "colours: light, dark, contrast or system")
	flag.StringVar(&o.Text, "text", "", "size of the text: 1, 1.15, 1.3 or 1.5")
	flag.StringVar(&o.Tour, "tour", "", "walk one inspection and leave pictures in this folder")
	flag.Parse()
	if err := ui.Run(o); err != nil {
		fmt.Fprintln(os.Stderr, i18n.Person(err))
		os.Exit(1)
	}
}
