package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/api"
	"vankien/storage"
)

// all lists every document that searches find, by file name of the original.
func all(t *testing.T, data string) map[storage.ID]int {
	t.Helper()
	var answer api.SearchAnswer
	if err := json.Unmarshal([]byte(vankien(t, exitDone, "search", "--data", data, "--json", "--size", "100", "")), &answer); err != nil {
		t.Fatal(err)
	}
	found := make(map[storage.ID]int)
	for _, hit := range answer.Hits {
		found[hit.ID]++
	}
	if len(found) != answer.Total {
		t.Errorf("%d hits of %d documents in all", len(found), answer.Total)
	}
	return found
}

// files counts the objects of a store by folder.
func stored(t *testing.T, data string) map[string]int {
	t.Helper()
	counts := make(map[string]int)
	for _, folder := range []string{"originals", "documents"} {
		entries, err := os.ReadDir(filepath.Join(data, "store", folder))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		counts[folder] = len(entries)
	}
	return counts
}

func TestImportTwice(t *testing.T) {
	data, folder := t.TempDir(), sampleFolder(t)
	first := vankien(t, exitDone, "import", "--publish", "--data", data, folder)
	found, kept := all(t, data), stored(t, data)
	if len(found) < 14 {
		t.Fatalf("%d documents found after %q", len(found), first)
	}
	second := vankien(t, exitDone, "import", "--publish", "--data", data, folder)
	if !strings.Contains(second, " 0 mới") {
		t.Errorf("the second run printed %q", second)
	}
	if diff := cmp.Diff(found, all(t, data)); diff != "" {
		t.Errorf("the second run changed what is found:\n%s", diff)
	}
	if diff := cmp.Diff(kept, stored(t, data)); diff != "" {
		t.Errorf("the second run changed the store:\n%s", diff)
	}
}

// TestImportKilled kills an import at ever later moments and starts it again:
// in the end every document is there once.
func TestImportKilled(t *testing.T) {
	folder, data := sampleFolder(t), t.TempDir()
	want := stored(t, importWhole(t, folder))
	for wait := 40 * time.Millisecond; wait < 2*time.Second; wait = wait * 3 / 2 {
		ctx, cancel := context.WithTimeout(t.Context(), wait) // ends with SIGKILL
		err := program(ctx, "import", "--publish", "--data", data, folder).Run()
		cancel()
		if err == nil {
			break
		}
	}
	vankien(t, exitDone, "import", "--publish", "--data", data, folder)
	if diff := cmp.Diff(want, stored(t, data)); diff != "" {
		t.Errorf("the store after being killed and finished (-once +killed):\n%s", diff)
	}
	if found := all(t, data); len(found) != want["documents"] {
		t.Errorf("%d documents found of %d", len(found), want["documents"])
	}
}

func importWhole(t *testing.T, folder string) string {
	t.Helper()
	data := t.TempDir()
	vankien(t, exitDone, "import", "--publish", "--data", data, folder)
	return data
}

// TestImportBadFiles refuses what can be no document, each with a reason, and
// keeps nothing of it.
func TestImportBadFiles(t *testing.T) {
	tests := []struct{ file, reason string }{
		{"empty.pdf", "rỗng"},
		{"truncated.pdf", "hỏng"},
		{"encrypted.pdf", "mật khẩu"},
		{"archive.pdf", ""},
		{"picture.pdf", ""},
		{"bomb-declared.docx", ""},
		{"bomb-hidden.docx", ""},
		{"secret.txt", "chỉ độ mật"},
		{"secret.docx", "chỉ độ mật"},
		{"secret-ocr.txt", "chỉ độ mật"},
	}
	for _, test := range tests {
		t.Run(test.file, func(t *testing.T) {
			data := t.TempDir()
			out := vankien(t, exitPartly, "import", "--publish", "--data", data, "../../testdata/bad/"+test.file)
			t.Log(strings.TrimSpace(out))
			if !strings.Contains(out, test.file+": ") || !strings.Contains(out, test.reason) {
				t.Errorf("printed %q, want the file and %q", out, test.reason)
			}
			if kept := stored(t, data); kept["originals"]+kept["documents"] != 0 {
				t.Errorf("something was kept: %v", kept)
			}
		})
	}
	for _, file := range []string{"not-secret.txt", "really-pdf.docx", "huge-stream.pdf"} {
		t.Run(file, func(t *testing.T) {
			t.Log(vankien(t, exitDone, "import", "--publish", "--data", t.TempDir(), "../../testdata/bad/"+file))
		})
	}
}

// TestImportLinks follows a link that is named: a folder that is one is often
// where a library has its papers. One within a folder is listed, wherever it leads.
func TestImportLinks(t *testing.T) {
	data, folder := t.TempDir(), t.TempDir()
	papers := filepath.Join(folder, "papers")
	if err := os.Symlink(sampleFolder(t), papers); err != nil {
		t.Fatal(err)
	}
	if out := vankien(t, exitDone, "import", "--data", data, papers); strings.Contains(out, " 0 mới") {
		t.Errorf("of a folder that is a link, the import printed %q", out)
	}
	data = t.TempDir()
	for name, target := range map[string]string{"lost.pdf": "nowhere.pdf", "account.txt": "/etc/passwd"} {
		if err := os.Symlink(target, filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	want := ""
	for _, name := range []string{"account.txt", "lost.pdf", "papers"} {
		want += filepath.Join(folder, name) + ": liên kết, không theo\n"
	}
	if out := vankien(t, exitPartly, "import", "--data", data, folder); !strings.HasPrefix(out, want) {
		t.Errorf("of links within a folder, the import printed %q", out)
	}
	if kept := stored(t, data); kept["originals"] != 0 {
		t.Errorf("something was kept: %v", kept)
	}
	vankien(t, exitDone, "import", "--data", data, filepath.Join(folder, "account.txt")) // whoever names it wants it
}

// TestImportWrongPaths: a path that is wrong is that path's problem, unless
// all of them are.
func TestImportWrongPaths(t *testing.T) {
	data, folder := t.TempDir(), sampleFolder(t)
	out := vankien(t, exitPartly, "import", "--data", data, "/nope", folder, os.DevNull)
	if !strings.HasPrefix(out, "/nope: không có tệp hay thư mục này\n"+os.DevNull+": không phải là tệp thường") || strings.Contains(out, " 0 mới") {
		t.Errorf("printed %q", out)
	}
	none := filepath.Join(t.TempDir(), "none")
	if out := complaint(t, exitFailed, "import", "--data", none, "/nope", os.DevNull); !strings.Contains(out, "/nope: không có") || !strings.Contains(out, os.DevNull+": không phải") {
		t.Errorf("printed %q", out)
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("a library was made for nothing")
	}
}

// TestImportUnreadableFolder runs as somebody who may not read everything.
func TestImportUnreadableFolder(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root reads every folder")
	}
	folder := sampleFolder(t)
	closed := filepath.Join(folder, "closed")
	if err := os.Mkdir(closed, 0); err != nil {
		t.Fatal(err)
	}
	if out := vankien(t, exitPartly, "import", "--data", t.TempDir(), folder); !strings.Contains(out, closed+": không có quyền đọc\n") || strings.Contains(out, " 0 mới") {
		t.Errorf("printed %q", out)
	}
	if out := complaint(t, exitFailed, "import", "--data", t.TempDir(), closed); !strings.Contains(out, closed+": không có quyền đọc") {
		t.Errorf("printed %q", out)
	}
}

// TestImportDoubtful lists what was not published although that was asked for,
// each time.
func TestImportDoubtful(t *testing.T) {
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(file, []byte("1 2 3 4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		out := vankien(t, exitPartly, "import", "--publish", "--data", data, file)
		if !strings.HasPrefix(out, file+": Không đọc được chữ nào") || !strings.Contains(out, " 1 chưa công bố") {
			t.Errorf("printed %q", out)
		}
	}
	if found, kept := all(t, data), stored(t, data); len(found) != 0 || kept["documents"] != 1 {
		t.Errorf("%d found of %v", len(found), kept)
	}
}

// TestImportDrafts says that nobody finds what was not published.
func TestImportDrafts(t *testing.T) {
	data, folder := t.TempDir(), sampleFolder(t)
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{}, "chạy lại lệnh này với --publish để công bố"},
		{[]string{}, "19 đã có từ trước, 0 bản chụp"},
		{[]string{"--publish"}, "19 đã có từ trước (19 bản nháp nay được công bố)"},
		{[]string{"--publish"}, "19 đã có từ trước, 0 bản chụp"},
	} {
		args := append([]string{"import", "--data", data, folder}, test.args...)
		if out := vankien(t, exitDone, args...); !strings.Contains(out, test.want) {
			t.Errorf("%v printed %q", args, out)
		}
	}
}

// TestImportOrder lists files in the order of their names, whichever is looked
// at first, and quotes names that would break a line.
func TestImportOrder(t *testing.T) {
	folder := t.TempDir()
	want := ""
	for i := range 100 {
		name, content := fmt.Sprintf("%03d\x1b\n.pdf", i), []byte{}
		if i%12 == 0 {
			content = bytes.Repeat([]byte(fmt.Sprintf("%%PDF-1.7 %d ", i)), 20_000)
		}
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
		want += fmt.Sprintf("%q\n", filepath.Join(folder, name))
	}
	out := vankien(t, exitPartly, "import", "--data", t.TempDir(), folder)
	got := ""
	for line := range strings.Lines(out) {
		if name, _, listed := strings.Cut(line, ": "); listed && strings.HasPrefix(name, `"`) {
			got += name + "\n"
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// stopping cancels a run at its first output.
type stopping struct{ cancel context.CancelFunc }

func (s stopping) Write(p []byte) (int, error) {
	s.cancel()
	return len(p), nil
}

// TestImportStopped: refused files do not hide that the run came to no end.
func TestImportStopped(t *testing.T) {
	folder := sampleFolder(t)
	if err := os.WriteFile(filepath.Join(folder, "0.pdf"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var stderr strings.Builder
	var stdout strings.Builder
	code := run(ctx, []string{"import", "--data", t.TempDir(), folder}, strings.NewReader(""), io.MultiWriter(stopping{cancel}, &stdout), &stderr)
	if code != exitFailed || !regexp.MustCompile(`Đã dừng theo yêu cầu: [1-9]\d* tệp chưa xem; chạy lại lệnh này để làm tiếp\.`).MatchString(stderr.String()) {
		t.Errorf("exit code %d, want %d; printed %q", code, exitFailed, stderr.String())
	}
	if !strings.Contains(stdout.String(), " 1 không nhận.") {
		t.Errorf("the counts are %q", stdout.String())
	}
}

// TestImportMeasuringData takes in real files of every kind: each is either in
// the library or listed with a reason, and a second run adds nothing.
func TestImportMeasuringData(t *testing.T) {
	measuring := os.Getenv("VANKIEN_DATA")
	if measuring == "" {
		t.Skip("VANKIEN_DATA is not set")
	}
	if os.Getenv("VANKIEN_SOAK") == "" {
		t.Skip("reads every measuring file, pictures too: half an hour under the race detector (make soak)")
	}
	data := t.TempDir()
	folders := []string{filepath.Join(measuring, "files/text"), filepath.Join(measuring, "files/labelled")}
	paths, err := walk(t.Context(), folders)
	if err != nil {
		t.Fatal(err)
	}
	first := vankien(t, exitPartly, append([]string{"import", "--publish", "--data", data}, folders...)...)
	listed := strings.Count(first, "\n") - 1
	lines := strings.Split(strings.TrimSpace(first), "\n")
	t.Log(lines[len(lines)-1])
	twice := 0 // files that are there under two names
	if _, err := fmt.Sscanf(regexp.MustCompile(`\d+ đã có`).FindString(first), "%d", &twice); err != nil {
		t.Fatal(err)
	}
	if len(all(t, data))+listed+twice != len(paths) {
		t.Errorf("%d found + %d listed + %d there already, of %d files", len(all(t, data)), listed, twice, len(paths))
	}
	kept := stored(t, data)
	second := vankien(t, exitPartly, append([]string{"import", "--publish", "--data", data}, folders...)...)
	if !strings.Contains(second, " 0 mới") {
		t.Errorf("the second run added something: %s", second)
	}
	if diff := cmp.Diff(kept, stored(t, data)); diff != "" {
		t.Errorf("the second run changed the store:\n%s", diff)
	}
}
