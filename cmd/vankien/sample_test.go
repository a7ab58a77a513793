package main

import (
	"log/slog"
	"testing"

	"vankien/indexer"
	"vankien/indexer/bleveindex"
	"vankien/storage"
	"vankien/storage/files"
)

// A sample that somebody deleted must not keep `serve --sample` from starting.
func TestADeletedSampleStopsTheStart(t *testing.T) {
	store, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	index, err := bleveindex.Open(t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	library := storage.NewLibrary(store)
	writer := indexer.NewWriter(indexer.WriterConfig{Library: library, Index: index})
	if err := importSamples(t.Context(), writer); err != nil {
		t.Fatal(err)
	}
	for record, err := range library.Documents(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := writer.Delete(t.Context(), record.ID, storage.Version{}, indexer.Importer); err != nil {
			t.Fatal(err)
		}
		break
	}
	if err := importSamples(t.Context(), writer); err != nil {
		t.Errorf("the next start: %v", err)
	}
}
