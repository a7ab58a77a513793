package api

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"vankien/indexer"
	"vankien/storage"
)

// UploadForm is the body of POST /documents, multipart/form-data whose parts
// may come in any order.
type UploadForm struct {
	File      fileBytes `json:"file"`
	Facts     FactEdits `json:"facts,omitempty"`   // what the uploader states; reading does not alter it
	Confirmed bool      `json:"confirmed"`         // "true": the paper carries no State secret
	Publish   bool      `json:"publish,omitempty"` // "true", for the operator only: publish once it is read
}

// fileBytes are the bytes of a file.
type fileBytes []byte

// maxField bounds a part that is no file.
const maxField = 256 << 10

// received is an UploadForm as it came.
type received struct {
	file      *spool // nil where none came
	name      string
	edits     indexer.Edits
	confirmed bool
	publish   bool
}

func (f *received) close() error {
	if f.file == nil {
		return nil
	}
	return f.file.Close()
}

// receive reads the parts as they come, the file into a spool in dir. Whatever
// it returns is to be closed. What is wrong with the form is an
// *indexer.InputError, what is wrong here a spoolError.
func receive(parts *multipart.Reader, dir string) (*received, error) {
	f, seen := new(received), map[string]bool{}
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF { // bare after the last boundary only
			return f, nil
		}
		if err != nil {
			return f, formError(err)
		}
		name := part.FormName()
		if seen[name] {
			return f, badInput("Phần %q được gửi hai lần; mỗi lần chỉ tải lên một tệp.", clip(name))
		}
		seen[name] = true
		if err := f.take(name, part, dir); err != nil {
			return f, err
		}
	}
}

func (f *received) take(name string, part *multipart.Part, dir string) (err error) {
	switch name {
	case "file":
		f.name = fileName(part)
		return f.takeFile(part, dir)
	case "facts":
		var value []byte
		if value, err = field(part); err == nil {
			f.edits, err = indexer.ParseFacts(value)
		}
	case "confirmed":
		f.confirmed, err = boolean(name, part)
	case "publish":
		f.publish, err = boolean(name, part)
	default:
		err = badInput("Không có phần %q; chỉ nhận file, facts, confirmed và publish.", clip(name))
	}
	return err
}

func (f *received) takeFile(part io.Reader, dir string) (err error) {
	if f.file, err = newSpool(dir); err != nil {
		return err
	}
	if _, err = io.Copy(f.file, io.LimitReader(part, indexer.MaxOriginal+1)); err != nil {
		return formError(err)
	}
	if f.file.size > indexer.MaxOriginal {
		return fileTooLarge()
	}
	return f.file.finish()
}

func fileTooLarge() error {
	return &indexer.InputError{Reason: fmt.Sprintf("Tệp lớn hơn %d MB.", indexer.MaxOriginal>>20), Err: storage.ErrTooLarge}
}

// field reads a part that is no file.
func field(part io.Reader) ([]byte, error) {
	value, err := io.ReadAll(io.LimitReader(part, maxField+1))
	if err != nil {
		return nil, formError(err)
	}
	if len(value) > maxField {
		return nil, &indexer.InputError{Reason: fmt.Sprintf("Dữ liệu dài quá %d KB.", maxField>>10), Err: storage.ErrTooLarge}
	}
	return value, nil
}

// boolean reads a part that is "true" or "false".
func boolean(name string, part io.Reader) (bool, error) {
	value, err := field(part)
	switch text := strings.TrimSpace(string(value)); {
	case err != nil:
		return false, err
	case text == "true" || text == "false":
		return text == "true", nil
	default:
		return false, badInput("Phần %q là %q; chỉ nhận true hoặc false.", name, clip(text))
	}
}

// fileName is the name that a part gives its file. Browsers and curl send it as
// it is, in UTF-8, with quotes and line ends as %22, %0D and %0A; others send
// all of it percent-encoded, or as filename* (RFC 5987), which package mime
// reads.
func fileName(part *multipart.Part) string {
	name := part.FileName()
	if decoded, err := url.PathUnescape(name); err == nil && isASCII(name) && !isASCII(decoded) && utf8.ValidString(decoded) {
		return decoded
	}
	return escapedInForms.Replace(name)
}

var escapedInForms = strings.NewReplacer("%22", `"`, "%0D", "", "%0d", "", "%0A", " ", "%0a", " ")

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// formError tells what an error means that came while a body was read.
func formError(err error) error {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, new(spoolError)), errors.Is(err, errSlow):
		return err
	case errors.As(err, &tooLarge):
		return fmt.Errorf("form of over %d bytes: %w", tooLarge.Limit, storage.ErrTooLarge)
	default:
		return fmt.Errorf("form: %w: %w", badInput("Nội dung gửi lên không đúng dạng hoặc bị đứt giữa chừng; không có gì được lưu lại."), err)
	}
}
