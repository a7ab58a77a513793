package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"vankien/indexer/confine"
	"vankien/storage"
)

// processes are those that run with mark in their environment.
func processes(t *testing.T, mark string) []int {
	t.Helper()
	paths, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		t.Fatal(err)
	}
	var found []int
	for _, path := range paths {
		environment, err := os.ReadFile(path) // fails where a process has just ended, or is another user's
		if err != nil || !bytes.Contains(environment, []byte(mark)) {
			continue
		}
		pid, err := strconv.Atoi(strings.Split(path, "/")[2])
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, pid)
	}
	return found
}

// eventually waits for a condition that needs no more than a moment.
func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !condition(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal(what)
		}
	}
}

func marked(t *testing.T) (mark string, config ChildConfig) {
	mark = fmt.Sprintf("VANKIEN_TEST_MARK=%d-%d", os.Getpid(), time.Now().UnixNano())
	return mark, ChildConfig{Dir: t.TempDir(), Environment: []string{mark}}
}

// dataUnlimited is how the limit stands in /proc that a reader lowers last.
var dataUnlimited = regexp.MustCompile(`Max data size +unlimited`)

// TestChildKilledFromOutside is a failed file, no more.
func TestChildKilledFromOutside(t *testing.T) {
	mark, config := marked(t)
	child := testChild(config)
	failed := make(chan error)
	go func() {
		_, err := child.Read(t.Context(), misbehaving("hang"))
		failed <- err
	}()
	eventually(t, "no process", func() bool { return len(processes(t, mark)) == 1 })
	pid := processes(t, mark)[0]
	eventually(t, "no limits", func() bool {
		limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", pid))
		return err == nil && !dataUnlimited.Match(limits)
	})
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		if err := syscall.Kill(pid, signal); err != nil {
			t.Fatal(err)
		}
	}
	select {
	case err := <-failed:
		t.Fatalf("what stops the server stopped the reading: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	var refused *Error
	if err := <-failed; !errors.Is(err, storage.ErrInvalid) || !errors.As(err, &refused) || refused.Reason != reasonCrash {
		t.Errorf("got %v", err)
	}
	if _, err := readWith(t.Context(), child, pdfFile(readable)); err != nil {
		t.Errorf("the next file: %v", err)
	}
	nothingLeft(t, config.Dir)
}

// TestChildrenLeaveNothing: neither what is cancelled nor what the process has
// started itself goes on.
func TestChildrenLeaveNothing(t *testing.T) {
	mark, config := marked(t)
	child := testChild(config)
	for _, how := range []string{"hang", "leaves a process behind"} {
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() {
			_, err := child.Read(ctx, misbehaving(how))
			ended <- err
		}()
		want := map[string]int{"hang": 1, "leaves a process behind": 2}[how]
		eventually(t, "no process", func() bool { return len(processes(t, mark)) == want })
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		eventually(t, "a process is left", func() bool { return len(processes(t, mark)) == 0 })
	}
	nothingLeft(t, config.Dir)
}

// TestChildDiesWithItsParent, however that ends.
func TestChildDiesWithItsParent(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command(program)
	server.Env = []string{asServer, "TMPDIR=" + t.TempDir()}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	readers := func() int { return len(processes(t, "VANKIEN_TEST_SERVED="+strconv.Itoa(server.Process.Pid))) }
	eventually(t, "no reader", func() bool { return readers() == 1 })
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := server.Wait(); err == nil {
		t.Error("the server was not killed")
	}
	eventually(t, "the reader goes on", func() bool { return readers() == 0 })
}

// TestReaderEndsByItself: should nobody be there to stop it, its limit of
// processor time does.
func TestReaderEndsByItself(t *testing.T) {
	path := filepath.Join(t.TempDir(), "original")
	if err := os.WriteFile(path, []byte(misbehave+"runs for ever"), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	reader := exec.CommandContext(ctx, program)
	reader.Env = []string{asReader, noWait}
	reader.Stdin = strings.NewReader(`{"task":"read","memory":1000000000,"seconds":1}`)
	reader.ExtraFiles = []*os.File{file}
	if err := reader.Run(); err == nil || ctx.Err() != nil {
		t.Errorf("it ended with %v, %v", err, ctx.Err())
	}
}

// TestChildKnowsNoSecrets: it has no environment but what it is given, and
// cannot write to the original.
func TestChildKnowsNoSecrets(t *testing.T) {
	t.Setenv("VANKIEN_S3_SECRET_KEY", "hidden")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "hidden")
	child := testChild(ChildConfig{})
	text, err := child.Read(t.Context(), misbehaving("tells its environment"))
	if err != nil {
		t.Fatal(err)
	}
	if got := text.Pages[0].Text; got != asReader+"\n"+noWait {
		t.Errorf("its environment: %q", got)
	}
	path := filepath.Join(t.TempDir(), "original")
	before := misbehave + "writes to the file"
	if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err = child.Read(t.Context(), File{Size: int64(len(before)), ReaderAt: file})
	if err != nil {
		t.Fatal(err)
	}
	after, err := os.ReadFile(path)
	if err != nil || string(after) != before || text.Pages[0].Text == "<nil>" {
		t.Errorf("the file holds %q after %q, %v", after, text.Pages[0].Text, err)
	}
}

// TestChildLeavesTheOffset: an open file that is shared is read without moving
// its offset.
func TestChildLeavesTheOffset(t *testing.T) {
	file, data := openBoth(t, "../../testdata/documents/nghi-quyet-05-nq-tu-2026.pdf")
	if _, err := file.Seek(17, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := testChild(ChildConfig{}).Read(t.Context(), File{Size: int64(len(data)), ReaderAt: file}); err != nil {
		t.Fatal(err)
	}
	if at, err := file.Seek(0, 1); err != nil || at != 17 {
		t.Errorf("the offset is %d, %v", at, err)
	}
}

// childMemory is the most that any process held that has ended, in bytes.
func childMemory(t *testing.T) int64 {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_CHILDREN, &usage); err != nil {
		t.Fatal(err)
	}
	return usage.Maxrss << 10
}

// TestBombsFillNoMemory: a process that reads or draws the worst of them (in a
// soak both) holds no more than it may beyond what any of ours holds.
func TestBombsFillNoMemory(t *testing.T) {
	config := ChildConfig{Dir: t.TempDir(), Limit: 5 * time.Second, PageLimit: 3 * time.Second}
	child := testChild(config)
	if _, err := readWith(t.Context(), child, pdfFile(readable)); err != nil {
		t.Fatal(err)
	}
	usual := childMemory(t)
	bombs := hostilePDFs()
	for _, name := range some([]string{"an image of 10 GB", "600 MB of spaces"}, 2) {
		data := bombs[name]()
		f := File{Size: int64(len(data)), ReaderAt: bytes.NewReader(data)}
		_, reading := child.Read(t.Context(), f)
		_, drawing := child.Render(t.Context(), f, 1, WholePage)
		t.Logf("%s: %v, %v; %d MB", name, reading, drawing, childMemory(t)>>20)
	}
	if most := childMemory(t); most-usual > 1<<30 {
		t.Errorf("a process held %d MB, usually %d", most>>20, usual>>20)
	}
}

// TestChildIsConfined: a reader that a file has taken over can neither change nor
// read anybody's files, nor find our secrets, nor tell them to anybody.
func TestChildIsConfined(t *testing.T) {
	version := confine.Landlock()
	if version == 0 {
		t.Skip("this kernel has no Landlock")
	}
	victim := filepath.Join(t.TempDir(), "nghị quyết.pdf")
	if err := os.WriteFile(victim, []byte("của người dùng"), 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	log := new(bytes.Buffer)
	text, err := testChild(ChildConfig{
		Environment: []string{"VANKIEN_TEST_VICTIM=" + victim, "VANKIEN_TEST_LISTENS=" + listener.Addr().String()},
		Logger:      slog.New(slog.NewTextHandler(log, nil)),
	}).Read(t.Context(), misbehaving("tampers"))
	if err != nil {
		t.Fatal(err)
	}
	could := strings.Fields(text.Pages[0].Text)
	could = slices.DeleteFunc(could, func(what string) bool {
		return what == "truncate" && version < 3 || what == "dial" && version < 4 || what == "signal" && version < 6
	})
	if len(could) > 0 || log.Len() > 0 {
		t.Errorf("it could %q; logged %s", could, log)
	}
	left, err := os.ReadFile(victim)
	if err != nil || string(left) != "của người dùng" {
		t.Errorf("%q is left, %v", left, err)
	}
}
