package storage_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"vankien/storage"
)

// A record that a disk, a wire or a hand has altered is never served.
func TestRecordsThatWereAltered(t *testing.T) {
	l, s := open(t)
	rec := create(t, l, decree(1))
	key := storage.DocumentsPrefix + string(rec.ID) + ".json"
	body, _, err := s.Get(t.Context(), key, storage.Range{})
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(body)
	body.Close()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := storage.ReadRecord(data); err != nil {
		t.Fatal(err)
	}
	for i := range data {
		flipped := bytes.Clone(data)
		flipped[i] ^= 1
		if _, err := storage.ReadRecord(flipped); !errors.Is(err, storage.ErrDamaged) {
			t.Fatalf("byte %d flipped (%q): %v", i, data[max(0, i-20):i+1], err)
		}
	}
	for _, edited := range [][]byte{
		nil, data[:len(data)-1], append(bytes.Clone(data), ' '), []byte("{}"), []byte("null"), []byte(`{"checksum":"`), data[len(data)/2:],
		append([]byte("{"), data[len(`{"checksum":"",`)+64:]...), // without its checksum
	} {
		if _, err := storage.ReadRecord(edited); !errors.Is(err, storage.ErrDamaged) {
			t.Errorf("%.40q: %v", edited, err)
		}
	}
	edited := bytes.Replace(data, []byte(`"state":"draft"`), []byte(`"state":"published"`), 1)
	plant(t, s, key, string(edited))
	if _, err := l.Document(t.Context(), rec.ID); !errors.Is(err, storage.ErrDamaged) {
		t.Errorf("an edited record: %v", err)
	}
	if got, err := storage.ReadRecord(edited); !errors.Is(err, storage.ErrDamaged) || got.ID != rec.ID || got.State != storage.StatePublished {
		t.Errorf("whoever repairs it gets %+v, %v", got, err)
	}
}

func FuzzReadRecord(f *testing.F) {
	f.Add([]byte(`{"checksum":"","id":"0","history":[{"patch":null}]}`))
	f.Add([]byte("null"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := storage.ReadRecord(data); err != nil && !errors.Is(err, storage.ErrDamaged) {
			t.Error(err)
		}
	})
}
