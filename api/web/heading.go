package web

import "regexp"

// Heading is the heading of a page, in which numbers stay whole.
type Heading string

// HeadingPart is a part of a heading; one that is Whole has no end of a line in
// it, unless it is longer than a line.
type HeadingPart struct {
	Text  string
	Whole bool
}

// numberInHeading is a word with a sign at which browsers break lines: 68-NQ/TW.
var numberInHeading = regexp.MustCompile(`\S*[\pL\pN][-/][\pL\pN]\S*`)

// Parts are the parts of a heading, which follow one another without a gap.
func (h Heading) Parts() []HeadingPart {
	var parts []HeadingPart
	text, at := string(h), 0
	for _, found := range numberInHeading.FindAllStringIndex(text, -1) {
		if at < found[0] {
			parts = append(parts, HeadingPart{Text: text[at:found[0]]})
		}
		parts = append(parts, HeadingPart{Text: text[found[0]:found[1]], Whole: true})
		at = found[1]
	}
	if at < len(text) {
		parts = append(parts, HeadingPart{Text: text[at:]})
	}
	return parts
}
