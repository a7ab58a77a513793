package bodies_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"vankien/indexer/bodies"
	"vankien/storage"
)

// An operator's file adds to the register and corrects it.
func TestExtend(t *testing.T) {
	r, err := bodies.Default().Extend(strings.NewReader(`{
		"bodies": [
			{"id": "hoc-vien-ba-sao", "name": "Học viện Ba Sao", "symbols": ["HVBS"], "level": "bo", "from": ["truong-hai-sao"]},
			{"id": "truong-hai-sao", "name": "Trường Hai Sao", "level": "bo", "end": "2031-02-03"},
			{"id": "bo-y-te", "name": "Bộ Y tế", "symbols": ["BYT"], "level": "bo", "end": "2031-01-01"}
		],
		"in_every_place": [{"id": "hoi-lam-vuon", "name": "Hội Làm vườn {place}", "level": "doan-the"}],
		"anywhere": [{"id": "hop-tac-xa", "name": "Hợp tác xã {name}", "level": "doan-the"}]
	}`))
	if err != nil {
		t.Fatal(err)
	}
	if b, ok := r.ByName("HVBS", ""); !ok || b.Name != "Học viện Ba Sao" || !slices.Equal(b.From, []string{"truong-hai-sao"}) {
		t.Errorf("HVBS is %+v", b)
	}
	if b, _ := r.ByName("truong hai sao", ""); !slices.Equal(b.Into, []string{"hoc-vien-ba-sao"}) {
		t.Errorf("Trường Hai Sao went into %q", b.Into)
	}
	if b, _ := r.ByName("Bộ Y tế", ""); b.End != "2031-01-01" {
		t.Errorf("Bộ Y tế ends %q", b.End)
	}
	for _, name := range []string{"Hội Làm vườn tỉnh Thái Nguyên", "Hợp tác xã Chè Xanh", "Tỉnh ủy Thái Nguyên"} {
		if _, ok := r.ByName(name, ""); !ok {
			t.Errorf("%s is not known", name)
		}
	}
	if _, ok := bodies.Default().ByName("Học viện Ba Sao", ""); ok {
		t.Error("the register that was extended has changed")
	}
}

// The example that operators are shown is one that is read.
func TestExampleOfThePage(t *testing.T) {
	page, err := os.ReadFile("../../docs/operation.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(page), "## Bodies")
	_, example, _ = strings.Cut(example, "```json")
	example, _, _ = strings.Cut(example, "```")
	r, err := bodies.BuiltIn().Extend(strings.NewReader(example))
	if err != nil {
		t.Fatal(err)
	}
	if b, ok := r.ByName("Trường Đảng Ba Sao", ""); !ok || len(b.From) == 0 {
		t.Errorf("the example makes %+v", b)
	}
}

// What is wrong with a file is said in Vietnamese, with the place.
func TestWrongFile(t *testing.T) {
	for _, test := range []struct{ file, want string }{
		{"", "tệp trống"},
		{"{\n\"bodies\": [}", "dòng 2: không đúng dạng JSON"},
		{"{}\n{}", "thừa chữ sau dấu }"},
		{`{"cơ quan": []}`, "không có mục \"cơ quan\""},
		{`{"bodies": {"id": 1}}`, "không đúng kiểu"},
		{`{"bodies": [{"id": "A B", "name": "x", "level": "bo"}]}`, "mục thứ 1 (“A B”): id chỉ gồm"},
		{`{"bodies": [{"id": "a", "level": "bo"}]}`, "thiếu tên"},
		{`{"bodies": [{"id": "a", "name": "A", "level": "to"}]}`, "level “to” không có; chỉ nhận trung-uong"},
		{`{"bodies": [{"id": "a", "name": "A", "level": "bo"}, {"id": "a", "name": "B", "level": "bo"}]}`, "bị lặp lại"},
		{`{"bodies": [{"id": "a", "name": "A", "level": "bo", "start": "1/7/2025"}]}`, "start “1/7/2025” không phải là ngày"},
		{`{"bodies": [{"id": "a", "name": "A", "level": "bo", "start": "2025-07-02", "end": "2025-07-01"}]}`, "ngày kết thúc 2025-07-01 trước"},
		{`{"bodies": [{"id": "a", "name": "A", "level": "bo", "from": ["khong-co"]}]}`, "không có cơ quan tiền thân “khong-co”"},
		{`{"bodies": [{"id": "a", "name": "A", "level": "bo", "parent": "khong-co"}]}`, "không có cơ quan cấp trên “khong-co”"},
		{`{"bodies": [{"id": "a", "name": "A", "level": "bo", "from": ["b"]}, {"id": "b", "name": "B", "level": "bo", "from": ["a"]}]}`, "tiền thân của chính nó"},
		{`{"places": [{"id": "a", "name": "A", "kind": "huyện"}]}`, "kind phải là “tỉnh” hoặc “thành phố”"},
		{`{"places": [{"id": "a", "name": "A", "kind": "tỉnh", "from": ["b"]}]}`, "không có địa phương tiền thân “b”"},
		{`{"anywhere": [{"id": "a", "name": "Hội", "level": "xa"}]}`, "{name} ở cuối"},
		{`{"in_every_place": [{"id": "a", "name": "Hội", "level": "xa"}]}`, "phải có {place} hoặc {name} hoặc {committee} ở cuối"},
		{strings.Repeat(" ", 5<<20), "lớn quá 4 MB"},
	} {
		_, err := bodies.Load(strings.NewReader(test.file))
		if !errors.Is(err, storage.ErrInvalid) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%.60q: %v, want %q", test.file, err, test.want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(`{"places": [{"id": "a", "name": "A", "kind": "tỉnh", "end": "2025-06-30"}], "in_every_place": [{"id": "b", "name": "B {place}", "level": "tinh"}]}`, "B tỉnh A")
	f.Add(`{"anywhere": [{"id": "a", "name": "Hội {name}", "level": "xa"}]}`, "hội x")
	f.Add(`{"bodies": [{"id": "a", "name": "A", "level": "bo", "from": ["a"]}]}`, "a")
	f.Fuzz(func(t *testing.T, file, name string) {
		r, err := bodies.Load(strings.NewReader(file))
		if err != nil {
			return
		}
		r.ByName(name, "2025-01-01")
		r.Canonical(name, "")
		r.Formers(name)
		r.Family(name)
		r.Same(name, name)
	})
}

// Any name may be asked for; the spelling of a body is its own.
func FuzzNames(f *testing.F) {
	for _, name := range []string{"Tỉnh ủy Thái Nguyên", "UBND xã Tân Thái", "Chủ tịch UBND TP. Hồ Chí Minh", "BTCTW", "Sở \xff", "Đảng ủy 35"} {
		f.Add(name)
	}
	r := bodies.Default()
	f.Fuzz(func(t *testing.T, name string) {
		once := r.Canonical(name, "")
		if twice := r.Canonical(once, ""); twice != once {
			t.Errorf("%q is %q, and that is %q", name, once, twice)
		}
		r.Formers(name)
		r.Family(name)
	})
}
