package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"vankien/indexer/extract/pdfium/pdfiumtest"
)

// TestMain lets the test binary be the program itself, so that tests can kill
// it: with VANKIEN_TEST_MAIN set it runs its arguments as main does.
func TestMain(m *testing.M) {
	const keepsCode = "VANKIEN_TEST_MACHINE_CODE"
	machineCodeFolder = func() string { return os.Getenv(keepsCode) }
	if os.Getenv("VANKIEN_TEST_MAIN") != "" {
		main()
	}
	folder, err := pdfiumtest.Use()
	if err == nil {
		err = os.Setenv(keepsCode, folder)
	}
	if err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// program is the real program as a process of its own.
func program(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(os.Environ(), "VANKIEN_TEST_MAIN=1")
	return cmd
}

// vankien runs a command within this process and returns what it printed.
func vankien(t *testing.T, wantCode int, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), args, strings.NewReader(""), &stdout, &stderr); code != wantCode {
		t.Fatalf("vankien %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), code, wantCode, &stdout, &stderr)
	}
	return stdout.String()
}

// complaint runs a command within this process and returns its errors.
func complaint(t *testing.T, wantCode int, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), args, strings.NewReader(""), &stdout, &stderr); code != wantCode {
		t.Fatalf("vankien %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), code, wantCode, &stdout, &stderr)
	}
	return stderr.String()
}

// served is a server running as a process of its own.
type served struct {
	url   string
	token string
	cmd   *exec.Cmd
	log   *bytes.Buffer
}

var (
	addressLine = regexp.MustCompile(`http://[0-9.:]+`)
	tokenLine   = regexp.MustCompile(`vk_[\w-]+`)
)

// startServer starts "vankien serve" on a free port and waits until it is ready.
func startServer(t *testing.T, args ...string) *served {
	t.Helper()
	s := &served{log: new(bytes.Buffer)}
	s.cmd = program(context.Background(), append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	s.cmd.Stderr = s.log
	stdout, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Signal(os.Interrupt)
		if err := s.cmd.Wait(); err != nil && !strings.Contains(err.Error(), "already") {
			t.Errorf("serve ended with %v\n%s", err, s.log)
		}
	})
	greeting := make([]byte, 4096)
	n, err := io.ReadAtLeast(stdout, greeting, 20)
	if err != nil {
		t.Fatalf("no greeting: %v\n%s", err, s.log)
	}
	s.url = addressLine.FindString(string(greeting[:n]))
	s.token = tokenLine.FindString(string(greeting[:n]))
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if response, err := http.Get(s.url + "/readyz"); err == nil {
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return s
			}
		}
	}
	t.Fatalf("the server is not ready\n%s", s.log)
	return nil
}

// get asks the server and decodes its JSON answer.
func (s *served) get(t *testing.T, wantStatus int, path string, into any) {
	t.Helper()
	response, err := http.Get(s.url + path)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != wantStatus {
		t.Fatalf("GET %s: %s, want %d\n%s", path, response.Status, wantStatus, body)
	}
	if into == nil {
		return
	}
	if err := json.Unmarshal(body, into); err != nil {
		t.Fatalf("GET %s: %v\n%s", path, err, body)
	}
}

// sampleFolder copies the sample documents into a new folder.
func sampleFolder(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "văn bản")
	if err := os.CopyFS(dir, os.DirFS("../../testdata/documents")); err != nil {
		t.Fatal(err)
	}
	return dir
}
