package backup_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
	"vankien/storage/backup"
	"vankien/storage/s3"
	"vankien/storage/s3/s3test"
)

// A library moves from a bucket to a folder and back through a backup; what is
// altered in the bucket never takes the place of the good copy.
func TestBucket(t *testing.T) {
	server := s3test.Start(t)
	bucket := func(name string) *s3.Store {
		s, err := s3.Open(t.Context(), s3.Config{Bucket: name, Endpoint: server.URL, AccessKey: server.AccessKey, SecretKey: server.SecretKey})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		return s
	}
	name := server.Bucket(t)
	s := bucket(name)
	l := storage.NewLibrary(s)
	var rec storage.Record
	for i := range 12 {
		var err error
		if rec, err = add(t.Context(), l, fmt.Sprint("văn bản ", i)); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	if first := create(t, s, dir); first.Objects != 36 || first.Copied != 36 {
		t.Errorf("the first backup: %+v", first)
	}
	if second := create(t, s, dir); second.Copied != 0 {
		t.Errorf("the second backup: %+v", second)
	}
	good := contents(t, s)
	if diff := cmp.Diff(good, contents(t, restore(t, dir, ""))); diff != "" {
		t.Errorf("in a folder (-bucket +folder):\n%s", diff)
	}
	flip(t, filepath.Join(server.Dir(name), "originals", rec.Original.SHA256))
	var p problems
	if _, err := backup.Create(t.Context(), s, dir, backup.Options{}); err != nil { // by its time it may be as it was, and is not read again
		t.Error(err)
	}
	if _, err := backup.Create(t.Context(), s, t.TempDir(), backup.Options{Found: p.found}); err != nil || len(p) != 1 {
		t.Errorf("%v\n%s", err, p)
	}
	other := bucket(server.Bucket(t))
	if _, err := backup.Restore(t.Context(), dir, other, backup.RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(good, contents(t, other)); diff != "" {
		t.Errorf("in a bucket (-good +restored):\n%s", diff)
	}
}
