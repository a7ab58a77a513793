package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestJSONShapes holds the keys that other programs rely on (the contract's
// command lines): always present, null or empty where there is nothing.
func TestJSONShapes(t *testing.T) {
	const document = "../../testdata/documents/nghi-quyet-05-nq-tu-2026.pdf"
	corpus := writeLines(t, `{"id":"a","title":"Phạm vi","text":"Quy định về đảng phí.","law_id":"L"}`, `{"id":"b","title":"","text":"Kết nạp đảng viên."}`)
	queries := writeLines(t, `{"id":"1","text":"đảng phí","relevant":["a"],"set":"thử"}`)
	tests := []struct {
		args []string
		code int
		keys string
	}{
		{[]string{"extract", "--json", document}, exitDone, "error file media_type pages"},
		{[]string{"extract", "--json", "../../testdata/bad/empty.pdf"}, exitPartly, "error file media_type pages"},
		{[]string{"describe", "--json", document}, exitDone, "circulation effective error evidence file issued issues issuer issuer_symbol kind kind_symbol number place recipients relations secrecy signer signer_role title urgency"},
		{[]string{"describe", "--json", "no-such-file"}, exitPartly, "circulation effective error evidence file issued issues issuer issuer_symbol kind kind_symbol number place recipients relations secrecy signer signer_role title urgency"},
		{[]string{"eval", "--json", "--corpus", corpus, "--queries", queries, "--typing", "half"}, exitDone, "index_bytes index_seconds query_ms sets"},
		{[]string{"search", "--json", "--data", emptyLibrary(t), "chi bộ"}, exitDone, "advice candidates facets hits nearest query took_ms total"},
	}
	for _, test := range tests {
		t.Run(strings.Join(test.args[:1], " "), func(t *testing.T) {
			var object map[string]json.RawMessage
			out := vankien(t, test.code, test.args...)
			if err := json.Unmarshal([]byte(out), &object); err != nil {
				t.Fatalf("%v in %q", err, out)
			}
			for _, key := range strings.Fields(test.keys) {
				if _, present := object[key]; !present {
					t.Errorf("no key %q in %s", key, out)
				}
			}
			if got := len(object); got != len(strings.Fields(test.keys)) {
				t.Errorf("%d keys, want %s: %s", got, test.keys, out)
			}
		})
	}
}

// TestUsage: a command line that makes no sense is told so, and leaves nothing.
func TestUsage(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("VANKIEN_DATA_DIR", t.TempDir())
	for _, args := range [][]string{
		{"fly"}, {"import"}, {"search"}, {"extract"}, {"describe"}, {"eval"}, {"reindex", "x"}, {"--nonsense"},
		{"token", "add", "--role", "king", "--name", "x"}, {"token", "add", "--role", "reader"},
		{"eval", "--corpus", "a", "--queries", "b", "--typing", "loud"}, {"extract", "--ocr", "some", "x"},
		{"search", "--data", "/nonexistent", strings.Repeat("a", 513)}, {"search", "--size", "-1", "x"}, {"reindex", "--index", "x:y"},
	} {
		vankien(t, exitUsage, args...)
	}
	if left, err := os.ReadDir("."); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestConfiguration: flags come before the environment, the environment before the file.
func TestConfiguration(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "vankien.env")
	if err := os.WriteFile(file, []byte("VANKIEN_DATA_DIR="+filepath.Join(dir, "file")+"\nVANKIEN_SIZE=3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"file", "environment", "flag"} {
		vankien(t, exitDone, "token", "add", "--data", filepath.Join(dir, name), "--role", "reader", "--name", "thử")
	}
	made := func(name string) bool {
		_, err := os.Stat(filepath.Join(dir, name, "index"))
		return err == nil
	}
	t.Setenv("VANKIEN_DATA", filepath.Join(dir, "measuring")) // not ours
	vankien(t, exitDone, "search", "--config", file, "x")
	t.Setenv("VANKIEN_DATA_DIR", filepath.Join(dir, "environment"))
	vankien(t, exitDone, "search", "--config", file, "x")
	vankien(t, exitDone, "search", "--config", file, "--data", filepath.Join(dir, "flag"), "x")
	for _, name := range []string{"file", "environment", "flag"} {
		if !made(name) {
			t.Errorf("the data directory of the %s was not used", name)
		}
	}
	if made("measuring") {
		t.Error("the measuring data was taken for a data directory")
	}
	t.Setenv("VANKIEN_SIZE", "many")
	vankien(t, exitUsage, "search", "--data", filepath.Join(dir, "flag"), "x")
	vankien(t, exitUsage, "search", "--config", filepath.Join(dir, "missing"), "x")
}

func TestReindex(t *testing.T) {
	data, folder := t.TempDir(), sampleFolder(t)
	vankien(t, exitDone, "import", "--publish", "--data", data, folder)
	before := all(t, data)
	if out := vankien(t, exitDone, "reindex", "--data", data); !strings.Contains(out, "Đã dựng lại chỉ mục") {
		t.Errorf("reindex printed %q", out)
	}
	if after := all(t, data); len(after) != len(before) {
		t.Errorf("%d documents after reindex, %d before", len(after), len(before))
	}
	if err := os.RemoveAll(filepath.Join(data, "index")); err != nil {
		t.Fatal(err)
	}
	if after := all(t, data); len(after) != len(before) {
		t.Errorf("%d documents after losing the index, %d before", len(after), len(before))
	}
}

// TestNoLibrary: a mistyped folder is told, and does not become a library.
func TestNoLibrary(t *testing.T) {
	dir := t.TempDir()
	for _, args := range [][]string{
		{"search", "--data", filepath.Join(dir, "nowhere"), "chi bộ"},
		{"search", "--data", dir, "chi bộ"},
		{"search", "--store", "files:" + filepath.Join(dir, "kho"), "chi bộ"},
		{"reindex", "--data", filepath.Join(dir, "nowhere")},
	} {
		if errors := complaint(t, exitFailed, args...); !strings.Contains(errors, "Không có kho ở "+dir) {
			t.Errorf("%s printed %q", args[0], errors)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// emptyLibrary is a data directory with a store that holds no document.
func emptyLibrary(t *testing.T) string {
	t.Helper()
	data := t.TempDir()
	vankien(t, exitDone, "token", "add", "--data", data, "--role", "reader", "--name", "thử")
	return data
}

func writeLines(t *testing.T, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lines.jsonl")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
