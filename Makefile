# 巡评 Xunping. `make run` opens the program, `make test` runs every test.
# Both install what they need on Debian 12 or newer with Go 1.26.

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo 0.1.0)
TAGS    := x11,no_emoji,no_animations
LDFLAGS := -s -w -X main.version=$(VERSION)

.PHONY: help run test test-long keyboard build bench fmt clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: ## build and open the desktop program on a demo workbook; pictures in out/ without a display
	@scripts/setup desktop
	@$(MAKE) --no-print-directory build
	@scripts/run

test: ## every test, with its tools
	@scripts/setup test
	@scripts/test

test-long: ## the long suites too, a real keyring, and the window driven by keys alone
	@scripts/setup long
	@XUNPING_LONG=1 scripts/test
	@XUNPING_TOOLS=must scripts/keyring
	@scripts/keyboard
	@scripts/keyboard --chinese

keyboard: ## inspect and seal one unit in the real window with keys alone, on a virtual display
	@scripts/setup long
	@$(MAKE) --no-print-directory build
	@scripts/keyboard

build: ## bin/xunping and bin/xunpingctl
	go build -trimpath -tags $(TAGS) -ldflags "$(LDFLAGS)" -o bin/xunping ./cmd/xunping
	CGO_ENABLED=0 go build -trimpath -ldflags "$(LDFLAGS)" -o bin/xunpingctl ./cmd/xunpingctl

bench: ## the benchmarks of DESIGN §9
	CGO_ENABLED=0 go test -tags ci -run '^$$' -bench . -benchmem ./...

fmt: ## format all Go files
	gofmt -w $$(git ls-files '*.go')

clean: ## remove what was built
	rm -rf bin out
