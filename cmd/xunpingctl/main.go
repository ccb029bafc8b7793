// Command xunpingctl does everything that needs no screen.
//
// Exit codes: 0 done; 1 refused, conflict or not found; 2 usage; 3 the
// workbook, the roster or a key itself is damaged. With --json the result is
// JSON on standard output; sentences for people go to standard error.
package main

import (
	"context"
	"os"
	"os/signal"

	"xunping/desk"
)

// version is set by the build.
var version = "0.1.0"

func main() {
	desk.Version = version
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}
