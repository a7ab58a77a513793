package extract

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

// TestChildReadsTheSame: text, media type, refusal and reason are those of the
// function, whether the file is one or only bytes.
func TestChildReadsTheSame(t *testing.T) {
	dir := t.TempDir()
	child := testChild(ChildConfig{Dir: dir})
	for _, folder := range []string{"documents", "bad"} {
		paths, err := filepath.Glob(filepath.Join("../../testdata", folder, "*"))
		if err != nil || len(paths) < 10 {
			t.Fatal(paths, err)
		}
		for _, path := range paths {
			t.Run(filepath.Base(path), func(t *testing.T) {
				file, data := openBoth(t, path)
				for _, pages := range some([]int{0, 1}, 2) {
					want, wantErr := Read(t.Context(), File{Name: path, Size: int64(len(data)), Pages: pages, ReaderAt: file})
					for _, r := range []io.ReaderAt{file, bytes.NewReader(data)} {
						got, err := child.Read(t.Context(), File{Name: path, Size: int64(len(data)), Pages: pages, ReaderAt: r})
						sameError(t, err, wantErr)
						if diff := cmp.Diff(want, got); diff != "" {
							t.Errorf("%T, %d pages (-function +process):\n%s", r, pages, diff)
						}
					}
				}
			})
		}
	}
	nothingLeft(t, dir)
}

func openBoth(t *testing.T, path string) (*os.File, []byte) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file, data
}

func sameError(t *testing.T, got, want error) {
	t.Helper()
	if (got == nil) != (want == nil) {
		t.Fatalf("got %v, want %v", got, want)
	}
	if want == nil {
		return
	}
	var gotRefusal, wantRefusal *Error
	if !errors.As(want, &wantRefusal) || !errors.As(got, &gotRefusal) {
		t.Fatalf("got %v, want %v", got, want)
	}
	if gotRefusal.Reason != wantRefusal.Reason || gotRefusal.Err.Error() != wantRefusal.Err.Error() {
		t.Errorf("got %v, want %v", gotRefusal, wantRefusal)
	}
	for _, sentinel := range sentinels {
		if errors.Is(got, sentinel) != errors.Is(want, sentinel) {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

// nothingLeft tells of temporary files and, where the system lists them, of
// processes that nobody has waited for.
func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	lists, err := filepath.Glob("/proc/self/task/*/children")
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range lists {
		if pids, err := os.ReadFile(list); err == nil && len(pids) > 0 { // a thread may have ended
			t.Errorf("processes left behind: %s", pids)
		}
	}
}

func readWith(ctx context.Context, child *Child, data []byte) (storage.Text, error) {
	return child.Read(ctx, File{Name: "tệp thử", Size: int64(len(data)), ReaderAt: bytes.NewReader(data)})
}

// TestChildMisbehaves: whatever happens in the process is a failed file with a
// reason, and the next file is read.
func TestChildMisbehaves(t *testing.T) {
	tests := []struct {
		how    string
		want   error
		reason string // "" where it is not the file's fault
		logged string
	}{
		{"overflows the stack", storage.ErrInvalid, reasonCrash, "stack overflow"},
		{"panics", storage.ErrInvalid, reasonCrash, "out of order"},
		{"allocates", storage.ErrTooLarge, reasonMemory, "exit status"},
		{"hang", storage.ErrTooLarge, reasonSlow, "killed"},
		{"runs for ever", storage.ErrTooLarge, reasonSlow, "killed"},
		{"hangs after its answer", storage.ErrTooLarge, reasonSlow, "killed"},
		{"leaves a process behind", storage.ErrTooLarge, reasonSlow, "killed"},
		{"goes silent", storage.ErrInvalid, reasonCrash, "unexpected EOF"},
		{"fails", storage.ErrInvalid, reasonCrash, "failed"},
		{"fails after its answer", storage.ErrInvalid, reasonCrash, "exit status 1"},
		{"talks nonsense", storage.ErrInvalid, reasonCrash, "not an answer"},
		{"answers nothing", storage.ErrInvalid, reasonCrash, "not an answer"},
		{"refuses for no reason", storage.ErrInvalid, reasonCrash, "not an answer"},
		{"refuses for a reason of its own", storage.ErrInvalid, reasonCrash, "not an answer"},
		{"skips a page", storage.ErrInvalid, reasonCrash, "page 2 in the place of 1"},
		{"announces more pages", storage.ErrInvalid, reasonCrash, "unexpected EOF"},
		{"announces fewer pages", storage.ErrInvalid, reasonCrash, "more than was announced"},
		{"prints 10 GB", storage.ErrTooLarge, reasonTextTooLarge, "over the limit"},
		{"prints pages for ever", storage.ErrTooLarge, reasonTextTooLarge, "over the limit"},
		{"complains 100 MB", storage.ErrInvalid, reasonCrash, "xxx"},
		{"greets like nobody", storage.ErrUnavailable, "", "does not start"},
		{"greets like another", storage.ErrUnavailable, "", "does not start"},
		{"says nothing", storage.ErrUnavailable, "", "does not start"},
	}
	good := pdfFile(readable)
	for _, test := range tests {
		t.Run(test.how, func(t *testing.T) {
			dir, log := t.TempDir(), new(bytes.Buffer)
			config := ChildConfig{Dir: dir, Parallel: 1, Output: 4 << 20, Logger: slog.New(slog.NewTextHandler(log, nil))}
			switch test.reason {
			case reasonSlow:
				config.Limit = 3 * time.Second
			case reasonMemory:
				config.Memory = 256 << 20
			}
			child := testChild(config)
			text, err := child.Read(t.Context(), misbehaving(test.how))
			var refused *Error
			if !errors.Is(err, test.want) || errors.As(err, &refused) != (test.reason != "") || refused != nil && refused.Reason != test.reason {
				t.Errorf("got %v, want %v: %s", err, test.want, test.reason)
			}
			if text.Pages != nil {
				t.Errorf("got %d pages", len(text.Pages))
			}
			if line := log.String(); !strings.Contains(line, test.logged) || len(line) > 5*maxComplaint {
				t.Errorf("logged %d bytes: %.1000s, want %q", len(line), line, test.logged)
			}
			if text, err := readWith(t.Context(), child, good); err != nil || len(text.Pages) != 1 {
				t.Errorf("the next file: %d pages, %v", len(text.Pages), err)
			}
			nothingLeft(t, dir)
		})
	}
}

// TestChildWithoutProgram: what cannot start is no fault of the file.
func TestChildWithoutProgram(t *testing.T) {
	dir := t.TempDir()
	for _, command := range [][]string{{filepath.Join(dir, "nowhere")}, {dir}, {os.DevNull}} {
		_, err := readWith(t.Context(), NewChild(ChildConfig{Command: command, Dir: dir}), pdfFile(readable))
		if !errors.Is(err, storage.ErrUnavailable) || errors.As(err, new(*Error)) {
			t.Errorf("%s: %v", command, err)
		}
	}
	_, err := readWith(t.Context(), testChild(ChildConfig{Dir: filepath.Join(dir, "nowhere")}), pdfFile(readable))
	if !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("no place for the copy: %v", err)
	}
	nothingLeft(t, dir)
}

// TestChildCancelled: the context's end is its error, whether the file waits
// for its turn, is being copied or read.
func TestChildCancelled(t *testing.T) {
	dir := t.TempDir()
	child := testChild(ChildConfig{Dir: dir, Parallel: 1})
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := readWith(ended, child, pdfFile(readable)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	results := make(chan error)
	for range 3 { // one is read, two wait
		go func() {
			_, err := child.Read(ctx, misbehaving("hang"))
			results <- err
		}()
	}
	time.Sleep(500 * time.Millisecond)
	cancel()
	for range 3 {
		if err := <-results; err != context.Canceled {
			t.Errorf("cancelled: %v", err)
		}
	}
	expiring, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := child.Read(expiring, misbehaving("hang")); err != context.DeadlineExceeded {
		t.Errorf("expired: %v", err)
	}
	if _, err := readWith(t.Context(), child, pdfFile(readable)); err != nil {
		t.Errorf("the next file: %v", err)
	}
	nothingLeft(t, dir)
}

// brokenReader fails in the middle, as a store does that goes away.
type brokenReader struct{ err error }

func (b brokenReader) ReadAt(p []byte, off int64) (int, error) {
	if off > 0 {
		return 0, b.err
	}
	return copy(p, "%PDF-"), nil
}

func TestChildOfABrokenReader(t *testing.T) {
	dir, broken := t.TempDir(), errors.New("gone")
	_, err := testChild(ChildConfig{Dir: dir}).Read(t.Context(), File{Name: "a", Size: 1 << 20, ReaderAt: brokenReader{broken}})
	if !errors.Is(err, broken) || errors.As(err, new(*Error)) {
		t.Errorf("got %v", err)
	}
	nothingLeft(t, dir)
}

// TestChildrenInParallel reads eight files two at a time.
func TestChildrenInParallel(t *testing.T) {
	paths, err := filepath.Glob("../../testdata/documents/*.pdf")
	if err != nil || len(paths) < 8 {
		t.Fatal(paths, err)
	}
	child := testChild(ChildConfig{Parallel: 2})
	var group sync.WaitGroup
	for _, path := range paths[:8] {
		file, data := openBoth(t, path)
		group.Go(func() {
			f := File{Name: path, Size: int64(len(data)), ReaderAt: file}
			got, err := child.Read(t.Context(), f)
			want, wantErr := Read(t.Context(), f)
			if diff := cmp.Diff(want, got); diff != "" || err != nil || wantErr != nil {
				t.Errorf("%s: %v, %v\n%s", path, err, wantErr, diff)
			}
			if running := len(child.slots); running > 2 {
				t.Errorf("%d files at once", running)
			}
		})
	}
	group.Wait()
}

// opened reads an open file, as an upload does.
type opened struct{ *io.SectionReader }

func (o opened) OpenedFile() *os.File {
	file, _, _ := o.Outer()
	return file.(*os.File)
}

// TestChildCopiesNoFile: what is a file already is inherited, however it is wrapped.
func TestChildCopiesNoFile(t *testing.T) {
	file, data := openBoth(t, "../../testdata/documents/nghi-quyet-05-nq-tu-2026.pdf")
	child := testChild(ChildConfig{Dir: filepath.Join(t.TempDir(), "nowhere")})
	for _, r := range []io.ReaderAt{file, opened{io.NewSectionReader(file, 0, int64(len(data)))}} {
		if text, err := child.Read(t.Context(), File{Name: "a", Size: int64(len(data)), ReaderAt: r}); err != nil || len(text.Pages) == 0 {
			t.Errorf("%T: %d pages, %v", r, len(text.Pages), err)
		}
	}
}
