package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestComplaints: whoever types a wrong command line reads why in Vietnamese.
func TestComplaints(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, test := range []struct {
		line string
		want string
	}{
		{"fly", `không có lệnh "fly"`},
		{"help fly", `không có lệnh "fly"`},
		{"token fly", `token không nhận tham số "fly"`},
		{"search --nonsense x", "không có tùy chọn --nonsense"},
		{"search -xy", "không có tùy chọn -x"},
		{"search --size", "--size: thiếu giá trị đi sau"},
		{"search --size many x", `--size: "many": cần một số nguyên`},
		{"search --json=maybe x", `--json: "maybe": chỉ nhận true hoặc false`},
		{"search --=x", `"--=x" không phải là tùy chọn`},
		{"search --size 0 x", "--size: từ 1 đến 100"},
		{"search --size -1 x", "--size: từ 1 đến 100"},
		{"search --size 1000 x", "--size: từ 1 đến 100"},
		{"serve --readers foo", `--readers "foo": chọn open hoặc token`},
		{"serve --proxies 10.0.0.0/99", `--proxies "10.0.0.0/99": cần địa chỉ IP hoặc dải địa chỉ`},
		{"serve --proxies ::1,nonsense", `--proxies "nonsense": cần`},
		{"serve --listen 8080", `--listen "8080": cần dạng ĐỊA_CHỈ:CỔNG`},
		{"search --config nowhere x", "tệp cấu hình nowhere: không có tệp hay thư mục này"},
	} {
		if errors := complaint(t, exitUsage, strings.Fields(test.line)...); !strings.Contains(errors, "vankien: "+test.want) {
			t.Errorf("%s: printed %q, want %q", test.line, errors, test.want)
		}
	}
	if left, err := os.ReadDir("."); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestHelp: no command's help has a word of English but what is typed.
func TestHelp(t *testing.T) {
	english := regexp.MustCompile(`help for|\[flags\]|\(default|Usage|Flags|\b(string|strings|int)\b|[Hh]elp about`)
	for _, line := range []string{"", "help", "help serve", "serve --help", "import -h", "search -h", "reindex -h", "token -h", "token add -h", "extract -h", "describe -h", "eval -h", "help -h"} {
		out := vankien(t, exitDone, strings.Fields(line)...)
		if found := english.FindString(out); found != "" || !strings.Contains(out, "Cách dùng:\n  vankien") {
			t.Errorf("%s: found %q in\n%s", line, found, out)
		}
	}
	if out := vankien(t, exitDone, "serve", "-h"); !strings.Contains(out, `--listen ĐỊA_CHỈ:CỔNG`) || !strings.Contains(out, `(mặc định 127.0.0.1:8080)`) {
		t.Errorf("printed %s", out)
	}
}

// TestConfigurationNames: a name of ours that no flag has is a slip, other
// programs' names are not.
func TestConfigurationNames(t *testing.T) {
	data := emptyLibrary(t)
	for _, test := range []struct{ file, want string }{
		{"# máy chủ\nVANKIEN_LISTEN=127.0.0.1:1\nOTHER=1\nHOME_VANKIEN_X=1\nVANKIEN_ROLE=reader\n", ""},
		{"# máy chủ\n\nexport VANKIEN_LISTENS=127.0.0.1:1\n", "dòng 3: không có biến VANKIEN_LISTENS"},
		{"VANKIEN_DATA=/srv/vankien\n", "dòng 1: không có biến VANKIEN_DATA\n"},
		{"VANKIEN_SIZE: 3\nVANKIEN_HELP: 3\n", "dòng 2: không có biến VANKIEN_HELP"},
		{"VANKIEN_SIZE=many\n", `VANKIEN_SIZE: --size: "many": cần một số nguyên`},
		{"VANKIEN_SIZE\n", "có dòng không ở dạng TÊN=giá_trị"},
	} {
		file := filepath.Join(t.TempDir(), "vankien.env")
		if err := os.WriteFile(file, []byte(test.file), 0o600); err != nil {
			t.Fatal(err)
		}
		args := []string{"search", "--config", file, "--data", data, "x"}
		if test.want == "" {
			vankien(t, exitDone, args...)
		} else if errors := complaint(t, exitUsage, args...); !strings.Contains(errors, test.want) {
			t.Errorf("%q: printed %q, want %q", test.file, errors, test.want)
		}
	}
}

// TestControlCharacters: neither the name of a file nor what stands in it can
// command the terminal it is printed to.
func TestControlCharacters(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "quyết\x1b[2J\nđịnh.txt")
	text := "QUYẾT ĐỊNH\nVề\tcông tác \x1b[31mđảng viên\u009b0m và chi bộ\n" + strings.Repeat("Chi bộ họp mỗi tháng một lần để bàn việc của đảng viên.\n", 10)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(dir, "\x1bmissing\n.txt")
	data := t.TempDir()
	for _, out := range []string{
		vankien(t, exitDone, "import", "--publish", "--data", data, file),
		vankien(t, exitPartly, "import", "--publish", "--data", data, file, missing),
		vankien(t, exitDone, "extract", file),
		vankien(t, exitPartly, "extract", missing),
		vankien(t, exitDone, "describe", file),
		vankien(t, exitDone, "search", "--data", data, "đảng viên"),
	} {
		if i := strings.IndexFunc(out, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 }); i >= 0 {
			t.Errorf("a control character at %d of %q", i, out)
		}
		if strings.Contains(out, "\nđịnh.txt") || strings.Contains(out, "missing\n") {
			t.Errorf("a name has two lines: %q", out)
		}
	}
	if out := vankien(t, exitDone, "extract", file); !strings.Contains(out, "Về\tcông tác [31mđảng viên0m và chi bộ\n") {
		t.Errorf("printed %q", out)
	}
	if out := vankien(t, exitDone, "extract", "--json", file); !bytes.Contains([]byte(out), []byte(`\u001b[31m`)) {
		t.Errorf("JSON says less than there is: %s", out)
	}
}

// TestDescribeMissing: of a file that was not read nothing is missing.
func TestDescribeMissing(t *testing.T) {
	out := vankien(t, exitPartly, "describe", "--json", "nowhere.pdf")
	if !strings.Contains(out, `"issues":[]`) || !strings.Contains(out, `"error":"không có tệp hay thư mục này"`) || strings.Contains(out, "Không đọc được") {
		t.Errorf("printed %s", out)
	}
	if out := vankien(t, exitPartly, "describe", "nowhere.pdf"); out != "nowhere.pdf: không có tệp hay thư mục này\n" {
		t.Errorf("printed %q", out)
	}
}
