package bibliography

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// BibTeX is an entry for LaTeX: a @techreport, which knows kind, number and
// institution, where issuer and year are printed as that needs, else a @misc.
// It is UTF-8 with LaTeX's own characters escaped, and its braces balance.
func (r Reference) BibTeX() string {
	facts := r.Document.Facts
	day, dated := r.issued()
	by := r.issuers()
	kind, number := capital(printed(facts.Kind)), printed(facts.Number)
	entry := "misc"
	var out strings.Builder
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&out, "  %-12s = %s,\n", name, value)
		}
	}
	if len(by) > 0 { // a second pair of braces keeps a body from being split like a person's name
		protected := make([]string, len(by))
		for i, body := range by {
			protected[i] = "{" + latex(body) + "}"
		}
		field("author", "{"+strings.Join(protected, " and ")+"}")
	}
	field("title", "{"+braced(r.name())+"}")
	if len(by) > 0 && dated {
		entry = "techreport"
		field("institution", braced(strings.Join(by, ", ")))
		field("type", braced(kind))
		field("number", braced(number))
	} else if number != "" {
		field("howpublished", braced(designation(facts)))
	} else {
		field("howpublished", braced(kind))
	}
	if dated {
		field("year", "{"+strconv.Itoa(day.Year())+"}")
		field("month", months[day.Month()])
		field("day", "{"+strconv.Itoa(day.Day())+"}")
	}
	field("address", braced(printed(facts.Place)))
	if r.Page > 0 {
		field("pages", "{"+strconv.Itoa(r.Page)+"}")
	}
	field("note", braced(line(r.Section)))
	field("url", verbatim(r.URL))
	field("langid", "{vietnamese}")
	return "@" + entry + "{" + r.Key() + ",\n" + strings.TrimSuffix(out.String(), ",\n") + "\n}\n"
}

// months are the macros that every style defines.
var months = map[time.Month]string{
	time.January: "jan", time.February: "feb", time.March: "mar", time.April: "apr", time.May: "may", time.June: "jun",
	time.July: "jul", time.August: "aug", time.September: "sep", time.October: "oct", time.November: "nov", time.December: "dec",
}

// escapes write LaTeX's characters. Braces are named, as BibTeX counts them
// whatever stands before them.
var escapes = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`, `#`, `\#`, `$`, `\$`, `%`, `\%`, `&`, `\&`, `_`, `\_`,
	`^`, `\textasciicircum{}`, `~`, `\textasciitilde{}`,
)

func latex(s string) string { return escapes.Replace(s) }

func braced(s string) string {
	if s == "" {
		return ""
	}
	return "{" + latex(s) + "}"
}

// verbatim is an address, which \url prints as it stands.
func verbatim(address string) string {
	if address == "" {
		return ""
	}
	return "{" + strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C", " ", "%20").Replace(address) + "}"
}
