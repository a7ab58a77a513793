package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"runtime"
	"sync"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

// picture writes a PDF of one page that is a picture of size bytes, as it is
// sent: nothing of it is held.
func picture(w io.Writer, size int64) error {
	const draw = "q 400 0 0 400 90 200 cm /I Do Q"
	var offsets []int64
	at := int64(0)
	write := func(format string, args ...any) error {
		n, err := fmt.Fprintf(w, format, args...)
		at += int64(n)
		return err
	}
	err := write("%%PDF-1.4\n")
	for i, object := range []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(draw), draw),
		fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length %[1]d>>stream\n", size),
	} {
		offsets = append(offsets, at)
		err = errors.Join(err, write("%d 0 obj\n%s", i+1, object))
		if i < 4 {
			err = errors.Join(err, write("\nendobj\n"))
		}
	}
	if err != nil {
		return err
	}
	n, err := io.Copy(w, io.LimitReader(rand.NewChaCha8([32]byte{}), size))
	at += n
	table := at + int64(len("\nendstream\nendobj\n"))
	err = errors.Join(err, write("\nendstream\nendobj\nxref\n0 %d\n0000000000 65535 f \n", len(offsets)+1))
	for _, offset := range offsets {
		err = errors.Join(err, write("%010d 00000 n \n", offset))
	}
	return errors.Join(err, write("trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, table))
}

// heapPeak samples the heap until it is stopped.
func heapPeak() (stop func() uint64) {
	var peak uint64
	var sampling sync.WaitGroup
	done := make(chan struct{})
	sampling.Go(func() {
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
			select {
			case <-done:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	})
	return func() uint64 {
		close(done)
		sampling.Wait()
		return peak
	}
}

// A file is never whole in memory, nor a part of it that grows with it.
func TestUploadKeepsMemoryFlat(t *testing.T) {
	const size = 200 << 20
	l := live(t, func(cfg *Config) { // a server reads in other processes, whose memory is not its own
		read := func(context.Context, extract.File) (storage.Text, error) {
			return storage.Text{MediaType: pdfType, Pages: []storage.Page{{Number: 1}}}, nil
		}
		cfg.Writer = indexer.NewWriter(indexer.WriterConfig{Library: cfg.Library.(withOperator).Library, Index: cfg.Index.(indexer.Index), Read: read, Logger: cfg.Logger})
	})
	body, feed := io.Pipe()
	w := multipart.NewWriter(feed)
	go func() {
		to, err := w.CreateFormFile("file", "ảnh.pdf")
		if err == nil {
			err = picture(to, size)
		}
		if err == nil {
			err = w.WriteField("confirmed", "true")
		}
		feed.CloseWithError(errors.Join(err, w.Close()))
	}()
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	stop := heapPeak()
	a := send(t, l.request(storage.RoleEditor, "POST", "/api/v1/documents", body, "Content-Type: "+w.FormDataContentType()))
	peak := stop()
	if a.status != 202 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	grown := int64(peak) - int64(before.HeapAlloc)
	t.Logf("an upload of %d MB: the heap grew by %.1f MB at most", size>>20, float64(grown)/(1<<20))
	if grown > 48<<20 {
		t.Errorf("the heap grew by %d bytes", grown)
	}
	d := a.document(t)
	sent := sha256.New()
	if err := picture(sent, size); err != nil {
		t.Fatal(err)
	}
	if sum := hex.EncodeToString(sent.Sum(nil)); d.Original.SHA256 != sum || d.Original.Size < size {
		t.Errorf("kept %+v, sent %s", d.Original, sum)
	}
	stored := l.do(storage.RoleEditor, "GET", addressOf(d.ID, "/original"), "", "Range: bytes=0-7")
	if stored.status != 206 || string(stored.body) != "%PDF-1.4" {
		t.Errorf("the original begins %q (%d)", stored.body, stored.status)
	}
}
