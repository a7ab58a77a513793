package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vankien/storage/verify"
)

// TestVerify: what can befall a library is found, with exit code 3, and mended
// as far as that can be; then all is well.
func TestVerify(t *testing.T) {
	pristine := filepath.Join(t.TempDir(), "data")
	vankien(t, exitDone, "import", "--publish", "--data", pristine, sampleFolder(t))
	if out := vankien(t, exitDone, "verify", "--data", pristine); !strings.HasSuffix(out, "văn bản trong chỉ mục: không có lỗi.\n") {
		t.Fatalf("printed %q", out)
	}
	dir := filepath.Join(t.TempDir(), "sao lưu")
	vankien(t, exitDone, "backup", "--data", pristine, dir)
	for _, test := range []struct {
		name  string
		harm  func(t *testing.T, data string)
		kind  verify.Kind
		from  bool // mended from a backup only
		alone bool // mended without one
	}{
		{"a flipped byte in an original", func(t *testing.T, data string) {
			flipByte(t, first(t, filepath.Join(data, "store/originals/*")))
		}, verify.OriginalAltered, true, false},
		{"a missing original", func(t *testing.T, data string) {
			remove(t, first(t, filepath.Join(data, "store/originals/*")))
		}, verify.OriginalMissing, true, false},
		{"a record edited by hand", func(t *testing.T, data string) {
			editFile(t, first(t, filepath.Join(data, "store/documents/*")), `"state":"published"`, `"state":"withdrawn"`)
		}, verify.RecordAltered, false, true},
		{"a lost record", func(t *testing.T, data string) {
			remove(t, first(t, filepath.Join(data, "store/documents/*")))
		}, verify.OriginalForgotten, false, true},
		{"a damaged text", func(t *testing.T, data string) {
			flipByte(t, first(t, filepath.Join(data, "store/texts/*/*")))
		}, verify.TextDamaged, false, true},
		{"a lost text", func(t *testing.T, data string) {
			remove(t, first(t, filepath.Join(data, "store/texts/*/*")))
		}, verify.TextMissing, false, true},
		{"a flipped byte in an index segment", func(t *testing.T, data string) {
			flipByte(t, first(t, filepath.Join(data, "index/*/store/*.zap")))
		}, indexDamaged, false, true},
		{"a lost index", func(t *testing.T, data string) {
			if err := os.RemoveAll(filepath.Join(data, "index")); err != nil {
				t.Fatal(err)
			}
		}, indexDamaged, false, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			data := filepath.Join(t.TempDir(), "data")
			if err := os.CopyFS(data, os.DirFS(pristine)); err != nil {
				t.Fatal(err)
			}
			test.harm(t, data)
			if found := findings(t, exitPartly, "--data", data); !found[test.kind] {
				t.Errorf("found %v, want %s", found, test.kind)
			}
			if test.alone {
				if found := findings(t, exitDone, "--data", data, "--repair"); !found[test.kind] {
					t.Errorf("repaired %v, want %s", found, test.kind)
				}
			}
			if test.from {
				findings(t, exitPartly, "--data", data, "--repair")
				if found := findings(t, exitDone, "--data", data, "--repair", "--from", dir); !found[test.kind] {
					t.Errorf("repaired %v, want %s", found, test.kind)
				}
			}
			if out := vankien(t, exitDone, "verify", "--data", data); !strings.HasSuffix(out, ": không có lỗi.\n") {
				t.Errorf("after the repair: %s", out)
			}
		})
	}
}

// findings are the kinds that verify --json names, once it has ended with code.
func findings(t *testing.T, code int, args ...string) map[verify.Kind]bool {
	t.Helper()
	kinds := make(map[verify.Kind]bool)
	out := vankien(t, code, append([]string{"verify", "--json"}, args...)...)
	lines := strings.Split(strings.TrimSpace(out), "\n")
	for _, line := range lines[:len(lines)-1] {
		var f verify.Finding
		if err := json.Unmarshal([]byte(line), &f); err != nil || f.Detail == "" || f.Advice == "" || f.Key == "" {
			t.Errorf("%v in %s", err, line)
		}
		kinds[f.Kind] = true
	}
	var last struct {
		Summary *struct{ Findings, Repaired, Left *int }
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || last.Summary == nil || last.Summary.Left == nil ||
		*last.Summary.Findings != len(lines)-1 || *last.Summary.Left != *last.Summary.Findings-*last.Summary.Repaired || (*last.Summary.Left > 0) != (code == exitPartly) {
		t.Errorf("%v in the summary %s", err, lines[len(lines)-1])
	}
	return kinds
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// editFile replaces the first old of a file, as a hand does.
func editFile(t *testing.T, path, old, new string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(content), old) {
		t.Fatalf("no %s in %s: %v", old, path, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(content), old, new, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestVerifyBesideAServer: verify, backup and token work beside a running
// server; what its index has is asked of it.
func TestVerifyBesideAServer(t *testing.T) {
	data, dir := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "sao lưu")
	vankien(t, exitDone, "import", "--publish", "--data", data, sampleFolder(t))
	startServer(t, "--data", data)
	if out := vankien(t, exitDone, "verify", "--data", data); !strings.HasSuffix(out, "văn bản trong chỉ mục: không có lỗi.\n") {
		t.Errorf("printed %q", out)
	}
	vankien(t, exitDone, "backup", "--data", data, dir)
	vankien(t, exitDone, "token", "list", "--data", data)

	record := first(t, filepath.Join(data, "store/documents/*"))
	editFile(t, record, `"state":"published"`, `"state":"draft"`)
	out := vankien(t, exitDone, "verify", "--repair", "--data", data)
	if !strings.Contains(out, "Đã đưa hồ sơ về đúng lịch sử") || !strings.Contains(out, "Máy chủ đã dựng lại chỉ mục") {
		t.Errorf("printed %q", out)
	}
	if out := vankien(t, exitDone, "verify", "--data", data); !strings.HasSuffix(out, ": không có lỗi.\n") {
		t.Errorf("after the repair: %q", out)
	}
}

// TestVerifyRefused: what is no library, and what makes no sense.
func TestVerifyRefused(t *testing.T) {
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	if out := complaint(t, exitFailed, "verify", "--data", nowhere); !strings.Contains(out, "Không có kho") {
		t.Errorf("printed %q", out)
	}
	data := emptyLibrary(t)
	for want, args := range map[string][]string{"--from chỉ dùng cùng với --repair": {"--from", nowhere}, "không nhận tham số": {"x"}} {
		if out := complaint(t, exitUsage, append([]string{"verify", "--data", data}, args...)...); !strings.Contains(out, want) {
			t.Errorf("%v: printed %q", args, out)
		}
	}
	if out := complaint(t, exitFailed, "verify", "--data", data, "--repair", "--from", nowhere); !strings.Contains(out, "không phải là thư mục sao lưu") {
		t.Errorf("printed %q", out)
	}
	if _, err := os.Stat(nowhere); err == nil {
		t.Error("a mistyped folder was made")
	}
}
