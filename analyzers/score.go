package analyzers

// The shares from which on a problem is told, and what it costs. They were set
// on real documents and damaged copies of them (see TestJudgeReference).
const (
	tellShare  = 0.02 // of the judged words
	tellLeast  = 3    // words
	tellBroken = 0.01

	judgeLeast    = 8    // fewer words than this say nothing about accents
	accentedShare = 0.15 // fewer accented words: no accents typed, or another language
	englishShare  = 0.15 // so many common English words make it English
	plainShare    = 0.85 // so many words that could be syllables: Vietnamese without accents
	lostShare     = 0.10 // real text has most of its marks outside Latin-1
	oddShare      = 0.10 // so many words with letters of another language: the wrong encoding
	notTextScore  = 0.7

	brokenCost      = 3.0
	lostFactor      = 0.5
	noAccentsFactor = 0.6
)

// quality draws the conclusions.
func (e *evidence) quality() Quality {
	q := Quality{Tokens: len(e.words), Valid: e.valid, Syllables: e.valid + e.toneless + e.invalid}
	if q.Tokens == 0 {
		q.Problems = []Problem{ProblemEmpty}
		return q
	}
	q.Score = 1
	if q.Syllables > 0 {
		q.Score = float64(e.valid) / float64(q.Syllables)
	}
	many := func(count int, share float64) bool {
		return count >= tellLeast && float64(count) >= share*float64(q.Syllables)
	}
	encoding := many(e.odd, oddShare)
	lost, bare := !encoding && e.lost(), e.bare()
	if bare {
		q.Score = e.bareScore()
	}
	if lost || encoding {
		q.Score *= lostFactor
	}
	q.Score *= max(0.1, 1-brokenCost*float64(e.broken)/float64(q.Tokens))
	tell := func(p Problem, holds bool) {
		if holds {
			q.Problems = append(q.Problems, p)
		}
	}
	torn := !bare && !encoding && many(e.fragments, tellShare)
	tell(ProblemGlued, many(e.glued, tellShare))
	tell(ProblemSplit, torn && 2*e.joinable > e.fragments)
	tell(ProblemEncoding, encoding)
	tell(ProblemLost, lost || torn && 2*e.joinable <= e.fragments)
	tell(ProblemLookAlikes, e.alike > 0)
	tell(ProblemCharacters, many(e.broken, tellBroken))
	tell(ProblemNoAccents, bare && !e.isEnglish() && e.plausible() >= plainShare)
	tell(ProblemNotText, q.Score < notTextScore && q.Problems == nil)
	return q
}

// lost tells a text whose letters beyond Latin-1 are gone: a broken font map
// loses ấ, ế, ư, ơ, đ and keeps à, ê, õ.
func (e *evidence) lost() bool {
	marked := e.basic + e.extended
	return marked >= judgeLeast && float64(e.extended) < lostShare*float64(marked)
}

// bare tells a text almost without accents.
func (e *evidence) bare() bool {
	words := e.valid + e.toneless + e.invalid + e.foreign
	return words >= judgeLeast && float64(e.basic+e.extended) < accentedShare*float64(words)
}

// isEnglish tells a bare text in English, which is no damage.
func (e *evidence) isEnglish() bool {
	words := e.valid + e.toneless + e.invalid + e.foreign
	return float64(e.english) >= englishShare*float64(words)
}

// plausible is the share of a bare text's words that could be syllables.
func (e *evidence) plausible() float64 {
	return float64(e.valid+e.toneless) / float64(e.valid+e.toneless+e.invalid+e.foreign)
}

// bareScore scores a bare text. In English every pronounceable word counts.
// Otherwise it is Vietnamese without accents, or what an OCR for another
// language made of it; a word that could be no syllable is then damage.
func (e *evidence) bareScore() float64 {
	if e.isEnglish() {
		good := float64(e.valid + e.toneless + e.foreign)
		return good / (good + float64(e.invalid))
	}
	return noAccentsFactor * e.plausible()
}
