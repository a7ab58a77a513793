package extract

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"strings"

	"vankien/indexer/extract/pdfium"
	"vankien/storage"
)

// What parent and child say to each other, a line of JSON each. The parent: a
// request. The child: a greeting once it has limited itself, before it looks at
// the file; how many pages it has, once that is known; and, once it has read
// it, a head with as many pages as that tells, or with a picture, a byte a pixel.
// Pages have lines of their own so that no side holds a text twice.
type (
	request struct {
		Task    task   `json:"task"`
		Size    int64  `json:"size"`
		Pages   int    `json:"pages"` // to read
		Page    int    `json:"page"`  // to draw
		Part    Part   `json:"part"`
		Memory  int64  `json:"memory"`
		Seconds int    `json:"seconds"`
		Cache   string `json:"cache"`
	}
	task     string
	greeting struct {
		Reader string `json:"reader"` // Version: a program that was replaced while we run is another
	}
	head struct {
		MediaType string   `json:"media_type"`
		Pages     int      `json:"pages"`
		Refusal   *refusal `json:"refusal"`
		Failure   string   `json:"failure"` // what is not the file's fault
		Width     int      `json:"width"`
		Height    int      `json:"height"`
		Drawn     bool     `json:"drawn"`
		Cold      bool     `json:"cold"`    // pdfium had to be compiled
		Reading   int      `json:"reading"` // pages that the file has; this is no head yet
	}
	refusal struct {
		Sentinel string `json:"sentinel"`
		Reason   string `json:"reason"`
		Detail   string `json:"detail"`
	}
)

const (
	taskRead task = "read"
	taskDraw task = "draw"
	taskLook task = "look"
	taskWarm task = "warm"
)

const (
	maxRequest = 8 << 10
	maxDetail  = 512
	// maxLine is a page of which each byte is written as \u0001.
	maxLine = 6*maxPageText + 64<<10
)

// sentinels are those that a refusal may wrap, by name.
var sentinels = map[string]error{
	"invalid": storage.ErrInvalid, "too_large": storage.ErrTooLarge,
	"unsupported": storage.ErrUnsupported, "encrypted": storage.ErrEncrypted,
}

// send writes an answer.
func send(w io.Writer, a answer) error {
	out := bufio.NewWriterSize(w, 64<<10)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	h := head{MediaType: a.text.MediaType, Pages: len(a.text.Pages), Drawn: a.drawn}
	if a.picture != nil {
		h.Width, h.Height = a.picture.Rect.Dx(), a.picture.Rect.Dy()
	}
	if a.err != nil {
		h = failed(a.text.MediaType, a.err)
		a.text.Pages, a.picture = nil, nil
	}
	h.Cold = a.cold
	if err := encoder.Encode(h); err != nil {
		return err
	}
	for _, page := range a.text.Pages {
		if err := encoder.Encode(page); err != nil {
			return err
		}
	}
	if a.picture != nil {
		if _, err := out.Write(a.picture.Pix); err != nil {
			return err
		}
	}
	return out.Flush()
}

func failed(media string, err error) head {
	var refused *Error
	if errors.As(err, &refused) {
		for name, sentinel := range sentinels {
			if errors.Is(refused.Err, sentinel) {
				return head{MediaType: media, Refusal: &refusal{name, refused.Reason, brief(refused.Err)}}
			}
		}
	}
	return head{MediaType: media, Failure: brief(err)}
}

func brief(err error) string {
	text := err.Error()
	return strings.ToValidUTF8(text[:min(len(text), maxDetail)], "")
}

// answer is what the function returned in the child that was asked for.
type answer struct {
	text    storage.Text
	picture *image.Gray
	drawn   bool
	cold    bool
	err     error
}

var errNonsense = errors.New("not an answer")

// receive takes an answer to a task. It believes nothing: err tells that this is
// none, greeted whether it came from a reader that was ready at least. pages is
// told how many the file has.
func receive(r io.Reader, asked task, pages func(int)) (greeted bool, a answer, err error) {
	in := bufio.NewReaderSize(r, 64<<10)
	var hello greeting
	if err := line(in, &hello); err != nil {
		return false, answer{}, err
	}
	if hello.Reader != Version {
		return false, answer{}, fmt.Errorf("reader %q instead of %q: %w", hello.Reader, Version, errNonsense)
	}
	var h head
	if err := line(in, &h); err != nil {
		return true, answer{}, err
	}
	if h.Reading > 0 && h.Reading <= maxPages && asked == taskRead {
		pages(h.Reading)
		h = head{}
		if err := line(in, &h); err != nil {
			return true, answer{}, err
		}
	}
	if a, err = h.answer(asked); err != nil {
		return true, answer{}, err
	}
	if err := h.rest(in, &a); err != nil {
		return true, answer{}, err
	}
	switch _, err := in.ReadByte(); err {
	case io.EOF:
		return true, a, nil
	case nil:
		return true, answer{}, fmt.Errorf("more than was announced: %w", errNonsense)
	default:
		return true, answer{}, err
	}
}

// rest takes what h announces.
func (h head) rest(in *bufio.Reader, a *answer) error {
	for i := range h.Pages {
		page := storage.Page{}
		if err := line(in, &page); err != nil {
			return err
		}
		if page.Number != i+1 {
			return fmt.Errorf("page %d in the place of %d: %w", page.Number, i+1, errNonsense)
		}
		a.text.Pages = append(a.text.Pages, page)
	}
	if h.Width > 0 {
		a.picture = image.NewGray(image.Rect(0, 0, h.Width, h.Height))
		if _, err := io.ReadFull(in, a.picture.Pix); err != nil {
			return io.ErrUnexpectedEOF
		}
	}
	return nil
}

// line reads one of maxLine bytes at most.
func line(in *bufio.Reader, into any) error {
	var whole []byte
	for {
		part, err := in.ReadSlice('\n')
		if whole = append(whole, part...); len(whole) > maxLine {
			return fmt.Errorf("%w: %w", errNonsense, bufio.ErrTooLong)
		}
		if err == nil {
			break
		}
		if err == io.EOF {
			return io.ErrUnexpectedEOF
		}
		if err != bufio.ErrBufferFull {
			return err
		}
	}
	if err := json.Unmarshal(whole, into); err != nil {
		return fmt.Errorf("%w: %w", errNonsense, err)
	}
	return nil
}

// answer is the outcome that h tells of a task, without what follows.
func (h head) answer(asked task) (answer, error) {
	a := answer{text: storage.Text{MediaType: h.MediaType}, drawn: h.Drawn, cold: h.Cold}
	fine := h.Refusal == nil && h.Failure == ""
	switch {
	case h.Reading != 0 || h.Pages < 0 || h.Pages > maxPages || h.Pages > 0 != (fine && asked == taskRead):
		return answer{}, fmt.Errorf("%d pages: %w", h.Pages, errNonsense)
	case h.Width > 0 != (fine && asked == taskDraw) || h.Width > 0 != (h.Height > 0) || h.Width > 0 && h.Height > pdfium.MaxPixels/h.Width:
		return answer{}, fmt.Errorf("%d × %d pixels: %w", h.Width, h.Height, errNonsense)
	case h.Failure != "":
		a.err = fmt.Errorf("%w: %s", storage.ErrUnavailable, h.Failure)
	case h.Refusal != nil:
		sentinel := sentinels[h.Refusal.Sentinel]
		if sentinel == nil || h.Refusal.Reason == "" {
			return answer{}, fmt.Errorf("refusal %q: %w", h.Refusal.Sentinel, errNonsense)
		}
		a.err = &Error{Reason: h.Refusal.Reason, Err: relayed{sentinel, h.Refusal.Detail}}
	}
	return a, nil
}

// relayed is a cause as the child told it, and the sentinel that it wraps.
type relayed struct {
	sentinel error
	text     string
}

func (r relayed) Error() string { return r.text }
func (r relayed) Unwrap() error { return r.sentinel }
