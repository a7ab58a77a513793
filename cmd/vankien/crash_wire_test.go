package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"vankien/api"
	"vankien/storage"
)

// user is somebody with a token.
type user struct{ name, token string }

// wire speaks HTTP to the server that runs at the moment.
type wire struct {
	server *leashed
	client *http.Client
	asked  atomic.Int64
}

// answerTime is how long any answer may take: what comes later counts as none.
const answerTime = 40 * time.Second

func newWire(server *leashed) *wire {
	return &wire{server: server, client: &http.Client{Timeout: answerTime, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}}
}

// reply is what came back: status 0 where no whole answer did.
type reply struct {
	status int
	body   []byte
	err    error
}

func (r reply) String() string {
	return fmt.Sprintf("%d %.300s %v", r.status, r.body, r.err)
}

// document reads the Document of an answer.
func (r reply) document() (doc storage.Document, err error) {
	if err := json.Unmarshal(r.body, &doc); err != nil {
		return doc, err
	}
	doc.Normalize()
	return doc, nil
}

// do sends a request. Each seems to come from a client of its own: the limit of
// requests a second is not what is tested.
func (w *wire) do(u user, method, path string, header map[string]string, body []byte) reply {
	request, err := http.NewRequest(method, w.server.url+path, bytes.NewReader(body))
	if err != nil {
		return reply{err: err}
	}
	if u.token != "" {
		request.Header.Set("Authorization", "Bearer "+u.token)
	}
	n := w.asked.Add(1)
	request.Header.Set("X-Forwarded-For", fmt.Sprintf("10.%d.%d.%d", n>>16&255, n>>8&255, n&255))
	for name, value := range header {
		request.Header.Set(name, value)
	}
	response, err := w.client.Do(request)
	if err != nil {
		return reply{err: err}
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		return reply{err: err}
	}
	return reply{status: response.StatusCode, body: content}
}

// get reads JSON that has to be there.
func (w *wire) get(u user, path string, into any) error {
	r := w.do(u, http.MethodGet, path, nil, nil)
	if r.status != http.StatusOK {
		return fmt.Errorf("GET %s: %v", path, r)
	}
	if err := json.Unmarshal(r.body, into); err != nil {
		return fmt.Errorf("GET %s: %w", path, err)
	}
	return nil
}

// upload sends a file.
func (w *wire) upload(u user, p paper) reply {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", p.name)
	if err == nil {
		_, err = part.Write(p.content)
	}
	if err == nil {
		err = form.WriteField("confirmed", "true")
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return reply{err: err}
	}
	return w.do(u, http.MethodPost, "/api/v1/documents", map[string]string{"Content-Type": form.FormDataContentType()}, body.Bytes())
}

// find are the documents that a search for a word finds.
func (w *wire) find(u user, word string) (hits []api.Hit, err error) {
	var answer api.SearchAnswer
	err = w.get(u, "/api/v1/search?size=50&q="+word, &answer)
	if err == nil && answer.Total != len(answer.Hits) {
		err = fmt.Errorf("a search for %s finds %d documents and shows %d", word, answer.Total, len(answer.Hits))
	}
	return answer.Hits, err
}

func documentURL(id storage.ID) string { return "/api/v1/documents/" + string(id) }

func compareIDs(a, b storage.ID) int { return strings.Compare(string(a), string(b)) }
