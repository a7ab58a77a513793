package extract

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"vankien/storage"
)

// What parent and child say to each other, a line of JSON each. The parent: a
// request. The child: a greeting once it has limited itself, before it looks at
// the file, and, once it has read it, a head and as many pages as that tells.
// Pages have lines of their own so that no side holds a text twice.
type (
	request struct {
		Size    int64 `json:"size"`
		Pages   int   `json:"pages"`
		Memory  int64 `json:"memory"`
		Seconds int   `json:"seconds"`
	}
	greeting struct {
		Reader string `json:"reader"` // Version: a program that was replaced while we run is another
	}
	head struct {
		MediaType string   `json:"media_type"`
		Pages     int      `json:"pages"`
		Refusal   *refusal `json:"refusal"`
		Failure   string   `json:"failure"` // what is not the file's fault
	}
	refusal struct {
		Sentinel string `json:"sentinel"`
		Reason   string `json:"reason"`
		Detail   string `json:"detail"`
	}
)

const (
	maxRequest = 1 << 10
	maxDetail  = 512
	// maxLine is a page of which each byte is written as \u0001.
	maxLine = 6*maxPageText + 64<<10
)

// sentinels are those that a refusal may wrap, by name.
var sentinels = map[string]error{
	"invalid": storage.ErrInvalid, "too_large": storage.ErrTooLarge,
	"unsupported": storage.ErrUnsupported, "encrypted": storage.ErrEncrypted,
}

// send writes the outcome of Read.
func send(w io.Writer, text storage.Text, err error) error {
	out := bufio.NewWriterSize(w, 64<<10)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	h := head{MediaType: text.MediaType, Pages: len(text.Pages)}
	if err != nil {
		h = failed(text.MediaType, err)
		text.Pages = nil
	}
	if err := encoder.Encode(h); err != nil {
		return err
	}
	for _, page := range text.Pages {
		if err := encoder.Encode(page); err != nil {
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

// answer is what the function Read returned in the child.
type answer struct {
	text storage.Text
	err  error
}

var errNonsense = errors.New("not an answer")

// receive takes an answer. It believes nothing: err tells that this is none,
// greeted whether it came from a reader that was ready at least.
func receive(r io.Reader) (greeted bool, a answer, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	var hello greeting
	if err := line(lines, &hello); err != nil {
		return false, answer{}, err
	}
	if hello.Reader != Version {
		return false, answer{}, fmt.Errorf("reader %q instead of %q: %w", hello.Reader, Version, errNonsense)
	}
	var h head
	if err := line(lines, &h); err != nil {
		return true, answer{}, err
	}
	a, err = h.answer()
	if err != nil {
		return true, answer{}, err
	}
	for i := range h.Pages {
		page := storage.Page{}
		if err := line(lines, &page); err != nil {
			return true, answer{}, err
		}
		if page.Number != i+1 {
			return true, answer{}, fmt.Errorf("page %d in the place of %d: %w", page.Number, i+1, errNonsense)
		}
		a.text.Pages = append(a.text.Pages, page)
	}
	if lines.Scan() {
		return true, answer{}, fmt.Errorf("more than was announced: %w", errNonsense)
	}
	return true, a, lines.Err()
}

func line(lines *bufio.Scanner, into any) error {
	if !lines.Scan() {
		if err := lines.Err(); err != nil {
			return err
		}
		return io.ErrUnexpectedEOF
	}
	if err := json.Unmarshal(lines.Bytes(), into); err != nil {
		return fmt.Errorf("%w: %w", errNonsense, err)
	}
	return nil
}

// answer is the outcome that h tells, without the pages.
func (h head) answer() (answer, error) {
	a := answer{text: storage.Text{MediaType: h.MediaType}}
	switch {
	case h.Pages < 0 || h.Pages > maxPages || h.Pages > 0 != (h.Refusal == nil && h.Failure == ""):
		return answer{}, fmt.Errorf("%d pages: %w", h.Pages, errNonsense)
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
