package api

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"

	"vankien/storage"
)

// originalTime is how long sending one original may take: a large scan over a
// slow phone line.
const originalTime = 30 * time.Minute

const pdfType = "application/pdf"

// original sends the bytes as uploaded. Browsers show PDFs; everything else is
// a download and can run nothing in our name, whatever it holds.
func (s *server) original(c *gin.Context) error {
	d, err := s.visible(c)
	if err != nil {
		return err
	}
	body, err := s.cfg.OpenOriginal(c.Request.Context(), d.Original.SHA256)
	if err != nil {
		return originalFault(d, err)
	}
	defer body.Close()
	deadline := http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(originalTime))
	if deadline != nil && !errors.Is(deadline, http.ErrNotSupported) {
		return fmt.Errorf("extending the deadline: %w", deadline)
	}
	h := c.Writer.Header()
	h.Set("Content-Type", mediaType(d.Original))
	h.Set("Content-Disposition", disposition(d))
	h.Set("ETag", `"`+d.Original.SHA256+`"`)
	h.Set("Cache-Control", "private, no-cache")
	h.Set(gzhttp.HeaderNoCompression, "1")
	if d.Original.MediaType == pdfType {
		// Browsers' PDF viewers do not work under a strict policy or a sandbox.
		h.Set("Content-Security-Policy", "frame-ancestors 'self'")
	} else {
		h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	}
	out := &originalWriter{ResponseWriter: c.Writer}
	source := &originalSource{ReadSeekCloser: body}
	http.ServeContent(out, c.Request, "", time.Time{}, source)
	if source.err != nil {
		err = originalFault(d, source.err)
	} else if out.beyond {
		err = errRange
	}
	if err != nil { // what described the original does not describe the error
		for _, name := range []string{"Content-Length", "Content-Disposition", "Accept-Ranges"} {
			h.Del(name)
		}
	}
	return err
}

// originalFault is an original that cannot be sent. What a record speaks of and
// the store does not have is a fault of ours, no "not found".
func originalFault(d storage.Document, err error) error {
	if errors.Is(err, storage.ErrNotFound) || errors.Is(err, storage.ErrDamaged) {
		err = fmt.Errorf("%w: %w", errLost, err)
	}
	return fmt.Errorf("original of %s: %w", d.ID, err)
}

// originalSource keeps the error that http.ServeContent passes over.
type originalSource struct {
	io.ReadSeekCloser
	err error
}

func (s *originalSource) Read(p []byte) (int, error) {
	n, err := s.ReadSeekCloser.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// originalWriter keeps back http.ServeContent's own page for a range that lies
// beyond the end: the table of problems answers it.
type originalWriter struct {
	http.ResponseWriter
	beyond bool
}

func (w *originalWriter) WriteHeader(status int) {
	if w.beyond = status == http.StatusRequestedRangeNotSatisfiable; !w.beyond {
		w.ResponseWriter.WriteHeader(status)
	}
}

func (w *originalWriter) Write(p []byte) (int, error) {
	if w.beyond {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}

func mediaType(o storage.Original) string {
	if _, _, err := mime.ParseMediaType(o.MediaType); err != nil {
		return "application/octet-stream"
	}
	return o.MediaType
}

// disposition names the file as it was uploaded, in UTF-8 where ASCII will not
// do (RFC 6266), without what could forge a header or a folder.
func disposition(d storage.Document) string {
	kind := "attachment"
	if d.Original.MediaType == pdfType {
		kind = "inline"
	}
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, path.Base(strings.ReplaceAll(d.Original.Name, `\`, "/")))
	if name == "" || name == "." || name == "/" {
		name = string(d.ID)
	}
	return mime.FormatMediaType(kind, map[string]string{"filename": name})
}
