package bleveindex

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/storage"
)

// readAs says in a clause how the query was understood, "" where it is but
// words. What had to hold is said of the documents ("nghị quyết ban hành năm
// 2022"), what only orders them behind "ưu tiên".
func (s *search) readAs() string {
	if s.parsed.Empty() && strings.TrimSpace(s.query.Text) != "" {
		return "mọi văn bản, vì câu tìm không có chữ hay số nào"
	}
	asked := s.asked()
	named, missing := s.named()
	var parts []string
	switch {
	case missing:
		parts = append(parts, named+", theo các chữ đã gõ")
		if asked.conditional() {
			parts = append(parts, asked.String())
		}
	case named != "":
		asked.subject = named
		parts = append(parts, asked.String())
	case asked.conditional():
		parts = append(parts, asked.String())
	case s.parsed.Decoded != "":
		parts = append(parts, "“"+s.parsed.Decoded+"”")
	}
	if preferred := s.preferred(); preferred != "" {
		parts = append(parts, "ưu tiên "+preferred)
	}
	if s.wish.ordered {
		parts = append(parts, "mới nhất xếp trước")
	}
	for _, sense := range s.reading.senses {
		parts = append(parts, sense.Typed+" là "+strings.Join(sense.Expansions, " hoặc "))
	}
	if s.unquoted {
		parts = append(parts, "theo các chữ, vì không đoạn nào có nguyên văn "+quoted(s.parsed.Phrases, " và "))
	}
	if s.reading.folded {
		parts = append(parts, "không phân biệt dấu, vì không nơi nào viết đúng dấu như đã gõ")
	}
	return strings.Join(parts, "; ")
}

// named are the documents that the query names; missing where the library has
// none of them or the conditions keep it out, so that the words count.
func (s *search) named() (names string, missing bool) {
	var all []string
	for _, c := range s.cited {
		if name := s.nameOf(c); (len(s.numbers) == 0 || len(c.documents) > 0) && !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	names = strings.Join(all, ", ")
	switch {
	case len(s.numbers) > 0:
		return names, false
	case s.missing() != "":
		return s.missing() + " (không có trong kho)", true
	case len(s.cited) == 1 && s.cited[0].known && s.query.Unit == indexer.Documents:
		return names + " (có trong kho, nhưng không đúng các điều kiện đã gõ hoặc đã chọn)", true
	}
	return "", false
}

// missing is the one document that the query names and the library has not, ""
// where there is none such.
func (s *search) missing() string {
	q := s.query
	if q.Document != "" || q.Unit != indexer.Documents || len(s.cited) != 1 || s.cited[0].known || s.cited[0].Number.Serial == "" {
		return ""
	}
	return s.nameOf(s.cited[0])
}

// nameOf is how people call what a citation means: "Điều 3 Quy định số
// 17-QĐ/TU" where it is one document, "nghị quyết số 12" where it may be
// several or none.
func (s *search) nameOf(c cited) string {
	var name string
	switch {
	case c.Number.Serial != "":
		name = s.numberName(c)
	case c.Nickname != "":
		name = c.Nickname
	case c.Plenum > 0:
		name = cmp.Or(c.Said, "văn kiện") + " " + citation.PlenumName(c.Plenum, c.Term)
	default:
		name = strings.Join(strings.Fields(c.Raw), " ")
	}
	if c.Number.Serial != "" {
		switch {
		case c.Date != "":
			name += ", ngày " + indexer.DisplayDate(storage.Date(c.Date))
		case c.Year != 0 && c.Number.Year == 0:
			name += fmt.Sprintf(" năm %d", c.Year)
		}
	}
	if c.Pinpoint.Zero() {
		return name
	}
	place := c.Pinpoint.String()
	if strings.Contains(place, ", ") {
		place += ","
	}
	return place + " " + name
}

// numberName is a number with the kind before it.
func (s *search) numberName(c cited) string {
	if len(c.documents) == 1 {
		facts := s.view.catalogue.listings[c.documents[0]].Document.Facts
		if facts.Number != "" {
			return cmp.Or(string(facts.Kind), "Văn bản") + " số " + string(facts.Number)
		}
	}
	var kinds []string
	for _, document := range c.documents {
		kinds = appendNew(kinds, strings.ToLower(string(s.view.catalogue.listings[document].Document.Facts.Kind)))
	}
	if len(kinds) == 0 && c.Said != "" {
		if kind, known := citation.KindByName(c.Said); known {
			kinds = append(kinds, strings.ToLower(kind.Name))
		}
	}
	if len(kinds) == 0 {
		for _, kind := range citation.KindsBySymbol(c.Number.Kind) {
			kinds = appendNew(kinds, strings.ToLower(kind.Name))
		}
	}
	number := c.Number.String()
	if c.Number.Issuer == "" && len(kinds) > 0 { // the kind says what stands behind the dash
		number, _, _ = strings.Cut(number, "-"+c.Number.Kind)
	}
	return cmp.Or(strings.Join(kinds, " hoặc "), "văn bản") + " số " + number
}

func appendNew(list []string, value string) []string {
	if value == "" || slices.Contains(list, value) {
		return list
	}
	return append(list, value)
}

// preferred is what the query's words hint at, "" for nothing.
func (s *search) preferred() string {
	h := s.parsed.Hints.At(time.Now())
	var out clause
	for _, kind := range h.Kinds {
		out.kinds = appendNew(out.kinds, strings.ToLower(kind))
	}
	out.issuers = s.issuerNames(h.Issuers)
	dated := slices.ContainsFunc(s.cited, func(c cited) bool { return c.Date != "" || c.Year != 0 })
	if (h.From != "" || h.To != "") && !dated { // the number's own date stands beside it
		out.add("ban hành " + spanName(h.From, h.To))
	}
	switch {
	case h.Plenum > 0:
		out.add("của " + citation.PlenumName(h.Plenum, h.Term))
	case h.Term != "":
		out.add("khóa " + h.Term)
	}
	if len(out.kinds)+len(out.issuers)+len(out.more) == 0 {
		return ""
	}
	return out.String()
}

// quoted are texts in quotes.
func quoted(texts []string, between string) string {
	return "“" + strings.Join(texts, "”"+between+"“") + "”"
}

// wordy tells whether a text has anything to read.
func wordy(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
