package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"vankien/api"
	"vankien/indexer"
	"vankien/storage"
)

// beacon is what a running server leaves beside its index for commands that
// work through it: where it listens, and a token that lives as long as it does.
// Only who may read the index may read it.
type beacon struct {
	URL   string `json:"url"`
	Token string `json:"token"`
}

const (
	beaconFile      = "server.json"
	temporarySuffix = ".tmp"
)

// light writes the beacon of a server that listens on address; extinguish
// removes it.
func light(cmd *cobra.Command, address net.Addr, token string) (extinguish func() error, err error) {
	folder, err := locate(cmd, "index", "bleve")
	if err != nil {
		return nil, err
	}
	content, err := json.Marshal(beacon{URL: "http://" + reachable(address), Token: token})
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, beaconFile)
	temporary := path + temporarySuffix // only who holds the index writes it
	if err := os.WriteFile(temporary, content, 0o600); err != nil {
		return nil, errors.Join(err, removeIfThere(temporary))
	}
	if err := os.Rename(temporary, path); err != nil { // so that nobody reads half of it
		return nil, errors.Join(err, removeIfThere(temporary))
	}
	return func() error { return os.Remove(path) }, nil
}

// clearBeacon removes what a server that was killed left behind. Whoever holds
// the index knows that no server does.
func clearBeacon(cmd *cobra.Command) error {
	folder, err := locate(cmd, "index", "bleve")
	if err != nil {
		return err
	}
	path := filepath.Join(folder, beaconFile)
	return errors.Join(removeIfThere(path), removeIfThere(path+temporarySuffix))
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// reachable is an address to dial for one that is listened on: a server on all
// interfaces is reached on the loopback one.
func reachable(address net.Addr) string {
	tcp, ok := address.(*net.TCPAddr)
	if ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("localhost", strconv.Itoa(tcp.Port))
	}
	return address.String()
}

// running is the server that holds the index, if one does and answers: then
// nothing else needs to be opened, not even a store that is out just now.
func running(cmd *cobra.Command) (server beacon, runs bool, err error) {
	server, err = findServer(cmd)
	if errors.Is(err, storage.ErrLocked) { // there is no beacon
		return beacon{}, false, nil
	}
	if err != nil {
		return beacon{}, false, err
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), 3*time.Second)
	defer cancel()
	var status api.ReindexStatus // small, and for the operator's token alone
	return server, server.ask(ctx, http.MethodGet, "/api/v1/reindex", &status) == nil, nil
}

// findServer reads the beacon of the server that holds the index.
func findServer(cmd *cobra.Command) (beacon, error) {
	folder, err := locate(cmd, "index", "bleve")
	if err != nil {
		return beacon{}, err
	}
	content, err := os.ReadFile(filepath.Join(folder, beaconFile))
	if errors.Is(err, fs.ErrNotExist) {
		return beacon{}, fmt.Errorf("index %s: %w", folder, storage.ErrLocked)
	}
	if err != nil {
		return beacon{}, err
	}
	var b beacon
	if err := json.Unmarshal(content, &b); err != nil {
		return beacon{}, fmt.Errorf("%s: %w", beaconFile, err)
	}
	return b, nil
}

// search asks the server.
func (b beacon) search(ctx context.Context, q indexer.Query) (answer api.SearchAnswer, err error) {
	parameters := url.Values{"q": {q.Text}, "size": {strconv.Itoa(q.Size)}}
	return answer, b.ask(ctx, http.MethodGet, "/api/v1/search?"+parameters.Encode(), &answer)
}

// ask sends a request without a body and decodes the JSON of the answer. A
// refusal is an *answerError.
func (b beacon) ask(ctx context.Context, method, path string, into any) error {
	request, err := http.NewRequestWithContext(ctx, method, b.URL+path, nil)
	if err != nil {
		return err
	}
	return b.do(request, into)
}

// maxAnswer bounds what is read of an answer: the versions of a million documents.
const maxAnswer = 256 << 20

// direct asks through no proxy: it would read the token.
var direct = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4}}

func (b beacon) do(request *http.Request, into any) error {
	request.Header.Set("Authorization", "Bearer "+b.Token)
	response, err := direct.Do(request)
	if err != nil {
		return fmt.Errorf("hỏi máy chủ đang chạy: %w", err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("đọc trả lời của máy chủ đang chạy: %w", err)
	}
	if response.StatusCode >= http.StatusBadRequest {
		answer := &answerError{status: response.StatusCode}
		if json.Unmarshal(body, &answer.problem) != nil {
			answer.problem.Detail = strings.TrimSpace(string(body[:min(len(body), 500)]))
		}
		return answer
	}
	return json.Unmarshal(body, into)
}

// answerError is what the server refused, and why.
type answerError struct {
	status  int
	problem api.Problem
}

func (e *answerError) Error() string {
	return fmt.Sprintf("máy chủ đang chạy trả lời %d: %s", e.status, cmp.Or(e.problem.Detail, e.problem.Title))
}

// operatorLibrary is the library with one more token: the one that is in the
// beacon, good for everything.
type operatorLibrary struct {
	*storage.Library
	secret string
}

func newOperatorLibrary(library *storage.Library) operatorLibrary {
	bits := make([]byte, 32)
	_, _ = rand.Read(bits) // never fails: crypto/rand ends the program instead
	return operatorLibrary{library, "vk_" + base64.RawURLEncoding.EncodeToString(bits)}
}

// TokenFor is storage.Library's, and knows the operator's token too.
func (o operatorLibrary) TokenFor(ctx context.Context, secret string) (storage.Token, error) {
	if subtle.ConstantTimeCompare([]byte(secret), []byte(o.secret)) == 1 {
		return storage.Token{Name: storage.ByOperator, Role: storage.RoleAdmin}, nil
	}
	return o.Library.TokenFor(ctx, secret)
}
