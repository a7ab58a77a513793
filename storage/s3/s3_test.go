package s3_test

import (
	"flag"
	"os"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"vankien/storage"
	"vankien/storage/s3"
	"vankien/storage/s3/s3test"
	"vankien/storage/storagetest"
)

// Most of these tests wait for a server that does not answer: more of them run
// at once than there are processors. And minio-go waits once more after it has
// given up.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	minio.DefaultRetryUnit = time.Millisecond
	m.Run()
}

func config(t testing.TB, server *s3test.Server) s3.Config {
	return s3.Config{
		Endpoint: server.URL, Bucket: server.Bucket(t), AccessKey: server.AccessKey, SecretKey: server.SecretKey,
		Timeout: 10 * time.Second, TempDir: t.TempDir(),
	}
}

func open(t testing.TB, cfg s3.Config) *s3.Store {
	t.Helper()
	s, err := s3.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if left, err := os.ReadDir(cfg.TempDir); cfg.TempDir != "" && (err != nil || len(left) > 0) {
			t.Errorf("left in the temporary folder: %v, %v", left, err)
		}
	})
	return s
}

func TestStore(t *testing.T) {
	server := s3test.Start(t)
	storagetest.Run(t, func(t *testing.T) storage.Store { return open(t, config(t, server)) })
}

// The same with bodies over 5 MiB as multipart uploads.
func TestStoreOfParts(t *testing.T) {
	server := s3test.Start(t)
	storagetest.Run(t, func(t *testing.T) storage.Store {
		s := open(t, config(t, server))
		s.Parts()
		return s
	})
}
