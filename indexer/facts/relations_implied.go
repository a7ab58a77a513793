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
		`(?:bãi bỏ|hủy bỏ|huỷ bỏ|thay thế)\s+(?:tất cả |toàn bộ )?(?:các|những|mọi)\s[^.;]{0,200}` + against + `[^.;]{0,60} này)`)
	// earlier ends what was there before on the same matter, in either order.
	earlier = regexp.MustCompile(`(?i:` + ownKinds + ` này[^.;]{0,80}\s(?:thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)\s+(?:[^.;]{0,200}(?:,|\svà)\s+)?(?:tất cả |toàn bộ )?(` + before + `)(?:[\s,.;]|$)|` +
		`^(?:tất cả |toàn bộ )?(` + before + `[^.;:]{0,80})\s(?:đều|bị|được|nay)\s(?:bị |được |đều )*(?:bãi bỏ|hủy bỏ|huỷ bỏ|hết hiệu lực|không còn hiệu lực|chấm dứt hiệu lực))`)
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
// that in the clause, and whether other documents are named there.
func (s *statements) readImplied(c clause) (rest clause, more bool) {
	if s.endsEarlier(c) {
		s.unnamed(issueEarlier, c)
		return c, true
	}
	from, to, ok := s.implication(c)
	if !ok {
		return c, true
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
	i := s.from(c.from)
	return clause{c.from, from, c.marker}, i < len(s.all) && s.all[i].from < from
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
	// "Quyết định này thay thế Quyết định số … và các quy định trái với …": what
	// is named before is ended by name
	if self := refersToSelf.FindStringIndex(text[at[0]:at[1]]); self[0] == 0 {
		if all := indefinite.FindAllStringIndex(text[:at[1]], -1); len(all) > 0 {
			at[0] = max(at[0], all[len(all)-1][0])
		}
	}
	return c.from + at[0], c.to, true
}
