package bleveindex

import (
	"slices"
	"strings"
	"time"

	"vankien/indexer"
	"vankien/indexer/query"
	"vankien/storage"
)

// readAs says how the query was understood where that is not as it was typed.
func (s *search) readAs() string {
	var parts []string
	switch {
	case s.parsed.Empty() && strings.TrimSpace(s.query.Text) != "":
		return "mọi văn bản, vì câu tìm không có chữ hay số nào"
	case len(s.numbers) > 0:
		var names []string
		for _, c := range s.cited {
			if name := nameOf(c.Citation); len(c.documents) > 0 && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		parts = append(parts, strings.Join(names, ", "))
	case s.missing() != "":
		parts = append(parts, s.missing()+" (không có trong kho), theo các chữ đã gõ")
	case len(s.cited) == 1 && s.cited[0].known && s.query.Unit == indexer.Documents:
		parts = append(parts, nameOf(s.cited[0].Citation)+" (có trong kho, nhưng không đúng các điều kiện đã gõ hoặc đã chọn)")
	case s.parsed.Decoded != "":
		parts = append(parts, "“"+s.parsed.Decoded+"”")
	}
	parts = append(parts, s.conditions()...)
	for _, sense := range s.reading.senses {
		parts = append(parts, sense.Typed+": "+strings.Join(sense.Expansions, " hoặc "))
	}
	if s.unquoted {
		parts = append(parts, "theo các chữ, vì không đoạn nào có nguyên văn “"+strings.Join(s.parsed.Phrases, "”, “")+"”")
	}
	if s.reading.folded {
		parts = append(parts, "không phân biệt dấu, vì không nơi nào viết đúng dấu như đã gõ")
	}
	return strings.Join(parts, "; ")
}

// fieldLabels are the conditions for people.
var fieldLabels = map[query.FieldName]string{
	query.FieldKind: "loại", query.FieldIssuer: "cơ quan", query.FieldDate: "ban hành", query.FieldYear: "năm", query.FieldTerm: "khóa",
	query.FieldValidity: "hiệu lực", query.FieldNumber: "số", query.FieldTitle: "trích yếu có", query.FieldCites: "viện dẫn",
	query.FieldReplaces: "bị thay thế bởi", query.FieldBasedOn: "căn cứ",
}

// conditions are the query's conditions and exclusions for people.
func (s *search) conditions() []string {
	var parts []string
	for _, field := range s.parsed.Fields {
		said := strings.Join(field.Values, " hoặc ")
		switch {
		case field.Name == query.FieldValidity:
			labels := make([]string, len(field.Values))
			for i, value := range field.Values {
				labels[i] = strings.ToLower(validityLabels[storage.Validity(value)])
			}
			said = strings.Join(labels, " hoặc ")
		case field.Name == query.FieldIssuer && len(field.Values) > 1:
			said = strings.Join(field.Values[1:], " hoặc ")
		case field.Name == query.FieldDate && len(field.Values) > 0:
			said = spansOf(field.Values)
		case field.From != "" && field.To != "":
			said = "từ " + dayOf(field.From) + " đến " + dayOf(field.To)
		case field.From != "":
			said = "từ " + dayOf(field.From)
		case field.To != "":
			said = "đến " + dayOf(field.To)
		}
		label := fieldLabels[field.Name]
		if field.Not {
			label = "không phải " + label
		}
		parts = append(parts, label+" "+said)
	}
	for _, without := range s.parsed.Without {
		parts = append(parts, "không có “"+without+"”")
	}
	return parts
}

// spansOf are spans of dates as people write them.
func spansOf(spans []string) string {
	said := make([]string, len(spans))
	for i, span := range spans {
		from, to, _ := strings.Cut(span, "..")
		said[i] = dayOf(from) + "–" + dayOf(to)
	}
	return strings.Join(said, " hoặc ")
}

// dayOf is an ISO date as people write it.
func dayOf(iso string) string {
	day, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return day.Format("02/01/2006")
}

// missing is the one document that the query names and the library has not, ""
// where there is none such.
func (s *search) missing() string {
	q := s.query
	if q.Document != "" || q.Unit != indexer.Documents || len(s.cited) != 1 || s.cited[0].known || s.cited[0].Number.Serial == "" {
		return ""
	}
	return nameOf(s.cited[0].Citation)
}
