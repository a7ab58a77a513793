package api

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/storage"
)

// following is an event stream that is being read.
type following struct {
	*living
	answer *http.Response
	lines  *bufio.Reader
}

// follow opens the events of a document; nil where it is answered 404.
func (l *living) follow(role storage.Role, id storage.ID) *following {
	l.Helper()
	w, err := http.DefaultClient.Do(l.request(role, "GET", addressOf(id, "/events"), nil))
	if err != nil {
		l.Fatal(err)
	}
	l.Cleanup(func() { w.Body.Close() }) // a second time does nothing
	if w.StatusCode == http.StatusNotFound {
		return nil
	}
	if w.StatusCode != http.StatusOK || w.Header.Get("Content-Type") != "text/event-stream" || w.Uncompressed {
		l.Fatalf("events: %d %v", w.StatusCode, w.Header)
	}
	return &following{l, w, bufio.NewReader(w.Body)}
}

// event is the next event as it comes, "" at the end of the stream.
func (f *following) event() string {
	f.Helper()
	var event strings.Builder
	for {
		line, err := f.lines.ReadString('\n')
		if err != nil {
			return ""
		}
		if line == "\n" {
			return event.String()
		}
		event.WriteString(line)
	}
}

// next is the document of the next event; heartbeats are passed over.
func (f *following) next() storage.Document {
	f.Helper()
	for {
		event := f.event()
		if event == ":\n" {
			continue
		}
		head, data, ok := strings.Cut(strings.TrimSuffix(event, "\n"), "\ndata: ")
		if !ok || !strings.HasPrefix(head, "event: document\nid: ") {
			f.Fatalf("event %q", event)
		}
		d := answer{body: []byte(data)}.document(f)
		if id := strings.TrimPrefix(head, "event: document\nid: "); id != d.Version().String() {
			f.Errorf("event %s has version %s", id, d.Version())
		}
		return d
	}
}

// ended tells whether nothing but heartbeats came before the stream's end.
func (f *following) ended() bool {
	f.Helper()
	for event := f.event(); event != ""; event = f.event() {
		if event != ":\n" {
			f.Errorf("still told of %s", event)
			return false
		}
	}
	return true
}

// Each change is told to whoever may know of the document, in order, and a
// reader from whom it is taken learns nothing but that the stream has ended.
func TestEvents(t *testing.T) {
	l := live(t, nil)
	d := l.imported("a.txt", "Chi bộ họp mỗi tháng một lần để kiểm điểm công tác.", true)
	staff, anybody := l.follow(storage.RoleEditor, d.ID), l.follow("", d.ID)
	for _, f := range []*following{staff, anybody} {
		if got := f.next(); got.Revision != d.Revision {
			t.Errorf("the present document has revision %d, want %d", got.Revision, d.Revision)
		}
	}
	tag := entityTag(&d.Document)
	if a := l.do(storage.RoleEditor, "PATCH", addressOf(d.ID, ""), `{"facts":{"title":"họp chi bộ"}}`, "If-Match: "+tag, "Content-Type: application/json"); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	for _, f := range []*following{staff, anybody} {
		if got := f.next(); got.Revision != d.Revision+1 || got.Facts.Title != "họp chi bộ" {
			t.Errorf("told of %+v", got)
		}
	}
	if a := l.do(storage.RolePublisher, "POST", addressOf(d.ID, "/withdraw"), ""); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if !anybody.ended() {
		t.Error("a withdrawn document is still followed")
	}
	if got := staff.next(); got.State != storage.StateWithdrawn {
		t.Errorf("the staff is told of %+v", got)
	}
	if l.follow("", d.ID) != nil {
		t.Error("what was withdrawn can be followed")
	}
	for _, step := range []struct {
		role         storage.Role
		method, what string
	}{{storage.RoleEditor, "DELETE", ""}, {storage.RoleAdmin, "POST", "/purge"}} {
		if a := l.do(step.role, step.method, addressOf(d.ID, step.what), `{"confirmed":true}`); a.status != 200 {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	if got := staff.next(); got.Deleted == nil {
		t.Errorf("the staff is told of %+v", got)
	}
	if !staff.ended() {
		t.Error("a purged document is still followed")
	}
}

// jammed is a client that takes nothing before it is freed.
type jammed struct {
	*httptest.ResponseRecorder
	free <-chan struct{}
}

func (j jammed) Write(p []byte) (int, error) {
	<-j.free
	return j.ResponseRecorder.Write(p)
}

// A stream that is behind catches up with what the document is by then.
func TestEventsOfASlowReader(t *testing.T) {
	l := live(t, nil)
	d := l.imported("a.txt", "Chi bộ họp mỗi tháng một lần.", true)
	free := make(chan struct{})
	w := jammed{httptest.NewRecorder(), free}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	r := httptest.NewRequestWithContext(ctx, "GET", addressOf(d.ID, "/events"), nil)
	done := make(chan struct{})
	go func() { defer close(done); l.handler.ServeHTTP(w, r) }()
	for i := range 50 { // more than a watcher may be behind
		edits, err := indexer.ParseFacts(fmt.Appendf(nil, `{"title":"lần %d"}`, i))
		if err == nil {
			_, err = l.writer.Edit(t.Context(), d.ID, storage.Version{}, edits, indexer.Importer)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	tail := l.follow("", d.ID)
	tail.next()
	close(free)
	// Once it has caught up it is told of what comes then.
	if a := l.do(storage.RolePublisher, "POST", addressOf(d.ID, "/withdraw"), ""); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	<-done
	if ctx.Err() != nil {
		t.Error("what is withdrawn is still followed")
	}
	f, last := following{living: l, lines: bufio.NewReader(w.Body)}, 0
	for event := f.event(); event != ""; event = f.event() {
		_, data, _ := strings.Cut(event, "\ndata: ")
		got := answer{body: []byte(data)}.document(t)
		if got.Revision <= last || got.State != storage.StatePublished {
			t.Errorf("revision %d (%s) after %d", got.Revision, got.State, last)
		}
		last = got.Revision
	}
	if last > d.Revision+50 || last == 0 {
		t.Errorf("the last revision told is %d", last)
	}
}

func TestEventStreamsEnd(t *testing.T) {
	stopping := make(chan struct{})
	l := live(t, func(c *Config) {
		c.Stopping, c.Streams, c.heartbeat = stopping, 4, 10*time.Millisecond
	})
	d := l.imported("a.txt", "Chi bộ họp mỗi tháng một lần.", true)
	one, two := l.follow("", d.ID), l.follow(storage.RoleReader, d.ID)
	one.next()
	if beat := one.event(); beat != ":\n" {
		t.Errorf("heartbeat %q", beat)
	}
	// Readers leave half of the streams to the staff.
	a := l.do("", "GET", addressOf(d.ID, "/events"), "")
	if a.status != 503 || a.header.Get("Retry-After") == "" {
		t.Errorf("one too many: %d %s", a.status, a.body)
	}
	three, four := l.follow(storage.RoleEditor, d.ID), l.follow(storage.RoleAdmin, d.ID)
	if a := l.do(storage.RoleAdmin, "GET", addressOf(d.ID, "/events"), ""); a.status != 503 {
		t.Errorf("one too many of the staff: %d", a.status)
	}
	if a := l.do("", "HEAD", addressOf(d.ID, "/events"), ""); a.status != 503 {
		t.Errorf("HEAD: %d", a.status)
	}
	two.next()
	four.next()
	if err := three.answer.Body.Close(); err != nil { // its place becomes free
		t.Fatal(err)
	}
	head := answer{status: 503}
	for head.status == 503 {
		head = l.do(storage.RoleAdmin, "HEAD", addressOf(d.ID, "/events"), "")
	}
	if head.status != 200 || head.header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("HEAD: %d %v", head.status, head.header)
	}
	close(stopping)
	for _, f := range []*following{one, two, four} {
		if !f.ended() {
			t.Error("a stream outlives the server")
		}
	}
}

// A token that was taken back ends the streams it opened.
func TestEventsEndWithTheToken(t *testing.T) {
	l := live(t, func(c *Config) { c.tokens, c.heartbeat = c.Library, 10*time.Millisecond })
	d := l.imported("a.txt", "Chi bộ họp mỗi tháng một lần.", true)
	reader, anybody := l.follow(storage.RoleReader, d.ID), l.follow("", d.ID)
	reader.next()
	anybody.next()
	for token, err := range l.library.Tokens(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if err := l.library.DeleteToken(t.Context(), token.Hash); err != nil {
			t.Fatal(err)
		}
	}
	if !reader.ended() {
		t.Error("the stream outlives its token")
	}
	if beat := anybody.event(); beat != ":\n" {
		t.Errorf("who has no token is told %q", beat)
	}
}
