package facts

import (
	"slices"
	"strings"
	"testing"
)

func TestReadTellsWhenThePaperItselfEnds(t *testing.T) {
	for article, want := range map[string]string{
		"Quyết định này hết hiệu lực từ ngày 01/01/2035.":                                                    "Văn bản ghi hết hiệu lực từ ngày 01/01/2035; cần xem lại hiệu lực.",
		"Quyết định này sẽ hết hiệu lực thi hành kể từ ngày 1 tháng 1 năm 2035.":                             "Văn bản ghi hết hiệu lực từ ngày 01/01/2035; cần xem lại hiệu lực.",
		"Quyết định này có hiệu lực từ ngày ký và hết hiệu lực từ ngày 01/01/2035.":                          "Văn bản ghi hết hiệu lực từ ngày 01/01/2035; cần xem lại hiệu lực.",
		"Quyết định này hết hiệu lực sau ngày 31/12/2034.":                                                   "Văn bản ghi hết hiệu lực sau ngày 31/12/2034; cần xem lại hiệu lực.",
		"Quyết định này có hiệu lực từ ngày 15 tháng 12 năm 2031 đến hết ngày 31 tháng 12 năm 2034.":         "Văn bản ghi có hiệu lực đến hết ngày 31/12/2034; cần xem lại hiệu lực.",
		"Quyết định này có hiệu lực thi hành kể từ ngày ký đến ngày 31/12/2034.":                             "Văn bản ghi có hiệu lực đến ngày 31/12/2034; cần xem lại hiệu lực.",
		"Quyết định này có hiệu lực từ ngày 15/12/2031 và được thực hiện đến hết ngày 31/12/2034.":           "Văn bản ghi có hiệu lực đến hết ngày 31/12/2034; cần xem lại hiệu lực.",
		"Quyết định này có hiệu lực đến hết năm 2034.":                                                       "Văn bản ghi có hiệu lực đến hết năm 2034; cần xem lại hiệu lực.",
		"Quyết định này thay thế Quyết định số 60-QĐ/TU; có hiệu lực từ ngày ký đến hết ngày 31/12/2034.":    "Văn bản ghi có hiệu lực đến hết ngày 31/12/2034; cần xem lại hiệu lực.",
		"Quyết định số 60-QĐ/TU hết hiệu lực từ ngày 01/01/2035.":                                            "",
		"Kể từ ngày Quyết định này có hiệu lực, Quyết định số 60-QĐ/TU hết hiệu lực từ ngày 01/01/2035.":     "",
		"Quyết định này có hiệu lực từ ngày ký; Quyết định số 60-QĐ/TU có hiệu lực đến hết ngày 31/12/2034.": "",
		"Quyết định này có hiệu lực từ ngày ký. Giấy phép đã cấp có giá trị đến hết ngày 31/12/2034.":        "",
		"Quyết định này có hiệu lực từ ngày ký, giấy phép cấp trước đây hết hiệu lực từ ngày 01/01/2035.":    "",
		"Quyết định này áp dụng đối với hồ sơ nộp đến hết ngày 31/12/2034.":                                  "",
		"Giấy phép cấp theo Quyết định này hết hiệu lực từ ngày 01/01/2035.":                                 "",
		"Sửa như sau: “Quyết định này hết hiệu lực từ ngày 01/01/2035.”":                                     "",
		"Quyết định này có hiệu lực từ ngày ký.":                                                             "",
	} {
		got := slices.DeleteFunc(Read(onePage(decision+article)).Issues, func(s string) bool { return !strings.HasPrefix(s, "Văn bản ghi") || strings.Contains(s, "60-QĐ") })
		if strings.Join(got, "") != want {
			t.Errorf("%s\nan editor reads %q, want %q", article, got, want)
		}
	}
}
