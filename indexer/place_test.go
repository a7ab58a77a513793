package indexer_test

import (
	"testing"

	"vankien/indexer"
	"vankien/indexer/citation"
)

// A place that a citation names is found in the headings of passages, also
// where a passage holds several points.
func TestPlaceShare(t *testing.T) {
	for _, test := range []struct {
		section, place string
		want           bool
	}{
		{"Chương I, Điều 3", "Điều 3", true},
		{"Chương I, Điều 3", "Điều 3, khoản 2", true},
		{"Chương I, Điều 3", "Chương II, điều 3", true}, // articles are counted through
		{"Chương I, Điều 3", "Chương I, điều 4", false},
		{"Chương I, Điều 30", "Điều 3", false},
		{"điểm 5–6", "Điểm 5", true},
		{"điểm 4–6", "Điểm 5", true},
		{"điểm 5–6", "Khoản 5", true},
		{"điểm 5–6", "Điểm 7", false},
		{"Mục III, điểm 2.1–2.2", "Mục III, điểm 2", true},
		{"Mục I, điểm 2.1, điểm c–đ", "Điểm d", true},
		{"Mục I, điểm 2.1, điểm c–đ", "Điểm e", false},
		{"Mục III", "Mục III", true},
		{"Mục III", "Mục 3", true},
		{"Mục A", "Mục I", false},
		{"Mục A, Mục I", "Mục A.I.2", true},
		{"Mục I, Bước 6–8", "Bước 7", true},
		{"Mẫu 1", "Mẫu 1", true},
		{"Mẫu 2-KNĐ", "Mẫu 2-KNĐ", true},
		{"Mục D, Câu 12", "Câu 12", true},
		{"Mục D, Câu 11", "Câu 12", false},
		{"Phần thứ hai", "Phần II", true},
		{"Phụ lục", "Phụ lục 1", false},
		{"", "Điều 1", false},
		{"Điều 1", "", false},
	} {
		if got := indexer.PlaceShare(test.section, citation.PlaceIn(test.place)); got > 0 != test.want {
			t.Errorf("PlaceShare(%q, %q) = %d", test.section, test.place, got)
		}
	}
}

func TestPlaceShareIsMoreForTheVeryPlace(t *testing.T) {
	at := citation.PlaceIn("điểm 2 mục III")
	best, whole, other := indexer.PlaceShare("Mục III, điểm 2.1–2.2", at), indexer.PlaceShare("Mục III, điểm 1", at), indexer.PlaceShare("Mục II, điểm 2", at)
	if best <= whole || whole <= other || other != 0 {
		t.Errorf("point 2 of III has %d, point 1 of III %d, point 2 of II %d", best, whole, other)
	}
}
