package web

import (
	"cmp"
	"fmt"
	"strings"

	"vankien/storage"
)

// ReadingsView is what several readers made of a page, for whoever corrects it.
type ReadingsView struct {
	Warnings []string
	All      []ReadingView // the one that serves first
	Picture  [][]Piece     // what was recognised in the picture of the page's head
}

// ReadingView is what one reader made of a page.
type ReadingView struct {
	Title string // "Bản đang dùng"
	By    string // the reader, and how good its text looks, in words
	Lines [][]Piece
}

// readings are what there is to compare of a page, nil where that is nothing.
func readings(page storage.Page) *ReadingsView {
	if page.OCR {
		page.Picture = "" // the text has it all
	}
	if page.Other == nil && page.Picture == "" && len(page.Warnings) == 0 {
		return nil
	}
	view := &ReadingsView{Warnings: page.Warnings, Picture: plain(page.Picture)}
	if other := page.Other; other != nil {
		view.All = []ReadingView{
			{"Bản đang dùng", reader(page.Engine, page.OCR, page.Score), plain(page.Text)},
			{"Bản không dùng", reader(other.Engine, other.OCR, other.Score), plain(other.Text)},
		}
	}
	return view
}

func plain(text string) [][]Piece {
	if text == "" {
		return nil
	}
	return lines(highlight(reflow(text), ""))
}

// reader names a reader and judges its text.
func reader(engine string, ocr bool, score float64) string {
	by := "Lớp chữ có sẵn trong tệp"
	if ocr {
		by = "Nhận dạng từ ảnh"
	}
	return fmt.Sprintf("%s (%s), chất lượng %s: %s trên 1", by, cmp.Or(engine, "không rõ"), quality(score), strings.Replace(fmt.Sprintf("%.2f", score), ".", ",", 1))
}

func quality(score float64) string {
	switch {
	case score >= .95:
		return "tốt"
	case score >= .8:
		return "khá"
	case score >= .6:
		return "còn nhiều lỗi"
	default:
		return "kém"
	}
}

// recognized tells how much of a text the machine has read from pictures, ""
// where that is nothing.
func recognized(pages []storage.Page) string {
	n := 0
	for _, page := range pages {
		if page.OCR {
			n++
		}
	}
	switch {
	case n == 0:
		return ""
	case n == len(pages):
		return "Máy nhận dạng từ ảnh chụp"
	default:
		return fmt.Sprintf("%s trên %s trang do máy nhận dạng từ ảnh chụp", Number(n), Number(len(pages)))
	}
}

// unchecked tells the staff that no guard has read the first pages of a document.
func unchecked(d storage.Document) string {
	if d.Reading.Status != storage.ReadingNeedsOCR {
		return ""
	}
	return "Máy chưa đọc được các trang này nên chưa kiểm tra dấu chỉ độ mật. Người gửi duyệt phải xem ảnh các trang đầu trong bản gốc và xác nhận đã xem."
}
