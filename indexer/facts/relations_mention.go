package facts

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer/citation"
)

// mention is a place where the text names another document.
type mention struct {
	from, to int // bytes; with the name or kind before the number, and the date behind it
	number   citation.Number
	name     string // of a law, or of what is known by its plenum or nickname; "" where the number says it
	date     string
	year     int
	law      bool // named as a law is, or as the Party's statutes are
}

// target is what a relation calls the document: its number, else its name.
func (m mention) target() string {
	if m.number.Serial != "" {
		return m.number.String()
	}
	return m.name
}

// maxMentions is how many mentions of one document are read.
const maxMentions = 20_000

// afterDigit is behind a number that has lost its first digits: "số 13 5/2021/NĐ-CP".
var afterDigit = regexp.MustCompile(`\d $`)

// mentions are the documents that the text names, in order, none overlapping.
func (t *running) mentions() []mention {
	cited := citation.Cited(t.text)
	laws := t.laws(cited)
	var all []mention
	for _, c := range cited {
		taken := false // by the law that is named before it
		for len(laws) > 0 && laws[0].from < c.Start {
			m := laws[0]
			laws = laws[1:]
			if len(all) > 0 && m.from < all[len(all)-1].to {
				continue
			}
			if m.to <= c.NumberStart && t.numberOf(m, c) {
				m.number, m.to = c.Number, max(c.To, c.End)
				m.date, m.year = c.Date, c.Year
				taken = true
			}
			all = append(all, m)
		}
		if m, ok := t.numbered(c); ok && !taken {
			all = append(all, m)
		}
		if len(all) > maxMentions {
			return all
		}
	}
	for _, m := range laws {
		if len(all) == 0 || m.from >= all[len(all)-1].to {
			all = append(all, m)
		}
	}
	return all[:min(len(all), maxMentions)]
}

// numbered is the mention of a citation; ok is false where it does not say
// enough to tell the document: "Quy định 12" may be anybody's.
func (t *running) numbered(c citation.Citation) (mention, bool) {
	m := mention{from: c.Start, to: max(c.To, c.End), number: c.Number, date: c.Date, year: c.Year}
	switch {
	case c.Number.Serial == "" && strings.HasPrefix(c.Nickname, "Ban "): // a body is not the document by which it was set up
		return m, false
	case c.Number.Serial == "" && (c.Nickname != "" || c.Plenum > 0 || c.Said != "" && c.Term != ""):
		m.name = strings.Join(strings.Fields(c.Raw), " ") // of a plenum, a congress, or what people call it
		return m, true
	case c.Number.Serial == "" || utf8.RuneCountInString(c.Number.Issuer) < 2:
		return m, false
	}
	if c.Said == "" && strings.HasPrefix(t.flat[c.Start:], "Số") && t.offset(t.lineAt(c.Start)) == c.Start {
		return m, false // the letterhead of another document in the file
	}
	if _, ocr := t.page(c.NumberStart); ocr && !confident(c) || c.NumberStart == c.Start && afterDigit.MatchString(t.flat[max(0, c.Start-2):c.Start]) {
		return m, false
	}
	return m, true
}

// confident tells whether what OCR read is surely a document's number: a kind
// or "số" before it, its symbols known or at least in capitals.
func confident(c citation.Citation) bool {
	if c.NumberStart == c.Start || c.Number.Serial == "0" || c.Number.Issuer == "QH" || !strings.EqualFold(c.Number.Serial, analyzers.FoldText(c.Number.Serial)) {
		return false
	}
	if c.Number.Year != 0 {
		return knownBodies(c.Number.Issuer)
	}
	if c.Said != "" && c.Number.Kind != "" {
		said, _ := citation.KindByName(c.Said)
		return said.Symbol == "" || strings.EqualFold(said.Symbol, c.Number.Kind) || strings.HasPrefix(strings.ToUpper(c.Number.Kind), strings.ToUpper(said.Symbol))
	}
	for part := range strings.SplitSeq(c.Number.Issuer, "-") {
		if len(citation.BodiesBySymbol(part)) > 0 || utf8.RuneCountInString(part) > 1 && part == strings.ToUpper(part) {
			return true
		}
	}
	return false
}

// knownBodies tells whether all parts of an issuer's symbol are known.
func knownBodies(issuer string) bool {
	for part := range strings.SplitSeq(issuer, "-") {
		if len(citation.BodiesBySymbol(part)) == 0 {
			return false
		}
	}
	return true
}
