package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"vankien/storage"
)

// answer is what the server said.
type answer struct {
	status int
	header http.Header
	body   []byte
}

func (a answer) problem(t testing.TB) (p Problem) {
	t.Helper()
	if err := json.Unmarshal(a.body, &p); err != nil {
		t.Fatalf("%d is no problem document: %v in %s", a.status, err, a.body)
	}
	return p
}

func (a answer) document(t testing.TB) (d storage.Document) {
	t.Helper()
	if err := json.Unmarshal(a.body, &d); err != nil {
		t.Fatalf("%d is no document: %v in %s", a.status, err, a.body)
	}
	return d
}

// request is a request of whoever has role; headers are "Name: value".
func (l *living) request(role storage.Role, method, path string, body io.Reader, headers ...string) *http.Request {
	l.Helper()
	r, err := http.NewRequestWithContext(l.Context(), method, l.url+path, body)
	if err != nil {
		l.Fatal(err)
	}
	if secret := l.secrets[role]; secret != "" {
		r.Header.Set("Authorization", "Bearer "+secret)
	}
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Add(name, value)
	}
	return r
}

func send(t testing.TB, r *http.Request) answer {
	t.Helper()
	a, err := try(r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// noRedirects shows redirects as they are.
var noRedirects = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

func try(r *http.Request) (answer, error) {
	w, err := noRedirects.Do(r)
	if err != nil {
		return answer{}, err
	}
	body, err := io.ReadAll(w.Body)
	return answer{w.StatusCode, w.Header, body}, errors.Join(err, w.Body.Close())
}

func (l *living) do(role storage.Role, method, path, body string, headers ...string) answer {
	l.Helper()
	return send(l, l.request(role, method, path, strings.NewReader(body), headers...))
}

// part is a part of a form: a file where it has a file's name.
type part struct{ name, file, content string }

// form is a multipart body and its Content-Type.
func form(parts ...part) (body []byte, contentType string) {
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	for _, p := range parts {
		create := func(name, _ string) (io.Writer, error) { return w.CreateFormField(name) }
		if p.file != "" {
			create = w.CreateFormFile
		}
		to, err := create(p.name, p.file)
		if err == nil {
			_, err = io.WriteString(to, p.content)
		}
		if err != nil {
			panic(err) // of a buffer
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes(), w.FormDataContentType()
}

func (l *living) uploading(role storage.Role, parts ...part) *http.Request {
	l.Helper()
	body, contentType := form(parts...)
	return l.request(role, "POST", "/api/v1/documents", bytes.NewReader(body), "Content-Type: "+contentType)
}

var confirmed = part{name: "confirmed", content: "true"}

// upload takes a file in as role does.
func (l *living) upload(role storage.Role, name, content string, more ...part) storage.Document {
	l.Helper()
	a := send(l, l.uploading(role, append([]part{{"file", name, content}, confirmed}, more...)...))
	if a.status != http.StatusAccepted {
		l.Fatalf("upload of %s: %d %s", name, a.status, a.body)
	}
	return a.document(l)
}

// addressOf is the API's address of a document.
func addressOf(id storage.ID, action string) string {
	return "/api/v1/documents/" + string(id) + action
}
