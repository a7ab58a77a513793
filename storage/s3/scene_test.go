package s3_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"vankien/storage"
	"vankien/storage/s3"
	"vankien/storage/s3/s3test"
)

// Sizes that take each of the ways in and out.
const (
	small = 300
	held  = 2 << 20
	parts = 6 << 20
)

func noise(seed byte, size int) []byte {
	data := make([]byte, size)
	rand.NewChaCha8([32]byte{seed}).Read(data)
	return data
}

func read(ctx context.Context, s storage.Store, key string, rng storage.Range) ([]byte, storage.Object, error) {
	body, obj, err := s.Get(ctx, key, rng)
	if err != nil {
		return nil, obj, err
	}
	data, err := io.ReadAll(body)
	return data, obj, errors.Join(err, body.Close())
}

// stage is a bucket that scenes share, and a store that reaches it directly.
type stage struct {
	server *s3test.Server
	cfg    s3.Config
	direct *s3.Store
	scenes atomic.Int64
}

func newStage(t *testing.T) *stage {
	server := s3test.Start(t)
	st := &stage{server: server, cfg: config(t, server)}
	st.direct = open(t, st.cfg)
	st.direct.Parts()
	return st
}

// scene is a folder of the bucket that a store reaches through a proxy. "old"
// holds the object that was there before, of the operation's size.
type scene struct {
	*stage
	t      *testing.T
	folder string
	proxy  *proxy
	store  *s3.Store
	old    []byte
	before storage.Object
}

func (st *stage) scene(t *testing.T, size int, timeout time.Duration) *scene {
	sc := &scene{stage: st, t: t, folder: fmt.Sprintf("%03d/", st.scenes.Add(1)), proxy: startProxy(t, st.server.URL), old: noise(1, size)}
	cfg := st.cfg
	cfg.Endpoint, cfg.TempDir = sc.proxy.URL, t.TempDir()
	sc.store = open(t, cfg)
	sc.store.Parts()
	sc.store.Hasten(timeout)
	var err error
	sc.before, err = sc.direct.Put(t.Context(), sc.folder+"old", bytes.NewReader(sc.old), storage.PutOptions{Size: int64(size), SHA256: sum(sc.old)})
	if err != nil {
		t.Fatal(err)
	}
	return sc
}

func sum(data []byte) string {
	hash := sha256.Sum256(data)
	return hex.EncodeToString(hash[:])
}

// whole makes sure that the operation left all or nothing, done only where it
// says so, and no parts of uploads.
func (sc *scene) whole(op operation, err error) {
	sc.t.Helper()
	ctx := context.Background()
	got, _, readErr := read(ctx, sc.direct, sc.folder+op.key, storage.Range{})
	before := []byte(nil)
	if op.key == "old" {
		before = sc.old
	}
	done, wants := false, op.wants(sc)
	switch {
	case readErr == nil && wants != nil && bytes.Equal(got, wants), errors.Is(readErr, storage.ErrNotFound) && wants == nil:
		done = true
	case readErr == nil && before != nil && bytes.Equal(got, before), errors.Is(readErr, storage.ErrNotFound) && before == nil:
	default:
		sc.t.Errorf("%s holds %d bytes (%v) that are neither what was there nor what should be", op.key, len(got), readErr)
	}
	if err == nil && !done {
		sc.t.Errorf("%s was not done, although it says so", op.name)
	}
	if left := sc.uploads(); left > 0 {
		sc.t.Errorf("%d unfinished uploads are left", left)
	}
}

func (sc *scene) uploads() int {
	client, err := minio.NewCore(strings.TrimPrefix(sc.server.URL, "http://"), &minio.Options{
		Creds: credentials.NewStaticV4(sc.server.AccessKey, sc.server.SecretKey, ""), Region: "us-east-1",
		Transport: &http.Transport{DisableKeepAlives: true},
	})
	if err != nil {
		sc.t.Fatal(err)
	}
	found, err := client.ListMultipartUploads(context.Background(), sc.cfg.Bucket, sc.folder, "", "", "", 1000)
	if err != nil {
		sc.t.Fatal(err)
	}
	return len(found.Uploads)
}
