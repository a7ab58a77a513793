package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"

	"vankien/api/auth"
	"vankien/indexer"
	"vankien/storage"
)

const (
	eventMedia = "text/event-stream"
	heartbeat  = 15 * time.Second
	eventTime  = 30 * time.Second // for one event to be taken
)

// errEnded says that an event stream has told all it may.
var errEnded = errors.New("the stream has ended")

// events tells of a document: what it is now, at once, and then at each change,
// until whoever asks may no longer know of it, the server stops or the client
// goes away.
func (s *server) events(c *gin.Context) error {
	leave, err := s.enter(c.Request.Context())
	if err != nil {
		return err
	}
	defer leave()
	w := &watcher{server: s, c: c, id: storage.ID(c.Param("id"))}
	w.watch() // before the record is read, so that no change is missed
	defer func() { w.stop() }()
	d, err := w.present()
	if err != nil {
		return err
	}
	out := s.newStream(c)
	if c.Request.Method == http.MethodHead {
		return nil
	}
	beat := time.NewTicker(s.cfg.heartbeat)
	defer beat.Stop()
	for {
		if err := out.send(d); err != nil {
			return err
		}
		if d, err = w.next(out, beat.C); errors.Is(err, errEnded) || errors.Is(err, storage.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// watcher follows a document for a request.
type watcher struct {
	server  *server
	c       *gin.Context
	id      storage.ID
	changes <-chan storage.Document
	stop    func()
}

func (w *watcher) watch() {
	w.changes, w.stop = nil, func() {}
	if writer := w.server.cfg.Writer; writer != nil {
		w.changes, w.stop = writer.Watch(w.id)
	}
}

// present is what the document is now.
func (w *watcher) present() (storage.Document, error) {
	ctx, cancel := context.WithTimeout(w.c.Request.Context(), w.server.cfg.Timeout)
	defer cancel()
	d, err := w.server.lookUp(ctx, w.id)
	if err == nil && d.Purging {
		err = fmt.Errorf("document %s is being purged: %w", d.ID, storage.ErrNotFound)
	}
	return d, err
}

// next waits for a version that comes after what was sent; errEnded where there
// is none to tell of any more. Until then the beat keeps the stream alive.
func (w *watcher) next(out *stream, beat <-chan time.Time) (d storage.Document, err error) {
	for {
		select {
		case <-w.c.Request.Context().Done():
			return d, errEnded
		case <-w.server.cfg.Stopping:
			return d, errEnded
		case <-beat:
			if !w.allowed() {
				return d, errEnded
			}
			if err := out.comment(); err != nil {
				return d, err
			}
			continue
		case changed, open := <-w.changes:
			d = changed
			if !open { // too far behind: what it is now stands for all that was missed
				w.watch()
				if d, err = w.present(); err != nil {
					return d, err
				}
			}
		}
		if d.Purging || !w.allowed() || !auth.From(w.c.Request.Context()).Sees(&d) {
			return d, errEnded
		}
		if out.sent.Before(d.Version()) || out.sent.Equal(d.Version()) && out.reading != d.Reading {
			return d, nil
		}
	}
}

// allowed tells whether the request's token still is whose it was.
func (w *watcher) allowed() bool {
	ctx, cancel := context.WithTimeout(w.c.Request.Context(), w.server.cfg.Timeout)
	defer cancel()
	now, err := auth.Identify(w.c.Request.WithContext(ctx), w.server.cfg.tokens)
	return err == nil && now == auth.From(w.c.Request.Context())
}

// enter takes a place among the event streams. Those who are no staff have half
// of the places, so that they cannot keep the staff out.
func (s *server) enter(ctx context.Context) (leave func(), err error) {
	places := []chan struct{}{s.streams}
	if !auth.From(ctx).Has(storage.RoleEditor) {
		places = append(places, s.readerStreams)
	}
	var taken []chan struct{}
	leave = func() {
		for _, place := range taken {
			<-place
		}
	}
	for _, place := range places {
		select {
		case place <- struct{}{}:
			taken = append(taken, place)
		default:
			leave()
			return nil, &indexer.InputError{Reason: "Đang có quá nhiều người theo dõi. Hãy thử lại sau ít phút.", Err: storage.ErrUnavailable}
		}
	}
	return leave, nil
}

// stream is an answer of server-sent events on its way.
type stream struct {
	server  *server
	c       *gin.Context
	control *http.ResponseController
	sent    storage.Version // the version last sent
	reading storage.Reading // of it: how far OCR is makes no version of its own
}

func (s *server) newStream(c *gin.Context) *stream {
	h := c.Writer.Header()
	h.Set("Content-Type", eventMedia)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // nginx
	h.Set(gzhttp.HeaderNoCompression, "1")
	c.Status(http.StatusOK)
	return &stream{server: s, c: c, control: http.NewResponseController(c.Writer)}
}

// send tells what a document is.
func (s *stream) send(d storage.Document) error {
	ctx, cancel := context.WithTimeout(s.c.Request.Context(), s.server.cfg.Timeout)
	defer cancel()
	shown, err := s.server.present(ctx, d)
	if err != nil {
		return err
	}
	data, err := json.Marshal(shown)
	if err != nil {
		return fmt.Errorf("encoding an event: %w", err)
	}
	s.sent, s.reading = d.Version(), shown.Reading
	return s.write(fmt.Sprintf("event: document\nid: %s\ndata: %s\n\n", s.sent, data))
}

// comment keeps proxies from closing a stream on which nothing happens.
func (s *stream) comment() error { return s.write(":\n\n") }

// write sends text at once. A client that went away is no error.
func (s *stream) write(text string) error {
	if err := s.control.SetWriteDeadline(time.Now().Add(eventTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	_, err := s.c.Writer.WriteString(text)
	if err == nil {
		err = s.control.Flush()
	}
	if err != nil && s.c.Request.Context().Err() == nil {
		return fmt.Errorf("sending an event: %w", err)
	}
	return nil
}
