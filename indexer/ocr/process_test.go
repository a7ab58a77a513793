package ocr_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"vankien/indexer/confine"
	"vankien/indexer/extract"
	"vankien/indexer/ocr"
	"vankien/storage"
)

const tableHead = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"

// misbehave is a tesseract whose name says how it behaves.
func misbehave(how string, args []string) {
	switch {
	case slices.Contains(args, "--version"):
		fmt.Println("tesseract 5.0.0")
	case slices.Contains(args, "--list-langs"):
		fmt.Printf("List of available languages in %q (1):\nvie\n", os.TempDir())
	default:
		misread(how)
	}
	os.Exit(0)
}

func misread(how string) {
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		os.Exit(3)
	}
	switch how {
	case "hangs":
		time.Sleep(time.Hour)
	case "is killed":
		dieOf(syscall.SIGKILL)
	case "is terminated":
		dieOf(syscall.SIGTERM)
	case "works for ever":
		for n := 0; ; n++ {
			runtime.KeepAlive(n)
		}
	case "hoards":
		var hoard [][]byte
		for {
			hoard = append(hoard, bytes.Repeat([]byte{1}, 1<<20))
			runtime.KeepAlive(hoard)
		}
	case "chatters":
		for range 64 {
			fmt.Print(strings.Repeat("chữ ", 1<<18))
		}
	case "crashes":
		panic("out of order")
	case "has lost its data":
		fmt.Fprintln(os.Stderr, "Failed loading language 'vie'")
		os.Exit(1)
	case "tells":
		tell()
	case "tampers":
		tamper()
	}
}

// dieOf is what whoever is out of memory, or shuts the machine down, does to it.
func dieOf(signal syscall.Signal) {
	if err := syscall.Kill(os.Getpid(), signal); err != nil {
		fmt.Println(err)
	}
	time.Sleep(time.Hour)
}

// tell answers with all that the process may know and do.
func tell() {
	limits, err := os.ReadFile("/proc/self/limits")
	if err != nil {
		fmt.Println(err)
	}
	stat, err := os.ReadFile("/proc/self/stat")
	if err != nil {
		fmt.Println(err)
	}
	_, fields, _ := strings.Cut(string(stat), ") ")
	written := os.WriteFile(filepath.Join(os.TempDir(), fmt.Sprint("vankien-ocr-", os.Getpid())), []byte("x"), 0o600)
	said := []string{"environment", strings.Join(os.Environ(), " "), "nice", strings.Fields(fields)[16], "writing", fmt.Sprint(written)}
	for line := range strings.Lines(string(limits)) {
		said = append(said, strings.Join(strings.Fields(line), " "))
	}
	fmt.Print(tableHead)
	for i, line := range said {
		fmt.Printf("5\t1\t1\t1\t%d\t1\t1\t1\t1\t1\t90\t%s\n", i+1, line)
	}
}

// tamper removes a file, looks into the parent, and answers with what it could.
func tamper() {
	victim := filepath.Join(filepath.Dir(os.Args[0]), "victim")
	_, environment := os.ReadFile(fmt.Sprintf("/proc/%d/environ", os.Getppid()))
	fmt.Print(tableHead)
	for i, err := range []error{os.Remove(victim), os.Truncate(victim, 0), os.WriteFile(victim+".new", nil, 0o600), environment} {
		fmt.Printf("5\t1\t1\t1\t%d\t1\t1\t1\t1\t1\t90\t%v\n", i+1, err != nil)
	}
}

// misbehaving is a Recognizer with such a tesseract, and what it logs.
func misbehaving(t *testing.T, how string) (*ocr.Recognizer, *bytes.Buffer) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "tesseract-"+how)
	if err := os.Symlink(program, link); err != nil {
		t.Fatal(err)
	}
	log := new(bytes.Buffer)
	c := config()
	c.Program, c.Logger, c.Render = link, slog.New(slog.NewTextHandler(log, nil)), inked
	r := recognizer(t, c)
	if how == "hangs" || how == "works for ever" {
		r.Hurry(time.Second)
	}
	return r, log
}

// inked draws a page that is not blank, and part of a larger picture.
func inked(context.Context, extract.File, int, extract.Part) (*image.Gray, error) {
	p := image.NewGray(image.Rect(0, 0, 400, 400))
	for i := range p.Pix {
		if i%40 < 30 {
			p.Pix[i] = 255
		}
	}
	return p.SubImage(image.Rect(0, 0, 200, 400)).(*image.Gray), nil
}

func inkedPage() storage.Text { return unread(1) }

// TestAPageThatFails is a warning, and the text that was there stays.
func TestAPageThatFails(t *testing.T) {
	for how, want := range map[string]string{
		"works for ever": "quá lâu",
		"hoards":         "gặp lỗi",
		"chatters":       "gặp lỗi",
		"crashes":        "gặp lỗi",
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			r, log := misbehaving(t, how)
			text, err := r.Complete(t.Context(), file("a.pdf", nil), inkedPage(), nil)
			if errors.Is(err, storage.ErrUnavailable) && how == "works for ever" {
				t.Skip("the machine is too busy for anything to use the processor")
			}
			if err != nil {
				t.Fatal(err)
			}
			if p := text.Pages[0]; p.Text != "" || p.OCR || len(p.Warnings) == 0 || !strings.Contains(p.Warnings[0], want) || log.Len() == 0 {
				t.Errorf("got %+v, logged %s", p, log)
			}
			if _, err := r.Head(t.Context(), file("a.pdf", nil), inkedPage()); err == nil || errors.Is(err, storage.ErrUnavailable) {
				t.Errorf("a head that cannot be read: %v", err)
			}
		})
	}
}

// TestTheMachineFails: of what happens to the process from outside the page is to
// know nothing; it is tried again.
func TestTheMachineFails(t *testing.T) {
	for _, how := range []string{"is killed", "is terminated", "hangs"} { // who hangs looks like one that never has its turn
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			r, log := misbehaving(t, how)
			text, err := r.Complete(t.Context(), file("a.pdf", nil), inkedPage(), nil)
			if !errors.Is(err, storage.ErrUnavailable) || len(text.Pages[0].Warnings) != 0 || log.Len() == 0 {
				t.Errorf("%v, %+v, logged %s", err, text.Pages, log)
			}
		})
	}
}

// TestAPageThatHangs is tried again, but not for ever: then it is one that failed,
// and the document goes on.
func TestAPageThatHangs(t *testing.T) {
	t.Parallel()
	r, _ := misbehaving(t, "hangs")
	text := inkedPage()
	text.Pages = append(text.Pages, storage.Page{Number: 2, Text: "Chi bộ họp.", Score: 1})
	for try := range 3 {
		var err error
		text, err = r.Complete(t.Context(), file("a.pdf", nil), text, nil)
		if last := try == 2; errors.Is(err, storage.ErrUnavailable) == last || last && err != nil {
			t.Fatalf("try %d: %v", try+1, err)
		}
	}
	if p := text.Pages[0]; p.OCR || len(p.Warnings) == 0 || !strings.Contains(p.Warnings[0], "đứng yên") {
		t.Errorf("%+v", p)
	}
	if _, err := r.Head(t.Context(), file("a.pdf", nil), inkedPage()); err == nil || errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("its head: %v", err)
	}
}

// TestTesseractThatIsGone is no fault of the page: it is tried again later.
func TestTesseractThatIsGone(t *testing.T) {
	r, _ := misbehaving(t, "has lost its data")
	if _, err := r.Complete(t.Context(), file("a.pdf", nil), inkedPage(), nil); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("without its data: %v", err)
	}
	program := script(t, `tesseract 5.0.0\n`, `List of available languages in "/tmp" (1):\nvie\n`)
	c := config()
	c.Program, c.Render = program, inked
	r = recognizer(t, c)
	if err := os.Remove(program); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Complete(t.Context(), file("a.pdf", nil), inkedPage(), nil); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("removed: %v", err)
	} else if !errors.Is(err, extract.ErrNoOCR) || r.Check() == nil {
		t.Errorf("removed, it is only busy: %v, %v", err, r.Check())
	}
	if err := os.Rename(script(t, `tesseract 5.0.0\n`, `List of available languages in "/tmp" (1):\nvie\n`), program); err != nil || r.Check() != nil {
		t.Errorf("back: %v, %v", err, r.Check())
	}
	c.Command, c.Program = []string{"/nowhere/vankien"}, script(t, `tesseract 5.0.0\n`, `List of available languages in "/tmp" (1):\nvie\n`)
	if _, err := recognizer(t, c).Complete(t.Context(), file("a.pdf", nil), inkedPage(), nil); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("no command: %v", err)
	}
}

// TestTesseractIsConfined: what it may know and take.
func TestTesseractIsConfined(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux enforces limits")
	}
	t.Setenv("VANKIEN_S3_SECRET_KEY", "hidden")
	r, _ := misbehaving(t, "tells")
	text, err := r.Complete(t.Context(), file("a.pdf", nil), inkedPage(), nil)
	if err != nil {
		t.Fatal(err)
	}
	got := text.Pages[0].Text
	if !strings.Contains(got, "file too large") && !strings.Contains(got, "permission denied") { // which is Landlock's word
		t.Errorf("it could write: %s", got)
	}
	for _, want := range []string{
		"environment\nOMP_THREAD_LIMIT=1 TESSDATA_PREFIX=" + os.TempDir() + "\n",
		"nice\n10\n",
		"Max cpu time 20 20 seconds", "Max file size 0 0 bytes", "Max data size 1073741824 1073741824 bytes", "Max core file size 0 0 bytes",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}

// TestTesseractTampersWithNothing, however a picture has taken it over.
func TestTesseractTampersWithNothing(t *testing.T) {
	if confine.Landlock() == 0 {
		t.Skip("this system has no Landlock")
	}
	r, _ := misbehaving(t, "tampers")
	victim := filepath.Join(filepath.Dir(r.Program()), "victim")
	if err := os.WriteFile(victim, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := r.Complete(t.Context(), file("a.pdf", nil), inkedPage(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Fields(text.Pages[0].Text); !slices.Equal(got, []string{"true", "true", "true", "true"}) {
		t.Errorf("what it was refused: %q", got)
	}
	if left, err := os.ReadFile(victim); err != nil || string(left) != "x" {
		t.Errorf("%q is left, %v", left, err)
	}
}

// serve is a server that recognises a page for ever.
func serve(program string) {
	c := config()
	c.Program, c.Render = program, inked
	r, err := ocr.Find(c)
	if err == nil {
		_, err = r.Complete(context.Background(), file("a.pdf", nil), inkedPage(), nil)
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// TestTesseractDiesWithItsParent and when nobody waits for it any more.
func TestTesseractDiesWithItsParent(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux knows of the parent's death")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "tesseract-hangs")
	if err := os.Symlink(program, link); err != nil {
		t.Fatal(err)
	}
	server := exec.Command(program)
	server.Env = []string{"VANKIEN_TEST_SERVER=" + link}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "no tesseract", func() bool { return running(t, link) == 1 })
	if err := server.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := server.Wait(); err == nil {
		t.Error("the server was not killed")
	}
	eventually(t, "tesseract goes on without its parent", func() bool { return running(t, link) == 0 })

	c := config()
	c.Program, c.Render = link, inked
	r := recognizer(t, c)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		_, err := r.Complete(ctx, file("a.pdf", nil), inkedPage(), nil)
		ended <- err
	}()
	eventually(t, "no tesseract", func() bool { return running(t, link) == 1 })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	eventually(t, "tesseract goes on", func() bool { return running(t, link) == 0 })
}

// running counts the processes that became this program.
func running(t *testing.T, program string) int {
	t.Helper()
	paths, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, path := range paths {
		line, err := os.ReadFile(path) // fails where a process has just ended
		if err == nil && bytes.HasPrefix(line, []byte(program+"\x00stdin\x00")) {
			count++
		}
	}
	return count
}

func eventually(t *testing.T, what string, condition func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !condition(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal(what)
		}
	}
}
