package analyzers

import (
	"bytes"
	"strings"
	"unicode"
)

// The marks around a run in a capital font. Unicode keeps these code points
// for the use inside one program.
const (
	capitalBegin = "\ufdd0"
	capitalEnd   = "\ufdd1"
)

// CapitalFont tells the TCVN3 fonts whose small letters are drawn as capitals:
// .VnTimeH, .VnArialH. They are how TCVN3 writes Ả or Ệ.
func CapitalFont(name string) bool {
	name = strings.TrimPrefix(strings.TrimSpace(name), ".")
	return len(name) > 3 && strings.EqualFold(name[:2], "vn") && strings.HasSuffix(name, "H")
}

// CapitalRun marks a run of text in a CapitalFont: where its paragraph turns
// out to be TCVN3, DecodeLegacy writes it in capitals. Marks may stand in any
// layout of the text as long as they keep their order, and never outlast
// DecodeLegacy.
func CapitalRun(text string) string {
	if text == "" {
		return ""
	}
	return capitalBegin + text + capitalEnd
}

// AppendCapitalRun appends a run marked as CapitalRun does. One that follows
// another becomes one with it: a reader may write letter by letter.
func AppendCapitalRun(out []byte, text string) []byte {
	if text == "" {
		return out
	}
	if before, again := bytes.CutSuffix(out, []byte(capitalEnd)); again {
		return append(append(before, text...), capitalEnd...)
	}
	return append(out, CapitalRun(text)...)
}

// dropCapitalMarks takes the marks out, and those that bytes around them, which
// were no UTF-8, make once they are gone.
func dropCapitalMarks(text string) string {
	for strings.Contains(text, capitalBegin) || strings.Contains(text, capitalEnd) {
		text = strings.ToValidUTF8(capitalMarks.Replace(text), "\uFFFD")
	}
	return text
}

var capitalMarks = strings.NewReplacer(capitalBegin, "", capitalEnd, "")

// capitalBehind tells whether a run in a capital font goes on behind a line.
func capitalBehind(line string, capital bool) bool {
	begin, end := strings.LastIndex(line, capitalBegin), strings.LastIndex(line, capitalEnd)
	if begin == end {
		return capital
	}
	return begin > end
}

// decodeRuns decodes a line of TCVN3 with marks; capital tells whether it
// begins and ends within a run in a capital font.
func decodeRuns(line string, capital bool) (string, bool) {
	plain := dropCapitalMarks(line)
	if _, mixed := TCVN3.kinds(plain); mixed || len(plain) == len(line) && !capital {
		return decodeLine(TCVN3, plain), capitalBehind(line, capital)
	}
	line = restoreHorns(line)
	var out strings.Builder
	for line != "" {
		run, rest := line, ""
		at := strings.Index(line, capitalBegin)
		if end := strings.Index(line, capitalEnd); at < 0 || end >= 0 && end < at {
			at = end
		}
		begins := false
		if at >= 0 {
			run, rest = line[:at], line[at+len(capitalBegin):]
			begins = strings.HasPrefix(line[at:], capitalBegin)
		}
		decoded, _ := decodeTCVN3(run, capital)
		out.WriteString(decoded)
		if at >= 0 {
			capital = begins
		}
		line = rest
	}
	return raiseVowels(out.String()), capital
}

// decodeTCVN3 decodes a run, in capitals where its font draws them.
func decodeTCVN3(run string, capital bool) (string, bool) {
	decoded, ok := TCVN3.decodeCodes(nil, run)
	if capital {
		return strings.ToUpper(string(decoded)), ok
	}
	return raiseVowels(string(decoded)), ok
}

// raiseVowels writes capitals for the toned letters of words in capitals: who
// typed CéNG HOµ saw capitals, whatever the font's name was. A line without a
// small ASCII letter is in capitals as a whole.
func raiseVowels(decoded string) string {
	capitals, small := asciiCase(decoded)
	if capitals >= certainWords && small == 0 {
		return strings.ToUpper(decoded)
	}
	if capitals < 2 {
		return decoded
	}
	var out strings.Builder
	for len(decoded) > 0 {
		end := strings.IndexFunc(decoded, func(r rune) bool { return !unicode.IsLetter(r) })
		if end < 0 {
			end = len(decoded)
		}
		word := decoded[:end]
		if capitals, small := asciiCase(word); capitals >= 2 && small == 0 {
			word = strings.ToUpper(word)
		}
		out.WriteString(word)
		next := strings.IndexFunc(decoded[end:], unicode.IsLetter)
		if next < 0 {
			next = len(decoded) - end
		}
		out.WriteString(decoded[end : end+next])
		decoded = decoded[end+next:]
	}
	return out.String()
}

func asciiCase(s string) (capitals, small int) {
	for _, c := range []byte(s) {
		if 'A' <= c && c <= 'Z' {
			capitals++
		} else if 'a' <= c && c <= 'z' {
			small++
		}
	}
	return capitals, small
}
