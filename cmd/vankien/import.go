package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

func importCommand() *cobra.Command {
	var publish bool
	cmd := &cobra.Command{
		Use:   "import [--publish] ĐƯỜNG_DẪN...",
		Short: "Đưa tệp và thư mục vào kho; chạy lại thì làm tiếp, không thêm trùng",
		Args:  atLeast(1, "đường dẫn tệp hoặc thư mục"),
		RunE: func(cmd *cobra.Command, args []string) error {
			paths, err := walk(args)
			if err != nil {
				return err
			}
			o, err := open(cmd)
			if err != nil {
				return err
			}
			return o.close(importFiles(cmd, o, paths, publish))
		},
	}
	cmd.Flags().BoolVar(&publish, "publish", false, "công bố ngay những văn bản đọc được")
	return cmd
}

// walk lists the files at the paths, folders with all that is in them; hidden
// files and folders are passed over, as are the lock files that Word leaves.
// Links are followed to files, and to the folders that are named, not within.
func walk(paths []string) ([]string, error) {
	var found []string
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			path += string(filepath.Separator) // makes a link the folder it leads to
		} else if err == nil && !info.Mode().IsRegular() {
			return nil, fmt.Errorf("%s không phải là tệp thường hay thư mục", path)
		}
		err := filepath.WalkDir(path, func(file string, entry fs.DirEntry, err error) error {
			switch name := filepath.Base(file); {
			case err != nil:
				return err
			case file != path && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")):
				if entry.IsDir() {
					return fs.SkipDir
				}
			case entry.Type().IsRegular():
				found = append(found, file)
			case entry.Type()&fs.ModeSymlink != 0:
				if target, err := os.Stat(file); err != nil || target.Mode().IsRegular() { // opening it will tell the reason
					found = append(found, file)
				}
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("không mở được %s: %w", path, err)
		}
	}
	return found, nil
}

// importRun is one run of the command over its files.
type importRun struct {
	cmd     *cobra.Command
	opened  *opened
	publish bool
	bar     *bar

	mu       sync.Mutex
	done     int
	outcomes map[indexer.Outcome]int
	failed   int
}

func importFiles(cmd *cobra.Command, o *opened, paths []string, publish bool) error {
	r := &importRun{cmd: cmd, opened: o, publish: publish, outcomes: make(map[indexer.Outcome]int)}
	r.bar = newBar(cmd, len(paths), "Nhập văn bản")
	if err := o.writer.Repair(cmd.Context(), nil); err != nil { // what an earlier run left half done
		return err
	}
	group, ctx := errgroup.WithContext(cmd.Context())
	group.SetLimit(runtime.GOMAXPROCS(0))
	for _, path := range paths {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error { return r.file(ctx, path) })
	}
	err := group.Wait()
	// What is in the store goes into the index even when the run was stopped.
	if flushErr := o.writer.Flush(context.WithoutCancel(cmd.Context())); flushErr != nil {
		return errors.Join(err, flushErr)
	}
	r.bar.finish()
	if err == nil {
		err = cmd.Context().Err()
	}
	if err = errors.Join(err, r.report()); err == nil && r.failed+r.outcomes[indexer.Pictures] > 0 {
		return errPartly
	}
	return err
}

// file imports one file. A file that is refused is listed and is no error; an
// error of the store or the index ends the run.
func (r *importRun) file(ctx context.Context, path string) error {
	outcome, reason, err := r.take(ctx, path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done++
	if reason != "" {
		r.bar.clear()
		if _, err := fmt.Fprintf(r.cmd.OutOrStdout(), "%s: %s\n", path, reason); err != nil {
			return err
		}
	}
	if outcome == "" {
		r.failed++
	} else {
		r.outcomes[outcome]++
	}
	r.bar.set(r.done)
	return nil
}

func (r *importRun) take(ctx context.Context, path string) (indexer.Outcome, string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", "không mở được tệp: " + err.Error(), nil
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", "không đọc được tệp: " + err.Error(), nil
	}
	record, outcome, err := r.opened.writer.Import(ctx, indexer.Upload{
		Name: path, Size: info.Size(), Content: file, By: "import", Publish: r.publish,
	})
	if reason, refused := refusal(err); refused {
		return "", reason, nil
	}
	if err == nil && outcome == indexer.Pictures {
		return outcome, record.Reading.Reason, nil
	}
	return outcome, "", err
}

// refusal is the reason why a file was not taken, where it is the file's fault.
func refusal(err error) (string, bool) {
	var input *indexer.InputError
	var read *extract.Error
	var path *fs.PathError
	switch {
	case errors.As(err, &input):
		return input.Reason, true
	case errors.As(err, &read) && !errors.Is(err, context.Canceled):
		return read.Reason, true
	case errors.As(err, &path) && !errors.Is(err, storage.ErrUnavailable) && !errors.Is(err, storage.ErrNoSpace):
		return "không đọc được tệp: " + err.Error(), true
	}
	return "", false
}

// report prints what became of the files.
func (r *importRun) report() error {
	_, err := fmt.Fprintf(r.cmd.OutOrStdout(),
		"%d tệp: %d mới, %d đọc tiếp, %d đã có từ trước, %d bản chụp chờ nhận dạng chữ, %d không nhận.\n",
		r.done, r.outcomes[indexer.Imported], r.outcomes[indexer.Resumed], r.outcomes[indexer.Present], r.outcomes[indexer.Pictures], r.failed)
	return err
}
