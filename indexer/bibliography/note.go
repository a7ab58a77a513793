package bibliography

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/indexer"
)

// Note is a footnote of Vietnamese papers, as the publishers of the Party write
// it: who issued it, a colon, kind and number, day, subject, place in it:
//
//	Ban Chấp hành Trung ương: Nghị quyết số 21-NQ/TW, ngày 16/6/2022, về tăng
//	cường củng cố, xây dựng tổ chức cơ sở đảng, mục II.1, tr.12.
func (r Reference) Note() string {
	facts := r.Document.Facts
	var parts []string
	about, asName := r.about()
	switch {
	case asName && facts.Number != "":
		parts = append(parts, about, "số "+printed(facts.Number))
	case asName:
		parts = append(parts, about)
	case facts.Number != "":
		parts = append(parts, designation(facts))
	}
	if day := indexer.DisplayDate(facts.Issued); day != "" {
		parts = append(parts, "ngày "+day)
	}
	if about != "" && !asName {
		parts = append(parts, about)
	}
	if section := line(r.Section); section != "" {
		parts = append(parts, section)
	}
	if r.Page > 0 {
		parts = append(parts, fmt.Sprintf("tr.%d", r.Page))
	}
	if r.URL != "" {
		parts = append(parts, r.URL)
	}
	note := strings.Join(parts, ", ")
	if by := r.issuers(); len(by) > 0 {
		note = capital(strings.Join(by, ", ")) + ": " + note
	}
	if last, _ := utf8.DecodeLastRuneInString(note); last == '.' || r.URL != "" { // a full stop would become a part of the address
		return note
	}
	return note + "."
}

// How a title that does not say "về" itself goes on behind number and day.
var (
	aboutKinds  = []string{"nghị quyết", "chỉ thị", "quy định", "kết luận"}  // "về", whatever follows
	actionKinds = []string{"quyết định", "công văn", "tờ trình", "giấy mời"} // "về việc"
	actions     = []string{                                                  // of other kinds, straight on: "Kế hoạch số …, ngày …, thực hiện …"
		"thực hiện", "triển khai", "tổng kết", "sơ kết", "quy định", "sửa đổi", "bãi bỏ", "ban hành", "hướng dẫn", "hợp nhất", "tổ chức",
	}
)

// about is what the document is about as it stands behind number and day. With
// asName it is what the document is called, and stands first: it is named by
// its title (Luật Đất đai), or has no number to be named by.
func (r Reference) about() (about string, asName bool) {
	facts := r.Document.Facts
	title, kind := r.title(), printed(facts.Kind)
	switch {
	case r.isNamed():
		return r.name(), true
	case title == "" && facts.Number != "":
		return "", false
	case title == "":
		return r.name(), true
	}
	rest, had := cutAbout(title)
	first, _ := utf8.DecodeRuneInString(title)
	begins := func(with string) bool { return strings.HasPrefix(strings.ToLower(rest)+" ", with+" ") }
	kind = strings.ToLower(kind)
	switch {
	case had && strings.EqualFold(title, "về "+rest):
		title = "về " + rest
	case facts.Number == "" && !had:
	case had, slices.Contains(actionKinds, kind):
		title = "về việc " + rest
	case slices.Contains(aboutKinds, kind):
		title = "về " + rest
	case unicode.IsUpper(first): // a title of its own
		title = "“" + title + "”"
	case !slices.ContainsFunc(actions, begins):
		title = "về " + rest
	}
	if facts.Number != "" {
		return title, false
	}
	if first, _ := utf8.DecodeRuneInString(title); unicode.IsUpper(first) && kind != "" {
		title = "“" + title + "”"
	}
	return capital(strings.TrimSpace(printed(facts.Kind) + " " + title)), true
}
