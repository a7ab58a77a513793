package facts

import (
	"regexp"
	"strings"

	"vankien/indexer/citation"
)

// What an editor is told of values that only a picture shows.
const (
	issueSeenNumber = "Số văn bản do máy nhận dạng từ ảnh, thường là viết tay hoặc đóng dấu; hãy nhập theo bản gốc."
	issueSeenDate   = "Ngày ban hành do máy nhận dạng từ ảnh, thường là viết tay; hãy nhập theo bản gốc."
)

var (
	// The number of a scan: "Só:f/ŸJ/SYT-NVY", "Số: 44 3GM-TB", "Số 0Ÿ-QĐ/TW".
	seenCue    = regexp.MustCompile(`^[^\pL\pN]{0,3}[Ss][oOóÓòÒôÔốỐồỒổỔộỘơƠớỚờỜ6õÕ]\s*\S{0,2}?[\s:.;]*`)
	seenState  = regexp.MustCompile(`^(.{0,14}?)\s*/\s*(\p{Lu}[\pL]{0,9}(?:\s*[-,&]\s*[\pL\pN]+){0,5})$`)
	seenParty  = regexp.MustCompile(`^(.{0,10}?)\s*-\s*(\p{Lu}[\pL]{0,3}\s*/\s*\p{Lu}[\pL]+)$`)
	seenNoSign = regexp.MustCompile(`^(.{0,8}?)\s*(\p{Lu}{2,4}\s*-\s*\p{Lu}[\pL]+)$`)
	serialSeen = regexp.MustCompile(`^\d{1,5}$`)
)

// seenNumber reads the symbol, which is printed, of a number whose serial is
// handwritten, and guesses the serial.
func (r *reader) seenNumber() bool {
	for _, c := range r.cells[:r.body] {
		n, ok := numberSeen(c.text)
		if !ok {
			continue
		}
		r.number = n
		r.symbols()
		value := ""
		if n.Serial != "" {
			value = n.String()
		}
		r.guessed("number", c, value)
		r.issue(issueSeenNumber)
		return true
	}
	return false
}

// numberSeen reads such a number; Serial is "" where it is not clear.
func numberSeen(text string) (citation.Number, bool) {
	cue := seenCue.FindString(text)
	if cue == "" || len(text) > 80 {
		return citation.Number{}, false
	}
	rest := strings.TrimRight(text[len(cue):], " .,;_-")
	for _, form := range []struct {
		re   *regexp.Regexp
		sign string
	}{{seenParty, "-"}, {seenState, "/"}, {seenNoSign, "/"}} {
		m := form.re.FindStringSubmatch(rest)
		if m == nil {
			continue
		}
		symbol := strings.Join(strings.Fields(m[2]), "")
		n, ok := citation.Blank("Số " + form.sign + symbol)
		if !ok || form.re == seenNoSign && n.Kind == "" {
			continue
		}
		if serial := strings.Join(strings.Fields(digitsSeen.Replace(m[1])), ""); serialSeen.MatchString(serial) {
			n.Serial = serial
		}
		return n, true
	}
	return citation.Number{}, false
}
