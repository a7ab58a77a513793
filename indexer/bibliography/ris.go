package bibliography

import (
	"strconv"
	"strings"
)

// RIS is a record for reference managers. GOVDOC is what EndNote has for papers
// of an authority; Zotero makes a report of it, with its number, kind and
// institution.
func (r Reference) RIS() string {
	facts := r.Document.Facts
	var out strings.Builder
	tag := func(name, value string) {
		if value = line(value); value != "" {
			out.WriteString(name + "  - " + value + "\r\n")
		}
	}
	tag("TY", "GOVDOC")
	tag("ID", r.Key())
	by := r.issuers()
	for _, body := range by { // a comma would part a family name from a given one
		tag("AU", strings.ReplaceAll(body, ",", " –"))
	}
	tag("TI", r.name())
	if day, ok := r.issued(); ok {
		tag("PY", strconv.Itoa(day.Year()))
		tag("DA", day.Format("2006/01/02/"))
	} else if year := facts.Issued.Year(); year > 0 {
		tag("PY", strconv.Itoa(year))
	}
	tag("PB", strings.Join(by, ", "))
	tag("CY", string(facts.Place))
	tag("M3", capital(printed(facts.Kind)))
	tag("SN", string(facts.Number))
	if r.Page > 0 {
		tag("SP", strconv.Itoa(r.Page))
	}
	tag("SE", r.Section)
	tag("LA", "vi")
	tag("UR", r.URL)
	out.WriteString("ER  - \r\n")
	return out.String()
}
