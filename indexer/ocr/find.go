package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"vankien/indexer/confine"
	"vankien/storage"
)

const (
	language    = "vie"
	orientation = "osd"
	dataEnv     = "TESSDATA_PREFIX"
)

// What an operator is told.
const (
	reasonMissing  = "chưa cài chương trình nhận dạng chữ tesseract nên chưa đọc được bản chụp (Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-vie)"
	reasonBroken   = "chương trình tesseract không chạy được"
	reasonOld      = "chương trình tesseract quá cũ, cần bản 4 trở lên"
	reasonLanguage = "tesseract chưa có dữ liệu tiếng Việt (Debian, Ubuntu: apt-get install tesseract-ocr-vie; nơi khác: đặt vie.traineddata vào thư mục tessdata hoặc chỉ thư mục đó bằng TESSDATA_PREFIX)"
)

// Find looks for tesseract and its Vietnamese language data. What is missing is
// an error that wraps storage.ErrUnavailable and tells an operator, in
// Vietnamese, what to do; a Config without Render or Command is
// storage.ErrInvalid.
func Find(config Config) (*Recognizer, error) {
	if config.Render == nil || len(config.Command) == 0 {
		return nil, fmt.Errorf("%w: OCR needs a renderer and a command", storage.ErrInvalid)
	}
	if config.Program == "" {
		config.Program = "tesseract"
	}
	if config.Parallel <= 0 {
		config.Parallel = 1
	}
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	r := &Recognizer{config: config, limit: pageLimit, slots: make(chan struct{}, config.Parallel)}
	if err := r.probe(); err != nil {
		return nil, fmt.Errorf("%w: %w", storage.ErrUnavailable, err)
	}
	return r, nil
}

// probe asks the program what it is and what it has.
func (r *Recognizer) probe() error {
	path, err := exec.LookPath(r.config.Program)
	if err != nil {
		return fmt.Errorf("%s: %w", reasonMissing, err)
	}
	if r.program, err = filepath.Abs(path); err != nil {
		return err
	}
	version, err := r.ask("--version")
	if err != nil {
		return err
	}
	if r.name, err = nameOf(version); err != nil {
		return err
	}
	listed, err := r.ask("--list-langs")
	if err != nil {
		return err
	}
	dir, languages := languagesOf(listed)
	if dir == "" || !slices.Contains(languages, language) {
		return errors.New(reasonLanguage)
	}
	r.data, r.oriented = dir, slices.Contains(languages, orientation)
	return nil
}

// Check tells, by an error like Find's, that what Find has found is no longer
// there; nil once it is back.
func (r *Recognizer) Check() error {
	if _, err := exec.LookPath(r.program); err != nil {
		return fmt.Errorf("%w: %s: %w", storage.ErrUnavailable, reasonMissing, err)
	}
	listed, err := r.ask("--list-langs")
	if err != nil {
		return fmt.Errorf("%w: %w", storage.ErrUnavailable, err)
	}
	if dir, languages := languagesOf(listed); dir != r.data || !slices.Contains(languages, language) {
		return fmt.Errorf("%w: %s", storage.ErrUnavailable, reasonLanguage)
	}
	return nil
}

// ask runs the program for what it says of itself, on whichever stream.
func (r *Recognizer) ask(question string) (string, error) {
	ctx, stop := context.WithTimeout(context.Background(), probeLimit)
	defer stop()
	cmd := exec.CommandContext(ctx, r.program, question)
	cmd.Env = environment(os.Getenv(dataEnv))
	cmd.WaitDelay = closeDelay
	out := &confine.FirstBytes{Most: probeOutput}
	cmd.Stdout, cmd.Stderr = out, out
	confine.Isolate(cmd)
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("%s: %s %s: %w (%s)", reasonBroken, r.program, question, err, bytes.TrimSpace(out.Kept))
	}
	return string(out.Kept), nil
}

// environment is all that tesseract finds in its own: our secrets are no
// concern of it. More threads than one make it slower.
func environment(data string) []string {
	env := []string{"OMP_THREAD_LIMIT=1"}
	if data != "" {
		env = append(env, dataEnv+"="+data)
	}
	return env
}

// versionLine is the first one of "tesseract --version".
var versionLine = regexp.MustCompile(`(?m)^tesseract v?(\d+)(\.[\w.-]+)?`)

func nameOf(version string) (string, error) {
	m := versionLine.FindStringSubmatch(version)
	if m == nil {
		return "", errors.New(reasonBroken)
	}
	if len(m[1]) == 1 && m[1] < "4" {
		return "", fmt.Errorf("%s: tesseract %s%s", reasonOld, m[1], m[2])
	}
	return "tesseract " + m[1] + m[2], nil
}

// listHead is the first line of "tesseract --list-langs", which says where the
// data are.
var listHead = regexp.MustCompile(`(?m)^List of available languages in "(.+)" \(\d+\):$`)

func languagesOf(listed string) (dir string, languages []string) {
	m := listHead.FindStringSubmatchIndex(listed)
	if m == nil {
		return "", nil
	}
	return listed[m[2]:m[3]], strings.Fields(listed[m[1]:])
}
