package facts

import (
	"regexp"
	"strings"

	"vankien/storage"
)

var (
	// implied is what ends all that contradicts the document, without saying
	// what that is, in either order.
	implied = regexp.MustCompile(`(?i:(?:` + ownKinds + `|nội dung|điều khoản)[^.;]{0,200}` + against + `[^.;]{0,120}(?:bãi bỏ|hết hiệu lực|hủy bỏ|huỷ bỏ|không còn hiệu lực)|` +
		`(?:bãi bỏ|hủy bỏ|huỷ bỏ|thay thế)\s+(?:[^.;]{1,300}?\s(?:và|cùng)\s+(?:tất cả |toàn bộ )?(?:các|những|mọi)\s+(?:` + ownKinds + `|nội dung|điều khoản)\s|(?:tất cả |toàn bộ )?(?:các|những|mọi)\s)[^.;]{0,200}` + against + `[^.;]{0,60} này)`)
	// earlier ends what was there before on the same matter, in either order.
	earlier = regexp.MustCompile(`(?i:` + ownKinds + ` này[^.;]{0,80}\s(?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)\s+(?:[^.;]{0,200}(?:,|\svà)\s+)?(?:tất cả |toàn bộ )?(` + before + `)(?:[\s,.;]|$)|` +
		`^(?:tất cả |toàn bộ )?(` + before + `[^.;:]{0,80})\s(?:đều|bị|được|nay)\s(?:bị |được |đều )*(?:bãi bỏ|hủy bỏ|huỷ bỏ|hết hiệu lực|không còn hiệu lực|chấm dứt hiệu lực))`)
	// againstIt are the words in it.
	againstIt = regexp.MustCompile(`(?i:` + against + `)`)
	// indefinite begins what implied is said of.
	indefinite = regexp.MustCompile(`(?i:(?:^|[\s,;])(?:các|những|mọi|tất cả|toàn bộ)\s)`)
)

const (
	against = `(?:trái với|không phù hợp với|mâu thuẫn với)`
	before  = `(?:các|những|mọi)\s+(?:` + ownKinds + `|nội dung)\s+(?:[^.;:,\d]{0,60}\s)?(?:trước đây|trước đó|ban hành trước)`

	issueImplied = "Văn bản bãi bỏ các quy định trước đây trái với nó mà không nêu tên; cần tự xác định văn bản bị thay thế."
	issueEarlier = "Văn bản thay thế các văn bản trước đây mà không nêu hết tên; cần tự xác định văn bản bị thay thế."
)

// readImplied keeps that a clause ends what contradicts the document: as a
// relation that is not explicit where it names documents, else for the editor
// to find out, for a target must not be made up. It returns what stands before
// and behind that in the clause, where other documents are named there.
func (s *statements) readImplied(c clause) (rest []clause) {
	if s.endsEarlier(c) {
		s.unnamed(issueEarlier, c)
		return []clause{c}
	}
	from, to, ok := s.implication(c)
	if !ok {
		return []clause{c}
	}
	named := false
	for i := s.from(from); i < len(s.all) && s.all[i].from < to; i++ {
		if s.all[i].number.Serial != "" {
			s.add(storage.Amends, object{mention: s.all[i]}, false)
			s.said[i], named = true, true
		}
	}
	if !named {
		s.unnamed(issueImplied, c)
	}
	for _, part := range []clause{{c.from, from, c.marker}, {min(to+1, c.to), c.to, ""}} {
		part.from += len(s.t.flat[part.from:part.to]) - len(strings.TrimLeft(s.t.flat[part.from:part.to], " "))
		if s.namesIn(part) {
			rest = append(rest, part)
		}
	}
	return rest
}

// namesIn tells whether a document is named in a clause.
func (s *statements) namesIn(c clause) bool {
	i := s.from(c.from)
	return i < len(s.all) && s.all[i].from < c.to
}

// unnamed leaves it to the editor to find what a clause ends.
func (s *statements) unnamed(issue string, c clause) {
	if s.r.facts.Evidence["relations"].Text == "" {
		s.best = len(strengths)
		s.r.saw("relations", s.t.evidence(c.from, c.to), weak)
	}
	s.tell(issue)
}

// endsEarlier tells whether a clause ends what was there before on its matter,
// without a number behind those words.
func (s *statements) endsEarlier(c clause) bool {
	text := s.t.flat[c.from:c.to]
	if !strings.Contains(text, "trước") || anyOf(text, contradicts) {
		return false
	}
	at := earlier.FindStringSubmatchIndex(text)
	if at == nil || conditional(text[:at[0]]) {
		return false
	}
	i := s.from(c.from + max(at[2], at[4]))
	return i >= len(s.all) || s.all[i].from >= c.to
}

// contradicts are the words of which implied needs one.
var contradicts = []string{"trái với", "phù hợp với", "mâu thuẫn với"}

// implication is where a clause ends what it does not name.
func (s *statements) implication(c clause) (from, to int, ok bool) {
	text := s.t.flat[c.from:c.to]
	if !anyOf(text, contradicts) || !refersToSelf.MatchString(text) {
		return 0, 0, false
	}
	at := implied.FindStringIndex(text)
	if at == nil {
		return 0, 0, false
	}
	to = c.to
	if next := strings.IndexByte(text[at[1]:], ';'); next >= 0 {
		to = c.from + at[1] + next
	}
	return c.from + unnamedAt(text, at), to, true
}

// unnamedAt is where in text what ends without a name begins, of which the match
// of implied stands at at: "Quyết định này thay thế Quyết định số … và các quy
// định trái với …" ends by name what is named before.
func unnamedAt(text string, at []int) int {
	part := strings.LastIndexByte(text[:at[0]], ';') + 1
	end := at[0] + againstIt.FindStringIndex(text[at[0]:at[1]])[0]
	all := indefinite.FindAllStringIndex(text[part:end], -1)
	if len(all) == 0 {
		return at[0]
	}
	last := part + all[len(all)-1][0]
	if before := strings.ToLower(text[part:max(part, last)]); last > at[0] && (anyOf(before, actWords) || anyOf(before, endWords)) {
		return last
	}
	return at[0]
}
