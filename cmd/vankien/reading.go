package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"runtime"

	"github.com/spf13/cobra"

	"vankien/indexer/extract"
	"vankien/storage"
)

// readingCommand is the name of the command that reads one original for
// another process.
const readingCommand = "read-original"

// readCommand is what newReader starts.
func readCommand() *cobra.Command {
	return &cobra.Command{
		Use:               readingCommand,
		Short:             "Đọc một tệp thay cho tiến trình vankien khác; không gõ bằng tay",
		Hidden:            true,
		Args:              none,
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil }, // it must not know what the server is configured with
		RunE: func(cmd *cobra.Command, _ []string) error {
			err := extract.ServeChild(cmd.InOrStdin(), cmd.OutOrStdout())
			if errors.Is(err, storage.ErrInvalid) {
				return usageError{errors.New(readingCommand + " chỉ do chương trình tự gọi, không gõ bằng tay")}
			}
			return err
		},
	}
}

// readerEnvironment is all that the reader's process finds in its environment.
// A test's program needs to be told that it is one.
var readerEnvironment []string

// newReader is extract.Read in processes of this very program, for whatever is
// not harmless.
func newReader(logger *slog.Logger) func(context.Context, extract.File) (storage.Text, error) {
	child := extract.NewChild(extract.ChildConfig{
		Command:     []string{thisProgram(), readingCommand},
		Environment: readerEnvironment,
		Logger:      logger,
	})
	return func(ctx context.Context, f extract.File) (storage.Text, error) {
		if extract.Harmless(f) {
			return extract.Read(ctx, f)
		}
		return child.Read(ctx, f)
	}
}

// thisProgram is what to start to run this program once more. On Linux that is
// the file that runs, whatever an upgrade has put in its place since.
func thisProgram() string {
	const running = "/proc/self/exe"
	if runtime.GOOS == "linux" {
		return running
	}
	program, err := os.Executable()
	if err != nil {
		return os.Args[0] // as good as it gets; that it does not start is told by the first reading
	}
	return program
}
