package facts

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestReadHeads reads the heads in testdata/heads, one layout each, every name
// and number in them invented. Pages are parted by a line "%%". What is read is
// compared with the .json beside it.
func TestReadHeads(t *testing.T) {
	files, err := filepath.Glob("testdata/heads/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no heads to read", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var pages []storage.Page
			for i, page := range strings.Split(string(text), "\n%%\n") {
				pages = append(pages, storage.Page{Number: i + 1, Text: page})
			}
			got, err := json.MarshalIndent(Read(pages), "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			golden := strings.TrimSuffix(file, ".txt") + ".json"
			if *update {
				if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReadOfNothing(t *testing.T) {
	got := Read(nil)
	if got.Number != "" || got.Relations == nil || got.Evidence == nil || len(got.Issues) != 5 {
		t.Errorf("no pages give %+v", got)
	}
}

func TestReadSaysWhatContradicts(t *testing.T) {
	got := Read(onePage("Số: 12/2031/NĐ-CP\nHà Nội, ngày 5 tháng 3 năm 2032\nNGHỊ QUYẾT\nVỀ MỘT VIỆC\nCăn cứ Luật;\nChính phủ ban hành Nghị quyết."))
	want := []string{
		"Ký hiệu NĐ trong số văn bản không khớp với thể loại “Nghị quyết” in trên văn bản.",
		"Năm trong số văn bản 12/2031/NĐ-CP khác năm ban hành 2032.",
	}
	if diff := cmp.Diff(want, got.Issues); diff != "" {
		t.Error(diff)
	}
}
