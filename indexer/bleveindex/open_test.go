package bleveindex

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vankien/indexer"
	"vankien/storage"
)

func TestReopenFindsTheSame(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	fill(t, x, 400, short)
	apply(t, x, indexer.Batch{Delete: []storage.ID{"doc00003", "doc00007"}})
	queries := []indexer.Query{{}, {Text: "tổ chức đảng"}, {Text: "“chi bộ”"}, {Text: "12-NQ/TU"}, {Text: "co so dang", Facets: indexer.Facets}, {Text: "đảng", Unit: indexer.Passages}}
	var before []indexer.Result
	for _, q := range queries {
		before = append(before, find(t, x, q))
	}
	held := revisions(t, x)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = open(t, dir)
	defer closing(t, x)
	if diff := cmp.Diff(held, revisions(t, x)); diff != "" {
		t.Errorf("Revisions (-before +reopened):\n%s", diff)
	}
	for i, q := range queries {
		if diff := cmp.Diff(before[i], find(t, x, q), cmpopts.IgnoreFields(indexer.Result{}, "Took"), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("“%s” (-before +reopened):\n%s", q.Text, diff)
		}
	}
}

func TestSecondOpenIsLocked(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	if _, err := Open(dir, quiet); !errors.Is(err, storage.ErrLocked) {
		t.Errorf("a second Open: %v, want storage.ErrLocked", err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	closing(t, open(t, dir))
}

// An Open that fails leaves nothing open and nothing behind.
func TestFailedOpenLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	blocked := filepath.Join(dir, currentFile)
	if err := os.MkdirAll(filepath.Join(blocked, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if x, err := Open(dir, quiet); err == nil {
		t.Error("a folder stands in place of the current file, and Open succeeds")
		closing(t, x)
	}
	if builds, err := filepath.Glob(filepath.Join(dir, "build-*")); err != nil || len(builds) > 0 {
		t.Errorf("builds %v, %v", builds, err)
	}
	remove(t, blocked)
	closing(t, open(t, dir))
}

// damages are what may befall the folder of an index while nobody has it open.
var damages = []struct {
	name   string
	damage func(t *testing.T, dir, build string)
}{
	{"current is empty", func(t *testing.T, dir, _ string) { write(t, filepath.Join(dir, currentFile), "") }},
	{"current is nonsense", func(t *testing.T, dir, _ string) { write(t, filepath.Join(dir, currentFile), "\x00\xff\n../..") }},
	{"current leads outside", func(t *testing.T, dir, build string) {
		write(t, filepath.Join(dir, currentFile), "../"+filepath.Base(dir)+"/"+filepath.Base(build))
	}},
	{"current names nothing", func(t *testing.T, dir, _ string) { write(t, filepath.Join(dir, currentFile), "build-gone\n") }},
	{"the build is gone", func(t *testing.T, _, build string) { remove(t, build) }},
	{"versions of another program", func(t *testing.T, _, build string) {
		write(t, filepath.Join(build, versionsFile), `{"layout":99,"analyzers":"v9"}`)
	}},
	{"versions are no JSON", func(t *testing.T, _, build string) { write(t, filepath.Join(build, versionsFile), "{") }},
	{"no versions", func(t *testing.T, _, build string) { remove(t, filepath.Join(build, versionsFile)) }},
	{"segments are gone", func(t *testing.T, _, build string) { eachSegment(t, build, func(path string) { remove(t, path) }) }},
	{"segments are cut", func(t *testing.T, _, build string) {
		eachSegment(t, build, func(path string) { write(t, path, string(read(t, path)[:100])) })
	}},
	{"segments are empty", func(t *testing.T, _, build string) { eachSegment(t, build, func(path string) { write(t, path, "") }) }},
	{"a bit is flipped in each segment", func(t *testing.T, _, build string) {
		eachSegment(t, build, func(path string) {
			data := read(t, path)
			data[len(data)/3] ^= 4
			write(t, path, string(data))
		})
	}},
	{"the list of segments is empty", func(t *testing.T, _, build string) { write(t, filepath.Join(build, "store", "root.bolt"), "") }},
	{"the list of segments is nonsense", func(t *testing.T, _, build string) {
		path := filepath.Join(build, "store", "root.bolt")
		data := read(t, path)
		for i := range data {
			data[i] ^= 0x55
		}
		write(t, path, string(data))
	}},
	{"a page of the list of segments is damaged", func(t *testing.T, _, build string) {
		path := filepath.Join(build, "store", "root.bolt")
		data := read(t, path)
		for i := 2 * os.Getpagesize(); i < len(data); i++ { // behind both heads, which Bolt checks
			data[i] ^= 0x55
		}
		write(t, path, string(data))
	}},
	{"Bleve's own record is gone", func(t *testing.T, _, build string) { remove(t, filepath.Join(build, "index_meta.json")) }},
}

// An index that cannot be used is begun anew, empty: it is a cache.
func TestDamageBeginsAnew(t *testing.T) {
	for _, test := range damages {
		t.Run(test.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "kho [1] *")
			x := open(t, dir)
			fill(t, x, 50, short)
			build := x.live.path()
			if err := x.Close(); err != nil {
				t.Fatal(err)
			}
			test.damage(t, dir, build)
			x = open(t, dir)
			if got := revisions(t, x); len(got) != 0 {
				t.Errorf("Revisions of a damaged index: %v", got)
			}
			if builds, err := fs.Glob(os.DirFS(dir), "build-*"); err != nil || len(builds) != 1 {
				t.Errorf("builds %v, %v", builds, err)
			}
			fill(t, x, 50, short)
			if err := x.Close(); err != nil {
				t.Fatal(err)
			}
			x = open(t, dir)
			defer closing(t, x)
			if got := find(t, x, indexer.Query{Text: "tổ chức đảng"}).Total; got == 0 {
				t.Error("the index that was begun anew does not keep what is put")
			}
		})
	}
}

func eachSegment(t *testing.T, build string, damage func(path string)) {
	t.Helper()
	names, err := fs.Glob(os.DirFS(build), "store/*.zap")
	if err != nil || len(names) == 0 {
		t.Fatalf("no segments in %s: %v", build, err)
	}
	for _, name := range names {
		damage(filepath.Join(build, name))
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func remove(t testing.TB, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}
