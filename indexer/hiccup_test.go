package indexer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

// failOn fails the first matching operation while armed.
type failOn struct {
	storage.Store
	op, prefix string
	armed      atomic.Bool
	after      bool
}

func (s *failOn) Put(ctx context.Context, key string, body io.Reader, opt storage.PutOptions) (storage.Object, error) {
	if s.op == "put" && strings.HasPrefix(key, s.prefix) && s.armed.CompareAndSwap(true, false) {
		if s.after {
			s.Store.Put(ctx, key, body, opt)
		}
		return storage.Object{}, fmt.Errorf("put %s: %w", key, storage.ErrUnavailable)
	}
	return s.Store.Put(ctx, key, body, opt)
}

func (s *failOn) Get(ctx context.Context, key string, rng storage.Range) (io.ReadCloser, storage.Object, error) {
	if s.op == "get" && strings.HasPrefix(key, s.prefix) && s.armed.CompareAndSwap(true, false) {
		return nil, storage.Object{}, fmt.Errorf("get %s: %w", key, storage.ErrUnavailable)
	}
	return s.Store.Get(ctx, key, rng)
}

// settled waits for a reading.
func (b *bench) settled(id storage.ID) storage.ReadingStatus {
	for range 300 {
		if s := b.document(id).Reading.Status; s != storage.ReadingQueued {
			return s
		}
		time.Sleep(100 * time.Millisecond)
	}
	return b.document(id).Reading.Status
}

func byAn(t *testing.T, name string) indexer.Upload {
	up := upload(name, sample(t, name))
	up.By, up.Publish = an, false
	return up
}

// An outage between record and audit event leaves a document that nobody reads.
func TestUploadWhoseAuditFailsIsRead(t *testing.T) {
	for _, prefix := range []string{"audit/", "documents/"} {
		b := newBench(t)
		s := &failOn{Store: b.store, op: "put", prefix: prefix, after: true}
		b.through(s)
		b.running()
		s.armed.Store(true)
		_, err := b.writer.Accept(t.Context(), byAn(t, resolution))
		t.Logf("%s first: %v", prefix, err)
		_, err = b.writer.Accept(t.Context(), byAn(t, resolution))
		t.Logf("%s again: %v", prefix, err)
		var there *indexer.PresentError
		if errors.As(err, &there) {
			if got := b.settled(there.ID); got != storage.ReadingReady {
				t.Errorf("%s: the store is back, the document is %s", prefix, got)
			}
		}
	}
}

// A narrowed audience is acknowledged while the index shows the document to the public.
func TestNarrowedAudienceIsAcknowledgedTooEarly(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload(resolution, sample(t, resolution)))
	b.flush()
	w := indexer.NewWriter(indexer.WriterConfig{Library: b.library, Index: &faultyIndex{Index: b.index, refuse: 100}})
	_, err := w.Edit(t.Context(), record.ID, storage.Version{}, indexer.Edits{Audience: storage.AudienceStaff}, ba)
	if n := b.found(`"cấy lúa"`, storage.AudiencePublic); err == nil && n > 0 {
		t.Errorf("acknowledged as staff only, and the public finds %d", n)
	}
}

// A rebuild in a hiccup of the store swaps in an index that lacks a document.
func TestRebuildInAnOutage(t *testing.T) {
	b := newBench(t)
	s := &failOn{Store: b.store, op: "get", prefix: "documents/"}
	b.through(s)
	fill(b)
	before := b.found("", storage.AudienceStaff)
	s.armed.Store(true)
	err := b.writer.Rebuild(t.Context(), b.index, nil)
	if after := b.found("", storage.AudienceStaff); err == nil && after != before {
		t.Errorf("no error, and %d of %d documents are found", after, before)
	}
}

// One flipped bit in the head of a stored text stops the start.
func TestFlippedBitInAText(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload(resolution, sample(t, resolution)))
	key := strings.Fields(b.keys("texts/")[0])[0]
	body, _, err := b.store.Get(t.Context(), key, storage.Range{})
	if err != nil {
		t.Fatal(err)
	}
	good, err := io.ReadAll(body)
	body.Close()
	if err != nil {
		t.Fatal(err)
	}
	bad := 0
	for at := range min(24, len(good)) {
		for bit := range 8 {
			data := bytes.Clone(good)
			data[at] ^= 1 << bit
			if _, err := b.store.Put(t.Context(), key, bytes.NewReader(data), storage.PutOptions{}); err != nil {
				t.Fatal(err)
			}
			_, err := b.library.Text(t.Context(), record.Original.SHA256, extract.Version)
			if err == nil || errors.Is(err, storage.ErrDamaged) {
				continue
			}
			if bad++; bad > 1 {
				continue
			}
			b.openIndex()
			if err := b.writer.Repair(t.Context(), nil); err != nil {
				t.Errorf("byte %d bit %d: the start fails: %v", at, bit, err)
			}
		}
	}
	t.Logf("%d flips are not told as damage", bad)
}

// A change whose audit event failed is acknowledged at the second try without one.
func TestAuditHole(t *testing.T) {
	b := newBench(t)
	s := &failOn{Store: b.store, op: "put", prefix: "audit/"}
	b.through(s)
	b.running()
	record := b.uploaded(resolution, indexer.Edits{})
	s.armed.Store(true)
	_, err := b.writer.Publish(t.Context(), record.ID, storage.Version{}, ba)
	t.Logf("first: %v", err)
	if _, err := b.writer.Publish(t.Context(), record.ID, storage.Version{}, ba); err != nil {
		t.Fatal(err)
	}
	published := false
	for event, err := range b.library.Audit(t.Context(), record.Created) {
		if err != nil {
			t.Fatal(err)
		}
		published = published || event.Action == "publish"
	}
	if !published {
		t.Error("publish was acknowledged, the audit trail does not know of it")
	}
}

// One slow upload and a purge that waits for it stop every other upload.
func TestPurgeHoldsUploads(t *testing.T) {
	b := newBench(t)
	b.running()
	record := b.uploaded(resolution, indexer.Edits{})
	if _, err := b.writer.Delete(t.Context(), record.ID, storage.Version{}, an); err != nil {
		t.Fatal(err)
	}
	begun, until := make(chan bool), make(chan bool)
	s := &hookOriginal{Store: b.store, before: func() { close(begun); <-until }}
	w := indexer.NewWriter(indexer.WriterConfig{Library: storage.NewLibrary(s), Index: b.index})
	ended := make(chan bool, 3)
	go func() { w.Accept(context.Background(), byAn(t, "bao-cao-63-bc-du-2026.txt")); ended <- true }()
	<-begun
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	began := time.Now()
	go func() {
		w.Purge(ctx, record.ID, storage.Version{}, true, cuc)
		t.Logf("purge with 500 ms ended after %v", time.Since(began))
		ended <- true
	}()
	time.Sleep(200 * time.Millisecond)
	up := byAn(t, "thong-bao-46-tb-ubkttu-2026.html")
	go func() {
		w.Accept(ctx, up)
		t.Logf("upload with 500 ms ended after %v", time.Since(began))
		ended <- true
	}()
	select {
	case <-ended:
	case <-time.After(30 * time.Second):
		t.Error("neither the purge nor the other upload has ended, their context did long ago")
	}
	close(until)
	for range 2 {
		<-ended
	}
	time.Sleep(time.Second)
}

// The removal of a secret that the full reading found is not finished after a hiccup.
func TestSecretFoundLate(t *testing.T) {
	b := newBench(t)
	s := &failDelete{Store: b.store}
	s.armed.Store(true)
	b.writer = indexer.NewWriter(indexer.WriterConfig{Library: storage.NewLibrary(s), Index: b.index, Read: func(ctx context.Context, f extract.File) (storage.Text, error) {
		if f.Pages > 0 {
			return storage.Text{Pages: []storage.Page{{Number: 1, Text: "chữ"}}}, nil
		}
		return extract.Read(ctx, f)
	}})
	up := upload("a.docx", badSample(t, "secret.docx"))
	up.By, up.Publish = an, false
	if _, err := b.writer.Accept(t.Context(), up); err != nil {
		t.Fatal(err)
	}
	b.running()
	b.eventually(func() bool { return len(b.keys("originals/")) == 0 })
	b.eventually(func() bool { return b.writer.Activity().Backlog == 0 })
	if left := b.keys("originals/"); len(left) > 0 {
		t.Errorf("the secret is back: %q", left)
	}
}

// failDelete fails one deletion of an original.
type failDelete struct {
	storage.Store
	armed atomic.Bool
}

func (s *failDelete) Delete(ctx context.Context, key, ifMatch string) error {
	if strings.HasPrefix(key, "originals/") && s.armed.CompareAndSwap(true, false) {
		return fmt.Errorf("delete %s: %w", key, storage.ErrUnavailable)
	}
	return s.Store.Delete(ctx, key, ifMatch)
}
