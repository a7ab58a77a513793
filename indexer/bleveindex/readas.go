package bleveindex

import (
	"slices"
	"strings"

	"vankien/indexer"
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
	case s.parsed.Decoded != "":
		parts = append(parts, "“"+s.parsed.Decoded+"”")
	}
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

// missing is the one document that the query names and the library has not, ""
// where there is none such, or where filters may have kept it out.
func (s *search) missing() string {
	q := s.query
	whole := len(q.Filters) == 0 && q.From == "" && q.To == "" && q.Document == "" && len(s.parsed.Fields) == 0
	if !whole || q.Unit != indexer.Documents || len(s.cited) != 1 || s.cited[0].Number.Serial == "" {
		return ""
	}
	return nameOf(s.cited[0].Citation)
}
