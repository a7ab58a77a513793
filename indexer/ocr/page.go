package ocr

import (
	"math"
	"slices"

	"vankien/analyzers"
	"vankien/indexer/extract"
	"vankien/storage"
)

// layerFactor is by how much OCR must be better to replace a text layer: its
// wrong accents are mostly valid syllables, which no score sees.
const layerFactor = 1.05

// What an editor is told of a page that was recognised, or could not be.
const (
	warnRecognised = "Chữ của trang do máy nhận dạng từ ảnh (OCR), dấu có thể sai; hãy đối chiếu với bản gốc."
	warnBlank      = "Trang trắng."
	warnNoText     = "Trang là hình ảnh, không nhận dạng được chữ nào."
	warnCompared   = "Đã nhận dạng chữ từ ảnh (OCR) để so sánh; lớp chữ có sẵn tốt hơn nên được giữ."
	warnSlow       = "Nhận dạng chữ (OCR) của trang quá lâu nên đã dừng."
	warnHung       = "Trình nhận dạng chữ (OCR) nhiều lần đứng yên ở trang này nên trang được bỏ qua."
	warnFailed     = "Không nhận dạng được chữ của trang do trình OCR gặp lỗi."
	warnUndrawn    = "Không vẽ được trang thành ảnh để nhận dạng chữ (OCR)."
)

// wanted tells whether a page is to be recognised: only OCR can read it, it has
// no text, or a text that should be Vietnamese and is not; and OCR has not had
// its turn yet.
func wanted(p storage.Page) bool {
	switch {
	case p.OCR, p.Other != nil && p.Other.OCR, slices.Contains(p.Warnings, warnBlank), slices.Contains(p.Warnings, warnNoText):
		return false
	case extract.PageNeedsOCR(p), p.Text == "":
		return true
	}
	return p.Score < extract.BadScore && !slices.Contains(analyzers.Judge(p.Text).Problems, analyzers.ProblemNotVietnamese)
}

// decided is the page with the better of its text and what was recognised; the
// other goes to Other. Its warnings are those that then hold.
func decided(p storage.Page, text string, inkless bool) storage.Page {
	layer, seen := analyzers.Judge(p.Text), analyzers.Judge(text)
	score := math.Round(seen.Score*1000) / 1000
	switch {
	case text == "" && p.Text == "":
		p.Score, p.Warnings = 0, []string{warnNoText}
		if inkless {
			p.Warnings = []string{warnBlank}
		}
	case text != "" && (p.Text == "" || !foreign(layer) && worth(seen) > layerFactor*worth(layer)):
		if p.Text != "" {
			p.Other = &storage.OtherReading{Text: p.Text, Engine: p.Engine, Score: p.Score, OCR: p.OCR}
		}
		p.Text, p.Engine, p.Score, p.OCR = text, Engine, score, true
		p.Warnings = append([]string{warnRecognised}, problems(seen)...)
	default:
		p.Other = &storage.OtherReading{Text: text, Engine: Engine, Score: score, OCR: true}
		p.Warnings = append([]string{warnCompared}, slices.DeleteFunc(slices.Clone(p.Warnings), asksForOCR)...)
	}
	return p
}

// asksForOCR tells a reader's warning that recognition has seen to.
func asksForOCR(warning string) bool {
	return extract.PageNeedsOCR(storage.Page{Warnings: []string{warning}})
}

// foreign tells a text that is good, but not Vietnamese.
func foreign(q analyzers.Quality) bool {
	return slices.Contains(q.Problems, analyzers.ProblemNotVietnamese)
}

func problems(q analyzers.Quality) []string {
	var sentences []string
	for _, problem := range q.Problems {
		sentences = append(sentences, problem.Vietnamese())
	}
	return sentences
}

// warned is the page with one more warning, if it has not got it yet.
func warned(p storage.Page, warning string) storage.Page {
	if !slices.Contains(p.Warnings, warning) {
		p.Warnings = append(slices.Clone(p.Warnings), warning)
	}
	return p
}
