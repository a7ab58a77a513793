package ocr

import (
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPlacesUnread draws a page with a seal, a line of print that was read and
// the shadow of a scanner: only the seal is worth another look, and what stands
// below it.
func TestPlacesUnread(t *testing.T) {
	page := image.NewGray(image.Rect(0, 0, 1600, 2300))
	for i := range page.Pix {
		page.Pix[i] = white
	}
	dot := func(x, y, size int) {
		for v := range size {
			for u := range size {
				page.SetGray(x+u, y+v, color.Gray{})
			}
		}
	}
	for degree := range 360 {
		sin, cos := math.Sincos(float64(degree) * math.Pi / 180)
		for radius := 60.0; radius <= 120; radius += 20 {
			dot(1100+int(radius*cos), 1900+int(radius*sin), 5)
		}
	}
	for x := 200; x < 1400; x += 12 {
		dot(x, 400, 9)
	}
	for y := range 2300 {
		dot(0, y, 8)
	}
	read := word{left: 190, top: 390, right: 1420, bottom: 420, text: "chữ"}
	places := placesUnread(page, []word{read})
	if len(places) != 1 || !image.Rect(980, 1780, 1220, 2080).In(places[0]) || places[0].Min.Y < 1500 {
		t.Errorf("places to look at again: %v", places)
	}
}

func TestSoundLines(t *testing.T) {
	line := func(top int, texts string) (words []word) {
		for i, text := range strings.Fields(texts) {
			words = append(words, word{block: i, left: 100 + 60*i, right: 150 + 60*i, top: top, bottom: top + 30, text: text})
		}
		return words
	}
	var words []word
	for i, texts := range []string{"SỐ", "CỘNGX YTE%", "ê Hoàng Anh", "Nguyễn Văn Thử", "‹ ? ~"} {
		words = append(words, line(100*i, texts)...)
	}
	if diff := cmp.Diff([]string{"ê Hoàng Anh", "Nguyễn Văn Thử"}, soundLines(words)); diff != "" {
		t.Error(diff)
	}
}
