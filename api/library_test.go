package api

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"vankien/indexer"
	"vankien/indexer/bleveindex"
	"vankien/storage"
	"vankien/storage/files"
	"vankien/testdata"
)

// living is a whole library behind a real server: store and index in folders,
// the write path, tokens of each role.
type living struct {
	testing.TB
	store   *files.Store
	library *storage.Library
	index   *bleveindex.Index
	writer  *indexer.Writer
	down    *outage
	spool   string
	cfg     Config // of the server
	url     string
	handler http.Handler
	secrets map[storage.Role]string // "operator" is the running server's own
}

const operator = storage.Role(storage.ByOperator)

// withOperator knows the operator's own token beside those in the store.
type withOperator struct{ *storage.Library }

func (l withOperator) TokenFor(ctx context.Context, secret string) (storage.Token, error) {
	if secret == "secret-operator" {
		return storage.Token{Name: storage.ByOperator, Role: storage.RoleAdmin}, nil
	}
	return l.Library.TokenFor(ctx, secret)
}

// live starts a library; change may alter the server's configuration. Nothing
// is read until read is called.
func live(t testing.TB, change func(*Config)) *living {
	t.Helper()
	l := &living{TB: t, spool: t.TempDir(), secrets: map[storage.Role]string{operator: "secret-operator"}}
	quiet := slog.New(slog.DiscardHandler)
	var err error
	if l.store, err = files.Open(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	l.closeLater(l.store)
	if l.index, err = bleveindex.Open(t.TempDir(), quiet); err != nil {
		t.Fatal(err)
	}
	l.closeLater(l.index)
	l.down = &outage{Store: l.store}
	l.library = storage.NewLibrary(l.down)
	l.writer = indexer.NewWriter(indexer.WriterConfig{Library: l.library, Index: l.index, Logger: quiet})
	for _, role := range storage.Roles {
		if l.secrets[role], err = l.library.NewToken(t.Context(), "người "+string(role), role); err != nil {
			t.Fatal(err)
		}
	}
	stopping := make(chan struct{})
	l.cfg = Config{
		Index: l.index, Library: withOperator{l.library}, Writer: l.writer, Ready: ready, Stopping: stopping, SpoolDir: l.spool,
		OpenOriginal: func(ctx context.Context, sha256 string) (io.ReadSeekCloser, error) {
			return l.library.OpenOriginal(ctx, sha256)
		},
		RatePerSecond: -1, Logger: quiet,
	}
	if change != nil {
		change(&l.cfg)
	}
	l.handler, l.url = l.serve(l.cfg)
	t.Cleanup(func() { close(stopping) }) // before the server is closed, which waits for event streams
	return l
}

// serve is a server for the library.
func (l *living) serve(cfg Config) (handler http.Handler, url string) {
	l.Helper()
	handler, err := New(cfg)
	if err != nil {
		l.Fatal(err)
	}
	return handler, l.listen(Server("", handler))
}

// listen starts a server, whose deadlines may be its own.
func (l *living) listen(config *http.Server) (url string) {
	server := httptest.NewUnstartedServer(nil)
	server.Config = config
	server.Start()
	l.Cleanup(server.Close)
	return server.URL
}

func (l *living) closeLater(c io.Closer) {
	l.Cleanup(func() {
		if err := c.Close(); err != nil {
			l.Error(err)
		}
	})
}

// read reads what is uploaded, until the test ends.
func (l *living) read() {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { l.writer.Run(ctx) })
	l.Cleanup(func() { cancel(); running.Wait() })
}

// imported is a document that the operator took in, read and, where publish is
// set, published.
func (l *living) imported(name, content string, publish bool) storage.Record {
	l.Helper()
	record, _, err := l.writer.Import(l.Context(), indexer.Upload{
		Name: name, Size: int64(len(content)), Content: strings.NewReader(content), By: indexer.Importer, Publish: publish,
	})
	if err != nil {
		l.Fatal(err)
	}
	if err := l.writer.Flush(l.Context()); err != nil {
		l.Fatal(err)
	}
	return record
}

func (l *living) record(id storage.ID) storage.Record {
	l.Helper()
	record, err := l.library.Document(l.Context(), id)
	if err != nil {
		l.Fatal(err)
	}
	return record
}

// objects are the keys in the store, but for the tokens.
func (l *living) objects() (keys []string) {
	l.Helper()
	for object, err := range l.store.List(l.Context(), "", "") {
		if err != nil {
			l.Fatal(err)
		}
		if !strings.HasPrefix(object.Key, storage.TokensPrefix) {
			keys = append(keys, object.Key)
		}
	}
	return keys
}

// untouched fails where anything is left of an upload that was refused.
func (l *living) untouched(what string, before []string) {
	l.Helper()
	if after := l.objects(); !slices.Equal(before, after) {
		l.Errorf("%s: the store had %q, now %q", what, before, after)
	}
	if left, err := os.ReadDir(l.spool); err != nil || len(left) > 0 {
		l.Errorf("%s: left in the spool: %v, %v", what, left, err)
	}
}

func sample(t testing.TB, name string) string {
	t.Helper()
	data, err := fs.ReadFile(testdata.Documents(), name)
	if errors.Is(err, fs.ErrNotExist) {
		data, err = os.ReadFile(filepath.Join("../testdata/bad", name))
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
