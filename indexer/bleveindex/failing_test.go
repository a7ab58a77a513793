package bleveindex

import (
	"errors"
	"testing"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"vankien/indexer"
	"vankien/storage"
)

// A write whose last step fails may have happened in Bleve all the same (a full
// disk that has room again). The index goes on as if it had not, and the next
// write makes that so: nothing of it is left after the next start.
func TestWriteInDoubt(t *testing.T) {
	dir := t.TempDir()
	x := lived(t, dir)
	want := answersOf(t, x)
	made := newWriter(6)
	changed := made.document(1, 7)
	doubted, err := x.live.write(t.Context(), indexer.Batch{Put: []indexer.Entry{changed, made.document(501, 2)}, Delete: []storage.ID{"doc00003"}})
	if err != nil {
		t.Fatal(err)
	}
	x.live.doubt(doubted)
	if diff := want.diff(answersOf(t, x)); diff != "" {
		t.Errorf("after the failure (-before +after):\n%s", diff)
	}
	same := made.document(777, 0)
	apply(t, x, indexer.Batch{Put: []indexer.Entry{same}})
	apply(t, x, indexer.Batch{Delete: []storage.ID{"doc00777"}})
	closing(t, x)
	x = open(t, dir)
	if state, reason := x.State(); state != Whole {
		t.Errorf("%s: %s", state, reason)
	}
	if diff := want.diff(answersOf(t, x)); diff != "" {
		t.Errorf("after the next start (-before +after):\n%s", diff)
	}
	noOrphans(t, x)
	apply(t, x, indexer.Batch{Put: []indexer.Entry{changed}})
	if got := find(t, x, indexer.Query{Document: changed.Document.ID}).Total; got != 1 {
		t.Errorf("the write tried again: %d documents", got)
	}
	closing(t, x)
}

// A Bleve one of whose goroutines has died never answers. Nobody waits for it:
// searches go on, writes are refused, and the next start finds all as it was.
func TestBleveStopsWriting(t *testing.T) {
	x := lived(t, t.TempDir())
	want := answersOf(t, x)
	asyncError(scorch.NewScorchError("persister", "a test", scorch.ErrAsyncPanic), x.live.path()+"/store")
	if err := x.Apply(t.Context(), indexer.Batch{Put: []indexer.Entry{newWriter(1).document(1, 3)}}); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("Apply: %v, want storage.ErrUnavailable", err)
	}
	if diff := want.diff(answersOf(t, x)); diff != "" {
		t.Errorf("answers (-before +after):\n%s", diff)
	}
	closing(t, x)
	closing(t, x)
}

// State says what Open found.
func TestState(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	if state, reason := x.State(); state != Empty || reason != "Mất chỉ mục, hoặc chưa lập lần nào." {
		t.Errorf("a new folder: %s %q", state, reason)
	}
	fill(t, x, 40, short)
	closing(t, x)
	x = open(t, dir)
	if state, reason := x.State(); state != Whole || reason != "" {
		t.Errorf("opened again: %s %q", state, reason)
	}
	build := x.live.path()
	closing(t, x)
	write(t, build+"/"+versionsFile, `{"layout":1}`)
	x = open(t, dir)
	if state, reason := x.State(); state != Empty || reason != "Chỉ mục do một phiên bản khác của chương trình lập, phải dựng lại." {
		t.Errorf("another version: %s %q", state, reason)
	}
	if err := x.Rebuild(t.Context(), refill(2), noRefill(t)); err != nil {
		t.Fatal(err)
	}
	if state, reason := x.State(); state != Whole || reason != "" {
		t.Errorf("rebuilt: %s %q", state, reason)
	}
	closing(t, x)
}
