package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// leash runs its arguments. It kills them when its input ends, so that no
// server outlives a test that dies, and stops them in good order when told to.
const leash = `"$@" & server=$!; echo "pid $server"; read -r order; if [ "$order" = stop ]; then kill -TERM $server; else kill -9 $server; fi; wait $server`

// leashed is the server as a process that can be killed and started again.
type leashed struct {
	binary string   // the program, os.Args[0] for the test binary
	args   []string // of serve
	env    []string // beside our own
	log    *os.File // what it writes to standard error
	url    string   // of the one that runs
	pid    int

	sh     *exec.Cmd
	order  io.WriteCloser
	output chan string // lines of its standard output
}

// start begins a process and waits for nothing.
func (s *leashed) start() error {
	s.url, s.pid = "", 0
	s.sh = exec.Command("sh", append([]string{"-c", leash, "sh", s.binary, "serve", "--listen", "127.0.0.1:0"}, s.args...)...)
	s.sh.Env = append(append(os.Environ(), "VANKIEN_TEST_MAIN=1"), s.env...)
	s.sh.Stderr = s.log
	stdout, err := s.sh.StdoutPipe()
	if err != nil {
		return err
	}
	if s.order, err = s.sh.StdinPipe(); err != nil {
		return err
	}
	if err := s.sh.Start(); err != nil {
		return err
	}
	output := make(chan string, 10) // more than it prints
	s.output = output
	go func() {
		defer close(output)
		for lines := bufio.NewScanner(stdout); lines.Scan(); {
			output <- lines.Text()
		}
	}()
	return nil
}

// await waits until the process listens and is ready.
func (s *leashed) await(within time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	for s.url == "" {
		select {
		case text, more := <-s.output:
			if !more {
				return fmt.Errorf("the server ended before it listened")
			}
			if pid, found := strings.CutPrefix(text, "pid "); found {
				s.pid, _ = strconv.Atoi(pid) // as the shell prints it
			}
			s.url = addressLine.FindString(text)
		case <-ctx.Done():
			return fmt.Errorf("the server does not listen within %v", within)
		}
	}
	for last := ""; ; {
		if response, err := readinessOf(ctx, s.url); err == nil {
			body, _ := io.ReadAll(response.Body)
			response.Body.Close()
			if response.StatusCode == http.StatusOK {
				return nil
			}
			last = string(body)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server is not ready within %v: %s", within, last)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// kill is SIGKILL; when it returns the process is gone.
func (s *leashed) kill() {
	s.order.Close()
	s.wait()
}

// stop is SIGTERM, and the process's own end.
func (s *leashed) stop() error {
	if _, err := io.WriteString(s.order, "stop\n"); err != nil {
		return err
	}
	err := s.wait()
	s.order.Close()
	return err
}

func (s *leashed) wait() error {
	for range s.output { // Wait closes what is read
	}
	return s.sh.Wait()
}

func readinessOf(ctx context.Context, url string) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readyz", nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(request)
}
