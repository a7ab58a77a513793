// Package bibliography writes a document as people and programs cite it: the
// note of Vietnamese papers, BibTeX, RIS and CSL-JSON. What a document does not
// print is left out and never made up; every document, however bare, has a
// valid entry in every format. All of it is pure and safe for concurrent use.
package bibliography

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/storage"
)

// Reference is a document, or a place in it, as it is cited.
type Reference struct {
	Document storage.Document
	Section  string // "Điều 3", "mục II.1"; "" for none
	Page     int    // 0 for the whole document
	URL      string // where the document can be read, absolute; "" to leave it out
}

// line is s as one line without what no format prints.
func line(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError
	}), " ")
}

func printed(p storage.Printed) string { return line(string(p)) }

// issuers are the bodies that issued the document, one by one.
func (r Reference) issuers() []string {
	var all []string
	for issuer := range strings.SplitSeq(string(r.Document.Facts.Issuer), ";") {
		if issuer = line(issuer); issuer != "" && !slices.Contains(all, issuer) {
			all = append(all, issuer)
		}
	}
	return all
}

// issued is the day of issue, false where the document prints none.
func (r Reference) issued() (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, string(r.Document.Facts.Issued))
	return day, err == nil
}

// named are the kinds whose title is their name: Luật Đất đai, Quy chế làm việc.
var named = []string{"luật", "bộ luật", "pháp lệnh", "hiến pháp", "điều lệ", "quy chế", "quy trình", "nội quy"}

// laws are those of them whose name begins with a capital.
var laws = []string{"luật", "bộ luật", "pháp lệnh"}

func (r Reference) isNamed() bool {
	return r.Document.Facts.Title != "" && slices.Contains(named, strings.ToLower(printed(r.Document.Facts.Kind)))
}

// name is what the document is called without its number, as a heading.
func (r Reference) name() string {
	facts := r.Document.Facts
	title := r.title()
	switch {
	case r.isNamed():
		recased := title != printed(facts.Title)
		title, _ = cutAbout(title)
		if recased && slices.Contains(laws, strings.ToLower(printed(facts.Kind))) {
			title = capital(title)
		}
		return capital(printed(facts.Kind)) + " " + title
	case title != "":
		title, _ = cutAbout(title)
		return capital(title)
	case facts.Number != "":
		return designation(facts)
	}
	return capital(line(indexer.DisplayTitle(r.Document)))
}

// designation is kind and number: "Nghị quyết số 21-NQ/TW". It may be "".
func designation(facts storage.Facts) string {
	kind, number := capital(printed(facts.Kind)), printed(facts.Number)
	if number == "" {
		return kind
	}
	return cmp.Or(kind, "Văn bản") + " số " + number
}

// keyID is how many characters of the id tell documents of one number and day
// apart: 30 bits.
const keyID = 6

// Key names the entry in ASCII, the same whenever the document is cited, until
// somebody corrects its number or day: vk-12-nq-tu-2022-06-16-0a1b2c. Bodies of
// two provinces issue the same number on one day, so part of the id goes along,
// and all of it where number or day is missing.
func (r Reference) Key() string {
	facts := r.Document.Facts
	ascii := strings.FieldsFunc(analyzers.FoldText(printed(facts.Number)), func(c rune) bool {
		return (c < 'a' || c > 'z') && (c < '0' || c > '9')
	})
	id := string(r.Document.ID)
	if day, ok := r.issued(); ok && len(ascii) > 0 {
		ascii = append(ascii, day.Format(time.DateOnly))
		id = id[:min(len(id), keyID)]
	}
	return strings.Join(slices.Concat([]string{"vk"}, ascii, []string{id}), "-")
}

// reports are the kinds that tell or plan something and lay down nothing.
var reports = []string{
	"báo cáo", "kế hoạch", "chương trình", "chương trình phối hợp", "đề án", "phương án", "dự án", "tờ trình", "công văn", "thông báo", "thông cáo", "biên bản",
	"giấy mời", "thư mời", "phiếu chuyển", "tham luận", "tài liệu",
}

// legislates tells whether the document lays something down: a resolution, a
// directive, a regulation, a law. What is unknown does not.
func (r Reference) legislates() bool {
	kind := strings.ToLower(printed(r.Document.Facts.Kind))
	return kind != "" && r.Document.Facts.Number != "" && !slices.Contains(reports, kind) || r.isNamed()
}

// capital begins a heading with s.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// cutAbout takes "về" or "về việc" off a title, and tells whether it had one.
func cutAbout(title string) (string, bool) {
	words := strings.Fields(title)
	switch {
	case len(words) > 2 && strings.EqualFold(words[0], "về") && strings.EqualFold(words[1], "việc"):
		return strings.Join(words[2:], " "), true
	case len(words) > 1 && (strings.EqualFold(words[0], "về") || strings.EqualFold(words[0], "v/v")):
		return strings.Join(words[1:], " "), true
	}
	return title, false
}
