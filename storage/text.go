package storage

// Page is the text of one page as it was read. Its Text is NFC, lines are
// separated by "\n", paragraphs by a blank line where the reader knows them.
type Page struct {
	Number   int      `json:"number"` // from 1
	Text     string   `json:"text"`
	Engine   string   `json:"engine"`
	Score    float64  `json:"score"` // 0–1: share of valid Vietnamese syllables, less what looks broken
	OCR      bool     `json:"ocr"`
	Warnings []string `json:"warnings"` // in Vietnamese, for the editor
}

// Text is everything that was read of one original: what the store keeps under
// texts/<sha256>/<reader version>.json.zst, so that a reindex never reads an
// original again.
type Text struct {
	MediaType string `json:"media_type"` // by content, not by name
	Pages     []Page `json:"pages"`
}
