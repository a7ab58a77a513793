package files_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"vankien/storage"
	"vankien/storage/files"
)

// The test binary runs itself as other processes: child roles, by the value
// of this variable; the store's directory is the first argument.
const childRole = "VANKIEN_FILES_TEST_CHILD"

func TestMain(m *testing.M) {
	roles := map[string]func(*files.Store) error{"count": count, "write": writeForEver, "hold": holdPut}
	role := os.Getenv(childRole)
	if role == "" {
		os.Exit(m.Run())
	}
	s, err := files.Open(os.Args[1])
	if err == nil {
		err = roles[role](s)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func child(t *testing.T, role, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, dir)
	cmd.Env = append(os.Environ(), childRole+"="+role)
	cmd.Stderr = os.Stderr
	return cmd
}

const increments = 40

// count increments the counter by read and conditional write.
func count(s *files.Store) error {
	for done := 0; done < increments; {
		data, obj, err := read(s, "counter")
		if err != nil {
			return err
		}
		n, err := strconv.Atoi(string(data))
		if err != nil {
			return err
		}
		_, err = s.Put(context.Background(), "counter", strings.NewReader(strconv.Itoa(n+1)), storage.PutOptions{IfMatch: obj.ETag})
		if err == nil {
			done++
		} else if !errors.Is(err, storage.ErrConflict) {
			return err
		}
	}
	return nil
}

func read(s *files.Store, key string) ([]byte, storage.Object, error) {
	body, obj, err := s.Get(context.Background(), key, storage.Range{})
	if err != nil {
		return nil, obj, err
	}
	data, err := io.ReadAll(body)
	return data, obj, errors.Join(err, body.Close())
}

// Four processes count together and lose nothing.
func TestCounterAcrossProcesses(t *testing.T) {
	const processes = 4
	dir := t.TempDir()
	s := open(t, dir)
	if _, err := s.Put(t.Context(), "counter", strings.NewReader("0"), storage.PutOptions{}); err != nil {
		t.Fatal(err)
	}
	running := []*exec.Cmd{}
	for range processes {
		cmd := child(t, "count", dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		running = append(running, cmd)
	}
	for _, cmd := range running {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	if data, _, err := read(s, "counter"); err != nil || string(data) != strconv.Itoa(processes*increments) {
		t.Errorf("counted to %s, want %d; %v", data, processes*increments, err)
	}
}

// holdPut begins to put the object "held", says so, and finishes when its
// standard input does.
func holdPut(s *files.Store) error {
	body := io.MultiReader(strings.NewReader("held "), announce{}, os.Stdin)
	_, err := s.Put(context.Background(), "held", body, storage.PutOptions{})
	return err
}

// announce is an empty body that says on standard output that it is read.
type announce struct{}

func (announce) Read([]byte) (int, error) {
	fmt.Println("reading")
	return 0, io.EOF
}

// Open clears away what dead processes left, and nothing of living ones.
func TestOpenBesideALivingPut(t *testing.T) {
	dir := t.TempDir()
	living, dying := child(t, "hold", dir), child(t, "hold", dir)
	var input io.WriteCloser
	for _, cmd := range []*exec.Cmd{living, dying} {
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		defer in.Close()
		if cmd == living {
			input = in
		}
		output, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := bufio.NewReader(output).ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	if err := dying.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := dying.Wait(); err == nil {
		t.Fatal("the child was not killed")
	}
	if left := temporaries(t, dir); left != 2 {
		t.Fatalf("%d bodies on their way, want 2", left)
	}
	s := open(t, dir)
	if left := temporaries(t, dir); left != 1 {
		t.Errorf("%d bodies on their way after Open, want the living process's", left)
	}
	if _, err := io.Copy(input, bytes.NewReader([]byte("and finished"))); err != nil {
		t.Fatal(err)
	}
	if err := input.Close(); err != nil {
		t.Fatal(err)
	}
	if err := living.Wait(); err != nil {
		t.Fatal(err)
	}
	if data, _, err := read(s, "held"); err != nil || string(data) != "held and finished" {
		t.Errorf("held is %q, %v", data, err)
	}
	open(t, dir)
	if left := temporaries(t, dir); left != 0 {
		t.Errorf("%d bodies are left", left)
	}
}
