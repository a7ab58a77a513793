package query

import (
	"strings"
	"unicode"

	"vankien/analyzers"
	"vankien/indexer/citation"
)

// foreign are words of other languages that would read as residue.
var foreign = setOf(`test, post, fast, best, rest, text, next, tax, max, mix, box, fix, six, fox, his, has, is, as, us, was, or, of, for, far, her, car,
	pos, ios, bus, gas, plus, lux, tour, sport, top, fast, max, mars, marx, lens, cens, sos, sars, pass, less, boss, miss, mass, loss, class, cross, press,
	tests, posts, ads, aids, apps, doors, moon, soon, food, good, book, look, feed, need, see, free, meet, week, room, zoom, aff, off, staff, tw, dd, ddos,
	odd, add, cars, taxi, mini, hus, hr, ceo, covid, sex, faq, air, or, our, your, ours, four, forms, form, farm, term, terms, sorry, mars, java, data`)

// decode is words with the residue of Telex and VNI decoded, "" where there is
// none. Valid syllables, numbers, abbreviations and foreign words stay. A lone
// syllable with one digit behind it (mau2, bai5) is rather a number without its
// space than VNI.
func decode(words string) string {
	var residue []analyzers.Token
	decoded := make(map[int]string) // by where the token begins
	strange, sure := 0, 0
	found := citation.Find(words)
	for _, t := range analyzers.Tokenize(words) {
		for len(found) > 0 && found[0].End <= t.Start {
			found = found[1:]
		}
		typed := words[t.Start:t.End]
		if len(found) > 0 && found[0].Start <= t.Start || len(expand(t.Term)) > 0 || symbolsTyped[t.Term] || !strings.ContainsFunc(typed, unicode.IsLetter) {
			continue
		}
		to, ok := analyzers.TelexDecode(typed)
		switch {
		case foreign[t.Term] || !ok && ascii(typed) && !analyzers.PlausibleFolded(typed) && typed != strings.ToUpper(typed):
			strange++
		case ok && !(typed == strings.ToUpper(typed) && len(typed) < 5):
			residue = append(residue, t)
			decoded[t.Start] = to
			if digits := strings.IndexFunc(typed, unicode.IsDigit); digits < 0 || digits < len(typed)-1 {
				sure++
			}
		}
	}
	if strange > len(residue) || sure == 0 && len(residue) < 2 || len(residue) == 0 {
		return ""
	}
	var b strings.Builder
	end := 0
	for _, t := range residue {
		b.WriteString(words[end:t.Start])
		b.WriteString(decoded[t.Start])
		end = t.End
	}
	b.WriteString(words[end:])
	return b.String()
}

func ascii(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII })
}
