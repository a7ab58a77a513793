package s3_test

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// fault is what a proxy does to a request instead of passing it on.
type fault string

const (
	slow             fault = "slow"
	internalError    fault = "500"
	slowDown         fault = "503 SlowDown"
	resetInRequest   fault = "reset within the request body"
	resetInAnswer    fault = "reset within the answer's body"
	truncatedAnswer  fault = "truncated answer with a matching length"
	flippedInAnswer  fault = "flipped byte in the answer"
	flippedInRequest fault = "flipped byte in the request"
	lostAnswer       fault = "done, but the answer is lost"
	gateway404       fault = "404 page of a gateway without its server"
	hang             fault = "no answer ever"
	stallInRequest   fault = "the body is no longer taken"
	stallInAnswer    fault = "the answer stops in the middle"
)

// proxy stands between a store and the server and commits faults.
type proxy struct {
	*httptest.Server
	target string
	onward http.Transport
	closed chan struct{}

	lock    sync.Mutex
	fault   fault
	times   int // how often; -1 for ever
	applies func(r *http.Request) bool
	met     int // requests that met the fault
}

func startProxy(t *testing.T, target string) *proxy {
	p := &proxy{target: strings.TrimPrefix(target, "http://"), closed: make(chan struct{})}
	p.Server = httptest.NewServer(p)
	t.Cleanup(func() {
		close(p.closed)
		p.CloseClientConnections()
		p.Close()
		p.onward.CloseIdleConnections()
	})
	return p
}

// commit makes the next times requests to which it applies meet the fault.
func (p *proxy) commit(fault fault, times int, applies func(r *http.Request) bool) {
	p.lock.Lock()
	defer p.lock.Unlock()
	p.fault, p.times, p.applies, p.met = fault, times, applies, 0
}

func (p *proxy) next(r *http.Request) fault {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.times == 0 || p.applies != nil && !p.applies(r) {
		return ""
	}
	p.times--
	p.met++
	return p.fault
}

func (p *proxy) metBy() int {
	p.lock.Lock()
	defer p.lock.Unlock()
	return p.met
}

func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fault := p.next(r)
	switch fault {
	case slow:
		select {
		case <-time.After(100 * time.Millisecond):
		case <-r.Context().Done():
		}
	case internalError:
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusInternalServerError)
		return
	case gateway404:
		io.Copy(io.Discard, r.Body)
		http.Error(w, "default backend - 404", http.StatusNotFound)
		return
	case slowDown:
		io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusServiceUnavailable)
		io.WriteString(w, `<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>`)
		return
	case resetInRequest:
		io.CopyN(io.Discard, r.Body, r.ContentLength/2)
		reset(w)
		return
	case stallInRequest:
		io.CopyN(io.Discard, r.Body, r.ContentLength/2)
		<-p.closed
		return
	case hang:
		p.stand(r)
		return
	}
	status, header, body, err := p.pass(r, fault == flippedInRequest)
	if err != nil || fault == lostAnswer {
		reset(w)
		return
	}
	p.answer(w, fault, status, header, body)
	if fault == stallInAnswer && len(body) > 0 {
		p.stand(r)
	}
}

// stand waits until the client goes away.
func (p *proxy) stand(r *http.Request) {
	select {
	case <-p.closed:
	case <-r.Context().Done():
	}
}

// pass hands the request on. The signature covers the Host header: it stays.
func (p *proxy) pass(r *http.Request, flip bool) (status int, header http.Header, body []byte, err error) {
	sent, err := io.ReadAll(r.Body)
	if err != nil {
		return 0, nil, nil, err
	}
	if flip && len(sent) > 0 {
		sent[len(sent)/2] ^= 1
	}
	out := r.Clone(r.Context())
	out.URL.Scheme, out.URL.Host, out.RequestURI = "http", p.target, ""
	out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(sent)), int64(len(sent))
	resp, err := p.onward.RoundTrip(out)
	if err != nil {
		return 0, nil, nil, err
	}
	defer resp.Body.Close()
	body, err = io.ReadAll(resp.Body)
	return resp.StatusCode, resp.Header, body, err
}

func (p *proxy) answer(w http.ResponseWriter, fault fault, status int, header http.Header, body []byte) {
	for name, values := range header {
		w.Header()[name] = values
	}
	send := body
	if len(body) > 0 {
		switch fault {
		case resetInAnswer, stallInAnswer:
			send = body[:len(body)/2]
		case truncatedAnswer:
			send = body[:len(body)-len(body)/3]
			w.Header().Set("Content-Length", strconv.Itoa(len(send)))
		case flippedInAnswer:
			send[len(send)/2] ^= 1
		}
	}
	w.WriteHeader(status)
	w.Write(send)
	if fault == resetInAnswer || fault == stallInAnswer {
		http.NewResponseController(w).Flush()
	}
	if fault == resetInAnswer {
		reset(w)
	}
}

// reset cuts the connection.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	conn.Close()
}
