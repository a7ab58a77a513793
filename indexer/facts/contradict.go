package facts

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

// compare looks for what contradicts what.
func (r *reader) compare(pages []storage.Page) {
	r.dropBroken()
	f := &r.facts
	if r.number.Kind != "" && r.kindAt >= 0 && f.KindSymbol != "" {
		printed, _ := citation.KindByName(string(f.Kind))
		if printed.Symbol != "" && !strings.EqualFold(printed.Symbol, r.number.Kind) && r.number.Kind != "VBHN" {
			r.issue("Ký hiệu " + r.number.Kind + " trong số văn bản không khớp với thể loại “" + string(f.Kind) + "” in trên văn bản.")
		}
	}
	if r.number.Year != 0 && f.Issued != "" && f.Issued.Year() != r.number.Year {
		r.issue("Năm trong số văn bản " + string(f.Number) + " khác năm ban hành " + string(f.Issued[:4]) + ".")
	}
	if f.Effective != "" && f.Issued != "" && f.Effective < f.Issued {
		r.issue("Ngày có hiệu lực sớm hơn ngày ban hành.")
	}
	r.checkAuthority()
	r.compareNumbers(pages)
	r.compareDates()
	r.missing()
}

// missing lists the facts that every document has and this one does not show.
func (r *reader) missing() {
	f := &r.facts
	numbered := r.paper.name == ""
	for _, missing := range []struct {
		empty bool
		what  string
	}{
		{f.Number == "" && f.Evidence["number"].Page == 0 && numbered, "số văn bản"},
		{f.Issued == "" && f.Evidence["issued"].Page == 0 && numbered, "ngày ban hành"},
		{f.Kind == "", "thể loại văn bản"},
		{f.Title == "", "trích yếu"},
		{f.Issuer == "" && !r.paper.byPerson, "cơ quan ban hành"},
	} {
		if missing.empty {
			r.issue("Không đọc được " + missing.what + ".")
		}
	}
}

// issuedWith is how an annex names the document that it belongs to.
var issuedWith = regexp.MustCompile(`^\(?(ban hanh )?kem theo `)

// compareNumbers compares the number in its own place with the one that the
// title line or an annex gives this document: of the same kind, from the same
// body, of the same day or none.
func (r *reader) compareNumbers(pages []storage.Page) {
	own := r.facts.Number
	if own == "" {
		return
	}
	tell := func(c cell, others []citation.Citation) bool {
		for _, o := range others {
			if o.Number.Kind != r.number.Kind || !strings.EqualFold(o.Number.Issuer, r.number.Issuer) || o.Number.Key() == r.number.Key() ||
				o.Date != "" && r.facts.Issued != "" && o.Date != string(r.facts.Issued) {
				continue
			}
			r.issue("Số văn bản ở phần đầu là " + string(own) + " nhưng chỗ khác của văn bản ghi " + o.Number.String() + " (“" + c.line + "”).")
			return true
		}
		return false
	}
	if r.kindAt >= 0 && r.kindRest != "" {
		rest := r.cells[r.kindAt]
		if fold := analyzers.FoldText(r.kindRest); (strings.HasPrefix(fold, "so ") || strings.HasPrefix(fold, "cua ")) && tell(rest, citation.Find(rest.text)) {
			return
		}
	}
	for _, l := range allLines(pages) {
		if strings.Contains(l.text, "èm theo") && len(l.text) < maxHeadLine && issuedWith.MatchString(analyzers.FoldText(strings.TrimSpace(l.text))) {
			c := cell{page: l.page, line: strings.Join(strings.Fields(l.printed), " ")}
			if found := citation.Find(l.text); len(found) > 0 && found[0].Date != "" && tell(c, found[:1]) {
				return
			}
		}
	}
}

// compareDates compares the dates that the head prints, and the date of the
// document with those of the documents it is based on.
func (r *reader) compareDates() {
	issued := string(r.facts.Issued)
	if guess := r.facts.Evidence["issued"].Guess; issued == "" && guess != nil && len(*guess) == len("2026-04-01") {
		issued = *guess
	}
	if issued == "" {
		return
	}
	head := r.body
	if r.kindAt >= 0 {
		head = r.kindAt // a subject may end with another document's date
	}
	for _, c := range r.cells[:head] {
		if found := citation.Dates(c.text); c.date() && !startsLower(c.text) && len(found) > 0 && found[0].ISO != issued {
			r.issue("Phần đầu văn bản in hai ngày khác nhau: " + vietnameseDay(issued) + " và " + vietnameseDay(found[0].ISO) + ".")
			break
		}
	}
	for _, c := range r.cells[r.body:] {
		if !c.basis() {
			continue
		}
		for _, other := range citation.Find(c.text) {
			if other.Date > issued {
				r.issue("Ngày ban hành " + vietnameseDay(issued) + " sớm hơn ngày " + vietnameseDay(other.Date) + " của văn bản căn cứ " + other.Number.String() + ".")
				return
			}
		}
	}
}

func startsLower(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(first)
}

// vietnameseDay is an ISO date as an editor writes it.
func vietnameseDay(iso string) string {
	if len(iso) != len("2026-04-01") {
		return iso
	}
	return iso[8:] + "/" + iso[5:7] + "/" + iso[:4]
}
