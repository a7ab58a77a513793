package analyzers

// The shares from which on a problem is told, and what it costs. They were set
// on real documents and damaged copies of them (see TestJudgeReference).
const (
	tellShare    = 0.02 // of the judged words
	tellCount    = 2
	tellBroken   = 0.01
	foreignShare = 0.15 // fewer accented words than this: another language, or no accents typed
	plainShare   = 0.85 // so many unaccented words that could be syllables: Vietnamese without accents
	lostShare    = 0.10 // real text has most of its marks outside Latin-1
	lostLeast    = 8
	notTextScore = 0.5

	brokenCost    = 3.0
	lostFactor    = 0.5
	noAccentsCost = 0.6
)

// quality draws the conclusions.
func (e *evidence) quality() Quality {
	q := Quality{Tokens: len(e.words), Valid: e.valid, Syllables: e.valid + e.toneless + e.invalid}
	if q.Tokens == 0 {
		q.Problems = []Problem{ProblemEmpty}
		return q
	}
	q.Score = 1
	good := float64(e.valid)
	accented := e.basic + e.extended
	words := e.valid + e.toneless + e.foreign
	unaccented := float64(accented) < foreignShare*float64(words)
	if unaccented {
		good += float64(e.toneless)
	}
	if q.Syllables > 0 {
		q.Score = good / float64(q.Syllables)
	}
	tell := func(p Problem, count int, share float64) {
		if count >= tellCount && float64(count) >= share*float64(q.Syllables) {
			q.Problems = append(q.Problems, p)
		}
	}
	tell(ProblemGlued, e.glued, tellShare)
	if 2*e.joinable > e.fragments {
		tell(ProblemSplit, e.fragments, tellShare)
	} else if !e.lost(accented) {
		tell(ProblemLost, e.fragments, tellShare)
	}
	if e.lost(accented) {
		q.Problems = append(q.Problems, ProblemLost)
		q.Score *= lostFactor
	}
	tell(ProblemLookAlikes, e.alike, 0)
	tell(ProblemCharacters, e.broken, tellBroken)
	q.Score *= max(0.1, 1-brokenCost*float64(e.broken)/float64(q.Tokens))
	if unaccented && q.Syllables >= lostLeast && float64(e.valid+e.toneless) >= plainShare*float64(words) {
		q.Problems = append(q.Problems, ProblemNoAccents)
		q.Score *= noAccentsCost
	}
	if q.Score < notTextScore && len(q.Problems) == 0 {
		q.Problems = append(q.Problems, ProblemNotText)
	}
	return q
}

// lost tells a text whose letters beyond Latin-1 are gone: a broken font map
// loses ấ, ế, ư, ơ, đ and keeps à, ê, õ.
func (e *evidence) lost(accented int) bool {
	return accented >= lostLeast && float64(e.extended) < lostShare*float64(accented)
}
