package s3

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// errStalled ends a request that stood still.
var errStalled = errors.New("the connection to the S3 server stood still for too long")

// errNotS3 is a 404 that minio-go would take for the absence of the object: S3
// answers that in XML, a gateway that has lost its server in something else.
var errNotS3 = errors.New("404 from something that is no S3 server")

// patience is how many times longer than other calls the completion of a
// multipart upload may take: the server assembles the object meanwhile.
const patience = 10

type contextKey int

const (
	keyPatient contextKey = iota // any value: the answer may take long
	keyIfMatch                   // string: an ETag that the request is bound to
)

// guard ends requests that stand still: no byte of the body taken, no answer,
// or no byte of the answer while it is being read, for as long as limit. The
// time that a caller takes between two reads does not count. It also adds the
// If-Match that minio-go does not offer for DELETE.
type guard struct {
	next  http.RoundTripper
	limit time.Duration
}

func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	limit := g.limit
	if req.Context().Value(keyPatient) != nil {
		limit *= patience
	}
	ctx, cancel := context.WithCancelCause(req.Context())
	watch := newWatch(limit, func() { cancel(errStalled) })
	out := req.WithContext(ctx)
	if etag, ok := ctx.Value(keyIfMatch).(string); ok && req.Method == http.MethodDelete {
		out.Header = req.Header.Clone()
		out.Header.Set("If-Match", `"`+etag+`"`)
	}
	body := &sent{ReadCloser: out.Body, watch: watch}
	if out.Body != nil {
		out.Body = body
	}
	resp, err := g.next.RoundTrip(out)
	watch.stop()
	if err != nil {
		err = stalled(ctx, err)
		body.detach()
		cancel(nil)
		return nil, err
	}
	resp.Body = &received{body: resp.Body, ctx: ctx, cancel: cancel, limit: limit, sent: body}
	if req.Method != http.MethodHead && resp.StatusCode == http.StatusNotFound && !strings.Contains(resp.Header.Get("Content-Type"), "xml") {
		resp.Body.Close() // whatever it says
		return nil, errNotS3
	}
	return resp, nil
}

// stalled is err, or errStalled where that is behind it.
func stalled(ctx context.Context, err error) error {
	if err != nil && err != io.EOF && context.Cause(ctx) == errStalled {
		return errStalled
	}
	return err
}

// watch calls expire unless it is told of progress in time.
type watch struct {
	lock    sync.Mutex
	timer   *time.Timer
	limit   time.Duration
	stopped bool
}

func newWatch(limit time.Duration, expire func()) *watch {
	return &watch{limit: limit, timer: time.AfterFunc(limit, expire)}
}

func (w *watch) progress() {
	w.lock.Lock()
	defer w.lock.Unlock()
	if !w.stopped {
		w.timer.Reset(w.limit)
	}
}

func (w *watch) stop() {
	w.lock.Lock()
	defer w.lock.Unlock()
	w.stopped = true
	w.timer.Stop()
}

// sent is a request's body: each read of it is the network's progress. A
// transport may go on reading after an early answer; once the request is over
// it no longer gets at the buffer, which then serves for something else.
type sent struct {
	io.ReadCloser
	watch *watch
	lock  sync.Mutex
	over  bool
}

func (s *sent) Read(p []byte) (int, error) {
	s.watch.progress()
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.over {
		return 0, io.ErrClosedPipe
	}
	return s.ReadCloser.Read(p)
}

func (s *sent) detach() {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.over = true
}

// received is an answer's body.
type received struct {
	body   io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	limit  time.Duration
	sent   *sent
}

func (r *received) Read(p []byte) (int, error) {
	watch := newWatch(r.limit, func() { r.cancel(errStalled) })
	n, err := r.body.Read(p)
	watch.stop()
	return n, stalled(r.ctx, err)
}

func (r *received) Close() error {
	err := r.body.Close()
	r.sent.detach()
	r.cancel(nil)
	return err
}
