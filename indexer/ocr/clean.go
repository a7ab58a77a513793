package ocr

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// clean gives recognised text the form that storage.Page promises, as extract
// does with what it reads: NFC, "\n" as the only line end, no blanks at the end
// of a line, one empty line at most, none around.
func clean(text string) string {
	text = norm.NFC.String(strings.ToValidUTF8(text, ""))
	var b strings.Builder
	b.Grow(len(text))
	empty := 0
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRightFunc(line, unicode.IsSpace)
		if line == "" {
			empty++
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n"[:1+min(empty, 1)])
		}
		b.WriteString(line)
		empty = 0
	}
	return b.String()
}

// sameSign are characters that only look like what Vietnamese is printed with:
// no paper means them.
var sameSign = strings.NewReplacer(
	"Ð", "Đ", "Ɖ", "Đ", "ð", "đ", "ı", "i",
	"ﬁ", "fi", "ﬂ", "fl", "\u00ad", "-",
)

// symbolBlanks are the blanks within a document's number and symbol: 28 -NQ / TW.
var symbolBlanks = regexp.MustCompile(`(\d)(?: ?([-/]) ?)([A-ZĐ]{2,6})(?: ?([-/]) ?)([A-ZĐ]{2,})`)

// numberAfterLabel is what follows "Số:" up to its symbol, where letters can
// only be digits: l2/QĐ, 1O5-NQ.
var numberAfterLabel = regexp.MustCompile(`(S[ốỐóÓôÔ6]\s?: ?)([0-9lIO|]*[0-9][0-9lIO|]*)( ?[-/])`)

var digitsFor = strings.NewReplacer("l", "1", "I", "1", "|", "1", "O", "0")

// mend puts right what can only be a mistake, whatever the paper says: signs
// that Vietnamese does not have, and letters within a document's number. It
// never touches an accent.
func mend(text string) string {
	text = sameSign.Replace(text)
	text = numberAfterLabel.ReplaceAllStringFunc(text, func(found string) string {
		m := numberAfterLabel.FindStringSubmatch(found)
		return m[1] + digitsFor.Replace(m[2]) + m[3]
	})
	return symbolBlanks.ReplaceAllString(text, "$1$2$3$4$5")
}
