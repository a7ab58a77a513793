package main

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vankien/api"
	"vankien/storage"
)

// TestServeSample is a newcomer's first minute: start with the samples, ask
// the same thing typed in three ways, open the first hit at its page.
func TestServeSample(t *testing.T) {
	s := startServer(t, "--sample", "--data", t.TempDir())
	if s.token == "" {
		t.Error("the first start printed no admin token")
	}
	var first storage.ID
	for _, typed := range []string{"nghị quyết tổ chức cơ sở đảng", "nghi quyet to chuc co so dang", "nghi quyết to chức cơ sở dang"} {
		var answer api.SearchAnswer
		s.get(t, 200, "/api/v1/search?q="+url.QueryEscape(typed), &answer)
		if answer.Total == 0 {
			t.Fatalf("%q finds nothing", typed)
		}
		hit := answer.Hits[0]
		if first == "" {
			first = hit.ID
		}
		if hit.ID != first {
			t.Errorf("%q finds %s first, want %s", typed, hit.Title, first)
		}
		if len(hit.Passages) == 0 || len(hit.Passages[0].Marks) == 0 || hit.Passages[0].Page < 1 {
			t.Errorf("%q: the first hit has no page or no marks: %+v", typed, hit.Passages)
		}
	}
	var document struct {
		Facts struct{ Number string }
	}
	s.get(t, 200, "/api/v1/documents/"+string(first), &document)
	if document.Facts.Number != "05-NQ/TU" {
		t.Errorf("the first hit is %q, want 05-NQ/TU", document.Facts.Number)
	}
	s.get(t, 200, "/api/v1/documents/"+string(first)+"/original", nil)
	s.get(t, 200, "/van-ban/"+string(first)+"?trang=2", nil)
	s.get(t, 404, "/api/v1/documents/00000000000000000000", nil)
}

// TestServeRestart finds everything again, adds nothing, and keeps its tokens.
func TestServeRestart(t *testing.T) {
	data := t.TempDir()
	count := func(s *served) int {
		var answer api.SearchAnswer
		s.get(t, 200, "/api/v1/search", &answer)
		return answer.Total
	}
	var before int
	t.Run("first", func(t *testing.T) { before = count(startServer(t, "--sample", "--data", data)) })
	t.Run("second", func(t *testing.T) {
		s := startServer(t, "--sample", "--data", data)
		if s.token != "" {
			t.Error("a later start printed a token")
		}
		if after := count(s); after != before {
			t.Errorf("%d documents after the restart, %d before", after, before)
		}
	})
}

// TestServeWithADamagedToken starts all the same, and makes nobody an admin anew.
func TestServeWithADamagedToken(t *testing.T) {
	data := t.TempDir()
	vankien(t, exitDone, "token", "add", "--data", data, "--role", "reader", "--name", "thử")
	tokens, err := filepath.Glob(filepath.Join(data, "store", "tokens", "*.json"))
	if err != nil || len(tokens) != 1 {
		t.Fatal(tokens, err)
	}
	if err := os.WriteFile(tokens[0], []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s := startServer(t, "--data", data); s.token != "" {
		t.Error("a library that has a token got another one")
	}
}

// TestBesideServer: searches, imports and reindexing go through the server that
// holds the index, tokens, verify and backup to the store.
func TestBesideServer(t *testing.T) {
	data := t.TempDir()
	s := startServer(t, "--data", data, "--sample", "--readers", "token")
	if out := vankien(t, exitDone, "import", "--data", data, "../../testdata/documents"); !strings.Contains(out, "0 mới, 0 đọc tiếp, 19 đã có từ trước") {
		t.Errorf("import of the samples beside a server printed %q", out)
	}
	bad := vankien(t, exitPartly, "import", "--publish", "--data", data, "../../testdata/bad")
	for _, line := range []string{"secret.txt: Văn bản mang dấu chỉ độ mật", "empty.pdf: Tệp rỗng", "encrypted.pdf: Tệp PDF được đặt mật khẩu"} {
		if !strings.Contains(bad, line) {
			t.Errorf("import of bad files beside a server does not say %q but\n%s", line, bad)
		}
	}
	if out := vankien(t, exitDone, "search", "--data", data, "bảo đảm bí mật trong công tác"); !strings.Contains(out, "Tìm thấy") {
		t.Errorf("search beside a server printed %q", out)
	}
	if out := vankien(t, exitDone, "reindex", "--data", data); !strings.Contains(out, "Đã dựng lại chỉ mục từ") {
		t.Errorf("reindex beside a server printed %q", out)
	}
	if out := vankien(t, exitDone, "verify", "--data", data); !strings.Contains(out, "không có lỗi") {
		t.Errorf("verify beside a server printed %q", out)
	}
	if out := complaint(t, exitFailed, "serve", "--data", data, "--listen", "127.0.0.1:0"); !strings.Contains(out, fmt.Sprintf("tiến trình %d (", s.cmd.Process.Pid)) {
		t.Errorf("a second server printed %q", out)
	}
	if out := vankien(t, exitDone, "search", "--data", data, "nghi quyet to chuc co so dang"); !strings.Contains(out, "05-NQ/TU") {
		t.Errorf("search beside a server printed %q", out)
	}
	token := strings.TrimSpace(vankien(t, exitDone, "token", "add", "--data", data, "--role", "reader", "--name", "thử"))
	s.get(t, 401, "/api/v1/search", nil)
	request, err := http.NewRequest(http.MethodGet, s.url+"/api/v1/search", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Errorf("the new token gives %s", response.Status)
	}
	info, err := os.Stat(filepath.Join(data, "index", beaconFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the beacon: %v, %v", info, err)
	}
	if half, err := filepath.Glob(filepath.Join(data, "index", beaconFile+"?*")); err != nil || len(half) > 0 {
		t.Errorf("beside the beacon: %v, %v", half, err)
	}
}

func TestServeUsage(t *testing.T) {
	data := t.TempDir()
	vankien(t, exitUsage, "serve", "--data", data, "--readers", "everyone")
	vankien(t, exitUsage, "serve", "--data", data, "--store", "ftp://x")
	vankien(t, exitUsage, "serve", "--data", data, "now")
	vankien(t, exitFailed, "serve", "--data", filepath.Join(data, "b"), "--listen", "256.1.1.1:1")
}

// TestServeOnABusyPort leaves no library behind.
func TestServeOnABusyPort(t *testing.T) {
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	data := filepath.Join(t.TempDir(), "data")
	address := busy.Addr().String()
	if errors := complaint(t, exitFailed, "serve", "--data", data, "--listen", address); !strings.Contains(errors, "cổng "+address+" đang có chương trình khác dùng") {
		t.Errorf("printed %q", errors)
	}
	if _, err := os.Stat(data); !os.IsNotExist(err) {
		t.Errorf("%s: %v", data, err)
	}
}

// TestShutDownCutsOff: a client that never ends is no failure of the server.
func TestShutDownCutsOff(t *testing.T) {
	asked := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
	}))
	defer server.Close()
	answered := make(chan error, 1)
	go func() {
		_, err := http.Get(server.URL)
		answered <- err
	}()
	<-asked
	if err := shutDown(t.Context(), slog.New(slog.DiscardHandler), server.Config, time.Millisecond); err != nil {
		t.Errorf("the end failed with %v", err)
	}
	if err := <-answered; err == nil {
		t.Error("the request was answered")
	}
}
