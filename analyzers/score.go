package analyzers

// The shares from which on a problem is told, and what it costs. They were set
// on real documents and damaged copies of them (see TestJudgeReference).
const (
	tellShare  = 0.02 // of the judged words
	tellLeast  = 3    // words
	tellBroken = 0.01

	judgeLeast    = 8    // fewer words than this say nothing about accents
	accentedShare = 0.15 // fewer accented words: no accents typed, or another language
	tongueShare   = 0.15 // so many common words of another language make it that
	tellingShare  = 0.3  // so many of those must be no syllables,
	foreignShare  = 0.35 // or so many of all words be foreign
	scriptShare   = 0.5  // so many words of another script, too
	plainShare    = 0.85 // so many words that could be syllables: Vietnamese without accents
	lostShare     = 0.10 // real text has most of its marks outside Latin-1
	oddShare      = 0.10 // so many words with letters of another language: the wrong encoding
	wrongShare    = 0.04 // the same with letters that hardly any language has
	alikeLeast    = 2    // words with look-alikes: one is a slip, or a foreign name
	alikeShare    = 0.04 // so many words with look-alikes: a text that no search finds
	notTextScore  = 0.7

	brokenCost      = 3.0
	lostFactor      = 0.5
	noAccentsFactor = 0.59 // under what is bad: behind a picture such a text is an OCR that knows no Vietnamese
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
	if e.elsewhere() {
		q.Score, q.Problems = e.elsewhereScore(), []Problem{ProblemNotVietnamese}
		return q
	}
	encoding := many(e.odd, oddShare) || many(e.wrong, wrongShare)
	lost, bare := !encoding && e.lost(), e.bare()
	if bare {
		q.Score = noAccentsFactor * e.plausible()
	}
	if lost || encoding || many(e.alike, alikeShare) {
		q.Score *= lostFactor
	}
	torn := !bare && !encoding && many(e.fragments, tellShare)
	split := torn && 2*e.joinable > e.fragments
	if split {
		q.Score = max(0, q.Score-float64(e.joinable)/float64(q.Syllables)) // the rest of a torn syllable is often one itself
	}
	q.Score *= max(0.1, 1-brokenCost*float64(e.broken)/float64(q.Tokens))
	tell := func(p Problem, holds bool) {
		if holds {
			q.Problems = append(q.Problems, p)
		}
	}
	tell(ProblemGlued, many(e.glued, tellShare))
	tell(ProblemSplit, split)
	tell(ProblemEncoding, encoding)
	tell(ProblemLost, lost || torn && !split)
	tell(ProblemLookAlikes, e.alike >= alikeLeast)
	tell(ProblemCharacters, many(e.broken, tellBroken))
	tell(ProblemNoAccents, bare && e.plausible() >= plainShare)
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

// elsewhere tells a text in another language, which is no damage. One that has
// the letters of Vietnamese is Vietnamese, whatever it quotes.
func (e *evidence) elsewhere() bool {
	all := float64(len(e.words))
	if len(e.words) < judgeLeast || float64(e.extended) >= lostShare*all {
		return false
	}
	return float64(e.script) >= scriptShare*all ||
		float64(e.tongue) >= tongueShare*all && (float64(e.telling) >= tellingShare*float64(e.tongue) || float64(e.foreign) >= foreignShare*all)
}

// elsewhereScore scores such a text: every word counts that could be one.
func (e *evidence) elsewhereScore() float64 {
	if e.script > e.valid+e.toneless+e.foreign {
		e.invalid -= e.alike // in Cyrillic several words look like Latin ones
	}
	good := float64(e.valid + e.toneless + e.foreign + e.script + e.spoken)
	score := good / (good + float64(max(0, e.invalid-e.spoken)))
	return score * max(0.1, 1-brokenCost*float64(e.broken)/float64(len(e.words)))
}

// plausible is the share of a bare text's words that could be syllables.
func (e *evidence) plausible() float64 {
	return float64(e.valid+e.toneless) / float64(e.valid+e.toneless+e.invalid+e.foreign)
}
