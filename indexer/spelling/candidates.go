package spelling

import (
	"cmp"
	"slices"
)

// candidate is what a word may have been meant to be.
type candidate struct {
	term string
	id   int32
	cost float64 // how unlikely the slip is, in nats; 0 for the word as typed
}

// The costs of slips. They hold both how rarely a slip happens and how sure a
// correction has to be: a word stands unless the pairs around it speak for
// another by more than this. Measured on questions (measured_test.go).
const (
	costMark     = 8.0  // another tone, hat or stroke
	costMore     = 1.5  // each further one
	costBare     = 5.0  // accents left out, where others were typed
	costLetter   = 11.0 // a letter too many, too few, another, two exchanged
	costApart    = 3.0  // other marks besides
	costResidue  = 2.0  // Telex or VNI
	costInvalid  = -6.0 // what is no syllable at all was not meant
	costStrange  = -3.0 // but it may be foreign where it has no marks
	costEveryday = 7.0  // a common word that papers do not have
	costName     = 4.0  // a capital within a clause
	costUnpaired = 6.0  // the library has it beside neither neighbour
	costTogether = -2.0 // it belongs to a neighbour, and what was typed is never beside that
	costShelf    = -5.0 // and the library is too small for its pairs to say more
	costUnmarked = .3   // where no accents were typed at all
)

const (
	kept        = 14  // candidates of a word that are compared in context
	collocation = .25 // the share of its passages that a term has to share with its neighbour to belong to it
	around      = 6   // readings of a neighbour that candidates are judged by
)

// candidates are the word as typed, then what it may have been meant to be.
func (v *Vocabulary) candidates(words []word, at int, bare bool) []candidate {
	w := &words[at]
	list := []candidate{{w.Term, w.id, 0}}
	if w.fixed || w.cut || !bare && v.settled(words, at) {
		return list
	}
	add := func(id int32, cost float64) {
		if v.terms[id] != w.Term {
			list = append(list, candidate{v.terms[id], id, cost})
		}
	}
	extra := 0.0
	switch {
	case !w.valid && w.marked:
		extra = costInvalid
	case !w.valid && w.id == none:
		extra = costStrange
	case w.valid && w.named && !everyday[w.Term]:
		extra = costName
	}
	if w.decoded != "" {
		add(v.id(w.decoded), costResidue)
	}
	for _, id := range v.folds[w.fold] {
		add(id, v.markCost(w, id, bare)+extra)
	}
	slipped := len(w.fold) > 1 || w.marked
	if bare { // without accents nearly every slip gives another syllable: only what the library has not is one
		slipped = len(w.fold) > 1 && len(v.folds[w.fold]) == 0
	}
	if slipped && len(w.fold) <= maxSyllable+1 {
		for _, fold := range v.neighbours(w.fold) {
			for _, id := range v.folds[fold] {
				add(id, v.letterCost(w, id, bare)+extra)
			}
		}
	}
	return v.best(words, at, list, bare)
}

// settled tells whether a word stands as typed between its neighbours in so many
// passages that nothing else need be looked for: most words of a good query do.
func (v *Vocabulary) settled(words []word, at int) bool {
	w := &words[at]
	if !w.valid {
		return false
	}
	most := float32(0)
	if at > 0 && !w.begins {
		before := v.together(words[at-1].id, w.id)
		if before < settledLeast {
			return false
		}
		most = before
	}
	if at+1 < len(words) && !words[at+1].begins {
		behind := v.together(w.id, words[at+1].id)
		if behind < settledLeast {
			return false
		}
		most = max(most, behind)
	}
	return most >= settledMost
}

// A word is settled where at least so many passages have it beside either
// neighbour, and beside one of them.
const (
	settledLeast = 3
	settledMost  = 20
)

// markCost is that of accents typed wrongly or not at all.
func (v *Vocabulary) markCost(w *word, id int32, bare bool) float64 {
	switch {
	case bare:
		return costUnmarked
	case !w.marked:
		return costBare
	}
	return costMark + costMore*(w.differences(v.marks[id])-1)
}

func (v *Vocabulary) letterCost(w *word, id int32, bare bool) float64 {
	switch {
	case bare:
		return costLetter + costUnmarked
	case !w.marked && v.marks[id] != marks{}:
		return costLetter + costMore
	}
	return costLetter + costApart*w.differences(v.marks[id])
}

// neighbours are the folded forms one slip away: a letter dropped, added,
// changed, or two exchanged.
func (v *Vocabulary) neighbours(fold string) []string {
	found := slices.Clone(v.near[fold])
	eachDrop(fold, func(rest string) {
		if len(v.folds[rest]) > 0 {
			found = append(found, rest)
		}
		for _, other := range v.near[rest] {
			if other != fold && len(other) == len(fold) && oneSlip(fold, other) {
				found = append(found, other)
			}
		}
	})
	slices.Sort(found)
	return slices.Compact(found)
}

// oneSlip tells whether two words of one length differ in one letter, or in
// two neighbours that are exchanged.
func oneSlip(a, b string) bool {
	first := 0
	for first < len(a) && a[first] == b[first] {
		first++
	}
	if first == len(a) || a[first+1:] == b[first+1:] {
		return true
	}
	return first+1 < len(a) && a[first] == b[first+1] && a[first+1] == b[first] && a[first+2:] == b[first+2:]
}

// best keeps the candidates that fit best between their neighbours as typed
// (or, where no accents were typed, in their commonest readings). One that the
// library has beside neither costs more, one that belongs to a neighbour less.
func (v *Vocabulary) best(words []word, at int, list []candidate, bare bool) []candidate {
	left, right := []int32{none}, []int32{none}
	if at > 0 && !words[at].begins {
		left = v.readings(&words[at-1], bare)
	}
	if at+1 < len(words) && !words[at+1].begins {
		right = v.readings(&words[at+1], bare)
	}
	fits := make(map[int32]float64, len(list))
	for i := range list[1:] {
		c := &list[i+1]
		before, behind, paired := -1e9, -1e9, false
		for _, l := range left {
			before = max(before, v.logProbability(l, c.id))
			paired = paired || v.together(l, c.id) > 0
		}
		for _, r := range right {
			behind = max(behind, v.logProbability(c.id, r))
			paired = paired || v.together(c.id, r) > 0
		}
		typed := words[at].id
		switch collocated := v.collocated(left[0], c.id, left[0], typed) || v.collocated(c.id, right[0], typed, right[0]); {
		case bare:
		case collocated && everyday[words[at].Term]: // either may be meant: the pairs alone decide
		case collocated:
			c.cost += costTogether + costShelf*v.small
		case words[at].valid && !paired:
			c.cost += costUnpaired
		case everyday[words[at].Term]:
			c.cost += costEveryday
		}
		fits[c.id] = before + behind - c.cost
	}
	slices.SortStableFunc(list[1:], func(a, b candidate) int { return cmp.Compare(fits[b.id], fits[a.id]) })
	return list[:min(len(list), kept)]
}

// collocated tells whether two terms belong together, and the two that were
// typed do not: đảng viên, đang viên.
func (v *Vocabulary) collocated(a, b, typedA, typedB int32) bool {
	n := v.together(a, b)
	return n >= v.least() && n >= collocation*min(v.df[a], v.df[b]) && v.together(typedA, typedB) == 0
}

func (v *Vocabulary) readings(w *word, bare bool) []int32 {
	if !bare || w.fixed {
		return []int32{w.id}
	}
	ids := v.folds[w.fold]
	if len(ids) == 0 {
		return []int32{w.id}
	}
	return ids[:min(len(ids), around)]
}
