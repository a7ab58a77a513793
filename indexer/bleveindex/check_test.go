package bleveindex

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vankien/indexer"
)

func damagesOf(t *testing.T, dir string) []Damage {
	t.Helper()
	damages, err := Check(t.Context(), dir)
	if err != nil {
		t.Fatalf("Check: %v", err)
	}
	return damages
}

// Check finds nothing in an index that is well, open or closed, and takes no lock.
func TestCheckOfAWholeIndex(t *testing.T) {
	dir := t.TempDir()
	x := lived(t, dir)
	done := make(chan struct{})
	go func() {
		defer close(done)
		made := newWriter(4)
		for i := range 40 {
			if err := x.Apply(t.Context(), indexer.Batch{Put: []indexer.Entry{made.document(i%9, 4)}}); err != nil {
				t.Error(err)
			}
		}
		if err := x.Rebuild(t.Context(), refill(5), noRefill(t)); err != nil {
			t.Error(err)
		}
	}()
	for range 10 {
		if damages := damagesOf(t, dir); len(damages) > 0 {
			t.Errorf("beside a writer: %v", damages)
		}
	}
	<-done
	closing(t, x)
	if damages := damagesOf(t, dir); len(damages) > 0 {
		t.Errorf("closed: %v", damages)
	}
	closing(t, open(t, dir))
}

// Check finds a flipped bit in any file of a closed index, and in any segment
// of one that is open.
func TestCheckFindsDamage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x := lived(t, dir)
	mergeAll(t, x)
	for tries := 0; len(x.live.segmentNames(t)) > 1 && tries < 1000; tries++ { // none goes away after that
		time.Sleep(10 * time.Millisecond)
	}
	build := x.live.path()
	segment := segmentDir + x.live.segmentNames(t)[0]
	flip := func(file string) func() {
		path := filepath.Join(dir, file)
		good := read(t, path)
		bad := append([]byte(nil), good...)
		bad[len(bad)/2] ^= 16
		replace(t, path, bad)
		return func() { replace(t, path, good) }
	}
	finds := func(file string) {
		t.Helper()
		if damages := damagesOf(t, dir); len(damages) != 1 || damages[0].File != file || !strings.HasSuffix(damages[0].Reason, ".") {
			t.Errorf("%s: %v", file, damages)
		}
	}
	open := x.live.name + "/" + segment
	restore := flip(open)
	finds(open)
	restore()
	closing(t, x)
	for _, file := range filesIn(t, dir) {
		if file == lockFile {
			continue
		}
		restore := flip(file)
		switch filepath.Base(file) {
		case currentFile, versionsFile:
			finds(currentFile)
		default:
			finds(file)
		}
		restore()
	}
	if damages := damagesOf(t, dir); len(damages) > 0 {
		t.Errorf("put right again: %v", damages)
	}
	remove(t, build)
	finds(currentFile)
	remove(t, dir)
	finds(currentFile)
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := Check(ended, filepath.Dir(dir)); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// replace puts another file in the place of one: the old one may be mapped, and
// must not be cut under Bleve.
func replace(t *testing.T, path string, data []byte) {
	t.Helper()
	write(t, path+".other", string(data))
	if err := os.Rename(path+".other", path); err != nil {
		t.Fatal(err)
	}
}

func (b *build) segmentNames(t testing.TB) []string {
	t.Helper()
	root, err := readRoot(filepath.Join(b.path(), rootFile))
	if err != nil || len(root.segments) == 0 {
		t.Fatalf("%+v, %v", root, err)
	}
	return root.segments
}

// FuzzReadRoot: whatever a root file holds, reading it ends, and without a panic.
func FuzzReadRoot(f *testing.F) {
	dir := f.TempDir()
	x := open(f, dir)
	apply(f, x, indexer.Batch{Put: []indexer.Entry{newWriter(1).document(1, 1)}})
	closing(f, x)
	data := read(f, filepath.Join(buildIn(f, dir), rootFile))
	file, _, err := openBolt(data)
	if err != nil {
		f.Fatal(err)
	}
	data = data[:int(file.pages)*file.page]
	f.Add(data, uint32(0), byte(0))
	f.Add(data[:5000], uint32(4096), byte(7))
	f.Add([]byte{}, uint32(0), byte(0))
	f.Fuzz(func(t *testing.T, data []byte, at uint32, flip byte) {
		data = append([]byte(nil), data...)
		if len(data) > 0 {
			data[int(at)%len(data)] ^= flip
		}
		if state, err := parseRoot(data); err == nil && state.digest == nil {
			t.Error("a state without a digest")
		}
	})
}

// buildIn is the folder of the live build of a closed index.
func buildIn(t testing.TB, dir string) string {
	t.Helper()
	name, err := currentBuild(dir)
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, name)
}

func BenchmarkReadRoot(b *testing.B) {
	dir := b.TempDir()
	closing(b, lived(b, dir))
	path := filepath.Join(buildIn(b, dir), rootFile)
	b.SetBytes(int64(len(read(b, path))))
	for b.Loop() {
		if _, err := readRoot(path); err != nil {
			b.Fatal(err)
		}
	}
}
