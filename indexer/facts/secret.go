package facts

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"vankien/analyzers"
	"vankien/storage"
)

// The rules by which Secret refuses, for logs and messages.
const (
	RuleDegree    = "degree-stamp"    // MẬT, TỐI MẬT, TUYỆT MẬT standing alone in capitals
	RuleAddressee = "addressee-only"  // "Chỉ người có tên mới được bóc bì"
	RuleTerm      = "protection-term" // "Hạn bảo vệ: …"
	RuleCopy      = "copy-number"     // a line of its own "BẢN SỐ: …"
)

// headLines is how many lines with text of a page may carry stamps. A stamp
// stands in the head; lower down are sentences and tables about secrets.
const headLines = 30

// headLine is how much of a line may be a stamp, in bytes.
const headLine = 2000

// Secret tells whether the document carries a mark of State secrecy in the
// head of its first two pages, which mark, and by which rule it was found. It
// looks at their text and at what OCR read in the picture of their head
// (Page.Picture). It never trips over secrets that a text only speaks of; it
// cannot prove that a document is none, since OCR misses stamps.
func Secret(pages []storage.Page) (mark, rule string, found bool) {
	for _, page := range valid(pages[:min(2, len(pages))]) {
		for _, text := range []string{page.Text, page.Picture} {
			if mark, rule := secretHead(text); rule != "" {
				return mark, rule, true
			}
		}
	}
	return "", "", false
}

// secretHead looks for a mark in the head of one page.
func secretHead(text string) (mark, rule string) {
	g := guard{page: norm.NFC.String(text)}
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			g.apart = true
			continue
		}
		if g.rows++; g.rows > headLines {
			break
		}
		line = line[:min(len(line), headLine)] // a stamp is short; a text without line ends is one line
		if mark, rule := g.line(line); rule != "" {
			return mark, rule
		}
	}
	return "", ""
}

// guard walks the lines of one head.
type guard struct {
	page   string // its text, NFC
	rows   int
	before string // the line before, folded
	titled bool   // the kind has been named: what is in capitals may be a title
	apart  bool   // a blank line stands before this one
}

func (g *guard) line(line string) (mark, rule string) {
	text := strings.TrimSpace(line)
	fold := analyzers.FoldText(text)
	before := g.before
	if g.apart {
		before = ""
	}
	defer func() {
		g.before, g.apart = fold, false
		if _, ok := kindsByCompact[compact(strings.Trim(fold, " .:*"))]; ok {
			g.titled = true
		}
	}()
	if mark, ok := degree(text); ok {
		if g.running(before) {
			return "", ""
		}
		return mark, RuleDegree
	}
	degrees := map[string]bool{}
	for _, piece := range columns(strings.ReplaceAll(line, "|", "\t")) {
		if strings.HasPrefix(piece, ",") {
			continue // ĐẢNG CỘNG SẢN VIỆT NAM, MẶT / TRẬN TỔ QUỐC
		} else if mark, ok := degree(piece); ok {
			degrees[mark] = true
		} else if mark, rule := phrase(piece, before); rule != "" {
			return mark, rule
		} else if mark, rule := g.merged(piece, before); rule != "" {
			return mark, rule
		}
	}
	if len(degrees) == 1 { // a line that has several is a table's
		for mark := range degrees {
			return mark, RuleDegree
		}
	}
	if addresseeOnly.MatchString(strings.Trim(before+" "+fold, " .()[]\"“”*-")) {
		return addresseeMark, RuleAddressee
	}
	return "", ""
}

// running tells whether the line before goes on in this one: a title "… BẢO VỆ
// BÍ / MẬT" or "… TỐI MẬT VÀ / MẬT", or a name "ỦY BAN / MẶT / TRẬN …".
func (g *guard) running(before string) bool {
	last := before[strings.LastIndexByte(before, ' ')+1:]
	if last == "bi" || strings.HasSuffix(before, "uy ban") {
		return true
	}
	return g.titled && (last == "va" || last == "hoac" || last == "do" || strings.HasSuffix(before, ","))
}

var degreeNames = map[string]string{
	"mat": "MẬT", "toimat": "TỐI MẬT", "tuyetmat": "TUYỆT MẬT", "tuyetdoimat": "TUYỆT MẬT", "toimat.": "TỐI MẬT",
	"domat:mat": "MẬT", "domat:toimat": "TỐI MẬT", "domat:tuyetmat": "TUYỆT MẬT",
	"dadongdaumat": "MẬT", "t0imat": "TỐI MẬT",
}

// degree tells whether text is nothing but a degree of secrecy in capitals,
// with or without accents, letter-spaced or framed.
func degree(text string) (string, bool) {
	if len(text) > 60 {
		return "", false
	}
	for _, r := range text {
		if unicode.IsLower(r) {
			return "", false
		}
	}
	bare := strings.Trim(compact(analyzers.FoldText(text)), ".,:;*()[]{}|-–—_=~!'\"“”<>•·")
	mark, ok := degreeNames[bare]
	return mark, ok
}

const addresseeMark = "Chỉ người có tên mới được bóc bì"

var (
	addresseeOnly = regexp.MustCompile(`^chi nguoi co ten (moi )?duoc boc bi$`)
	termLine      = regexp.MustCompile(`^(thoi )?han bao ve( bi mat nha nuoc)? ?(: ?|$|den |tu |[\d.…_])`)
	copyLine      = regexp.MustCompile(`^ban so ?[:.]? ?[\d.…_\-/ ]*$`)
)

// phrase tells whether a cell is one of the phrases that only papers with
// secrets carry. A phrase in a sentence begins small, in quotes, or behind the
// word it belongs to ("văn / bản số").
func phrase(piece, before string) (mark, rule string) {
	text := strings.Trim(piece, " *-–[]()|")
	if text == "" || !unicode.IsUpper([]rune(text)[0]) {
		return "", ""
	}
	fold := analyzers.FoldText(text)
	last := before[strings.LastIndexByte(before, ' ')+1:]
	switch {
	case addresseeOnly.MatchString(strings.TrimRight(fold, ".")):
		return addresseeMark, RuleAddressee
	case termLine.MatchString(fold) && last != "thoi" && (fold != "thoi han bao ve bi mat nha nuoc" && fold != "thoi han bao ve"):
		return text, RuleTerm
	case copyLine.MatchString(fold) && fold != "ban so" && !wordBeforeCopy[last]:
		return text, RuleCopy
	}
	return "", ""
}

// wordBeforeCopy are the words that end in "bản số": văn bản, biên bản.
var wordBeforeCopy = map[string]bool{"van": true, "bien": true, "phien": true, "nguyen": true, "tai": true}
