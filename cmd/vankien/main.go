// Command vankien is the document library and search service of the electronic
// Party-member handbook: one program that serves, imports, searches and looks
// after a library. Run "vankien help" for its commands.
//
// Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some files failed (each is
// listed with its reason).
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// The exit codes that other programs rely on.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitPartly = 3
)

// errPartly ends a command that did its work but for some files, whose reasons
// are printed already.
var errPartly = errors.New("some files failed")

// usageError is a command line that makes no sense.
type usageError struct{ error }

// run is the program: main and the end-to-end tests both call it.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitDone
	case err == errPartly: // alone: with another failure beside it, that one counts
		return exitPartly
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "vankien: %v\nGõ “vankien help” để xem cách dùng.\n", err)
		return exitUsage
	default:
		fmt.Fprintf(stderr, "vankien: %s\n", printable(explain(err)))
		return exitFailed
	}
}
