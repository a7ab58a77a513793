package extract

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"vankien/indexer/extract/pdfium/pdfiumtest"
	"vankien/storage"
)

// The test binary is the reader's program, too, and a server that has one.
const (
	asReader = "VANKIEN_TEST_READER=1"
	asServer = "VANKIEN_TEST_SERVER=1"
	// The race detector has every process wait for a second before it ends.
	noWait = "GORACE=atexit_sleep_ms=0"
)

func TestMain(m *testing.M) {
	switch {
	case os.Getenv("VANKIEN_TEST_LEFT") != "":
		time.Sleep(time.Hour)
	case os.Getenv("VANKIEN_TEST_READER") != "":
		if err := readerMain(os.NewFile(originalDescriptor, "original")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	case os.Getenv("VANKIEN_TEST_SERVER") != "":
		config := ChildConfig{Environment: []string{fmt.Sprintf("VANKIEN_TEST_SERVED=%d", os.Getpid())}}
		_, err := testChild(config).Read(context.Background(), misbehaving("hang"))
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var err error
	if machineCode, err = pdfiumtest.Use(); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// machineCode is the folder that keeps pdfium's, for this process and those that
// it starts.
var machineCode string

// testChild is a Child whose command is this program.
func testChild(config ChildConfig) *Child {
	program, err := os.Executable()
	if err != nil {
		panic(err)
	}
	config.Command = []string{program}
	config.Cache = machineCode
	config.Environment = append(config.Environment, asReader, noWait)
	return NewChild(config)
}

const misbehave = "misbehave: "

// misbehaving is a file that makes the test's reader misbehave so.
func misbehaving(how string) File {
	text := misbehave + how
	return File{Name: how, Size: int64(len(text)), ReaderAt: strings.NewReader(text)}
}

// readerMain is ServeChild, except for files that make it misbehave.
func readerMain(original *os.File) error {
	defer runtime.KeepAlive(original) // else the descriptor is closed under ServeChild
	if err := confined(); err != nil {
		return err
	}
	start := make([]byte, 100)
	n, err := original.ReadAt(start, 0)
	if err != nil && err != io.EOF { // asked for something else than a file
		return ServeChild(os.Stdin, os.Stdout)
	}
	how, hostile := strings.CutPrefix(string(start[:n]), misbehave)
	if !hostile {
		return ServeChild(os.Stdin, os.Stdout)
	}
	if act, early := beforeGreeting[how]; early {
		return act()
	}
	var r request
	if err := json.NewDecoder(os.Stdin).Decode(&r); err != nil {
		return err
	}
	if err := r.begin(os.Stdout); err != nil {
		return err
	}
	if act := afterGreeting[how]; act != nil {
		return act()
	}
	return errors.New("no such misbehaviour")
}

var beforeGreeting = map[string]func() error{
	"greets like nobody": func() error { return say("xin chào\n") },
	"greets like another": func() error {
		return say(`{"reader":"v0"}` + "\n" + `{"media_type":"text/plain","pages":0}` + "\n")
	},
	"says nothing": func() error { return nil },
}

var afterGreeting = map[string]func() error{
	"overflows the stack": func() error { return fmt.Errorf("%d", deeper(1)) },
	"panics":              func() error { panic("out of order") },
	"allocates": func() error {
		for {
			hoard = append(hoard, bytes.Repeat([]byte{1}, 1<<20))
		}
	},
	"hang": func() error { time.Sleep(time.Hour); return nil },
	"runs for ever": func() error {
		for n := 0; ; n++ {
			_ = n
		}
	},
	"goes silent":     func() error { return nil },
	"fails":           func() error { return errors.New("failed") },
	"talks nonsense":  func() error { return say("Điều 1.\n") },
	"answers nothing": func() error { return say("{}\n") },
	"refuses for no reason": func() error {
		return say(`{"refusal":{"sentinel":"invalid"}}` + "\n")
	},
	"refuses for a reason of its own": func() error {
		return say(`{"refusal":{"sentinel":"secret","reason":"mật"}}` + "\n")
	},
	"skips a page": func() error {
		return say(`{"media_type":"text/plain","pages":2}` + "\n" + `{"number":2}` + "\n" + `{"number":3}` + "\n")
	},
	"announces more pages": func() error { return say(`{"pages":2}` + "\n" + `{"number":1}` + "\n") },
	"announces fewer pages": func() error {
		return say(`{"pages":1}` + "\n" + `{"number":1}` + "\n" + `{"number":2}` + "\n")
	},
	"fails after its answer": func() error { return errors.Join(answerWith("a"), errors.New("failed")) },
	"hangs after its answer": func() error {
		err := answerWith("a")
		time.Sleep(time.Hour)
		return err
	},
	"prints 10 GB": func() error {
		block := strings.Repeat("x", 1<<20)
		for range 10 << 10 {
			if err := say(block); err != nil {
				return err
			}
		}
		return nil
	},
	"complains 100 MB": func() error {
		for range 100 {
			fmt.Fprint(os.Stderr, strings.Repeat("x", 1<<20))
		}
		return errors.New("failed")
	},
	"prints pages for ever": func() error {
		if err := say(`{"pages":5000}` + "\n"); err != nil {
			return err
		}
		for i := range 5000 {
			if err := say(fmt.Sprintf(`{"number":%d,"text":%q}`+"\n", i+1, strings.Repeat("x", 1<<20))); err != nil {
				return err
			}
		}
		return nil
	},
	"leaves a process behind": func() error {
		program, err := os.Executable()
		if err != nil {
			return err
		}
		cmd := exec.Command(program)
		cmd.Env, cmd.Stdout = append(os.Environ(), "VANKIEN_TEST_LEFT=1"), os.Stdout
		if err := cmd.Start(); err != nil {
			return err
		}
		time.Sleep(time.Hour)
		return nil
	},
	"tampers":               func() error { return answerWith(tamper(os.Getenv("VANKIEN_TEST_VICTIM"))) },
	"tells its environment": func() error { return answerWith(strings.Join(os.Environ(), "\n")) },
	"writes to the file": func() error {
		_, err := os.NewFile(originalDescriptor, "original").WriteAt([]byte("changed"), 0)
		return answerWith(fmt.Sprint(err))
	},
}

// tamper does what it can to a file, its folder and the parent, and tells what it could.
func tamper(victim string) string {
	parent := fmt.Sprintf("/proc/%d/", os.Getppid())
	_, listed := os.ReadDir(filepath.Dir(victim))
	_, read := os.ReadFile(victim)
	_, environment := os.ReadFile(parent + "environ")
	_, memory := os.Open(parent + "mem")
	_, program := exec.Command("/bin/ls").Output()
	_, dialled := net.Dial("tcp", os.Getenv("VANKIEN_TEST_LISTENS"))
	var could []string
	for what, err := range map[string]error{
		"remove": os.Remove(victim), "write": os.WriteFile(victim, nil, 0), "truncate": os.Truncate(victim, 0), "make": os.WriteFile(victim+".new", nil, 0o600),
		"folder": os.Mkdir(victim+".d", 0o700), "rename": os.Rename(victim, victim+".old"), "link": os.Link(victim, victim+".link"),
		"list": listed, "read": read, "environment": environment, "memory": memory, "run": program, "dial": dialled,
		"signal": syscall.Kill(os.Getppid(), 0), "change": os.WriteFile("/proc/self/oom_score_adj", []byte("0"), 0),
	} {
		if err == nil {
			could = append(could, what)
		}
	}
	return strings.Join(could, " ")
}

var hoard [][]byte

func say(text string) error {
	_, err := io.WriteString(os.Stdout, text)
	return err
}

func answerWith(text string) error {
	return send(os.Stdout, answer{text: storage.Text{MediaType: mediaText, Pages: []storage.Page{{Number: 1, Text: text}}}})
}

func deeper(n int) int {
	if n == 0 {
		return 0
	}
	return deeper(n+1) + 1
}
