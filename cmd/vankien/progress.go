package main

import (
	"os"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// bar is a progress bar on a terminal, and nothing anywhere else.
type bar struct{ *progressbar.ProgressBar }

// newBar makes a bar for total steps, -1 where it is not known.
func newBar(cmd *cobra.Command, total int, what string) *bar {
	terminal, ok := cmd.ErrOrStderr().(*os.File)
	if !ok || !term.IsTerminal(int(terminal.Fd())) {
		return &bar{}
	}
	return &bar{progressbar.NewOptions(total,
		progressbar.OptionSetWriter(terminal),
		progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionClearOnFinish(),
	)}
}

// A terminal that cannot be drawn on is no reason to stop the work, so the
// bar's own errors are passed over.

func (b *bar) set(done int) {
	if b.ProgressBar != nil {
		_ = b.ProgressBar.Set(done)
	}
}

func (b *bar) describe(what string) {
	if b.ProgressBar != nil {
		b.Describe(what)
	}
}

func (b *bar) finish() {
	if b.ProgressBar != nil {
		_ = b.ProgressBar.Finish()
	}
}

// clear makes room for a line of text; the next step draws the bar again.
func (b *bar) clear() {
	if b.ProgressBar != nil {
		_ = b.ProgressBar.Clear()
	}
}
