package query

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer/citation"
)

// maxValue is the most bytes of a value without quotes that is looked at.
const maxValue = 200

// readValue reads one value of a field; nil where it makes no sense there.
func readValue(name FieldName, text string, quoted bool) []string {
	if len(text) > maxValue && !quoted || text == "" {
		return nil
	}
	switch name {
	case FieldKind:
		return kindNames(text)
	case FieldIssuer:
		return issuerNames(text, quoted)
	case FieldTerm:
		folded := analyzers.FoldText(text)
		if numeral := termNumeral(strings.TrimPrefix(folded, "khoa ")); numeral != "" {
			return []string{numeral}
		}
		return nil
	case FieldValidity:
		return validities[strings.Join(strings.FieldsFunc(analyzers.FoldText(text), func(r rune) bool { return r == ' ' || r == '_' || r == '-' }), " ")]
	}
	return numberValue(name, text, quoted)
}

// underscored is a text whose words may be joined by underscores, with single blanks.
func underscored(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "_", " ")), " ")
}

var spaced = strings.NewReplacer("-", " ", "_", " ")

// kindNames are the kinds that a name, a symbol or a slug stands for.
func kindNames(text string) []string {
	if k, ok := citation.KindByName(spaced.Replace(text)); ok {
		return []string{k.Name}
	}
	if strings.EqualFold(text, "QĐi") || strings.EqualFold(text, "QDi") { // printed in 2018 to tell the two apart
		return []string{"Quy định"}
	}
	var names []string
	for _, k := range citation.KindsBySymbol(text) {
		names = append(names, k.Name)
	}
	return distinct(names)
}

var numerals = []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII", "XVIII", "XIX", "XX"}

// termNumeral is a term in Roman numerals, from those or from digits; "" where
// there cannot be such a term.
func termNumeral(text string) string {
	if n, err := strconv.Atoi(text); err == nil && n > 0 && n < len(numerals) {
		return numerals[n]
	}
	upper := strings.ToUpper(text)
	if upper != "" && slices.Contains(numerals, upper) {
		return upper
	}
	return ""
}

// validities are what people call the states of storage.Validity. What was
// amended is still in force.
var validities = map[string][]string{
	"con": {"in_force", "amended"}, "con hieu luc": {"in_force", "amended"}, "dang co hieu luc": {"in_force", "amended"}, "co hieu luc": {"in_force", "amended"},
	"het": {"replaced", "repealed"}, "het hieu luc": {"replaced", "repealed"}, "khong con": {"replaced", "repealed"}, "khong con hieu luc": {"replaced", "repealed"},
	"chua": {"not_yet_in_force"}, "chua co hieu luc": {"not_yet_in_force"}, "chua co": {"not_yet_in_force"}, "sap co hieu luc": {"not_yet_in_force"},
	"chua xac minh": {"unverified"}, "chua ro": {"unverified"}, "khong ro": {"unverified"},
	"thay the": {"replaced"}, "bi thay the": {"replaced"}, "da thay the": {"replaced"}, "da bi thay the": {"replaced"},
	"bai bo": {"repealed"}, "bi bai bo": {"repealed"}, "da bai bo": {"repealed"}, "da bi bai bo": {"repealed"},
	"sua doi": {"amended"}, "duoc sua doi": {"amended"}, "da sua doi": {"amended"}, "sua doi bo sung": {"amended"}, "da duoc sua doi": {"amended"},
	"in force": {"in_force"}, "amended": {"amended"}, "replaced": {"replaced"}, "repealed": {"repealed"}, "not yet in force": {"not_yet_in_force"}, "unverified": {"unverified"},
}

// numberValue accepts a document number, with the name of its kind and a date
// or year behind it where they are typed; but for FieldCites digits alone, too. A
// basis in quotes may have no number: "Điều lệ Đảng".
func numberValue(name FieldName, text string, quoted bool) []string {
	named := quoted && name == FieldBasedOn && strings.ContainsFunc(text, unicode.IsLetter)
	if named || name != FieldCites && len(text) <= 4 && allDigits(text) {
		return []string{text}
	}
	found := citation.Find(text)
	if len(found) != 1 || strings.ContainsFunc(text[:found[0].Start], wordRune) {
		return nil
	}
	rest := analyzers.FoldText(strings.TrimLeft(text[found[0].End:], " ,("))
	rest = strings.TrimRight(rest, " )")
	if _, dated := readPoint(rest); rest != "" && !dated {
		return nil
	}
	return []string{text}
}

func allDigits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// issuerNames accepts a body: as typed, and the names that a symbol or an
// abbreviation stands for. In quotes any body may be meant; without, one that
// is known, capitals, or a name that begins as bodies' names do.
func issuerNames(text string, quoted bool) []string {
	text = underscored(trimmed(text))
	if strings.ToLower(text) == text && !strings.Contains(text, " ") {
		text = strings.ReplaceAll(text, "-", " ") // a slug: "ban-bi-thu"
	}
	folded, words := analyzers.FoldText(text), strings.Fields(text)
	switch {
	case text == "":
		return nil
	case knownBody(folded), placedBody(words):
		return []string{text}
	}
	values := []string{text}
	for _, name := range expand(text) {
		if knownBody(analyzers.FoldText(name)) {
			values = append(values, name)
		}
	}
	for _, b := range citation.BodiesBySymbol(text) {
		values = append(values, b.Name)
	}
	if len(values) > 1 || quoted || len(words) == 1 && symbol(text) || unknownBody(words) {
		return values
	}
	return nil
}

// symbol tells whether text looks like the symbol of a body: "SYT-NVY".
func symbol(text string) bool {
	return alone(text) && utf8.RuneCountInString(text) <= 24 && strings.ToUpper(text) == text && !strings.ContainsAny(text, "0123456789")
}

// unknownBody tells whether words may be the name of a body that only its own
// province knows ("Sở Nội vụ"); not where they go on behind a known one.
func unknownBody(words []string) bool {
	folded := strings.Fields(analyzers.FoldText(strings.Join(words, " ")))
	if len(folded) < 2 || len(folded) > 5 || !bodyHeads[folded[0]] {
		return false
	}
	for i, word := range folded {
		if i > 0 && (connectives[word] || knownBody(strings.Join(folded[:i+1], " "))) {
			return false
		}
	}
	return true
}

// connectives never stand in the name of a body that is typed without quotes.
var connectives = setOf("ve, cua, do, trong, tu, den, theo, nghi, ngay, khoa, so")
