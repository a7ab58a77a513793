package ocr_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vankien/indexer/extract"
	"vankien/indexer/ocr"
	"vankien/storage"
)

func TestFind(t *testing.T) {
	r := recognizer(t, config())
	if !regexp.MustCompile(`^tesseract [45]\.\d`).MatchString(r.Name()) {
		t.Errorf("its name: %q", r.Name())
	}
}

// script is a program that says this of itself.
func script(t *testing.T, version, languages string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tesseract")
	text := "#!/bin/sh\ncase $1 in\n--version) printf '" + version + "' ;;\n--list-langs) printf '" + languages + "' ;;\nesac\n"
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestFindSaysWhatIsMissing, so that an operator can do something about it.
func TestFindSaysWhatIsMissing(t *testing.T) {
	const languages = `List of available languages in "/usr/share/tessdata/" (2):\neng\nvie\n`
	for name, test := range map[string]struct {
		program, want string
	}{
		"no program":           {"/nowhere/tesseract", "chưa cài"},
		"too old":              {script(t, `tesseract 3.04.01\n`, languages), "quá cũ"},
		"something else":       {script(t, `GNU bash\n`, languages), "không chạy được"},
		"no Vietnamese":        {script(t, `tesseract 5.3.0\n`, `List of available languages in "/usr/share/tessdata/" (1):\neng\n`), "tiếng Việt"},
		"no data at all":       {script(t, `tesseract 5.3.0\n`, ``), "tiếng Việt"},
		"a program that fails": {"/bin/false", "không chạy được"},
	} {
		t.Run(name, func(t *testing.T) {
			c := config()
			c.Program = test.program
			_, err := ocr.Find(c)
			if !errors.Is(err, storage.ErrUnavailable) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
	c := config()
	c.Program = script(t, `tesseract v5.4.1.20250101\n`, languages)
	r, err := ocr.Find(c)
	if err != nil || r.Name() != "tesseract 5.4.1.20250101" {
		t.Errorf("%v, %v", r, err)
	}
	for _, c := range []ocr.Config{{}, {Render: extract.Render}, {Command: []string{"vankien"}}} {
		if _, err := ocr.Find(c); !errors.Is(err, storage.ErrInvalid) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
