package citation

// term is a congress term of the Party: it begins on the day the congress
// closed, when the new Central Committee took over.
type term struct{ numeral, start string }

// terms, newest first. Sources: the closing days of the congresses as the
// Party's documents give them.
var terms = []term{
	{"XIV", "2026-01-23"},
	{"XIII", "2021-02-01"},
	{"XII", "2016-01-28"},
	{"XI", "2011-01-19"},
	{"X", "2006-04-25"},
	{"IX", "2001-04-22"},
	{"VIII", "1996-07-01"},
	{"VII", "1991-06-27"},
	{"VI", "1986-12-18"},
	{"V", "1982-03-31"},
	{"IV", "1976-12-20"},
	{"III", "1960-09-10"},
	{"II", "1951-02-19"},
	{"I", "1935-03-31"},
}

// nextCongress is the first day on which the term XIV may be over: a congress
// meets every five years, and nobody knows the day of the next.
const nextCongress = "2031-01-01"

// TermOf is the congress term (khóa) of the Party in which an ISO date falls,
// in Roman numerals: "XIII". "" where it is no date, before the first congress
// or beyond the last known term.
func TermOf(isoDate string) string {
	if !isISO(isoDate) || isoDate >= nextCongress {
		return ""
	}
	for _, t := range terms {
		if isoDate >= t.start {
			return t.numeral
		}
	}
	return ""
}
