// Package citation is the one grammar of Vietnamese document numbers: it
// reads the numbers that papers print and people type, in whatever spelling,
// and writes them in one normal form.
//
// The Party writes number-KIND/ISSUER (21-NQ/TW), the State
// number/year/KIND-ISSUER (30/2020/NĐ-CP) or number/KIND-ISSUER
// (1630/QĐ-TTg); an official letter carries no kind (2096/SYT-NVY), nor does a
// law (45/2019/QH14). Numbers restart with each congress term, so a number
// names a document only together with its date.
//
// Everything here is a pure function over any bytes, safe for concurrent use,
// and takes time linear in its input.
package citation

import (
	"strconv"
	"strings"
)

// Number is a document number in its parts, each in its normal spelling.
type Number struct {
	Serial string // as printed: "06", "30c", "66.19"; digits first, never empty in a number
	Year   int    // only where it is part of the number, as in 30/2020/NĐ-CP; else 0
	Kind   string // symbol of the kind, "" in letters and laws; QĐi is read as QĐ
	Issuer string // symbol of the body: "TW", "CP", "SYT-NVY", "QH14"; "" where missing
	Party  bool   // written as the Party does: number-KIND/ISSUER
}

// String is the normal form: no spaces, the signs where the number's own
// order has them, "21-NQ" where the issuer is missing.
func (n Number) String() string {
	var b strings.Builder
	b.WriteString(n.Serial)
	if n.Year != 0 {
		b.WriteString("/" + strconv.Itoa(n.Year))
	}
	switch {
	case n.Kind == "" && n.Issuer == "":
	case n.Kind == "":
		b.WriteString("/" + n.Issuer)
	case n.Issuer == "" && n.Year == 0:
		b.WriteString("-" + n.Kind)
	case n.Issuer == "":
		b.WriteString("/" + n.Kind)
	case n.Party:
		b.WriteString("-" + n.Kind + "/" + n.Issuer)
	default:
		b.WriteString("/" + n.Kind + "-" + n.Issuer)
	}
	return b.String()
}

// Key is the number's form for comparison; see the function Key.
func (n Number) Key() string {
	n.Serial = strings.TrimLeft(n.Serial, "0")
	if n.Serial == "" || n.Serial[0] < '0' || n.Serial[0] > '9' {
		n.Serial = "0" + n.Serial
	}
	return strings.ToUpper(n.String())
}

// Key is a form of number under which two spellings of one number are equal
// and two numbers never: the normal form in capitals, without spaces and
// without leading zeros (01-NQ/TW is 1-NQ/TW). What is no document number is
// compared letter by letter.
func Key(number string) string {
	for _, c := range Find(number) {
		if strings.TrimSpace(number[:c.NumberStart]) == "" && strings.TrimSpace(number[c.End:]) == "" {
			return c.Number.Key()
		}
	}
	return strings.ToUpper(strings.Join(strings.Fields(nfc(number)), ""))
}

// Citation is a document number found in a text.
type Citation struct {
	Raw         string // text[Start:End]
	Start, End  int    // bytes; from the kind's name or "số" on, where one stands before the number
	NumberStart int    // bytes; where the number itself begins
	Number      Number
	Said        string // the kind as the text names it ("Quy định"), "" where it does not
	Date        string // ISO 8601, where a date follows the number; else ""
	Year        int    // where a bare year follows ("41/2021", "năm 2023"); else 0
}

// Find returns every document number in text, in order, none overlapping.
// Years, spans, pages, articles and dates are not document numbers. A number
// without a symbol counts only after the name or the symbol of a kind.
func Find(text string) []Citation {
	p := lex(text)
	var found []Citation
	for i := 0; i < len(p.tokens); {
		next := i + 1
		if p.tokens[i].kind == number {
			if group, after := p.citations(i); len(group) > 0 {
				found, next = append(found, group...), after
			}
		}
		i = next
	}
	return found
}
