package bleveindex

import (
	"strings"
	"time"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/query"
	"vankien/storage"
)

// clause describes documents as an editor would: "nghị quyết của Bộ Chính trị
// ban hành năm 2018, có nguyên văn “tự diễn biến”, trừ văn bản khóa XII".
type clause struct {
	subject string   // what is described, where that is no kind
	kinds   []string // alternatives
	issuers []string
	more    []string // further properties, each a phrase that follows the noun
	with    []string // what the text has
	without []string
	topic   string // words beside all of that
}

func (c *clause) add(property string) { c.more = append(c.more, property) }

// conditional tells whether the clause says more than the words that were typed.
func (c *clause) conditional() bool {
	return len(c.kinds)+len(c.issuers)+len(c.more)+len(c.with)+len(c.without) > 0
}

// noun is the document with what follows it without a comma.
func (c *clause) noun() string {
	noun := c.subject
	switch {
	case noun != "" && len(c.kinds) > 0:
		noun += ", " + strings.Join(c.kinds, " hoặc ")
	case noun == "":
		noun = strings.Join(c.kinds, " hoặc ")
	}
	if noun == "" {
		noun = "văn bản"
	}
	if len(c.issuers) > 0 {
		noun += " của " + strings.Join(c.issuers, " hoặc ")
	}
	for i, property := range c.more {
		if i > 0 {
			noun += ","
		}
		noun += " " + property
	}
	return noun
}

func (c *clause) String() string {
	parts := []string{c.noun()}
	if c.topic != "" {
		parts[0] += " nói về “" + c.topic + "”"
	}
	parts = append(parts, c.with...)
	if len(parts) > 1 && c.topic == "" && c.subject == "" { // “văn bản có nguyên văn …”
		parts = append([]string{parts[0] + " " + parts[1]}, parts[2:]...)
	}
	for i, without := range c.without {
		if i == 0 {
			parts = append(parts, "trừ "+without)
		} else {
			parts = append(parts, without)
		}
	}
	return strings.Join(parts, ", ")
}

// asked is what the query's conditions, quotes and exclusions ask for.
func (s *search) asked() clause {
	var asked clause
	for _, field := range s.parsed.Fields {
		if field.Not {
			var not clause
			s.describe(&not, field)
			asked.without = append(asked.without, not.String())
			continue
		}
		s.describe(&asked, field)
	}
	if len(s.parsed.Phrases) > 0 && !s.unquoted {
		asked.with = append(asked.with, "có nguyên văn "+quoted(s.parsed.Phrases, " và "))
	}
	for _, alternatives := range s.parsed.Must {
		asked.with = append(asked.with, "có "+quoted(alternatives, " hoặc "))
	}
	if len(s.parsed.Without) > 0 {
		asked.without = append(asked.without, "văn bản có "+quoted(s.parsed.Without, " hoặc "))
	}
	if asked.conditional() && len(s.numbers) == 0 {
		asked.topic = s.otherWords()
	}
	return asked
}

// otherWords are the words that stand in no quotes and in no alternative.
func (s *search) otherWords() string {
	words := s.parsed.Text()
	if s.unquoted {
		return strings.Join(strings.Fields(words), " ")
	}
	cut := func(text string) {
		if before, after, found := strings.Cut(words, text); found {
			words = before + " " + after
		}
	}
	for _, phrase := range s.parsed.Phrases {
		cut(phrase)
	}
	for _, alternatives := range s.parsed.Must {
		for _, alternative := range alternatives {
			cut(alternative)
		}
	}
	if !wordy(words) {
		return ""
	}
	return strings.Trim(strings.Join(strings.Fields(words), " "), " ,;.:-")
}

// describe adds a condition to a clause, whether it excludes or not.
func (s *search) describe(c *clause, field query.Field) {
	either := strings.Join(field.Values, " hoặc ")
	switch field.Name {
	case query.FieldKind:
		for _, kind := range field.Values {
			c.kinds = appendNew(c.kinds, strings.ToLower(kind))
		}
	case query.FieldIssuer:
		c.issuers = append(c.issuers, s.withFormers(s.issuerNames(field.Values), field.Values)...)
	case query.FieldDate:
		spans := []string{spanName(field.From, field.To)}
		if len(field.Values) > 0 {
			spans = nil
			for _, value := range field.Values {
				from, to, _ := strings.Cut(value, "..")
				spans = append(spans, spanName(from, to))
			}
		}
		c.add("ban hành " + strings.Join(spans, " hoặc "))
	case query.FieldYear:
		c.add("ban hành năm " + either)
	case query.FieldTerm:
		c.add("khóa " + either)
	case query.FieldValidity:
		c.add(validityNames(field.Values))
	case query.FieldNumber:
		c.add("số " + either)
	case query.FieldTitle:
		c.with = append(c.with, "trích yếu có "+quoted(field.Values, " hoặc "))
	case query.FieldCites:
		c.add("viện dẫn " + either)
	case query.FieldReplaces:
		c.add("đã được " + either + " thay thế")
	case query.FieldBasedOn:
		c.add("căn cứ " + either)
	}
}

// validityNames are validities that a reader asks for together.
func validityNames(values []string) string {
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = strings.ToLower(validityLabels[storage.Validity(value)])
	}
	said := strings.Join(names, " hoặc ")
	if len(values) == 2 {
		switch storage.Validity(values[0]) {
		case storage.InForce:
			return "còn hiệu lực, kể cả đã sửa đổi"
		case storage.Replaced:
			return "hết hiệu lực (" + said + ")"
		}
	}
	return said
}

// spanName is a span of days as people call it: a day, a month, a year, years.
func spanName(from, to string) string {
	first, errFrom := time.Parse(time.DateOnly, from)
	last, errTo := time.Parse(time.DateOnly, to)
	newYear, yearsEnd := first.Month() == 1 && first.Day() == 1, last.Month() == 12 && last.Day() == 31
	switch {
	case errFrom != nil && errTo != nil:
		return ""
	case errFrom != nil && yearsEnd:
		return "đến hết năm " + last.Format("2006")
	case errFrom != nil:
		return "đến ngày " + dayOf(to)
	case errTo != nil && newYear:
		return "từ năm " + first.Format("2006")
	case errTo != nil:
		return "từ ngày " + dayOf(from)
	case from == to:
		return "ngày " + dayOf(from)
	case newYear && yearsEnd && first.Year() == last.Year():
		return "năm " + first.Format("2006")
	case newYear && yearsEnd:
		return "từ năm " + first.Format("2006") + " đến năm " + last.Format("2006")
	case first.Day() == 1 && first.AddDate(0, 1, -1).Equal(last):
		return "tháng " + first.Format("1/2006")
	}
	return "từ ngày " + dayOf(from) + " đến ngày " + dayOf(to)
}

func dayOf(iso string) string { return indexer.DisplayDate(storage.Date(iso)) }

// issuerNames are bodies as the library spells them: each value as the names of
// issuers have it, without those that others say already ("BTC" is followed by
// what it stands for).
func (s *search) issuerNames(values []string) []string {
	var names []string
	for _, value := range values {
		if name := s.view.catalogue.issuerName(value); name != "" {
			names = appendNew(names, name)
		}
	}
	if len(names) > 0 {
		return names
	}
	if len(values) > 1 {
		values = values[1:]
	}
	return values
}

// issuerName is how the issuers of the library spell a body, "" where none has it.
func (c *catalogue) issuerName(value string) string {
	folded := spaced(value)
	for _, l := range c.listings {
		if !strings.Contains(l.issuer, folded) {
			continue
		}
		for _, issuer := range []string{l.values[indexer.FacetIssuer].Label, string(l.Document.Facts.Issuer)} {
			tokens := analyzers.Tokenize(issuer)
			words := len(strings.Fields(folded))
			for i := 0; words > 0 && i+words <= len(tokens); i++ {
				printed := issuer[tokens[i].Start:tokens[i+words-1].End]
				if spaced(printed) == folded {
					return printed
				}
			}
		}
		return ""
	}
	return ""
}
