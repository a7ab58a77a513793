package bleveindex

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vankien/indexer"
	"vankien/storage"
)

// answers is what an index holds and says, for comparing.
type answers struct {
	Versions map[storage.ID]storage.Version
	Results  []indexer.Result
}

func answersOf(t testing.TB, x *Index) answers {
	t.Helper()
	versions, err := x.Versions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a := answers{Versions: versions}
	for _, q := range []indexer.Query{
		{Facets: indexer.Facets, Size: 100}, {Text: "tổ chức đảng", Size: 100}, {Text: "“chi bộ”"}, {Text: "to chuc dang", Unit: indexer.Passages, Size: 100},
	} {
		a.Results = append(a.Results, find(t, x, q))
	}
	return a
}

func (a answers) diff(b answers) string {
	return cmp.Diff(a, b, cmpopts.IgnoreFields(indexer.Result{}, "Took"), cmpopts.EquateEmpty())
}

// lived makes an index that has seen changes, deletions and merges, so that
// its files are of every kind.
func lived(t testing.TB, dir string) *Index {
	t.Helper()
	x := open(t, dir)
	made := newWriter(3)
	for i := range 12 {
		apply(t, x, indexer.Batch{Put: []indexer.Entry{made.document(i, 6), made.document(100+i, 4)}})
	}
	for i := range 6 { // other passages, and facts alone
		again := made.document(i, 5)
		again.Document.Revision += 10
		apply(t, x, indexer.Batch{Put: []indexer.Entry{again}, Delete: []storage.ID{storage.ID(fmt.Sprintf("doc%05d", 100+i))}})
	}
	return x
}

// A flipped byte or a cut in any file of an index is either found by Open, or
// changes no answer: after it was closed, and after a crash.
func TestEveryFileIsChecked(t *testing.T) {
	for _, end := range []string{"closed", "crashed"} {
		t.Run(end, func(t *testing.T) {
			dir, good := filepath.Join(t.TempDir(), "index"), filepath.Join(t.TempDir(), "good")
			x := lived(t, dir)
			want := answersOf(t, x)
			if end == "crashed" {
				copyAsAfterCrash(t, dir, good)
				closing(t, x)
			} else {
				closing(t, x)
				copyFolder(t, dir, good)
			}
			random := rand.New(rand.NewPCG(7, 7))
			segments := 0
			for _, file := range filesIn(t, good) {
				if strings.HasSuffix(file, ".zap") {
					if segments++; segments > 1 && !soaking {
						continue
					}
				}
				data := read(t, filepath.Join(good, file))
				for _, harm := range harms(random, file, data) {
					renew(t, good, dir)
					write(t, filepath.Join(dir, file), string(harm.data))
					checkHarmed(t, dir, end+", "+file+", "+harm.name, want)
				}
			}
		})
	}
}

type harm struct {
	name string
	data []byte
}

// soaking asks for many more places to damage.
var soaking = os.Getenv("VANKIEN_SOAK") != ""

// harms are ways to damage a file: a bit of it flipped in some places, and cut.
func harms(random *rand.Rand, file string, data []byte) []harm {
	samples := 1
	if strings.HasSuffix(file, "root.bolt") {
		samples = 5
	}
	if soaking {
		samples *= 80
	}
	var all []harm
	for range min(samples, len(data)) {
		at := random.IntN(len(data))
		if strings.HasSuffix(file, "root.bolt") { // most of it is empty
			for tries := 0; data[at] == 0 && tries < 50; tries++ {
				at = random.IntN(len(data))
			}
		}
		harmed := append([]byte(nil), data...)
		harmed[at] ^= 1 << random.IntN(8)
		all = append(all, harm{fmt.Sprintf("a bit of byte %d flipped", at), harmed})
	}
	for _, size := range []int{0, len(data) / 2, len(data) - 1} {
		if size >= 0 && size < len(data) {
			all = append(all, harm{fmt.Sprintf("cut to %d bytes", size), data[:size]})
		}
	}
	return all
}

// checkHarmed opens a damaged index: what is not there must be owned up to, and
// whatever is there must be right and go on working.
func checkHarmed(t *testing.T, dir, name string, want answers) {
	t.Helper()
	opened := make(chan *Index, 1)
	go func() {
		x, err := Open(dir, quiet)
		if err != nil {
			t.Errorf("%s: Open: %v", name, err)
		}
		opened <- x
	}()
	var x *Index
	select {
	case x = <-opened:
	case <-time.After(30 * time.Second):
		t.Fatalf("%s: Open hangs", name)
	}
	if x == nil {
		return
	}
	defer closing(t, x)
	got := answersOf(t, x)
	switch state, reason := x.State(); state {
	case Whole:
		if diff := want.diff(got); diff != "" || reason != "" {
			t.Errorf("%s: %s %q (-before +after):\n%.2000s", name, state, reason, diff)
		}
	case Stale:
		for id, version := range got.Versions {
			if !want.Versions[id].Equal(version) {
				t.Errorf("%s: %s is at %v, was at %v", name, id, version, want.Versions[id])
			}
		}
		if reason == "" {
			t.Errorf("%s: no reason", name)
		}
		noOrphans(t, x)
	default:
		if len(got.Versions) > 0 || reason == "" {
			t.Errorf("%s: %s %q, %d documents", name, state, reason, len(got.Versions))
		}
	}
	apply(t, x, indexer.Batch{Put: []indexer.Entry{newWriter(5).document(900, 3)}})
	if got := len(find(t, x, indexer.Query{Document: "doc00900"}).Hits); got != 1 {
		t.Errorf("%s: what is put then is not found", name)
	}
}

func filesIn(t testing.TB, dir string) []string {
	t.Helper()
	var files []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func copyFolder(t testing.TB, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// copyAsAfterCrash copies the folder of an open index at one moment: Bleve's
// merges may come in between.
func copyAsAfterCrash(t testing.TB, from, to string) {
	t.Helper()
	for range 50 {
		if err := os.CopyFS(to, os.DirFS(from)); err == nil {
			if damages, err := Check(t.Context(), to); err == nil && len(damages) == 0 {
				return
			}
		}
		remove(t, to)
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("no copy is whole")
}

// renew makes dir a copy of good.
func renew(t *testing.T, good, dir string) {
	t.Helper()
	remove(t, dir)
	copyFolder(t, good, dir)
}
