package storage_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"vankien/storage"
)

func putOriginal(t *testing.T, l *storage.Library, data []byte) string {
	t.Helper()
	if err := l.PutOriginal(t.Context(), hash(data), int64(len(data)), bytes.NewReader(data)); err != nil {
		t.Fatal(err)
	}
	return hash(data)
}

// A reader of an original seeks and reads like one of bytes in memory.
func TestOriginalReader(t *testing.T) {
	l, _ := open(t)
	for _, size := range []int{0, 1, 1000, 3 << 20} {
		data := bytes.Repeat([]byte("Điều lệ"), size/9+1)[:size]
		r, err := l.OpenOriginal(t.Context(), putOriginal(t, l, data))
		if err != nil {
			t.Fatal(err)
		}
		if r.Size() != int64(size) {
			t.Errorf("Size %d, want %d", r.Size(), size)
		}
		if err := iotest.TestReader(r, data); err != nil {
			t.Errorf("%d bytes: %v", size, err)
		}
		if _, err := r.Seek(-1, io.SeekStart); !errors.Is(err, storage.ErrInvalid) {
			t.Errorf("seek before the start: %v", err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestOriginalOverHTTP(t *testing.T) {
	l, _ := open(t)
	data := bytes.Repeat([]byte("0123456789"), 300_000)
	sum := putOriginal(t, l, data)
	serve := http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r, err := l.OpenOriginal(req.Context(), sum)
		if err != nil {
			t.Error(err)
			return
		}
		defer r.Close()
		http.ServeContent(w, req, "a.pdf", time.Time{}, r)
	})
	for _, test := range []struct {
		rng    string
		status int
		want   []byte
	}{
		{"", 200, data},
		{"bytes=5-9", 206, data[5:10]},
		{"bytes=-3", 206, data[len(data)-3:]},
		{"bytes=2999990-", 206, data[2_999_990:]},
		{"bytes=9000000-", 416, nil},
	} {
		req := httptest.NewRequest("GET", "/", nil)
		req.Header.Set("Range", test.rng)
		rec := httptest.NewRecorder()
		serve(rec, req)
		if rec.Code != test.status || test.want != nil && !bytes.Equal(rec.Body.Bytes(), test.want) {
			t.Errorf("%q: %d with %d bytes, want %d with %d", test.rng, rec.Code, rec.Body.Len(), test.status, len(test.want))
		}
	}
}

func TestPutOriginal(t *testing.T) {
	l, s := open(t)
	data := []byte("%PDF-1.7 …")
	sum := putOriginal(t, l, data)
	before, err := l.StatOriginal(t.Context(), sum)
	if err != nil {
		t.Fatal(err)
	}
	// The same again is left alone, and its body is not even read.
	if err := l.PutOriginal(t.Context(), sum, int64(len(data)), iotest.ErrReader(errors.New("read"))); err != nil {
		t.Errorf("put again: %v", err)
	}
	if now, err := l.StatOriginal(t.Context(), sum); err != nil || now != before {
		t.Errorf("%+v, %v; was %+v", now, err, before)
	}
	// One that was cut short by something else is replaced.
	plant(t, s, "originals/"+sum, "%PDF")
	putOriginal(t, l, data)
	if now, err := l.StatOriginal(t.Context(), sum); err != nil || now.Size != int64(len(data)) {
		t.Errorf("after repair: %+v, %v", now, err)
	}
	if err := l.DeleteOriginal(t.Context(), sum); err != nil {
		t.Error(err)
	}
	if _, err := l.OpenOriginal(t.Context(), sum); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("open after delete: %v", err)
	}
}

func TestOriginalsThatAreRefused(t *testing.T) {
	l, s := open(t)
	data := "bytes"
	sum := hash([]byte(data))
	for name, put := range map[string]struct {
		sum  string
		size int64
	}{
		"no hash":      {"", 5},
		"upper case":   {strings.ToUpper(sum), 5},
		"a path":       {"../" + sum[3:], 5},
		"another hash": {hash([]byte("x")), 5},
		"longer":       {sum, 6},
		"shorter":      {sum, 4},
		"negative":     {sum, -1},
	} {
		if err := l.PutOriginal(t.Context(), put.sum, put.size, strings.NewReader(data)); !errors.Is(err, storage.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for obj := range s.List(t.Context(), "", "") {
		t.Errorf("%s was kept", obj.Key)
	}
	if _, err := l.OpenOriginal(t.Context(), "../../etc/passwd"); !errors.Is(err, storage.ErrInvalid) {
		t.Errorf("open a path: %v", err)
	}
}

// TestPutOriginalOfAnotherSize: what is announced as empty must be.
func TestPutOriginalOfAnotherSize(t *testing.T) {
	l, _ := open(t)
	for _, size := range []int64{0, 1, 3} {
		if err := l.PutOriginal(t.Context(), hash([]byte("ab")), size, strings.NewReader("ab")); !errors.Is(err, storage.ErrInvalid) {
			t.Errorf("two bytes announced as %d: error %v, want ErrInvalid", size, err)
		}
	}
}
