package query

import "testing"

func TestAsks(t *testing.T) {
	for text, want := range map[string]bool{
		"Đảng viên dự bị có được biểu quyết không?":                     true,
		"dang vien du bi co duoc bieu quyet khong":                      true,
		"Cho hỏi thủ tục chuyển sinh hoạt đảng cho người đi nước ngoài": true,
		"chi bộ phải họp bao nhiêu lần một năm":                         true,
		"khi nào": false,
		"quy định 37 những điều đảng viên không được làm":   false,
		"Đảng viên được làm kinh tế tư nhân, đúng hay sai?": false,
		"nghị quyết về chăm sóc sức khỏe ban đầu":           false,
		"21-NQ/TW": false,
		"":         false,
	} {
		if got := Parse(text).Asks; got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
