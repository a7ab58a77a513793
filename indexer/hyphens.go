package indexer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
)

// Vietnamese is not hyphenated. What a line's end cuts all the same are foreign
// names, and syllables in the text layers of some prints.

const softHyphen = '\u00ad'

// knownNames are names that Party documents write in one word.
var knownNames = map[string]bool{
	"lênin": true, "ăngghen": true, "mácxít": true, "xtalin": true, "mátxcơva": true, "giơnevơ": true,
}

// cutWord is a word that a hyphen at the end of a line cuts in two.
type cutWord struct {
	line         int
	joined, kept string // in small letters: without the hyphen and with it
}

// joinHyphens joins the words that were cut at the ends of lines: the rest of a
// word moves up. A hyphen that belongs to the word stays, and so does the line
// end behind it.
func joinHyphens(lines []textLine) []textLine {
	var cut []cutWord
	for i := range len(lines) - 1 {
		if word, ok := cutAt(lines[i], lines[i+1]); ok {
			word.line = i
			cut = append(cut, word)
		}
	}
	if len(cut) == 0 {
		return lines
	}
	seen := countForms(lines, cut)
	for i := len(cut) - 1; i >= 0; i-- { // from the end: a line gives its first word before it takes one
		word := cut[i]
		softened := strings.HasSuffix(lines[word.line].text, string(softHyphen))
		spelt := knownNames[word.joined] || analyzers.ValidSyllable(word.joined)
		if softened || seen[word.joined] > seen[word.kept] || spelt && seen[word.kept] == 0 {
			moveUp(&lines[word.line], &lines[word.line+1])
		}
	}
	whole := lines[:0]
	for _, line := range lines {
		if line.text != "" {
			whole = append(whole, line)
		}
	}
	return whole
}

// cutAt reads the word that the end of line cuts. Neither part of it has a
// further hyphen, as in "Ma-lai-xi-a", nor a digit.
func cutAt(line, next textLine) (cutWord, bool) {
	before, hyphen := cutHyphen(line.text)
	if hyphen == 0 || next.blank {
		return cutWord{}, false
	}
	at := strings.LastIndexFunc(before, unicode.IsSpace)
	front := before[at+1:]
	front = strings.TrimLeft(front, `("“'‘[`)
	back := next.text[:lettersOf(next.text)]
	rest, _ := utf8.DecodeRuneInString(next.text[len(back):])
	if front == "" || lettersOf(front) < len(front) || back == "" || rest == '-' || rest == softHyphen || unicode.IsDigit(rest) {
		return cutWord{}, false
	}
	first, _ := utf8.DecodeRuneInString(back)
	if unicode.IsUpper(first) && !(capitals(front) && capitals(back) && utf8.RuneCountInString(front) > 1) {
		return cutWord{}, false
	}
	front, back = strings.ToLower(front), strings.ToLower(back)
	return cutWord{joined: front + back, kept: front + "-" + back}, true
}

// cutHyphen is a line without the hyphen at its end, and that hyphen; 0 where
// there is none.
func cutHyphen(text string) (before string, hyphen rune) {
	last, size := utf8.DecodeLastRuneInString(text)
	if last == '-' || last == '\u2010' || last == softHyphen {
		return text[:len(text)-size], last
	}
	return text, 0
}

// lettersOf is how many bytes of letters a text begins with.
func lettersOf(text string) int {
	for i, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			return i
		}
	}
	return len(text)
}

// countForms counts how often the document has the forms of cut words elsewhere.
func countForms(lines []textLine, cut []cutWord) map[string]int {
	seen := make(map[string]int, 2*len(cut))
	for _, word := range cut {
		seen[word.joined], seen[word.kept] = 0, 0
	}
	for _, line := range lines {
		for word := range strings.FieldsFuncSeq(strings.ToLower(line.text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '-' }) {
			if n, wanted := seen[word]; wanted {
				seen[word] = n + 1
			}
		}
	}
	return seen
}

// moveUp moves the first word of next, with the punctuation behind it, to the
// end of line, in the place of the hyphen there.
func moveUp(line, next *textLine) {
	size := strings.IndexFunc(next.text, unicode.IsSpace)
	if size < 0 {
		size = len(next.text)
	}
	before, _ := cutHyphen(line.text)
	line.text = before + next.text[:size]
	rest := strings.TrimLeftFunc(next.text[size:], unicode.IsSpace)
	line.end = Place{next.page, next.start + utf8.RuneCountInString(next.text[:size])}
	next.start += utf8.RuneCountInString(next.text[:len(next.text)-len(rest)])
	next.text = rest
}
