package indexer_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vankien/indexer"
	"vankien/indexer/bleveindex"
	"vankien/storage"
	"vankien/storage/files"
	"vankien/testdata"
)

// bench is a whole library in temporary folders.
type bench struct {
	t       *testing.T
	store   storage.Store
	library *storage.Library
	index   *bleveindex.Index
	writer  *indexer.Writer
	log     *bytes.Buffer
}

func newBench(t *testing.T) *bench {
	t.Helper()
	store, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	b := &bench{t: t, store: store, library: storage.NewLibrary(store), log: new(bytes.Buffer)}
	b.openIndex()
	return b
}

// openIndex begins with an empty index, and a writer that knows nothing.
func (b *bench) openIndex() {
	b.t.Helper()
	if b.index != nil {
		b.closeIndex()
	}
	index, err := bleveindex.Open(b.t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		b.t.Fatal(err)
	}
	b.index = index
	b.t.Cleanup(b.closeIndex)
	b.restart()
}

func (b *bench) closeIndex() {
	if err := b.index.Close(); err != nil {
		b.t.Error(err)
	}
}

// restart is what a crash leaves: a writer that knows nothing.
func (b *bench) restart() {
	b.writer = indexer.NewWriter(indexer.WriterConfig{Library: b.library, Index: b.index, Logger: slog.New(slog.NewTextHandler(b.log, nil))})
}

// through sets a store in front of the library's, for faults.
func (b *bench) through(s storage.Store) {
	b.library = storage.NewLibrary(s)
	b.restart()
}

// tester may do everything alone.
var tester = indexer.Actor{Name: "thử", Role: storage.RoleAdmin, Alone: true}

func upload(name string, data []byte) indexer.Upload {
	return indexer.Upload{Name: name, Size: int64(len(data)), Content: bytes.NewReader(data), By: tester, Publish: true}
}

func (b *bench) importOne(up indexer.Upload) (storage.Record, indexer.Outcome) {
	b.t.Helper()
	record, outcome, err := b.writer.Import(b.t.Context(), up)
	if err != nil {
		b.t.Fatalf("%s: %v", up.Name, err)
	}
	return record, outcome
}

func (b *bench) flush() {
	b.t.Helper()
	if err := b.writer.Flush(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) repair() {
	b.t.Helper()
	if err := b.writer.Repair(b.t.Context(), nil); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) document(id storage.ID) storage.Record {
	b.t.Helper()
	record, err := b.library.Document(b.t.Context(), id)
	if err != nil {
		b.t.Fatal(err)
	}
	return record
}

// found is how many documents an audience finds.
func (b *bench) found(text string, audience storage.Audience) int {
	b.t.Helper()
	result, err := b.index.Search(b.t.Context(), indexer.Query{Text: text, Audience: audience})
	if err != nil {
		b.t.Fatal(err)
	}
	return result.Total
}

// keys are the keys and ETags of all objects below a prefix.
func (b *bench) keys(prefix string) []string {
	b.t.Helper()
	keys := []string{}
	for obj, err := range b.store.List(b.t.Context(), prefix, "") {
		if err != nil {
			b.t.Fatal(err)
		}
		keys = append(keys, obj.Key+" "+obj.ETag)
	}
	return keys
}

// agree tells whether store and index hold the same, and each document once.
func (b *bench) agree() error {
	held, err := b.index.Versions(b.t.Context())
	if err != nil {
		return err
	}
	for record, err := range b.library.Documents(b.t.Context()) {
		if err != nil {
			return err
		}
		if version, indexed := held[record.ID]; indexed != record.Findable() || indexed && !version.Equal(record.Version()) {
			return fmt.Errorf("document %s, version %v, findable %v: the index holds %v", record.ID, record.Version(), record.Findable(), version)
		}
		delete(held, record.ID)
	}
	if len(held) > 0 {
		return fmt.Errorf("the index holds %v, the store does not", held)
	}
	documents, originals, texts := len(b.keys("documents/")), len(b.keys("originals/")), len(b.keys("texts/"))
	if documents > originals || texts > originals {
		return fmt.Errorf("%d documents, %d originals, %d texts", documents, originals, texts)
	}
	return nil
}

func sample(t *testing.T, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(testdata.Documents(), name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func badSample(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../testdata/bad", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// actions are what a document's history says was done.
func actions(record storage.Record) string {
	var actions []string
	for _, change := range record.History {
		actions = append(actions, change.Action)
	}
	return strings.Join(actions, " ")
}

func same(t *testing.T, what string, before, after []string) {
	t.Helper()
	if !slices.Equal(before, after) {
		t.Errorf("%s:\nbefore %q\nafter  %q", what, before, after)
	}
}

// scan is a PDF of one page that is nothing but a picture.
func scan(t *testing.T) []byte {
	t.Helper()
	const draw = "q 600 0 0 800 0 0 cm /Im Do Q"
	var pdf bytes.Buffer
	var offsets []int
	pdf.WriteString("%PDF-1.4\n")
	for i, object := range []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</Im 5 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(draw), draw),
		"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n\x80\nendstream",
	} {
		offsets = append(offsets, pdf.Len())
		fmt.Fprintf(&pdf, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := pdf.Len()
	fmt.Fprintf(&pdf, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&pdf, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&pdf, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, table)
	return pdf.Bytes()
}
