package indexer

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"vankien/indexer/extract"
	"vankien/indexer/facts"
	"vankien/storage"
)

// trustedScore is the least score of a text that an import publishes without
// anybody having looked. Real papers score over .95; what has lost its
// accented letters, or has others in their place, is below.
const trustedScore = 0.5

// readingOf sums up what was read, by OCR of that version too ("" where it has
// not looked at the text).
func readingOf(text storage.Text, ocr string) storage.Reading {
	reading := storage.Reading{Status: storage.ReadingReady, Pages: len(text.Pages), Reader: extract.Version, OCR: ocr, Described: facts.Version}
	var engines []string
	for _, page := range text.Pages {
		reading.Score += page.Score / float64(len(text.Pages))
		if !slices.Contains(engines, page.Engine) {
			engines = append(engines, page.Engine)
		}
	}
	reading.Score = math.Round(reading.Score*1000) / 1000 // as pages keep theirs
	reading.Engine = strings.Join(engines, "+")
	switch {
	case extract.NeedsOCR(text):
		reading.Status = storage.ReadingNeedsOCR
		reading.Reason = "Tệp là bản chụp, chưa có chữ để tìm; cần nhận dạng chữ (OCR) trước khi công bố."
		if ocr != "" {
			reading.Reason = "Tệp là bản chụp mà máy chưa nhận dạng được chữ; lần khởi động sau của máy chủ sẽ thử lại."
		}
	case slices.ContainsFunc(text.Pages[:min(guardedPages, len(text.Pages))], unseenHead):
		reading.Reason = "Máy không xem được ảnh đầu trang nên chưa kiểm tra được dấu chỉ độ mật; biên tập viên cần xem lại trước khi công bố."
	case !slices.ContainsFunc(text.Pages, hasLetters):
		reading.Reason = "Không đọc được chữ nào trong tệp; biên tập viên cần xem lại trước khi công bố."
	case reading.Score < trustedScore:
		score := strings.Replace(fmt.Sprintf("%.2f", math.Floor(reading.Score*100)/100), ".", ",", 1)
		reading.Reason = "Chữ đọc được không đáng tin (điểm " + score + " trên 1); biên tập viên cần xem lại trước khi công bố."
	}
	return reading
}

func hasLetters(page storage.Page) bool { return strings.ContainsFunc(page.Text, unicode.IsLetter) }

// Publishable tells whether an import may publish the document: a draft whose
// text is there and gives no reason for doubt, nor did one that was read before.
func Publishable(doc storage.Document) bool {
	return doc.State == storage.StateDraft && doc.Deleted == nil && doc.Reading.Status == storage.ReadingReady && doc.Reading.Reason == "" && !alarmed(doc)
}

// OutcomeOf is otherwise, unless the document is not what the import wanted it
// to be.
func OutcomeOf(doc storage.Document, publish bool, otherwise Outcome) Outcome {
	switch {
	case doc.Reading.Status == storage.ReadingNeedsOCR:
		return Pictures
	case doc.Reading.Status == storage.ReadingNow:
		return Recognizing
	case publish && doc.State == storage.StateDraft && doc.Reading.Status == storage.ReadingReady:
		return Doubtful
	case publish && doc.State != storage.StatePublished:
		return Held
	default:
		return otherwise
	}
}
