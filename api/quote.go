package api

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/indexer"
)

// Quote is a sentence of a document around something that stands in it.
type Quote struct {
	Text  string         `json:"text"`
	Marks []indexer.Mark `json:"marks"` // half-open ranges of code points of text
}

const (
	quoteReach = 300 // code points around what is marked that a sentence may have on either side
	ellipsis   = "…"
)

// sentenceEnd ends a sentence or an item of a list: a sign and white space, or
// an empty line or one with a rule. The full stop behind "tr", "T.Ư" or the number of an item ends
// nothing; see endsHere.
var sentenceEnd = regexp.MustCompile(`[.;?!…]["”»)]*\s+|\n[ \t]*\n\s*|\n[ \t]*[-–—_*=]{2,}[ \t]*\n\s*|\n\s*[-+*•–]\s+`)

// sentenceBegins is where a sentence begins though no sign ends the one before: a
// reason or an article, in the group, or behind the addressee of a letter.
var sentenceBegins = regexp.MustCompile(`(?:^|\n)[ \t]*(?:(Căn cứ|Điều \d+\.)\s|Kính gửi[^\n]*\n)`)

// quote is the sentence of text in which text[start:end] stands, on one line,
// and that marked. A sentence that is too long is cut at words.
func quote(text string, start, end int) Quote {
	text, start, end = near(text, start, end)
	from, to := 0, len(text)
	for _, at := range sentenceEnd.FindAllStringIndex(text[:start], -1) {
		if endsHere(text, at) {
			from = at[1]
		}
	}
	if begins := sentenceBegins.FindAllStringSubmatchIndex(text[from:start], -1); len(begins) > 0 {
		last := begins[len(begins)-1]
		if last[2] < 0 {
			last[2] = last[1]
		}
		from += last[2]
	}
	for _, at := range sentenceEnd.FindAllStringIndex(text[end:], -1) {
		at[0], at[1] = at[0]+end, at[1]+end
		if endsHere(text, at) {
			to = at[0] + len(strings.TrimRightFunc(text[at[0]:at[1]], unicode.IsSpace))
			if text[at[0]] == '\n' {
				to = at[0]
			}
			break
		}
	}
	if begins := sentenceBegins.FindStringIndex(text[end:]); begins != nil && text[end+begins[0]] == '\n' {
		to = min(to, end+begins[0])
	}
	before, after := oneLine(text[from:start]), oneLine(text[end:to])
	if cut := lastPart(before); cut != before {
		before = ellipsis + cut
	}
	if cut := firstPart(after); cut != after {
		after = cut + ellipsis
	}
	before = strings.TrimLeft(before, " ")
	marked := strings.Trim(oneLine(text[start:end]), " ")
	at := utf8.RuneCountInString(before)
	return Quote{
		Text:  before + marked + strings.TrimRight(after, " "),
		Marks: []indexer.Mark{{at, at + utf8.RuneCountInString(marked)}},
	}
}

// near is as much of text around [start,end) as a quote may show and a little
// more: a page may be a whole book.
func near(text string, start, end int) (string, int, int) {
	from, to := max(0, start-8*quoteReach), min(len(text), end+8*quoteReach)
	for from < start && !utf8.RuneStart(text[from]) {
		from++
	}
	for to < len(text) && to > end && !utf8.RuneStart(text[to]) {
		to--
	}
	return text[from:to], start - from, end - from
}

// endsHere tells whether a sign that may end a sentence does: a full stop does
// not before a small letter, nor behind the number of an item or a short form
// ("tr.", "T.Ư.", "GS."); the symbol of a number (21-NQ/TW) is none.
func endsHere(text string, at []int) bool {
	if text[at[0]] != '.' {
		return true
	}
	if next, _ := utf8.DecodeRuneInString(text[at[1]:]); unicode.IsLower(next) {
		return false
	}
	line := text[strings.LastIndexByte(text[:at[0]], '\n')+1 : at[0]]
	before := strings.TrimRightFunc(line, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	word := line[len(before):]
	first, _ := utf8.DecodeRuneInString(word)
	switch {
	case utf8.RuneCountInString(word) > 2 || strings.HasSuffix(before, "/") || strings.HasSuffix(before, "-"):
		return true
	case strings.TrimSpace(before) == "" || unicode.IsUpper(first) || strings.EqualFold(word, "tr"):
		return false
	}
	return true
}

// oneLine has every run of white space as one space, those at the ends too.
func oneLine(s string) string {
	var out strings.Builder
	space := false
	for _, r := range s {
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if space {
			out.WriteByte(' ')
			space = false
		}
		out.WriteRune(r)
	}
	if space {
		out.WriteByte(' ')
	}
	return out.String()
}

// lastPart is the end of s that a quote shows, from the beginning of a word on.
func lastPart(s string) string {
	runes := []rune(s)
	if len(runes) <= quoteReach {
		return s
	}
	cut := string(runes[len(runes)-quoteReach:])
	if i := strings.IndexByte(cut, ' '); i >= 0 {
		return cut[i+1:]
	}
	return cut
}

// firstPart is the beginning of s that a quote shows, to the end of a word.
func firstPart(s string) string {
	runes := []rune(s)
	if len(runes) <= quoteReach {
		return s
	}
	cut := string(runes[:quoteReach])
	if i := strings.LastIndexByte(cut, ' '); i >= 0 {
		return cut[:i]
	}
	return cut
}
