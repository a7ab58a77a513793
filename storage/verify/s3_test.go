package verify_test

import (
	"testing"
	"time"

	"vankien/storage"
	"vankien/storage/s3"
	"vankien/storage/s3/s3test"
	"vankien/storage/verify"
)

// In a bucket the same is found and mended.
func TestBucket(t *testing.T) {
	server := s3test.Start(t)
	name := server.Bucket(t)
	s, err := s3.Open(t.Context(), s3.Config{Bucket: name, Endpoint: server.URL, AccessKey: server.AccessKey, SecretKey: server.SecretKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	l := &library{Library: storage.NewLibrary(s), dir: server.Dir(name)}
	for _, content := range []string{"một", "hai", "ba"} {
		l.docs = append(l.docs, l.add(t, content))
	}
	look := func(repair bool, copies saved) (found []verify.Finding) {
		t.Helper()
		_, err := verify.Run(t.Context(), s, verify.Options{
			Repair: repair, Good: copies.good, Reread: l.reread, Grace: time.Nanosecond,
			Found: func(f verify.Finding) { found = append(found, f) },
		})
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if found := look(true, nil); len(found) > 0 {
		t.Errorf("in order: %+v", found)
	}
	l.edit(t, original(l.docs[0]), flip)
	if found := look(false, nil); len(found) != 1 || found[0].Document != l.docs[0].ID || found[0].Kind != verify.OriginalAltered {
		t.Errorf("a flipped byte: %+v", found)
	}
	if found := look(true, saved{original(l.docs[0]): []byte("một")}); len(found) != 1 || !found[0].Repaired {
		t.Errorf("with a good copy: %+v", found)
	}
	l.edit(t, record(l.docs[1]), replace("về tổ chức", "vế tổ chức")) // behind the server's back
	if found := look(true, nil); len(found) != 1 || !found[0].Repaired {
		t.Errorf("a record edited by hand: %+v", found)
	}
	if now, err := l.Document(t.Context(), l.docs[1].ID); err != nil || now.Revision != l.docs[1].Revision+1 {
		t.Errorf("revision %d, %v", now.Revision, err)
	}
}
