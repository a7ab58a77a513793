package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"vankien/indexer"
	"vankien/storage"
)

func importCommand() *cobra.Command {
	var publish bool
	cmd := &cobra.Command{
		Use:   "import [--publish] ĐƯỜNG_DẪN...",
		Short: "Đưa tệp và thư mục vào kho; chạy lại thì làm tiếp, không thêm trùng",
		Args:  atLeast(1, "đường dẫn tệp hoặc thư mục"),
		RunE: func(cmd *cobra.Command, args []string) error {
			all, err := walk(cmd.Context(), args)
			if err != nil {
				return err
			}
			o, err := openToImport(cmd)
			if errors.Is(err, storage.ErrLocked) {
				return importBeside(cmd, all, publish, err)
			}
			if err != nil {
				return err
			}
			return o.close(importAlone(cmd, o, all, publish))
		},
	}
	cmd.Flags().BoolVar(&publish, "publish", false, "công bố ngay những văn bản đọc được, trừ khi chữ không đáng tin")
	return cmd
}

// taker takes one file into the library. Where there is no outcome, or one that
// is not what was asked for, reason tells why; an error ends the run.
type taker interface {
	take(ctx context.Context, path string, publish bool) (taken, error)
	// recognize waits for the OCR of a document that take has left to it
	// (indexer.Recognizing), and tells how far that is.
	recognize(ctx context.Context, id storage.ID, publish bool, progress func(string)) (taken, error)
}

// taken is what became of a file.
type taken struct {
	id      storage.ID
	outcome indexer.Outcome
	reason  string
}

// importRun is one run of the command over what it found.
type importRun struct {
	cmd     *cobra.Command
	taker   taker
	publish bool
	bar     *bar
	lines   *inOrder

	mu       sync.Mutex
	done     int
	outcomes map[indexer.Outcome]int
	failed   int
	pictures []picture
}

// importAlone takes the files into a library that nobody else has open.
func importAlone(cmd *cobra.Command, o *opened, all []found, publish bool) error {
	defer beThrifty()()
	err := o.writer.Repair(cmd.Context(), nil) // what an earlier run left half done
	if err == nil {
		err = importFiles(cmd, o, all, publish)
	}
	// What is in the store goes into the index even when the run was stopped.
	if flushErr := o.writer.Flush(context.WithoutCancel(cmd.Context())); flushErr != nil {
		return errors.Join(flushErr, err)
	}
	return err
}

func importFiles(cmd *cobra.Command, taker taker, all []found, publish bool) error {
	r := &importRun{cmd: cmd, taker: taker, publish: publish, outcomes: make(map[indexer.Outcome]int)}
	r.bar = newBar(cmd, len(all), "Nhập văn bản")
	r.lines = newInOrder(r.printLine)
	err := r.files(all)
	if err == nil {
		err = r.recognize()
	}
	if left := len(all) - r.done; left > 0 && cmd.Context().Err() != nil && (err == nil || errors.Is(err, context.Canceled)) {
		err = stoppedError{left}
	}
	r.bar.finish()
	if err = errors.Join(err, r.report()); err == nil && r.listed() > 0 {
		return errPartly
	}
	return err
}

// stoppedError ends a run that was told to stop.
type stoppedError struct{ left int }

func (e stoppedError) Error() string {
	return fmt.Sprintf("Đã dừng theo yêu cầu: %d tệp chưa xem; chạy lại lệnh này để làm tiếp.", e.left)
}

// importsAtOnce is how many files are taken in at once for each processor: most
// of the time of each goes by until the disk or the bucket has it for sure.
const importsAtOnce = 4

// files imports all files, some at a time; the lines about them are in order.
func (r *importRun) files(all []found) error {
	group, ctx := errgroup.WithContext(r.cmd.Context())
	group.SetLimit(importsAtOnce * runtime.GOMAXPROCS(0))
	for i, file := range all {
		if r.lines.wait(ctx) != nil {
			break
		}
		group.Go(func() error { return r.file(ctx, i, file) })
	}
	return errors.Join(group.Wait(), r.lines.rest())
}

// file imports one file. A file that is refused is listed and is no error; an
// error of the store or the index ends the run.
func (r *importRun) file(ctx context.Context, place int, file found) error {
	became := taken{reason: file.reason}
	if file.reason == "" {
		var err error
		finishing, done := withGrace(ctx)
		became, err = r.taker.take(finishing, file.path, r.publish)
		if done(); err != nil {
			return fmt.Errorf("%s: %w", printableName(file.path), err)
		}
	}
	if became.outcome == indexer.Recognizing {
		r.mu.Lock()
		r.pictures = append(r.pictures, picture{place, file.path, became.id})
		r.mu.Unlock()
		return r.lines.put(place, "")
	}
	r.count(became)
	return r.lines.put(place, reasonLine(file.path, became.reason))
}

func (r *importRun) count(became taken) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done++
	if became.outcome == "" {
		r.failed++
	} else {
		r.outcomes[became.outcome]++
	}
	r.bar.set(r.done)
}

func reasonLine(path, reason string) string {
	if reason == "" {
		return ""
	}
	return printableName(path) + ": " + printable(reason) + "\n"
}

// graceTime is how long a file that is being imported may take to be finished
// once the run is told to stop.
const graceTime = 10 * time.Second

// withGrace is a context that outlives ctx by graceTime, so that a stop leaves
// no file half imported; done releases it.
func withGrace(ctx context.Context) (finishing context.Context, done func()) {
	finishing, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(graceTime, cancel) })
	return finishing, func() {
		stop()
		cancel()
	}
}

// printLine prints what is to be said of a file, if anything.
func (r *importRun) printLine(line string) error {
	if line == "" {
		return nil
	}
	r.bar.clear()
	_, err := io.WriteString(r.cmd.OutOrStdout(), line)
	return err
}

func (o *opened) take(ctx context.Context, path string, publish bool) (taken, error) {
	file, info, reason := openFile(path)
	if reason != "" {
		return taken{reason: reason}, nil
	}
	defer file.Close()
	record, outcome, err := o.writer.Import(ctx, indexer.Upload{
		Name: path, Size: info.Size(), Content: file, By: indexer.Importer, Publish: publish,
	})
	return became(record, outcome, err)
}

// became is what became of a file, where that is no fault of ours.
func became(record storage.Record, outcome indexer.Outcome, err error) (taken, error) {
	if reason, refused := fileFault(err); refused {
		return taken{reason: reason}, nil
	}
	return taken{record.ID, outcome, outcomeReason(record.Document, outcome)}, err
}

// outcomeReason is why an import did not do what was asked for, "" where it did.
func outcomeReason(doc storage.Document, outcome indexer.Outcome) string {
	switch outcome {
	case indexer.Pictures, indexer.Doubtful:
		return doc.Reading.Reason
	case indexer.Held:
		if doc.State == storage.StateWithdrawn {
			return "Văn bản đã có và đã bị thu hồi nên không công bố lại; người có quyền công bố quyết định."
		}
		return "Văn bản đã có và đang chờ người thứ hai đọc nên chưa công bố."
	}
	return ""
}

// openFile opens a file to take in, or says why it cannot.
func openFile(path string) (*os.File, os.FileInfo, string) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, fileReason(err)
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, nil, fileReason(err)
	}
	return file, info, ""
}

// listed is how many files have a reason printed.
func (r *importRun) listed() int {
	return r.failed + r.outcomes[indexer.Pictures] + r.outcomes[indexer.Doubtful] + r.outcomes[indexer.Held]
}

// report prints what became of the files.
func (r *importRun) report() error {
	n := r.outcomes
	promoted := ""
	if n[indexer.Promoted] > 0 {
		promoted = fmt.Sprintf(" (%d bản nháp nay được công bố)", n[indexer.Promoted])
	}
	_, err := fmt.Fprintf(r.cmd.OutOrStdout(),
		"%d tệp: %d mới, %d đọc tiếp, %d đã có từ trước%s, %d bản chụp chờ nhận dạng chữ, %d chưa công bố vì chữ không đáng tin, %d không nhận.\n",
		r.done, n[indexer.Imported], n[indexer.Resumed], n[indexer.Present]+n[indexer.Promoted]+n[indexer.Held], promoted, n[indexer.Pictures], n[indexer.Doubtful], r.failed)
	if err == nil && !r.publish && n[indexer.Imported]+n[indexer.Resumed] > 0 {
		_, err = fmt.Fprintln(r.cmd.OutOrStdout(), "Văn bản mới nhập là bản nháp: chưa ai tìm thấy cho tới khi được công bố; chạy lại lệnh này với --publish để công bố.")
	}
	return err
}
