package facts

import (
	"regexp"
	"slices"
	"strings"

	"vankien/storage"
)

var (
	except = regexp.MustCompile(`(?i:[\s,(](?:trừ|ngoại trừ|không bao gồm)\s)`)
	// exceptPart excepts a part of the document before it.
	exceptPart = regexp.MustCompile(`(?i:[\s,(](?:trừ|ngoại trừ|không bao gồm)\s+(?:(?:toàn bộ|các|những|một số|tại)\s+)*(?:quy định|nội dung|điều khoản|điều|khoản|điểm|chương|mục|phần|phụ lục|biểu mẫu|mẫu)(?:[\s,.;)]|$))`)
	// ownPart is an exception of what this document brings: its own articles,
	// or from when they hold.
	ownPart = regexp.MustCompile(`(?i:\snày(?:[\s,.;)]|$)|có hiệu lực(?: thi hành)? (?:kể )?từ)`)
)

// keepsPart tells whether text, which follows a document that ends, excepts a
// part of it: "…, trừ Điều 4". "Trừ trường hợp quy định tại Điều 5" is about the
// cases of transition that this document has.
func keepsPart(text string) bool {
	text, _, _ = strings.Cut(text, ";")
	at := exceptPart.FindStringIndex(text)
	return at != nil && !ownPart.MatchString(text[at[0]:])
}

// keep notes of which objects before byte to a part is excepted: by what stands
// behind each, up to the next. An exception from what this document brings is none.
func (t *running) keep(objects []object, to int) {
	for i := range objects {
		end := to
		if i+1 < len(objects) {
			end = objects[i+1].from
		}
		from := objects[i].from
		text := inQuotes.ReplaceAllString(t.flat[from:max(from, min(end, from+maxBetween))], " ")
		text, _, _ = strings.Cut(text, "có hiệu lực")
		objects[i].kept = keepsPart(text)
	}
}

// excepted are objects whose verb stands before text, kept in part where text
// says so.
func excepted(objects []object, text string) []object {
	if !keepsPart(text) {
		return objects
	}
	objects = slices.Clone(objects)
	for i := range objects {
		objects[i].kept = true
	}
	return objects
}

// heldBack is what a relation is in truth where it ends only a part of its
// object. An exception is for an editor to look at.
func (s *statements) heldBack(kind storage.RelationKind, o object) storage.RelationKind {
	if kind != storage.Replaces && kind != storage.Repeals || !o.part && !o.kept {
		return kind
	}
	if !o.part {
		s.tell("Văn bản thay thế hoặc bãi bỏ " + s.names.resolve(o.mention).target() + " nhưng trừ lại một phần; cần xem phần nào còn hiệu lực.")
	}
	return storage.Amends
}

// maxIssues is how many issues a document may have before tell adds no more.
const maxIssues = 100

// tell keeps an issue once.
func (s *statements) tell(sentence string) {
	if len(s.r.facts.Issues) < maxIssues && !slices.Contains(s.r.facts.Issues, sentence) {
		s.r.issue(sentence)
	}
}
