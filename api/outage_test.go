package api

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/storage"
)

// outage is a store that can be out.
type outage struct {
	storage.Store
	out atomic.Bool
}

func (o *outage) err() error {
	if o.out.Load() {
		return fmt.Errorf("the bucket does not answer: %w", storage.ErrUnavailable)
	}
	return nil
}

func (o *outage) Put(ctx context.Context, key string, body io.Reader, opt storage.PutOptions) (storage.Object, error) {
	if err := o.err(); err != nil {
		return storage.Object{}, err
	}
	return o.Store.Put(ctx, key, body, opt)
}

func (o *outage) Get(ctx context.Context, key string, rng storage.Range) (io.ReadCloser, storage.Object, error) {
	if err := o.err(); err != nil {
		return nil, storage.Object{}, err
	}
	return o.Store.Get(ctx, key, rng)
}

func (o *outage) Stat(ctx context.Context, key string) (storage.Object, error) {
	if err := o.err(); err != nil {
		return storage.Object{}, err
	}
	return o.Store.Stat(ctx, key)
}

func (o *outage) List(ctx context.Context, prefix, after string) iter.Seq2[storage.Object, error] {
	if err := o.err(); err != nil {
		return func(yield func(storage.Object, error) bool) { yield(storage.Object{}, err) }
	}
	return o.Store.List(ctx, prefix, after)
}

func (o *outage) Delete(ctx context.Context, key, ifMatch string) error {
	if err := o.err(); err != nil {
		return err
	}
	return o.Store.Delete(ctx, key, ifMatch)
}

// While the store is out searches go on, for those with a token too; whatever
// needs the store says when to try again; and it all works again afterwards.
func TestStoreOutage(t *testing.T) {
	l := live(t, nil)
	d := l.imported("a.txt", meeting, true)
	requests := func(what string, want func(path string) int) {
		for _, test := range []struct {
			role         storage.Role
			method, path string
		}{
			{"", "GET", "/api/v1/search?q=chi+bo"},
			{storage.RoleReader, "GET", "/api/v1/search?q=chi+bo"},
			{storage.RoleReader, "GET", "/api/v1/suggest?q=chi"},
			{storage.RoleReader, "GET", "/?q=chi+bo"},
			{storage.RoleAdmin, "GET", "/api/v1/index/versions"},
			{"", "GET", addressOf(d.ID, "")},
			{"", "GET", addressOf(d.ID, "/text")},
			{"", "GET", addressOf(d.ID, "/original")},
			{"", "GET", addressOf(d.ID, "/events")},
			{storage.RoleAdmin, "GET", "/api/v1/audit"},
			{storage.RoleAdmin, "POST", addressOf(d.ID, "/submit")},
			{storage.RoleAdmin, "PATCH", addressOf(d.ID, "")},
		} {
			if strings.HasSuffix(test.path, "/events") && want(test.path) == 200 {
				l.follow(test.role, d.ID).next()
				continue
			}
			a := l.do(test.role, test.method, test.path, "{}", "Content-Type: application/json", "If-Match: *")
			if a.status != want(test.path) || (a.status == 503) != (a.header.Get("Retry-After") != "") {
				t.Errorf("%s: %s %s as %q: %d, Retry-After %q: %s", what, test.method, test.path, test.role, a.status, a.header.Get("Retry-After"), a.body)
			}
		}
	}
	always := func(path string) int {
		if strings.HasSuffix(path, "/submit") {
			return 409 // it is published
		}
		return 200
	}
	requests("before", always)
	before := l.objects()
	l.down.out.Store(true)
	requests("in the outage", func(path string) int {
		if strings.Contains(path, "/documents/") || strings.HasSuffix(path, "/audit") {
			return 503
		}
		return 200
	})
	a := send(t, l.uploading(storage.RoleAdmin, part{"file", "b.txt", "Đảng viên dự họp."}, confirmed))
	if a.status != 503 || a.header.Get("Retry-After") == "" {
		t.Errorf("an upload: %d %s", a.status, a.body)
	}
	l.down.out.Store(false)
	l.untouched("an upload in an outage", before)
	requests("after", always)
	l.upload(storage.RoleEditor, "b.txt", "Đảng viên dự họp.")
}

// What a record speaks of and the store has lost is a fault of ours.
func TestLostOriginal(t *testing.T) {
	l := live(t, nil)
	d := l.imported("a.txt", meeting, true)
	if err := l.library.DeleteOriginal(t.Context(), d.Original.SHA256); err != nil {
		t.Fatal(err)
	}
	a := l.do("", "GET", addressOf(d.ID, "/original"), "")
	if p := a.problem(t); a.status != 500 || p.Type != "/problems/lost" || !strings.Contains(p.Detail, "báo cho người quản trị") {
		t.Errorf("%d %+v", a.status, p)
	}
	if err := l.library.DeleteTexts(t.Context(), d.Original.SHA256); err != nil {
		t.Fatal(err)
	}
	a = l.do("", "GET", addressOf(d.ID, "/text"), "")
	if a.status != 503 || a.header.Get("Retry-After") == "" || !strings.Contains(a.problem(t).Detail, "đọc lại") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := l.do("", "GET", "/van-ban/"+string(d.ID), ""); a.status != 200 || !strings.Contains(string(a.body), "Chưa có phần chữ") {
		t.Errorf("the page: %d", a.status)
	}
}

// filling is an index that is being filled.
type filling struct{ Index }

func (filling) err() error {
	return fmt.Errorf("index: %w", &indexer.InputError{Reason: "Đang lập lại chỉ mục: 1.234 văn bản.", Err: storage.ErrUnavailable})
}

func (f filling) Search(context.Context, indexer.Query) (indexer.Result, error) {
	return indexer.Result{}, f.err()
}

func (f filling) Suggest(context.Context, string, storage.Audience, int) ([]indexer.Suggestion, error) {
	return nil, f.err()
}

func TestSearchWhileTheIndexIsFilled(t *testing.T) {
	h := serveShelf(t, newShelf(), func(c *Config) {
		c.Index = filling{}
		c.Ready = func() Readiness { return Readiness{StatusStarting, "Đang lập lại chỉ mục: 1.234 văn bản."} }
	})
	for _, path := range []string{"/api/v1/search?q=x", "/api/v1/suggest?q=x", "/", "/?q=x"} {
		w := ask(h, "GET", path)
		if w.Code != 503 || w.Header().Get("Retry-After") == "" || strings.Count(w.Body.String(), "Đang lập lại chỉ mục: 1.234 văn bản.") != 1 {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
}

// unrelating is an index that searches but cannot tell now how documents stand.
type unrelating struct{ Index }

func (unrelating) err(ctx context.Context) error {
	return cmp.Or(ctx.Err(), fmt.Errorf("the index is closed: %w", storage.ErrUnavailable))
}

func (u unrelating) Links(ctx context.Context, _ storage.ID, _ storage.Audience) (indexer.Links, error) {
	return indexer.Links{}, u.err(ctx)
}

func (u unrelating) Stand(ctx context.Context, _ ...*storage.Document) error { return u.err(ctx) }

func (u unrelating) Related(ctx context.Context, _ storage.ID, _ storage.Audience, _ int) ([]storage.Document, error) {
	return nil, u.err(ctx)
}

// A document is answered though the index cannot tell now how it stands to
// others; what asks for just that says when to try again.
func TestDocumentsWithoutTheirRelations(t *testing.T) {
	s := newShelf()
	h := serveShelf(t, s, func(c *Config) { c.Index = unrelating{s} })
	for path, status := range map[string]int{
		documentPathOf(idCharter): 200, "/van-ban/" + string(idCharter): 200, "/van-ban/" + string(idCharter) + "/ban-goc": 200,
		documentPathOf(idCharter) + "/cited-by": 503, documentPathOf(idCharter) + "/related": 503,
	} {
		if w := ask(h, "GET", path); w.Code != status {
			t.Errorf("%s answers %d %s", path, w.Code, w.Body)
		}
	}
	if page := ask(h, "GET", "/van-ban/"+string(idSuccessor)).Body.String(); !strings.Contains(page, `<a href="/?q=232-Q%C4%90%2FTW">232-QĐ/TW`) {
		t.Errorf("without relations a page leads to no search:\n%s", page)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for _, path := range []string{documentPathOf(idCharter), "/van-ban/" + string(idCharter), "/van-ban/" + string(idCharter) + "/ban-goc"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequestWithContext(gone, "GET", path, nil))
		if w.Code != statusClientClosed {
			t.Errorf("%s answers one who has gone %d", path, w.Code)
		}
	}
}

// A change that is made is answered as made, whatever the index can tell.
func TestChangesWithoutTheIndex(t *testing.T) {
	l := live(t, func(c *Config) { c.Index = unrelating{c.Index} })
	d := l.imported("a.txt", meeting, true)
	for _, change := range []struct{ method, path, body string }{
		{"PATCH", "", `{"facts":{"title":"họp chi bộ"}}`}, {"POST", "/withdraw", ""}, {"POST", "/restore", fmt.Sprintf(`{"revision":%d}`, d.Revision)},
	} {
		a := l.do(storage.RoleAdmin, change.method, addressOf(d.ID, change.path), change.body, "Content-Type: application/json", "If-Match: *")
		if now := l.record(d.ID); a.status != 200 || a.header.Get("ETag") != entityTag(&now.Document) {
			t.Errorf("%s %s: %d %s", change.method, change.path, a.status, a.body)
		}
	}
}

// Hits are shown though nobody can tell now what replaces them.
func TestHitsWithoutTheirSuccessors(t *testing.T) {
	s := newShelf()
	h := serveShelf(t, s, func(c *Config) { c.Library = noRecords{s} })
	got := decode[SearchAnswer](t, ask(h, "GET", "/api/v1/search?q=tu%E1%BB%95i+%C4%91%E1%BB%9Di").Body.Bytes())
	if got.Total != 1 || got.Hits[0].ID != idCharter || len(got.Hits[0].ReplacedBy) != 0 {
		t.Errorf("found %+v", got)
	}
}

// noRecords is a library whose store is out.
type noRecords struct{ *shelf }

func (noRecords) Document(context.Context, storage.ID) (storage.Record, error) {
	return storage.Record{}, storage.ErrUnavailable
}

// fetched is an original that is fetched as it is read, like one in a bucket:
// the end of the request ends it.
type fetched struct {
	io.ReadSeekCloser
	ctx context.Context
}

func (f fetched) Read(p []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	return f.ReadSeekCloser.Read(p)
}

// An original may take longer than any deadline of the server for a request.
func TestSlowReaderOfAnOriginal(t *testing.T) {
	const size, readTimeout = 32 << 20, 200 * time.Millisecond // more than lies between two programs
	l := live(t, func(c *Config) {
		open := c.OpenOriginal
		c.OpenOriginal = func(ctx context.Context, sha256 string) (io.ReadSeekCloser, error) {
			body, err := open(ctx, sha256)
			return fetched{body, ctx}, err
		}
	})
	var body bytes.Buffer
	if err := picture(&body, size); err != nil {
		t.Fatal(err)
	}
	d := l.imported("a.pdf", body.String(), false)
	l.url = l.listen(&http.Server{Handler: l.handler, ReadTimeout: readTimeout, WriteTimeout: readTimeout})
	w, err := http.DefaultClient.Do(l.request(storage.RoleEditor, "GET", addressOf(d.ID, "/original"), nil))
	if err != nil {
		t.Fatal(err)
	}
	defer w.Body.Close()
	time.Sleep(2 * readTimeout)
	if got, err := io.ReadAll(w.Body); err != nil || !bytes.Equal(got, body.Bytes()) {
		t.Errorf("%d of %d bytes: %v", len(got), body.Len(), err)
	}
}
