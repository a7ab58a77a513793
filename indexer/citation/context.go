package citation

import "strings"

// Contexts are, for each citation of those that Cited found in text, what
// stands around it in its sentence and belongs to no other: what Candidates
// takes as context.
func Contexts(text string, cited []Citation) []string {
	contexts := make([]string, len(cited))
	floor := 0
	for i, c := range cited {
		limit := len(text)
		if i+1 < len(cited) {
			limit = max(c.To, cited[i+1].From)
		}
		before, after := text[min(floor, c.From):c.From], text[c.To:limit]
		if at := strings.LastIndexAny(before, ".;\n"); at >= 0 {
			before = before[at+1:]
		}
		if at := strings.IndexAny(after, ";\n"); at >= 0 {
			after = after[:at]
		}
		if at := strings.Index(after, ". "); at >= 0 {
			after = after[:at]
		}
		contexts[i] = before + " " + after
		if c.To > c.End { // the issuer's name is between number and term
			contexts[i] += " " + text[c.End:c.To]
		}
		floor = c.To
	}
	return contexts
}
