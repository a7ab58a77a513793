package storage_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"vankien/storage"
)

var sum = strings.Repeat("ab", 32)

func TestText(t *testing.T) {
	l, s := open(t)
	text := storage.Text{MediaType: "application/pdf", Pages: []storage.Page{
		{Number: 1, Text: "Điều 1.\n\nPhạm vi", Engine: "ledongthuc", Score: 0.98, Warnings: []string{"mờ"}},
		{Number: 2, OCR: true},
	}}
	if _, err := l.Text(t.Context(), sum, "v1"); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("not read yet: %v", err)
	}
	if err := l.PutText(t.Context(), sum, "v1", text); err != nil {
		t.Fatal(err)
	}
	if text.Pages[1].Warnings != nil {
		t.Error("PutText altered the caller's pages")
	}
	want := text
	want.Pages = []storage.Page{text.Pages[0], {Number: 2, OCR: true, Warnings: []string{}}}
	got, err := l.Text(t.Context(), sum, "v1")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-put +got):\n%s", diff)
	}
	if err := l.PutText(t.Context(), sum, "v2", storage.Text{}); err != nil {
		t.Fatal(err)
	}
	if got, err := l.Text(t.Context(), sum, "v2"); err != nil || got.Pages == nil {
		t.Errorf("empty text: %+v, %v", got, err)
	}
	if err := l.DeleteTexts(t.Context(), sum); err != nil {
		t.Error(err)
	}
	for obj := range s.List(t.Context(), "", "") {
		t.Errorf("%s is left", obj.Key)
	}
}

// A better reader's text stands beside the one before until that is taken away.
func TestTextsOfTwoReaders(t *testing.T) {
	l, _ := open(t)
	other := strings.Repeat("cd", 32)
	for _, text := range [][2]string{{sum, "v1"}, {sum, "v2"}, {sum, "v3"}, {other, "v1"}} {
		if err := l.PutText(t.Context(), text[0], text[1], storage.Text{}); err != nil {
			t.Fatal(err)
		}
	}
	twice := func() (hashes []string) {
		for hash, err := range l.TextsTwice(t.Context()) {
			if err != nil {
				t.Error(err)
			}
			hashes = append(hashes, hash)
		}
		return hashes
	}
	if diff := cmp.Diff([]string{sum}, twice()); diff != "" {
		t.Error(diff)
	}
	if err := l.DeleteTextsBut(t.Context(), sum, "v2"); err != nil {
		t.Error(err)
	}
	if _, err := l.Text(t.Context(), sum, "v2"); err != nil || len(twice()) > 0 {
		t.Errorf("v2: %v, twice: %q", err, twice())
	}
	if err := l.DeleteTextsBut(t.Context(), sum, "../x"); !errors.Is(err, storage.ErrInvalid) {
		t.Errorf("no version: %v", err)
	}
	if (storage.Reading{}).TextVersion() != "v1" || (storage.Reading{Reader: "v2"}).TextVersion() != "v2" {
		t.Error("a record without a reader is of the first")
	}
}

func TestTextsThatAreRefused(t *testing.T) {
	l, _ := open(t)
	for _, version := range []string{"", "v/1", "../x", ".v", "V1", "v 1", strings.Repeat("v", 200)} {
		if err := l.PutText(t.Context(), sum, version, storage.Text{}); !errors.Is(err, storage.ErrInvalid) {
			t.Errorf("PutText as version %q: %v", version, err)
		}
		if _, err := l.Text(t.Context(), sum, version); !errors.Is(err, storage.ErrInvalid) {
			t.Errorf("Text of version %q: %v", version, err)
		}
	}
	if err := l.PutText(t.Context(), "x", "v1", storage.Text{}); !errors.Is(err, storage.ErrInvalid) {
		t.Errorf("PutText of no hash: %v", err)
	}
	if err := l.DeleteTexts(t.Context(), ""); !errors.Is(err, storage.ErrInvalid) {
		t.Errorf("DeleteTexts of no hash: %v", err)
	}
}

func pack(t *testing.T, data []byte) []byte {
	t.Helper()
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer encoder.Close()
	return encoder.EncodeAll(data, nil)
}

// What something else put in a text's place is an error, never a panic, and
// never more memory than a text may have.
func TestDamagedTexts(t *testing.T) {
	l, s := open(t)
	whole := pack(t, []byte(`{"media_type":"text/plain","pages":[]}`))
	flipped := bytes.Clone(whole)
	flipped[len(flipped)-6] ^= 1
	for name, damaged := range map[string]struct {
		data []byte
		want error
	}{
		"empty":    {nil, storage.ErrDamaged},
		"not zstd": {[]byte("text"), storage.ErrDamaged},
		"cut":      {whole[:len(whole)-9], storage.ErrDamaged},
		"flipped":  {flipped, storage.ErrDamaged},
		"not JSON": {pack(t, []byte("text")), storage.ErrDamaged},
		"a list":   {pack(t, []byte("[]")), storage.ErrDamaged},
		"a bomb":   {pack(t, make([]byte, 257<<20)), storage.ErrDamaged},
	} {
		plant(t, s, "texts/"+sum+"/v1.json.zst", string(damaged.data))
		if _, err := l.Text(t.Context(), sum, "v1"); !errors.Is(err, damaged.want) {
			t.Errorf("%s: %v, want %v", name, err, damaged.want)
		}
	}
}
