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

// Parse reads a number as a document prints it, whatever stands in it; Serial
// is "" only where it does not begin with digits. Unlike Find it takes the
// whole of printed for a number, irregular symbols included.
func Parse(printed string) Number {
	for _, c := range Find(printed) {
		if strings.TrimSpace(printed[:c.NumberStart]) == "" && strings.TrimSpace(printed[c.End:]) == "" {
			return c.Number
		}
	}
	rest := strings.Join(strings.Fields(nfc(printed)), "")
	n := Number{Serial: rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]}
	if n.Serial == "" {
		return Number{}
	}
	first, rest, _ := strings.Cut(strings.TrimLeft(rest[len(n.Serial):], "-/"), "/")
	if year, err := strconv.Atoi(first); err == nil && plausibleYear(year) {
		n.Year = year
	} else {
		rest = strings.TrimSuffix(first+"/"+rest, "/")
	}
	kind, issuer, parted := strings.Cut(strings.Replace(rest, "/", "-", 1), "-")
	if found := KindsBySymbol(kind); parted && len(found) > 0 {
		n.Kind, n.Issuer = found[0].Symbol, issuer
	} else {
		n.Issuer = rest
	}
	return n
}

// Citation is a document named in a text, by its number or without one.
type Citation struct {
	Raw         string // text[Start:End]
	Start, End  int    // bytes; from the kind's name or "số" on, where one stands before the number
	NumberStart int    // bytes; where the number itself begins; Start where there is none
	Number      Number // zero where the document is named without its number
	Said        string // the kind as the text names it ("Quy định"), "" where it does not
	Date        string // ISO 8601, where a date follows the number; else ""
	Year        int    // where a bare year follows ("41/2021", "năm 2023"); else 0

	Term     string   // congress term in Roman numerals ("khóa XIII", "khoá 13", "nhiệm kỳ Đại hội XIII"); else ""
	Plenum   int      // of the Central Committee ("Hội nghị Trung ương 5"); else 0
	Pinpoint Pinpoint // where in the document ("Khoản 3, Điều 5")
	Nickname string   // of a document or a set, without a number, as the table of nicknames writes it
	From, To int      // bytes; all that was read for the citation, pinpoint, date and term included; 0, 0 by Find

	Guess bool   // by FindTyped alone: no number at all, unless a Register knows it
	Typed string // by FindTyped alone: the text from the number on, for a Register to find other ends of it
}

// Find returns every document number in text, in order, none overlapping.
// Years, spans, pages, articles and dates are not document numbers. A number
// without a symbol counts only after the name or the symbol of a kind. Of what
// stands around a number it reads only the date or year right behind it; Term,
// Plenum, Pinpoint, From and To are for Cited.
func Find(text string) []Citation { return plainCitations(lex(text).read()) }

// Cited returns what Find does and the documents that text names without a
// number: by the plenum or the congress that passed them ("Nghị quyết Trung
// ương 4 khóa XI") or by a nickname ("bộ tứ trụ cột"). It reads the dates,
// terms and plenums that stand farther from a number, too.
func Cited(text string) []Citation {
	p := lex(text)
	p.far = true
	return plainCitations(p.read())
}

func plainCitations(all []found) []Citation {
	var cited []Citation
	for _, f := range all {
		cited = append(cited, f.Citation)
	}
	return cited
}
