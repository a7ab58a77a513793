package main

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"vankien/indexer/extract"
	"vankien/storage"
)

// The test binary is the reader, too: TestMain has to be told so. The race
// detector has every process wait for a second before it ends, without need.
func init() { readerEnvironment = []string{"VANKIEN_TEST_MAIN=1", "GORACE=atexit_sleep_ms=0"} }

// brittle is a text at which whoever reads it fails.
type brittle struct{}

func (brittle) ReadAt([]byte, int64) (int, error) { panic("no such letter") }

// TestATextThatBreaksItsReader is refused, and the server goes on.
func TestATextThatBreaksItsReader(t *testing.T) {
	var refusal *extract.Error
	_, err := newReaders(slog.New(slog.DiscardHandler)).read(t.Context(), extract.File{Name: "a.txt", Size: 100, ReaderAt: brittle{}})
	if !errors.As(err, &refusal) || refusal.Reason == "" || !errors.Is(err, storage.ErrInvalid) || !strings.Contains(err.Error(), "no such letter") {
		t.Errorf("%v", err)
	}
}

// TestReader: the program reads files in processes of its own as it would
// itself, in spite of a configuration that nobody could start with.
func TestReader(t *testing.T) {
	t.Setenv("VANKIEN_CONFIG", filepath.Join(t.TempDir(), "nowhere"))
	read := newReaders(slog.New(slog.DiscardHandler)).read
	for path, want := range map[string]error{
		"../../testdata/documents/nghi-quyet-05-nq-tu-2026.pdf":         nil,
		"../../testdata/documents/cong-van-2096-snv-xdcq-2026.docx":     nil,
		"../../testdata/documents/hoi-dap-cong-tac-dang-vien-2026.html": nil,
		"../../testdata/bad/encrypted.pdf":                              storage.ErrEncrypted,
		"../../testdata/bad/empty.pdf":                                  storage.ErrInvalid,
		"../../testdata/bad/bomb-declared.docx":                         storage.ErrTooLarge,
	} {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file := extract.File{Name: path, Size: int64(len(data)), ReaderAt: bytes.NewReader(data)}
		text, err := read(t.Context(), file)
		here, hereErr := extract.Read(t.Context(), file)
		if !errors.Is(err, want) || !errors.Is(hereErr, want) {
			t.Errorf("%s: %v, by itself %v, want %v", path, err, hereErr, want)
		}
		if diff := cmp.Diff(here, text); diff != "" {
			t.Errorf("%s (-itself +process):\n%s", path, diff)
		}
	}
}

// TestReaderByHand: whoever types the command is told that it is not for him,
// and nothing is limited or read, not even the configuration.
func TestReaderByHand(t *testing.T) {
	for _, input := range []string{"", "{}", "\n", `{"size":1}`, "xin chào"} {
		root := &cobra.Command{
			Use: "vankien", SilenceErrors: true, SilenceUsage: true,
			PersistentPreRunE: func(*cobra.Command, []string) error { return errors.New("configured") },
		}
		root.AddCommand(readCommand())
		root.SetArgs([]string{readingCommand})
		root.SetIn(strings.NewReader(input))
		var out bytes.Buffer
		root.SetOut(&out)
		root.SetErr(io.Discard)
		var usage usageError
		if err := root.ExecuteContext(t.Context()); !errors.As(err, &usage) || !strings.Contains(err.Error(), "không gõ bằng tay") || out.Len() > 0 {
			t.Errorf("%q: %v, printed %q", input, err, &out)
		}
		if strings.Contains(usageOf(root), readingCommand) {
			t.Error("the help names it")
		}
	}
}

func usageOf(root *cobra.Command) string {
	speakVietnamese(root)
	return usage(root)
}
