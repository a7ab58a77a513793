package storage_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"

	"vankien/storage"
	"vankien/storage/files"
)

// open is an empty library in a directory, and its store for looking beneath.
func open(t testing.TB) (*storage.Library, *files.Store) {
	t.Helper()
	s, err := files.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return storage.NewLibrary(s), s
}

func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// decree is a document as the importer hands it in.
func decree(n int) storage.Document {
	return storage.Document{
		State: storage.StateDraft, Audience: storage.AudiencePublic, Validity: storage.Unverified,
		Reading: storage.Reading{Status: storage.ReadingQueued},
		Facts: storage.Facts{
			Number: storage.Printed(fmt.Sprintf("%d-QĐ/TW", n)), Kind: "Quyết định", KindSymbol: "QĐ",
			Issuer: "Ban Chấp hành Trung ương", IssuerSymbol: "TW", Issued: "2025-05-26", Title: "thi hành Điều lệ Đảng <&>",
			Evidence: map[string]storage.Evidence{"number": {Page: 1, Text: "Số …-QĐ/TW", Confidence: 0.99}},
		},
		Original: storage.Original{Name: "quyết định.pdf", MediaType: "application/pdf", Size: 9007199254740993, SHA256: hash(fmt.Append(nil, n))},
	}
}

func create(t testing.TB, l *storage.Library, doc storage.Document) storage.Record {
	t.Helper()
	rec, err := l.CreateDocument(t.Context(), doc, "import", "import")
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

func plant(t testing.TB, s storage.Store, key string, data string) {
	t.Helper()
	if _, err := s.Put(t.Context(), key, bytes.NewReader([]byte(data)), storage.PutOptions{}); err != nil {
		t.Fatal(err)
	}
}
