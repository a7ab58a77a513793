package ocr

import (
	"regexp"
	"strings"
)

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
