package facts

import (
	"strings"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

// readEnded reads that documents end, as their own sentence tells it.
func (s *statements) readEnded(c clause, text string) (storage.RelationKind, bool) {
	if at := endedBy.FindStringIndex(text); at != nil && refersToSelf.MatchString(text[at[0]:at[1]]) {
		if conditional(text[:at[0]]) {
			return "", false
		}
		s.say(ending(text[at[0]:at[1]]), s.objects(c.from, c.from+at[0]), c)
		return ending(text[at[0]:at[1]]), true
	}
	if at := endedOn.FindStringIndex(text); at != nil && s.r.facts.Effective != "" && !conditional(text[:at[0]]) {
		if found := citation.Dates(text[at[0]:]); len(found) > 0 && storage.Date(found[0].ISO) == s.r.facts.Effective {
			s.say(storage.Replaces, s.objects(c.from, c.from+at[0]), c)
			return "", true
		}
	}
	since := sinceThis.FindStringIndex(text)
	if since == nil {
		return "", false
	}
	at := endedWords.FindStringIndex(text[since[1]:])
	if at == nil || conditional(text[:since[1]+at[0]]) {
		return "", false
	}
	kind := ending(text[since[1]+at[0] : since[1]+at[1]])
	objects := s.objects(c.from+since[1], c.from+since[1]+at[0])
	if len(objects) == 0 {
		objects = s.objects(c.from+since[1]+at[1], c.to)
	}
	s.say(kind, objects, c)
	return kind, true
}

// conditional tells whether what follows text only may be so.
func conditional(text string) bool {
	return condition.MatchString(strings.ReplaceAll(text, "trừ trường hợp", ""))
}

// ending is the kind of relation that words of ending tell.
func ending(words string) storage.RelationKind {
	if fold := analyzers.FoldText(words); strings.Contains(fold, "bai bo") || strings.Contains(fold, "huy bo") {
		return storage.Repeals
	}
	return storage.Replaces
}
