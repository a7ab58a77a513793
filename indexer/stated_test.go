package indexer_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
)

// What people send is kept in the form in which the library writes it, whatever
// spaces and signs came along from where it was copied.
func TestStatedFactsAreKeptInOneForm(t *testing.T) {
	for _, test := range []struct{ name, sent, want string }{
		{"number", `" 45 - KL/ĐU "`, `"45-KL/ĐU"`},
		{"number", `"Số 30/2020/NĐ – CP"`, `"30/2020/NĐ-CP"`},
		{"number", `"2096/SYT - NVY"`, `"2096/SYT-NVY"`},
		{"number", `" không có  số "`, `"không có số"`},
		{"number", `"12-QĐ/TU và 13-QĐ/TU"`, `"12-QĐ/TU và 13-QĐ/TU"`},
		{"title", `"  thi hành\u00a0 Điều lệ   Đảng "`, `"thi hành Điều lệ Đảng"`},
		{"title", `"  "`, `""`},
		{"issued", `"2025-05-26"`, `"2025-05-26"`},
		{"recipients", `[" A ","A","B;","Lưu Văn phòng."]`, `["A","B","Lưu Văn phòng"]`},
		{"recipients", `[]`, `[]`},
		{"relations", `[]`, `[]`},
		{"relations", `[{"kind":"replaces","target":"Quy định 233-QĐ/TU"}]`, `[{"kind":"replaces","target":"233-QĐ/TU","date":null,"explicit":true}]`},
		{"relations", `[{"kind":"cites","target":"233 - QĐ/TU, ngày 20/01/2025","explicit":false}]`, `[{"kind":"cites","target":"233-QĐ/TU","date":"2025-01-20","explicit":false}]`},
		{"relations", `[{"kind":"cites","target":"233-QĐ/TU, ngày 20/01/2025","date":"2025-01-21"}]`, `[{"kind":"cites","target":"233-QĐ/TU","date":"2025-01-21","explicit":true}]`},
		{"relations", `[{"kind":"based_on","target":" Điều lệ  Đảng ","explicit":null}]`, `[{"kind":"based_on","target":"Điều lệ Đảng","date":null,"explicit":true}]`},
		{"relations", `[{"kind":"amends","target":"12-QĐ/TU và 13-QĐ/TU"}]`, `[{"kind":"amends","target":"12-QĐ/TU và 13-QĐ/TU","date":null,"explicit":true}]`},
		{"relations", `[{"kind":"amends","target":"Luật Tiếp công dân"}]`, `[{"kind":"amends","target":"Luật Tiếp công dân","date":null,"explicit":true}]`},
	} {
		edits, err := indexer.ParseEdits([]byte(`{"facts":{"` + test.name + `":` + test.sent + `}}`))
		if err != nil {
			t.Errorf("%s %s: %v", test.name, test.sent, err)
			continue
		}
		if diff := cmp.Diff(test.want, string(edits.Facts[test.name])); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", test.name, test.sent, diff)
		}
	}
}

// Of a list it is said which line is wrong, and nothing is offered that is refused.
func TestLinesOfAListAreStrings(t *testing.T) {
	for _, sent := range []string{`["Các huyện ủy",1]`, `["Các huyện ủy",null]`, `["Các huyện ủy",["Lưu"]]`} {
		_, err := indexer.ParseEdits([]byte(`{"facts":{"recipients":` + sent + `}}`))
		var refusal *indexer.InputError
		if !errors.As(err, &refusal) {
			t.Fatalf("%s: %v", sent, err)
		}
		if want := "facts.recipients có dòng thứ 2 không phải là chuỗi."; refusal.Reason != want {
			t.Errorf("%s: %q, want %q", sent, refusal.Reason, want)
		}
	}
}
