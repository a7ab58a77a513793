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
	// Picture is what OCR read in the head of a page whose Text comes from a text
	// layer: numbers and stamps are often only in the picture. "" where nothing
	// was looked at, or nothing found.
	Picture string `json:"picture"`
	// Other is what another engine read of the page, where both were tried and
	// Text was the better: for the editor to compare. nil where one was enough.
	Other *OtherReading `json:"other"`
}

// OtherReading is the text of a page that was not chosen.
type OtherReading struct {
	Text   string  `json:"text"`
	Engine string  `json:"engine"`
	Score  float64 `json:"score"`
	OCR    bool    `json:"ocr"`
}

// Text is everything that was read of one original: what the store keeps under
// texts/<sha256>/<reader version>.json.zst, so that a reindex never reads an
// original again.
type Text struct {
	MediaType string `json:"media_type"` // by content, not by name
	Pages     []Page `json:"pages"`
}
