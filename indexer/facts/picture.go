package facts

import (
	"strings"

	"vankien/indexer/citation"
	"vankien/storage"
)

// readPicture guesses from the picture of the head what its text layer leaves
// blank: a number or a day that is written, stamped or drawn over the print.
func (r *reader) readPicture(pages []storage.Page) {
	if len(pages) == 0 || pages[0].OCR || pages[0].Picture == "" {
		return
	}
	seen := split([]storage.Page{{Number: pages[0].Number, Text: pages[0].Picture, OCR: true}}, maxHeadLines)
	for _, c := range seen {
		if c.basis() || c.begins() {
			return
		}
		if e := r.facts.Evidence["number"]; r.facts.Number == "" && e.Guess == nil {
			if n, ok := numberSeen(c.text); ok && n.Serial != "" && r.fits(n) {
				r.guessed("number", c, n.String())
			}
		}
		if e := r.facts.Evidence["issued"]; r.facts.Issued == "" && e.Page > 0 {
			for _, d := range citation.Dates(c.text) {
				if e.Guess == nil || strings.HasPrefix(d.ISO, *e.Guess) {
					r.guessed("issued", c, d.ISO)
				}
			}
		}
	}
}

// fits tells whether a number that the picture shows has the symbol that the
// text layer prints, if it prints one.
func (r *reader) fits(n citation.Number) bool {
	return r.number == (citation.Number{}) || strings.EqualFold(r.number.Kind, n.Kind) && strings.EqualFold(r.number.Issuer, n.Issuer)
}
