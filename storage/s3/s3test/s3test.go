// Package s3test starts a real S3 server for tests: versitygw, which `make
// test` installs (scripts/tools).
package s3test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Version of versitygw that the tests are made for.
const Version = "v1.8.0"

// Server is a running versitygw that keeps its buckets in a temporary folder.
type Server struct {
	URL       string // http://127.0.0.1:port, the same after Restart
	AccessKey string
	SecretKey string

	binary, port, dir string
	process           *exec.Cmd
	leash             io.Closer // closing it ends the process
	log               output
}

// Start starts a server that lives as long as the test. Where versitygw is not
// installed the test is skipped, or fails if VANKIEN_REQUIRE_S3=1.
func Start(t testing.TB) *Server {
	t.Helper()
	binary, err := find()
	if err != nil {
		if os.Getenv("VANKIEN_REQUIRE_S3") == "1" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	s := &Server{binary: binary, AccessKey: "vankien", SecretKey: rand.Text(), dir: t.TempDir()}
	for _, folder := range []string{"buckets", "versions"} {
		if err := os.Mkdir(filepath.Join(s.dir, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		s.stop()
		if t.Failed() {
			t.Logf("versitygw printed:\n%s", s.log.tail())
		}
	})
	for try := 1; ; try++ { // another process may take the port in between
		s.port, err = freePort()
		if err == nil {
			s.URL = "http://127.0.0.1:" + s.port
			err = s.run()
		}
		if err == nil {
			return s
		}
		if try == 3 {
			t.Fatalf("versitygw: %v\n%s", err, s.log.tail())
		}
	}
}

// Stop kills the server, as a power cut does; requests under way break off.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if s.process == nil {
		t.Fatal("versitygw does not run")
	}
	s.stop()
}

// Restart starts the server again after Stop, with all that it kept, at the
// same address.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	if s.process != nil {
		t.Fatal("versitygw runs already")
	}
	if err := s.run(); err != nil {
		t.Fatalf("versitygw: %v\n%s", err, s.log.tail())
	}
}

// Bucket makes a new bucket and returns its name.
func (s *Server) Bucket(t testing.TB) string {
	t.Helper()
	client, err := minio.New(strings.TrimPrefix(s.URL, "http://"), &minio.Options{
		Creds: credentials.NewStaticV4(s.AccessKey, s.SecretKey, ""), Region: "us-east-1", BucketLookup: minio.BucketLookupPath,
		Transport: &http.Transport{DisableKeepAlives: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	name := "test-" + strings.ToLower(rand.Text())
	if err := client.MakeBucket(context.Background(), name, minio.MakeBucketOptions{}); err != nil {
		t.Fatalf("make bucket %s: %v", name, err)
	}
	return name
}

// Dir is where the server keeps a bucket: the objects are files under their keys.
func (s *Server) Dir(bucket string) string { return filepath.Join(s.dir, "buckets", bucket) }

// find is the path of versitygw.
func find() (string, error) {
	if path, err := exec.LookPath("versitygw"); err == nil {
		return path, nil
	}
	folders := []string{}
	if out, err := exec.Command("go", "env", "GOBIN", "GOPATH").Output(); err == nil {
		bin, path, _ := strings.Cut(string(out), "\n")
		folders = append(folders, strings.TrimSpace(bin))
		for _, path := range filepath.SplitList(strings.TrimSpace(path)) {
			folders = append(folders, filepath.Join(path, "bin"))
		}
	}
	for _, folder := range folders {
		if path, err := exec.LookPath(filepath.Join(folder, "versitygw")); folder != "" && err == nil {
			return path, nil
		}
	}
	return "", errors.New("versitygw is not installed: go install github.com/versity/versitygw/cmd/versitygw@" + Version)
}

func freePort() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	return port, errors.Join(err, listener.Close())
}

// leashed runs its arguments until its input ends, and then kills them: a
// server does not outlive a test process that dies, however it dies.
const leashed = `"$@" & server=$!; read -r line; kill -9 $server; wait $server`

// run starts the server and waits until it answers.
func (s *Server) run() error {
	cmd := exec.Command("sh", "-c", leashed, "sh", s.binary, "--port", "127.0.0.1:"+s.port, "--quiet",
		"posix", "--versioning-dir", filepath.Join(s.dir, "versions"), filepath.Join(s.dir, "buckets"))
	cmd.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+s.AccessKey, "ROOT_SECRET_KEY="+s.SecretKey)
	cmd.Dir = s.dir
	cmd.Stdout, cmd.Stderr = &s.log, &s.log
	leash, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	s.process, s.leash = cmd, leash
	client := http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	for range 400 {
		resp, err := client.Get(s.URL)
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusForbidden { // it asks for a signature
				return nil
			}
		}
		time.Sleep(25 * time.Millisecond)
	}
	s.stop()
	return fmt.Errorf("%s does not answer", s.URL)
}

func (s *Server) stop() {
	if s.process == nil {
		return
	}
	s.leash.Close()
	s.process.Wait() // it was killed
	s.process = nil
}

// output keeps what a process prints.
type output struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.lock.Lock()
	defer o.lock.Unlock()
	return o.text.Write(p)
}

// tail is the end of what was printed.
func (o *output) tail() string {
	o.lock.Lock()
	defer o.lock.Unlock()
	text := o.text.Bytes()
	return string(text[max(0, len(text)-4000):])
}
