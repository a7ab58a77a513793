package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// citeDocuments is a table of documents as --documents takes it.
const citeDocuments = "key\tnumber_symbol\tissuer\tdate_issued\ttitle_trich_yeu\trelations\n" +
	"a\t921-NQ/TW\tBan Chấp hành Trung ương\t2017-10-25\tNghị quyết về công tác dân số\t\n" +
	"b\t921-NQ/TW\tBan Chấp hành Trung ương\t2022-06-16\tNghị quyết về tổ chức cơ sở đảng\t\n" +
	"c\t906-QĐi/TW\tBộ Chính trị\t2018-08-28\tQuy định về kết nạp\tbị thay thế bởi 907-QĐ/TW@2024-01-01\n" +
	"\n"

// citing runs "cite" over input.
func citing(t *testing.T, wantCode int, input string, args ...string) (out, complaints string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), append([]string{"cite"}, args...), strings.NewReader(input), &stdout, &stderr); code != wantCode {
		t.Fatalf("cite %v: exit code %d, want %d\n%s%s", args, code, wantCode, &stdout, &stderr)
	}
	return stdout.String(), stderr.String()
}

func citeTable(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "documents.tsv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestCiteJSON: a line out for each line in, every key in every citation.
func TestCiteJSON(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"", `{"citations":[]}`},
		{"giai đoạn 2021-2025", `{"citations":[]}`},
		{"thực hiện Nghị quyết số 921 – NQ/TW khóa XII", `{"citations":[{"raw":"Nghị quyết số 921 – NQ/TW","start":10,"end":35,"number":"921-NQ/TW","kind_symbol":"NQ","issuer_symbol":"TW","year":null,"date":null,"term":"XII","plenum":null,"pinpoint":null,"candidates":["a","b"]}]}`},
		{"khoản 3, Điều 5 Quy định 906/2018", `{"citations":[{"raw":"Quy định 906/2018","start":16,"end":33,"number":"906-QĐ","kind_symbol":"QĐ","issuer_symbol":null,"year":2018,"date":null,"term":null,"plenum":null,"pinpoint":"Điều 5, khoản 3","candidates":["c"]}]}`},
		{"Nghị quyết Trung ương 5 khóa XIII", `{"citations":[{"raw":"Nghị quyết Trung ương 5 khóa XIII","start":0,"end":33,"number":null,"kind_symbol":"NQ","issuer_symbol":null,"year":null,"date":null,"term":"XIII","plenum":5,"pinpoint":null,"candidates":["b"]}]}`},
		{"30/2020/NĐ-CP ngày 5/3/2020", `{"citations":[{"raw":"30/2020/NĐ-CP","start":0,"end":13,"number":"30/2020/NĐ-CP","kind_symbol":"NĐ","issuer_symbol":"CP","year":2020,"date":"2020-03-05","term":null,"plenum":null,"pinpoint":null,"candidates":[]}]}`},
		{"45/2019/QH14", `{"citations":[{"raw":"45/2019/QH14","start":0,"end":12,"number":"45/2019/QH14","kind_symbol":null,"issuer_symbol":"QH14","year":2019,"date":null,"term":null,"plenum":null,"pinpoint":null,"candidates":[]}]}`},
		{"nghi\u0323 quyê\u0301t 921-NQ/TƯ", `{"citations":[{"raw":"nghị quyết 921-NQ/TƯ","start":0,"end":20,"number":"921-NQ/TW","kind_symbol":"NQ","issuer_symbol":"TW","year":null,"date":null,"term":null,"plenum":null,"pinpoint":null,"candidates":["b","a"]}]}`},
	} {
		out, _ := citing(t, exitDone, test.line+"\n", "--json", "--documents", citeTable(t, citeDocuments))
		if diff := cmp.Diff(test.want+"\n", out); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.line, diff)
		}
	}
}

// TestCiteLines: as many lines out as in, bytes of no encoding and a line
// without an end included.
func TestCiteLines(t *testing.T) {
	out, _ := citing(t, exitDone, "21-NQ/TW\r\n\n\xff\xfe12-QĐ/TW\ncuối", "--json")
	if got := strings.Count(out, "\n"); got != 4 {
		t.Errorf("%d lines for 4:\n%s", got, out)
	}
	if !strings.Contains(out, `"start":2`) {
		t.Errorf("broken bytes are not counted: %s", out)
	}
	if out, _ := citing(t, exitDone, "", "--json"); out != "" {
		t.Errorf("printed %q for nothing", out)
	}
}

func TestCiteForPeople(t *testing.T) {
	out, _ := citing(t, exitDone, "x\nxem Điều 3 Quy định 906 và bộ tứ trụ cột\n", "--documents", citeTable(t, citeDocuments))
	want := "Dòng 2, ký tự 12: “Quy định 906” → 906-QĐ, Điều 3: c\nDòng 2, ký tự 28: “bộ tứ trụ cột” → không có số\n"
	if out != want {
		t.Errorf("printed %q, want %q", out, want)
	}
}

func TestCiteComplaints(t *testing.T) {
	for _, test := range []struct {
		name, input string
		args        []string
		code        int
		want        string
	}{
		{"no such table", "", []string{"--documents", "nowhere.tsv"}, exitFailed, "nowhere.tsv: không có tệp"},
		{"a table of something else", "", []string{"--documents", citeTable(t, "id\ttitle\n1\tx\n")}, exitFailed, "dòng đầu không có cột key, number_symbol"},
		{"a line without end", strings.Repeat("a", maxCiteLine+1), nil, exitFailed, "có dòng dài quá 4 MB"},
		{"an argument", "", []string{"x.txt"}, exitUsage, `cite không nhận tham số "x.txt"`},
	} {
		if _, got := citing(t, test.code, test.input, test.args...); !strings.Contains(got, test.want) {
			t.Errorf("%s: printed %q, want %q", test.name, got, test.want)
		}
	}
	if out := vankien(t, exitDone, "cite", "-h"); !strings.Contains(out, "Cách dùng:\n  vankien cite") || !strings.Contains(out, "--documents TỆP") || !strings.Contains(out, "title_trich_yeu") {
		t.Errorf("printed %s", out)
	}
}
