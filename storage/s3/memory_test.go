package s3_test

import (
	"io"
	"runtime"
	"testing"

	"vankien/storage"
	"vankien/storage/s3/s3test"
)

// A body of any length is never in memory as a whole.
func TestMemory(t *testing.T) {
	const size = 200 << 20
	s := open(t, config(t, s3test.Start(t)))
	runtime.GC() // what the tests before have left does not count
	for name, opt := range map[string]storage.PutOptions{"known": {Size: size}, "unknown": {}} {
		watched := &watchedReader{left: size}
		if _, err := s.Put(t.Context(), name, watched, opt); err != nil {
			t.Fatal(err)
		}
		body, obj, err := s.Get(t.Context(), name, storage.Range{})
		if err != nil || obj.Size != size {
			t.Fatalf("%+v, %v", obj, err)
		}
		n, err := io.Copy(io.Discard, body)
		if err != nil || n != size {
			t.Errorf("read %d bytes, %v", n, err)
		}
		body.Close()
		t.Logf("length %s: at most %d MiB of heap in use", name, watched.most>>20)
		if watched.most > 100<<20 {
			t.Errorf("length %s: %d MiB of heap in use for a body of %d", name, watched.most>>20, size>>20)
		}
	}
}

// watchedReader yields bytes and looks at the heap now and then.
type watchedReader struct {
	left, shown int
	most        uint64
}

func (w *watchedReader) Read(p []byte) (int, error) {
	if w.shown-w.left >= 8<<20 || w.shown == 0 {
		w.shown = w.left
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		w.most = max(w.most, stats.HeapInuse)
	}
	n := min(len(p), w.left)
	if n == 0 {
		return 0, io.EOF
	}
	w.left -= n
	return n, nil
}
