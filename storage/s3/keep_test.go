package s3_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"vankien/storage"
	"vankien/storage/s3/s3test"
)

// While the server is down calls say so; once it is back they go on, with all
// that was acknowledged.
func TestOutage(t *testing.T) {
	server := s3test.Start(t)
	s := open(t, config(t, server))
	s.Hasten(10 * time.Second)
	data := noise(1, 40<<20) // more than lies in the buffers of a connection
	obj, err := s.Put(t.Context(), "k", bytes.NewReader(data), storage.PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	body, _, err := s.Get(t.Context(), "k", storage.Range{})
	if err != nil {
		t.Fatal(err)
	}
	server.Stop(t)
	for name, call := range map[string]func() error{
		"put": func() error {
			_, err := s.Put(t.Context(), "k2", bytes.NewReader(data), storage.PutOptions{})
			return err
		},
		"get":    func() error { _, _, err := read(t.Context(), s, "k", storage.Range{}); return err },
		"stat":   func() error { _, err := s.Stat(t.Context(), "k"); return err },
		"delete": func() error { return s.Delete(t.Context(), "k", "") },
		"list": func() (err error) {
			for _, err = range s.List(t.Context(), "", "") {
			}
			return err
		},
		"read on": func() error { _, err := io.ReadAll(body); return errors.Join(err, body.Close()) },
	} {
		if err := call(); !errors.Is(err, storage.ErrUnavailable) {
			t.Errorf("%s without a server: %v", name, err)
		}
	}
	server.Restart(t)
	got, again, err := read(t.Context(), s, "k", storage.Range{})
	if err != nil || !bytes.Equal(got, data) || again != obj {
		t.Errorf("after the outage: %d bytes, %+v (was %+v), %v", len(got), again, obj, err)
	}
	if _, err := s.Stat(t.Context(), "k2"); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("what was refused is there: %v", err)
	}
}

// A bucket that vanishes is an outage: nobody may take it for a library without
// documents.
func TestVanishedBucket(t *testing.T) {
	server := s3test.Start(t)
	cfg := config(t, server)
	s := open(t, cfg)
	s.Parts()
	obj, err := s.Put(t.Context(), "k", bytes.NewReader(nil), storage.PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(server.Dir(cfg.Bucket), server.Dir("elsewhere")); err != nil {
		t.Fatal(err)
	}
	for name, call := range map[string]func() error{
		"put": func() error {
			_, err := s.Put(t.Context(), "k", bytes.NewReader(nil), storage.PutOptions{})
			return err
		},
		"put if": func() error {
			_, err := s.Put(t.Context(), "k", bytes.NewReader(nil), storage.PutOptions{IfMatch: obj.ETag})
			return err
		},
		"put parts": func() error {
			_, err := s.Put(t.Context(), "k", bytes.NewReader(noise(1, parts)), storage.PutOptions{})
			return err
		},
		"get":            func() error { _, _, err := read(t.Context(), s, "k", storage.Range{}); return err },
		"get a part":     func() error { _, _, err := read(t.Context(), s, "k", storage.Range{Offset: 1}); return err },
		"stat":           func() error { _, err := s.Stat(t.Context(), "k"); return err },
		"delete":         func() error { return s.Delete(t.Context(), "k", "") },
		"delete by ETag": func() error { return s.Delete(t.Context(), "k", obj.ETag) },
		"list": func() (err error) {
			for _, err = range s.List(t.Context(), "", "") {
			}
			return err
		},
	} {
		if err := call(); !errors.Is(err, storage.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A byte that flips on the server's disk is damage, not data.
func TestDamage(t *testing.T) {
	server := s3test.Start(t)
	cfg := config(t, server)
	s := open(t, cfg)
	s.Parts()
	s.Hasten(10 * time.Second)
	for name, size := range map[string]int{"small": small, "held": held, "parts": parts} {
		data := noise(1, size)
		if _, err := s.Put(t.Context(), name, bytes.NewReader(data), storage.PutOptions{SHA256: sum(data)}); err != nil {
			t.Fatal(err)
		}
		file, err := os.OpenFile(filepath.Join(server.Dir(cfg.Bucket), name), os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.WriteAt([]byte{data[size/2] ^ 4}, int64(size/2)); err != nil {
			t.Fatal(err)
		}
		file.Close()
		if _, _, err := read(t.Context(), s, name, storage.Range{}); !errors.Is(err, storage.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An object that another program stored has no stamp, and is read all the same.
func TestForeignObject(t *testing.T) {
	server := s3test.Start(t)
	cfg := config(t, server)
	s := open(t, cfg)
	if err := os.WriteFile(filepath.Join(server.Dir(cfg.Bucket), "foreign"), []byte("bytes"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(server.Dir(cfg.Bucket), "No Key Of Ours"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	listed := 0
	for obj, err := range s.List(t.Context(), "", "") {
		if listed++; err != nil || obj.Key != "foreign" {
			t.Errorf("%+v, %v", obj, err)
		}
	}
	got, _, err := read(t.Context(), s, "foreign", storage.Range{Offset: 1})
	if err != nil || string(got) != "ytes" || listed != 1 {
		t.Errorf("%q, %v; %d listed", got, err, listed)
	}
}

// A creation whose answer is lost has succeeded; where somebody replaced the
// object before anybody could look, it is in doubt, and not a conflict.
func TestLostAnswers(t *testing.T) {
	server := s3test.Start(t)
	cfg := config(t, server)
	direct := open(t, cfg)
	p := startProxy(t, server.URL)
	cfg.Endpoint, cfg.TempDir = p.URL, t.TempDir()
	s := open(t, cfg)
	puts := func(r *http.Request) bool { return r.Method == http.MethodPut }
	p.commit(lostAnswer, 1, puts)
	obj, err := s.Put(t.Context(), "k", bytes.NewReader([]byte("mine")), storage.PutOptions{IfNoneMatch: true})
	if err != nil || p.metBy() != 1 {
		t.Fatalf("the answer was lost, the object is there: %v", err)
	}
	p.commit(lostAnswer, 1, func(r *http.Request) bool {
		if r.Method == http.MethodPut { // it is done before the answer is lost, and replaced before the next try
			go func() {
				for mine := obj.ETag; mine == obj.ETag; {
					if there, err := direct.Stat(t.Context(), "k"); err == nil {
						mine = there.ETag
					}
				}
				direct.Put(t.Context(), "k", bytes.NewReader([]byte("another's")), storage.PutOptions{})
			}()
		}
		return r.Method == http.MethodPut
	})
	_, err = s.Put(t.Context(), "k", bytes.NewReader([]byte("mine again")), storage.PutOptions{IfMatch: obj.ETag})
	if !errors.Is(err, storage.ErrUnavailable) || errors.Is(err, storage.ErrConflict) {
		t.Errorf("nobody can tell whether it was stored: %v", err)
	}
}

// A process that dies within a Delete leaves a tombstone: the object is gone
// for everybody, and can be created again after a minute.
func TestTombstone(t *testing.T) {
	server := s3test.Start(t)
	cfg := config(t, server)
	p := startProxy(t, server.URL)
	dying := cfg
	dying.Endpoint = p.URL
	s, dead := open(t, cfg), open(t, dying)
	s.Hasten(10 * time.Second)
	dead.Hasten(10 * time.Second)
	obj, err := s.Put(t.Context(), "documents/a.json", bytes.NewReader([]byte("record")), storage.PutOptions{})
	if err != nil {
		t.Fatal(err)
	}
	p.commit(internalError, -1, func(r *http.Request) bool { return r.Method == http.MethodDelete })
	if err := dead.Delete(t.Context(), obj.Key, obj.ETag); err != nil {
		t.Fatalf("the object is deleted, though its tombstone stays: %v", err)
	}
	file := filepath.Join(server.Dir(cfg.Bucket), obj.Key)
	if _, err := os.Stat(file); err != nil {
		t.Fatalf("no tombstone: %v", err)
	}
	if _, err := s.Stat(t.Context(), obj.Key); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("Stat: %v", err)
	}
	if _, _, err := s.Get(t.Context(), obj.Key, storage.Range{}); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("Get: %v", err)
	}
	for obj, err := range s.List(t.Context(), "", "") {
		t.Errorf("listed: %+v, %v", obj, err)
	}
	if err := s.Delete(t.Context(), obj.Key, obj.ETag); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("Delete: %v", err)
	}
	if _, err := s.Put(t.Context(), obj.Key, bytes.NewReader([]byte("x")), storage.PutOptions{IfMatch: obj.ETag}); !errors.Is(err, storage.ErrConflict) {
		t.Errorf("Put with the ETag before: %v", err)
	}
	create := func() error {
		_, err := s.Put(t.Context(), obj.Key, bytes.NewReader([]byte("new")), storage.PutOptions{IfNoneMatch: true})
		return err
	}
	if err := create(); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("created while the deletion may be under way: %v", err)
	}
	old := time.Now().Add(-2 * time.Minute)
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
	if err := create(); err != nil {
		t.Errorf("create again: %v", err)
	}
}

// Uploads that nobody completes are aborted by an Open a day later.
func TestAbandonedUploads(t *testing.T) {
	st := newStage(t)
	sc := st.scene(t, small, 10*time.Second)
	sc.proxy.commit(internalError, -1, func(r *http.Request) bool {
		return r.Method == http.MethodPut && r.URL.Query().Has("partNumber") || r.Method == http.MethodDelete
	})
	if _, err := sc.store.Put(t.Context(), sc.folder+"new", bytes.NewReader(noise(2, parts)), storage.PutOptions{}); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("error %v", err)
	}
	open(t, st.cfg)
	if left := sc.uploads(); left != 1 {
		t.Fatalf("%d unfinished uploads; a young one may have somebody behind it", left)
	}
	uploads, err := filepath.Glob(filepath.Join(st.server.Dir(st.cfg.Bucket), ".sgwtmp", "multipart", "*", "*"))
	if err != nil || len(uploads) != 1 {
		t.Fatalf("%v, %v", uploads, err)
	}
	old := time.Now().Add(-25 * time.Hour)
	if err := os.Chtimes(uploads[0], old, old); err != nil {
		t.Fatal(err)
	}
	open(t, st.cfg)
	if left := sc.uploads(); left != 0 {
		t.Errorf("%d unfinished uploads after a day", left)
	}
}
