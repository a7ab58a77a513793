package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"vankien/indexer/confine"
	"vankien/indexer/extract"
	"vankien/indexer/ocr"
	"vankien/storage"
)

// The names of the commands that do one thing for another process of ours: read
// an original, recognise a picture.
const (
	readingCommand     = "read-original"
	recognizingCommand = "recognize-picture"
)

// readCommand is what newReaders has originals read by.
func readCommand() *cobra.Command {
	return helperCommand(readingCommand, "Đọc một tệp", func(cmd *cobra.Command, _ []string) error {
		return extract.ServeChild(cmd.InOrStdin(), cmd.OutOrStdout())
	})
}

// recognizeCommand is what newReaders has pictures recognised by.
func recognizeCommand() *cobra.Command {
	cmd := helperCommand(recognizingCommand, "Nhận dạng chữ của một ảnh", func(_ *cobra.Command, args []string) error {
		return ocr.ServeLimited(args)
	})
	cmd.Args, cmd.DisableFlagParsing = cobra.ArbitraryArgs, true // they are tesseract's
	return cmd
}

func helperCommand(name, does string, serve func(*cobra.Command, []string) error) *cobra.Command {
	return &cobra.Command{
		Use:               name,
		Short:             does + " thay cho tiến trình vankien khác; không gõ bằng tay",
		Hidden:            true,
		Args:              none,
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil }, // it must not know what the server is configured with
		RunE: func(cmd *cobra.Command, args []string) error {
			err := serve(cmd, args)
			if errors.Is(err, storage.ErrInvalid) {
				return usageError{errors.New(name + " chỉ do chương trình tự gọi, không gõ bằng tay")}
			}
			return err
		},
	}
}

// readerEnvironment is all that the processes which read find in their
// environment. A test's program needs to be told that it is one.
var readerEnvironment []string

// The values of --ocr.
const (
	ocrAuto  = "auto"  // the pages that need it, where tesseract is there
	ocrNever = "never" // as if it were not
	ocrAll   = "all"   // every page, for comparisons
)

// ocrVersion names what our OCR makes of a page. It changes whenever it would
// read better, so that the library is gone through again.
const ocrVersion = "2"

// ocrFlags tell whether and by what pictures are read.
func ocrFlags(flags *pflag.FlagSet) {
	flags.String("ocr", ocrAuto, "`CÁCH` nhận dạng chữ trong ảnh: auto (trang cần đến, nếu máy có tesseract), never (không), all (mọi trang; chỉ với extract)")
	flags.String("tesseract", "tesseract", "`CHƯƠNG_TRÌNH` nhận dạng chữ")
}

// ocrMode is the value of --ocr; all only where a command knows what to do with it.
func ocrMode(cmd *cobra.Command, allowed ...string) (string, error) {
	mode, err := cmd.Flags().GetString("ocr")
	if err != nil {
		return "", err
	}
	if allowed = append([]string{ocrAuto, ocrNever}, allowed...); !slices.Contains(allowed, mode) {
		return "", usageError{fmt.Errorf("--ocr %q: lệnh này nhận %s", mode, strings.Join(allowed, ", "))}
	}
	return mode, nil
}

// readers are the ways to read an original, each in processes of its own: what
// somebody waits for does not wait for the long ones.
type readers struct {
	whole, head *extract.Child
	ocr         *ocr.Recognizer // nil where there is none
	without     error           // why there is none: storage.ErrUnavailable, with what to do
}

// newReaders makes readers without OCR, and shields this process from theirs.
func newReaders(logger *slog.Logger) *readers {
	if err := confine.Shield(); err != nil {
		logger.Warn("other processes of this user may look into this one", "error", err)
	}
	child := func() *extract.Child {
		return extract.NewChild(extract.ChildConfig{
			Command:     []string{thisProgram(), readingCommand},
			Environment: readerEnvironment,
			Cache:       machineCodeFolder(),
			Logger:      logger,
		})
	}
	return &readers{whole: child(), head: child()}
}

// findOCR adds OCR where the flags want it and the machine has it.
func (r *readers) findOCR(cmd *cobra.Command, logger *slog.Logger, mode string) error {
	if mode == ocrNever {
		return nil
	}
	program, err := cmd.Flags().GetString("tesseract")
	if err != nil {
		return err
	}
	r.ocr, r.without = ocr.Find(ocr.Config{
		Program:     program,
		Command:     []string{thisProgram(), recognizingCommand},
		Environment: readerEnvironment,
		Render:      r.head.Render, Drawn: r.head.Drawn,
		Logger: logger,
	})
	if errors.Is(r.without, storage.ErrUnavailable) {
		return nil
	}
	return r.without
}

// read is extract.Read in a process, for whatever is not harmless.
func (r *readers) read(ctx context.Context, f extract.File) (storage.Text, error) {
	return readIn(ctx, r.whole, f)
}

// readHead is read for what an upload waits for.
func (r *readers) readHead(ctx context.Context, f extract.File) (storage.Text, error) {
	return readIn(ctx, r.head, f)
}

// readIn reads what is harmless here. Should that fail all the same, then it is
// the file that is refused, not the server that goes down.
func readIn(ctx context.Context, child *extract.Child, f extract.File) (text storage.Text, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			text, err = storage.Text{}, &extract.Error{
				Reason: "Tệp làm trình đọc bị lỗi, không đọc được nội dung; hãy mở tệp, lưu lại rồi tải lên.",
				Err:    fmt.Errorf("%w: reading %s: %v", storage.ErrInvalid, f.Name, cause),
			}
		}
	}()
	if extract.Harmless(f) {
		return extract.Read(ctx, f)
	}
	return child.Read(ctx, f)
}

// machineCodeFolder is where the machine code of pdfium is kept between
// processes: it is executed, so it has to be a folder of this user's own. "" where
// the system knows none; reading is slower then, no more. Tests share another.
var machineCodeFolder = func() string {
	folder, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "vankien", "pdfium")
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
