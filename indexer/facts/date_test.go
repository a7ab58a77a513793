package facts

import (
	"slices"
	"testing"
)

// TestReadDateThatIsNone says of a day that no calendar has that it is printed
// so, not that it is left blank.
func TestReadDateThatIsNone(t *testing.T) {
	const (
		unreal = "Ngày ban hành in trên văn bản không có thật."
		blank  = "Ngày ban hành để trống hoặc viết tay."
	)
	for _, test := range []struct{ date, issue, guess string }{
		{"ngày 31 tháng 02 năm 2025", unreal, "2025-02"},
		{"ngày 05 tháng 13 năm 2025", unreal, "2025"},
		{"ngày     tháng 02 năm 2025", blank, "2025-02"},
		{"ngày ... tháng ... năm 2025", blank, "2025"},
	} {
		t.Run(test.date, func(t *testing.T) {
			got := Read(onePage("TỈNH ỦY AN BÌNH\n*\nSố 5-TB/TU\nĐẢNG CỘNG SẢN VIỆT NAM\nAn Bình, " + test.date + "\nTHÔNG BÁO\nvề lưu mẫu giấy\n\n1. Giấy được lưu mẫu."))
			if got.Issued != "" || got.Place != "An Bình" || !slices.Contains(got.Issues, test.issue) {
				t.Errorf("issued %q at %q, issues %q", got.Issued, got.Place, got.Issues)
			}
			if guess := got.Evidence["issued"].Guess; guess == nil || *guess != test.guess {
				t.Errorf("guess %v, not %q", guess, test.guess)
			}
		})
	}
}
