package backup

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func encoded(t testing.TB, entries ...Entry) []byte {
	t.Helper()
	var out bytes.Buffer
	enc, err := newEncoder(&out, time.Unix(0, 0).UTC())
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if err := enc.add(entry); err != nil {
			t.Fatal(err)
		}
	}
	if err := enc.close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func decoded(data []byte) (entries []Entry, err error) {
	for entry, err := range decode(bytes.NewReader(data)) {
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

func sampleEntries() []Entry {
	sum := strings.Repeat("0a", 32)
	return []Entry{
		{Key: "documents/0.json", Size: 3, SHA256: sum, ETag: `"x-1"`, Modified: time.Unix(1, 5).UTC()},
		{Key: "originals/" + sum, Size: 1 << 40, SHA256: sum, Damaged: "đã hỏng"},
	}
}

// A snapshot that lacks any part of itself is no snapshot.
func TestTruncatedSnapshot(t *testing.T) {
	data := encoded(t, sampleEntries()...)
	if got, err := decoded(data); err != nil || cmp.Diff(sampleEntries(), got) != "" {
		t.Errorf("whole: %v, %v", got, err)
	}
	for n := range data {
		if got, err := decoded(data[:n]); err == nil {
			t.Errorf("the first %d of %d bytes are taken for a snapshot of %d objects", n, len(data), len(got))
		}
	}
	if got, err := decoded(append(bytes.Clone(data), data...)); err == nil {
		t.Errorf("two in one are taken for a snapshot of %d objects", len(got))
	}
}

// FuzzSnapshot: whatever stands in a snapshot's file is a snapshot that can be
// written again, or an error.
func FuzzSnapshot(f *testing.F) {
	f.Add(encoded(f))
	f.Add(encoded(f, sampleEntries()...))
	f.Add(encoded(f, sampleEntries()[:1]...)[:40])
	f.Add([]byte{})
	f.Add([]byte("{\"vankien_backup\":1}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, err := decoded(data)
		if err != nil {
			return
		}
		again, err := decoded(encoded(t, entries...))
		if err != nil || cmp.Diff(entries, again) != "" {
			t.Errorf("%v: %v became %v", err, entries, again)
		}
	})
}

// FuzzLines: the same for what is packed in it, which few random bytes unpack to.
func FuzzLines(f *testing.F) {
	f.Add("{\"vankien_backup\":1}\n{\"end\":true,\"objects\":0,\"bytes\":0,\"sha256\":\"\"}\n")
	f.Add("{\"vankien_backup\":1}\n{\"key\":\"a\",\"size\":1,\"sha256\":\"" + strings.Repeat("0", 64) + "\"}\n")
	f.Add("{\"vankien_backup\":1}\n{\"key\":\"../a\",\"size\":-1}\n")
	f.Add(strings.Repeat("x", maxLine+1))
	f.Fuzz(func(t *testing.T, lines string) {
		var out bytes.Buffer
		enc, err := newEncoder(&out, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		enc.lines.Reset(enc.zstd) // drops the header
		if _, err := enc.lines.WriteString(lines); err != nil {
			t.Fatal(err)
		}
		if err := enc.lines.Flush(); err != nil {
			t.Fatal(err)
		}
		if err := enc.zstd.Close(); err != nil {
			t.Fatal(err)
		}
		entries, err := decoded(out.Bytes())
		for _, entry := range entries {
			if err == nil && (entry.Key == "" || strings.Contains(entry.Key, "..") && strings.HasPrefix(entry.Key, ".")) {
				t.Errorf("accepted %+v", entry)
			}
		}
	})
}
