package s3_test

import (
	"bytes"
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vankien/storage"
	"vankien/storage/s3"
	"vankien/storage/s3/s3test"
)

// wantReason opens a store that must not open, and looks for part of the
// sentence that says why.
func wantReason(t *testing.T, cfg s3.Config, reason string) error {
	t.Helper()
	s, err := s3.Open(t.Context(), cfg)
	if err == nil {
		s.Close()
		t.Fatalf("opened; want %q", reason)
	}
	var start *s3.StartError
	if !errors.As(err, &start) || !strings.Contains(start.Reason, reason) {
		t.Errorf("error %v, want a reason with %q", err, reason)
	}
	if cfg.SecretKey != "" && strings.Contains(err.Error(), cfg.SecretKey) {
		t.Errorf("the error tells the secret: %v", err)
	}
	return err
}

func TestOpenTellsWhatIsWrong(t *testing.T) {
	server := s3test.Start(t)
	good := config(t, server)
	unreachable, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	unreachable.Close()
	for name, test := range map[string]struct {
		change func(cfg *s3.Config)
		reason string
	}{
		"access key":     {func(cfg *s3.Config) { cfg.AccessKey = "nobody" }, "không biết khóa truy cập"},
		"secret key":     {func(cfg *s3.Config) { cfg.SecretKey = "wrong-secret" }, "Khóa bí mật S3 không đúng"},
		"half a key":     {func(cfg *s3.Config) { cfg.SecretKey = "" }, "thiếu một nửa"},
		"bucket":         {func(cfg *s3.Config) { cfg.Bucket = "khong-co" }, "Không có bucket tên khong-co"},
		"bucket's name":  {func(cfg *s3.Config) { cfg.Bucket = "../Văn kiện" }, "Tên bucket không hợp lệ"},
		"no bucket":      {func(cfg *s3.Config) { cfg.Bucket = "" }, "Tên bucket không hợp lệ"},
		"region":         {func(cfg *s3.Config) { cfg.Region = "eu-west-9" }, "Vùng (region)"},
		"nobody there":   {func(cfg *s3.Config) { cfg.Endpoint = "http://" + unreachable.Addr().String() }, "Không kết nối được"},
		"no TLS there":   {func(cfg *s3.Config) { cfg.Endpoint = strings.Replace(cfg.Endpoint, "http:", "https:", 1) }, "Không kết nối được"},
		"no URL":         {func(cfg *s3.Config) { cfg.Endpoint = "127.0.0.1:9000" }, "Địa chỉ của máy chủ S3 không hợp lệ"},
		"path in URL":    {func(cfg *s3.Config) { cfg.Endpoint += "/bucket" }, "Địa chỉ của máy chủ S3 không hợp lệ"},
		"keys in URL":    {func(cfg *s3.Config) { cfg.Endpoint = "http://a:b@127.0.0.1" }, "Địa chỉ của máy chủ S3 không hợp lệ"},
		"no CA file":     {func(cfg *s3.Config) { cfg.CAFile = "/nowhere/ca.pem" }, "Không đọc được tệp chứng thư"},
		"no certificate": {func(cfg *s3.Config) { cfg.CAFile = "start_test.go" }, "không có chứng thư nào"},
		"no key file":    {func(cfg *s3.Config) { cfg.AccessKey, cfg.SecretKey, cfg.CredentialsFile = "", "", "/nowhere/keys" }, "Không đọc được khóa truy cập"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := good
			test.change(&cfg)
			err := wantReason(t, cfg, test.reason)
			if name == "nobody there" && !errors.Is(err, storage.ErrUnavailable) {
				t.Errorf("waiting may help: %v", err)
			}
		})
	}
}

// What no real server can be brought to answer here is answered by a false one.
func TestOpenTellsWhatTheServerAnswers(t *testing.T) {
	for code, test := range map[string]struct {
		status int
		reason string
	}{
		"RequestTimeTooSkewed": {403, "Đồng hồ"},
		"AccessDenied":         {403, "không có quyền"},
		"ExpiredToken":         {400, "hết hạn"},
		"PermanentRedirect":    {301, "vùng (region) khác"},
		"MethodNotAllowed":     {405, "trả lời lỗi"},
	} {
		t.Run(code, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(test.status)
				fmt.Fprintf(w, "<Error><Code>%s</Code><Message>no</Message></Error>", code)
			}))
			defer server.Close()
			wantReason(t, s3.Config{Endpoint: server.URL, Bucket: "bucket", AccessKey: "a", SecretKey: "secret"}, test.reason)
		})
	}
}

// A server that stores whatever comes, conditions or not.
func TestOpenRefusesAServerWithoutConditions(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodPut:
			w.Header().Set("ETag", `"1"`)
		case http.MethodGet:
			fmt.Fprint(w, "<ListBucketResult><Name>bucket</Name></ListBucketResult>")
		case http.MethodDelete:
			w.WriteHeader(http.StatusNoContent)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer server.Close()
	wantReason(t, s3.Config{Endpoint: server.URL, Bucket: "bucket", AccessKey: "a", SecretKey: "secret"}, "không giữ điều kiện")
}

func TestOpenLeavesNothing(t *testing.T) {
	s := open(t, config(t, s3test.Start(t)))
	for obj, err := range s.List(t.Context(), "", "") {
		t.Errorf("left: %+v, %v", obj, err)
	}
}

func TestOpenEndsWithItsContext(t *testing.T) {
	server := s3test.Start(t)
	p := startProxy(t, server.URL)
	p.commit(hang, -1, nil)
	cfg := config(t, server)
	cfg.Endpoint = p.URL
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := s3.Open(ctx, cfg); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

func TestKeysFromFileAndEnvironment(t *testing.T) {
	server := s3test.Start(t)
	cfg := config(t, server)
	id, secret := cfg.AccessKey, cfg.SecretKey
	cfg.AccessKey, cfg.SecretKey = "", ""
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"} {
		t.Setenv(name, "")
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv("AWS_CONFIG_FILE", "/nowhere/config")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", "/nowhere/credentials")
	wantReason(t, cfg, "Chưa có khóa truy cập S3")

	file := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(file, fmt.Appendf(nil, "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n", id, secret), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg.CredentialsFile = file
	open(t, cfg)

	const slip = "a-key-on-a-line-of-its-own"
	if err := os.WriteFile(file, []byte("[default]\n"+slip+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := wantReason(t, cfg, "Không đọc được khóa truy cập"); strings.Contains(err.Error(), slip) {
		t.Errorf("the error tells the key: %v", err)
	}

	cfg.CredentialsFile = ""
	t.Setenv("AWS_ACCESS_KEY_ID", id)
	t.Setenv("AWS_SECRET_ACCESS_KEY", secret)
	open(t, cfg)
}

// The certificate is checked; one of an own authority is named in CAFile.
func TestTLS(t *testing.T) {
	server := s3test.Start(t)
	p := &proxy{target: strings.TrimPrefix(server.URL, "http://"), closed: make(chan struct{})}
	p.Server = httptest.NewUnstartedServer(p)
	p.Config.ErrorLog = nil
	p.StartTLS()
	defer p.Close()
	cfg := config(t, server)
	cfg.Endpoint = p.URL
	wantReason(t, cfg, "Chứng thư TLS")
	cfg.CAFile = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(cfg.CAFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	s := open(t, cfg)
	s.Parts()
	data := noise(3, parts)
	if _, err := s.Put(t.Context(), "k", bytes.NewReader(data), storage.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	if got, _, err := read(t.Context(), s, "k", storage.Range{}); err != nil || !bytes.Equal(got, data) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}
