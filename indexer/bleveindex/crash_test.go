package bleveindex

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vankien/indexer"
	"vankien/storage"
)

// Passages of a batch whose entries were never written are no part of any
// answer, not even of a score, and the next Open removes them.
func TestPassagesWithoutEntryAreInvisible(t *testing.T) {
	dir := t.TempDir()
	x := open(t, dir)
	fill(t, x, 100, short)
	q := indexer.Query{Text: "tổ chức đảng của chi bộ", Unit: indexer.Passages, Size: 100}
	before := find(t, x, q)

	w := passageWriter{ctx: t.Context(), build: x.live, batch: x.live.bleve.NewBatch()}
	made := newWriter(9)
	if err := w.addAll([]indexer.Entry{made.document(2, 20), made.document(77, 20)}); err != nil { // one there, one new
		t.Fatal(err)
	}
	check := func(when string) {
		t.Helper()
		if diff := cmp.Diff(before, find(t, x, q), cmpopts.IgnoreFields(indexer.Result{}, "Took")); diff != "" {
			t.Errorf("%s (-before +after):\n%s", when, diff)
		}
	}
	x.mu.Lock()
	x.setView(nil)
	x.mu.Unlock()
	check("written without entries")
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = open(t, dir)
	defer closing(t, x)
	check("opened again")
	noOrphans(t, x)
}

// An Apply that is cancelled on its way leaves nothing behind.
func TestCancelledApplyLeavesNothing(t *testing.T) {
	x := open(t, t.TempDir())
	defer closing(t, x)
	fill(t, x, 100, short)
	before := revisions(t, x)
	ctx := &endingContext{Context: t.Context(), left: 2}
	err := x.Apply(ctx, indexer.Batch{Put: []indexer.Entry{newWriter(2).document(500, 900)}, Delete: []storage.ID{"doc00001"}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("Apply: %v", err)
	}
	if diff := cmp.Diff(before, revisions(t, x)); diff != "" {
		t.Errorf("Revisions (-before +after):\n%s", diff)
	}
	noOrphans(t, x)
}

// endingContext ends after its Err was asked for left times.
type endingContext struct {
	context.Context
	left int
}

func (c *endingContext) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// noOrphans says that Bleve holds the entries, their passages and nothing else.
func noOrphans(t *testing.T, x *Index) {
	t.Helper()
	want := uint64(len(x.live.listings))
	for _, l := range x.live.listings {
		want += uint64(l.Passages)
	}
	if got, err := x.live.bleve.DocCount(); err != nil || got != want {
		t.Errorf("Bleve holds %d items, %v; the entries and their passages are %d", got, err, want)
	}
}

const crashFolder = "VANKIEN_TEST_CRASH_FOLDER"

// A process that is killed while it writes, and fills the index anew, loses
// nothing that Apply acknowledged, and leaves no half batch.
func TestKilledWhileWriting(t *testing.T) {
	if dir := os.Getenv(crashFolder); dir != "" {
		writeUntilKilled(t, dir)
		return
	}
	dir := t.TempDir()
	random := rand.New(rand.NewPCG(1, 1))
	for round := range 6 {
		acknowledged := killWriter(t, dir, time.Duration(random.IntN(900))*time.Millisecond)
		x := open(t, dir)
		held := revisions(t, x)
		for id, revision := range held {
			if revision < acknowledged || revision > acknowledged+1 || revision != held["doc00000"] {
				t.Errorf("%s has revision %d of %d acknowledged, its neighbours %d", id, revision, acknowledged, held["doc00000"])
			}
		}
		if acknowledged > 0 && len(held) != crashDocuments {
			t.Errorf("%d documents of %d", len(held), crashDocuments)
		}
		noOrphans(t, x)
		if total := find(t, x, indexer.Query{Text: "đảng"}).Total; total != len(held) {
			t.Errorf("%d of %d documents are found", total, len(held))
		}
		onlyLive(t, x)
		if state, reason := x.State(); state != Whole && acknowledged > 0 && round > 0 {
			t.Errorf("%s: %s", state, reason)
		}
		closing(t, x)
	}
}

// killWriter runs a writer, kills it a while after its first batch, and tells
// the last revision that it acknowledged.
func killWriter(t *testing.T, dir string, after time.Duration) int {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilledWhileWriting$")
	cmd.Env = append(os.Environ(), crashFolder+"="+dir)
	output, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	acknowledged := 0
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if _, err := fmt.Sscanf(lines.Text(), "applied %d", &acknowledged); err != nil {
			t.Fatalf("the writer says %q", lines.Text())
		}
		time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // a second kill finds it dead
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the writer ended by itself")
	}
	return acknowledged
}

const crashDocuments = 30

// writeUntilKilled puts the same documents again and again, revised.
func writeUntilKilled(t *testing.T, dir string) {
	x := open(t, dir)
	for revision := revisions(t, x)["doc00000"] + 1; ; revision++ {
		var batch indexer.Batch
		made := newWriter(uint64(revision))
		for i := range crashDocuments {
			e := made.document(i, 12)
			e.Passages[0].Text += " đảng"
			e.Document.Revision = revision
			batch.Put = append(batch.Put, e)
		}
		newest.Store(batch)
		apply(t, x, batch)
		go rebuildFromNewest(t, x)
		if _, err := io.WriteString(os.Stdout, fmt.Sprintf("applied %d\n", revision)); err != nil {
			return
		}
	}
}

// rebuildFromNewest fills the index anew, so that it is killed while it does
// that as well.
func rebuildFromNewest(t *testing.T, x *Index) {
	fill := func(apply indexer.ApplyFunc) error { return apply(t.Context(), newest.Load().(indexer.Batch)) }
	err := x.Rebuild(t.Context(), fill, func(_ []storage.ID, apply indexer.ApplyFunc) error { return fill(apply) })
	if err != nil && !errors.Is(err, storage.ErrConflict) {
		t.Error(err)
	}
}

// newest is the batch that is applied or was last.
var newest atomic.Value
