package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"time"

	"github.com/gin-gonic/gin"

	"vankien/indexer"
	"vankien/storage"
)

// The bounds of an upload.
const (
	uploadTime = time.Hour        // all of it, over a slow line
	uploadIdle = 30 * time.Second // without a byte
	maxUpload  = indexer.MaxOriginal + 1<<20
)

// upload takes a file in. It is acknowledged (202) once original and record are
// durable; before that it is a spool that nothing is left of. The reading
// follows, and events tell of it.
func (s *server) upload(c *gin.Context) error {
	select {
	case s.uploads <- struct{}{}:
		defer func() { <-s.uploads }()
	default:
		return &indexer.InputError{Reason: "Đang có nhiều tệp được tải lên cùng lúc. Hãy thử lại sau ít giây.", Err: storage.ErrUnavailable}
	}
	form, err := s.receiveUpload(c)
	if form != nil {
		defer func() {
			if err := form.close(); err != nil {
				s.log.Warn("closing a spooled upload", "request", c.GetString(requestIDKey), "error", err)
			}
		}()
	}
	if err != nil {
		return err
	}
	// All bytes are here: what happens to the client does not leave half of
	// them in the store.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.Request.Context()), uploadTime)
	defer cancel()
	record, err := s.cfg.Writer.Accept(ctx, indexer.Upload{
		Name: form.name, Size: form.file.size, Content: form.file, SHA256: form.file.sum(),
		By: actor(ctx), Edits: form.edits, Publish: form.publish,
	})
	if err != nil {
		return unreadable(err)
	}
	c.Header("Location", "/api/v1/documents/"+string(record.ID))
	return s.answerDocument(c, http.StatusAccepted, record.Document)
}

// receiveUpload reads the whole form and checks what is in it.
func (s *server) receiveUpload(c *gin.Context) (*received, error) {
	media, params, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || media != "multipart/form-data" {
		return nil, &indexer.InputError{Reason: "Hãy gửi tệp dưới dạng multipart/form-data.", Err: storage.ErrUnsupported}
	}
	if boundary := params["boundary"]; boundary == "" || len(boundary) > 70 { // RFC 2046
		return nil, badInput("Content-Type thiếu boundary hợp lệ.")
	}
	form, err := receive(multipart.NewReader(s.steadily(c), params["boundary"]), s.cfg.SpoolDir)
	if gone := c.Request.Context().Err(); err != nil && gone != nil {
		return form, fmt.Errorf("receiving an upload: %w: %w", gone, err)
	}
	if err != nil {
		return form, err
	}
	switch {
	case form.file == nil:
		err = badInput("Thiếu phần file: tệp cần tải lên.")
	case !form.confirmed:
		err = badInput("Thiếu phần confirmed là true: người tải lên phải xác nhận văn bản không chứa bí mật nhà nước.")
	case form.publish && !actor(c.Request.Context()).Alone:
		err = &indexer.InputError{Reason: "Chỉ người vận hành máy chủ được vừa tải lên vừa công bố; hãy gửi duyệt để người thứ hai công bố.", Err: storage.ErrForbidden}
	}
	return form, err
}

// unreadable tells a file that cannot be taken in (422) from a request that is
// wrong (400).
func unreadable(err error) error {
	if errors.Is(err, storage.ErrInvalid) && indexer.ReasonOf(err) != "" {
		return fmt.Errorf("%w: %w", errUnreadable, err)
	}
	return err
}

// steadyBody is a body that may take its time as long as something comes.
type steadyBody struct {
	body    io.Reader
	control *http.ResponseController
	idle    time.Duration
	until   time.Time // the end of it, whatever comes
	set     time.Time // when the deadline was last put off
}

// steadily is the body of a request, to be read beyond the server's own
// deadlines; the answer may follow as late.
func (s *server) steadily(c *gin.Context) *steadyBody {
	b := &steadyBody{
		body: c.Request.Body, control: http.NewResponseController(c.Writer),
		idle: s.cfg.uploadIdle, until: time.Now().Add(uploadTime),
	}
	if err := b.control.SetWriteDeadline(b.until.Add(uploadTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		s.log.Warn("extending a deadline", "request", c.GetString(requestIDKey), "error", err)
	}
	return b
}

// Read implements io.Reader; errSlow where nothing comes.
func (b *steadyBody) Read(p []byte) (int, error) {
	if now := time.Now(); now.Sub(b.set) > b.idle/16 {
		deadline := now.Add(b.idle)
		if deadline.After(b.until) {
			deadline = b.until
		}
		if err := b.control.SetReadDeadline(deadline); err != nil && !errors.Is(err, http.ErrNotSupported) {
			return 0, err
		}
		b.set = now
	}
	n, err := b.body.Read(p)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = fmt.Errorf("%w: %w", errSlow, err)
	}
	return n, err
}
