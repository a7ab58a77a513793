package main

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"vankien/api"
	"vankien/storage"
	"vankien/storage/s3/s3test"
)

// inBucket makes commands of this test use a new bucket of a real S3 server.
func inBucket(t *testing.T) *s3test.Server {
	t.Helper()
	server := s3test.Start(t)
	for flag, value := range map[string]string{
		"store": bucketScheme + server.Bucket(t), "s3-endpoint": server.URL, "s3-access-key": server.AccessKey, "s3-secret-key": server.SecretKey,
	} {
		t.Setenv(variable(flag), value)
	}
	return server
}

// upload sends a document and returns the status, and the Document where it was taken.
func (s *served) upload(t *testing.T, token, name, text string) (int, storage.Document) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err == nil {
		_, err = io.WriteString(part, text)
	}
	if err == nil {
		err = form.WriteField("confirmed", "true")
	}
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, s.url+"/api/v1/documents", &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var doc storage.Document
	if response.StatusCode == http.StatusAccepted {
		err = json.NewDecoder(response.Body).Decode(&doc)
	}
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode == http.StatusServiceUnavailable && response.Header.Get("Retry-After") == "" {
		t.Error("503 without Retry-After")
	}
	return response.StatusCode, doc
}

// await asks until the answer is as it should be.
func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("still not: %s", what)
		}
	}
}

// TestServeFromABucket is a library in a bucket through an outage of the
// server that has the bucket: searches go on, nothing is taken in meanwhile,
// and all goes on afterwards without a restart.
func TestServeFromABucket(t *testing.T) {
	bucket := inBucket(t)
	data := t.TempDir()
	s := startServer(t, "--sample", "--data", data)
	found := func(query string) int {
		var answer api.SearchAnswer
		s.get(t, http.StatusOK, "/api/v1/search?q="+query, &answer)
		return answer.Total
	}
	ready := func() api.ReadyStatus {
		var answer api.Readiness
		s.get(t, http.StatusOK, "/readyz", &answer)
		return answer.Status
	}
	before := found("dang+vien")
	if status, _ := s.upload(t, s.token, "a.txt", "Quy ước cấy lúa mùa nước nổi."); status != http.StatusAccepted || before == 0 {
		t.Fatalf("%d found; upload: %d", before, status)
	}

	bucket.Stop(t)
	if status, _ := s.upload(t, s.token, "b.txt", "Quy ước nuôi cá lồng bè."); status != http.StatusServiceUnavailable {
		t.Errorf("upload during the outage: %d", status)
	}
	if n := found("dang+vien"); n != before {
		t.Errorf("%d found during the outage, %d before", n, before)
	}
	await(t, "degraded", func() bool { return ready() == api.StatusDegraded })

	bucket.Restart(t)
	await(t, "ready again", func() bool { return ready() == api.StatusReady })
	status, doc := s.upload(t, s.token, "b.txt", "Quy ước nuôi cá lồng bè.")
	if status != http.StatusAccepted {
		t.Fatalf("upload after the outage: %d", status)
	}
	publisher := strings.TrimSpace(vankien(t, exitDone, "token", "add", "--data", data, "--role", "publisher", "--name", "người thứ hai"))
	await(t, "published", func() bool {
		request, err := http.NewRequest(http.MethodPost, s.url+"/api/v1/documents/"+string(doc.ID)+"/publish", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+publisher)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.StatusCode == http.StatusOK
	})
	if n := found("nuoi+ca+long+be"); n == 0 {
		t.Error("what was published after the outage is not found")
	}
	if out := vankien(t, exitDone, "verify", "--data", data); !strings.Contains(out, "không có lỗi") {
		t.Errorf("verify: %s", out)
	}
}

// TestABucketThatCannotBeUsed: the start says in a sentence what is wrong.
func TestABucketThatCannotBeUsed(t *testing.T) {
	inBucket(t)
	data := t.TempDir()
	for name, test := range map[string]struct{ flag, value, want string }{
		"wrong key":      {"s3-secret-key", "không phải khóa này", "Khóa bí mật S3 không đúng"},
		"no such bucket": {"store", bucketScheme + "khong-co-dau", "Không có bucket"},
		"nobody there":   {"s3-endpoint", "http://127.0.0.1:1", "S3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(variable(test.flag), test.value)
			if out := complaint(t, exitFailed, "serve", "--data", data, "--listen", "127.0.0.1:0"); !strings.Contains(out, test.want) || strings.Contains(out, "không phải khóa này") {
				t.Errorf("printed %q", out)
			}
		})
	}
	if out := complaint(t, exitUsage, "serve", "--data", data, "--s3-secret-key", "x"); !strings.Contains(out, "VANKIEN_S3_SECRET_KEY") {
		t.Errorf("a secret on the command line: %q", out)
	}
}
