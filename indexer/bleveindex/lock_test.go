package bleveindex

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"vankien/storage"
)

const holdFolder = "VANKIEN_TEST_HOLD_FOLDER"

// Whoever is refused is told who has the index; never of a holder that is gone.
func TestHolderIsNamed(t *testing.T) {
	if dir := os.Getenv(holdFolder); dir != "" {
		open(t, dir)
		if _, err := os.Stdout.WriteString("open\n"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute) // until it is killed
		return
	}
	dir := t.TempDir()
	holder := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestHolderIsNamed$")
	holder.Env = append(os.Environ(), holdFolder+"="+dir)
	output, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if !bufio.NewScanner(output).Scan() {
		t.Fatal("the holder says nothing")
	}
	_, err = Open(dir, quiet)
	held := new(HeldError)
	if !errors.Is(err, storage.ErrLocked) || !errors.As(err, &held) || held.PID != holder.Process.Pid || time.Since(held.Since) > time.Minute {
		t.Errorf("a second Open: %v", err)
	}
	if want := regexp.MustCompile(`^tiến trình \d+ \(bleveindex\.test\) giữ chỉ mục này từ \d\d:\d\d ngày \d\d/\d\d/\d{4}$`); !want.MatchString(held.Error()) {
		t.Errorf("%q", held.Error())
	}
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait() // killed
	if e := findHolder(dir); e.PID != 0 || e.Error() != "một tiến trình khác đang giữ chỉ mục này" {
		t.Errorf("the killed one is named: %v", e)
	}
	closing(t, open(t, dir))
	if _, err := os.Stat(filepath.Join(dir, holderFile)); err == nil {
		t.Error("a closed index names a holder")
	}
}

func TestCalledAs(t *testing.T) {
	for want, args := range map[string][]string{
		"vankien":        {"/usr/bin/vankien"},
		"vankien serve":  {"vankien", "serve", "--listen", ":80"},
		"vankien verify": {"./vankien", "verify", "secret"},
		"test":           {"/tmp/test", "--token=secret"},
	} {
		if got := calledAs(args); got != want {
			t.Errorf("%v: %q, want %q", args, got, want)
		}
	}
}
