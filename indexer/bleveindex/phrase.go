package bleveindex

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"vankien/analyzers"
)

// phrase is a run of syllables, folded as a rule. Each stands at an offset behind the
// first: one more than its neighbour, and one more again where punctuation parts
// them, as in a sequence. So a phrase does not reach across the end of a
// sentence, unless it was typed with one.
type phrase struct {
	syllables []string
	offsets   []int32
	accented  bool // the syllables are canonical: "thuế" is not "thuê"
}

func (p phrase) field() string {
	if p.accented {
		return fieldText
	}
	return fieldFold
}

// folded are the syllables without their accents.
func (p phrase) folded() []string {
	folded := make([]string, len(p.syllables))
	for i, syllable := range p.syllables {
		folded[i] = analyzers.Fold(syllable)
	}
	return folded
}

// readPhrases reads what stood in quotes; where there was no word in them,
// nothing was asked for.
func readPhrases(quoted []string) []phrase {
	var phrases []phrase
	for _, text := range quoted {
		var p phrase
		tokens := analyzers.Tokenize(text)
		for _, token := range tokens {
			p.syllables = append(p.syllables, analyzers.Fold(token.Term))
			p.offsets = append(p.offsets, int32(token.Position-tokens[0].Position))
		}
		if len(tokens) > 0 {
			phrases = append(phrases, p)
		}
	}
	return phrases
}

// readAccented reads what stood in quotes with the accents that were typed; as
// readPhrases does where none were.
func readAccented(quoted string) (phrase, bool) {
	phrases := readPhrases([]string{quoted})
	if len(phrases) == 0 {
		return phrase{}, false
	}
	p := phrases[0]
	tokens := analyzers.Tokenize(quoted)
	if marked, _ := analyzers.Accents(tokens); marked > 0 {
		p.accented = true
		for i, token := range tokens {
			p.syllables[i] = token.Term
		}
	}
	return p, true
}

// neededTerms are terms of the phrase's field that every passage with the phrase
// holds: a pair where two syllables stand side by side, else the syllable.
// enough tells whether, the other way round, holding them is holding the phrase.
func (p phrase) neededTerms() (terms []string, enough bool) {
	paired := func(i int) bool { return i >= 0 && i+1 < len(p.offsets) && p.offsets[i]+1 == p.offsets[i+1] }
	for i, syllable := range p.syllables {
		switch {
		case paired(i):
			terms = append(terms, syllable+analyzers.PairSeparator+p.syllables[i+1])
		case !paired(i - 1):
			terms = append(terms, syllable)
		}
	}
	return terms, len(terms) == 1
}

// phrasePassages are, per segment, the passages that hold every one of the
// phrases. There is at least one.
func (v *view) phrasePassages(ctx context.Context, phrases []phrase) ([]*roaring.Bitmap, error) {
	found := make([]*roaring.Bitmap, len(v.segments))
	err := inParallel(ctx, len(v.segments), nothing, func(_ struct{}, number int) error {
		for _, p := range phrases {
			if err := ctx.Err(); err != nil {
				return err
			}
			holding, err := v.segments[number].holding(ctx, p)
			if err != nil {
				return err
			}
			if found[number] == nil {
				found[number] = holding
			} else {
				found[number].And(holding)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return found, nil
}

// holding finds the passages with one phrase. Pairs narrow them down, so that
// words are read only where all pairs of the phrase stand.
func (s segmentView) holding(ctx context.Context, p phrase) (*roaring.Bitmap, error) {
	terms, enough := p.neededTerms()
	if enough { // it may be a common word: Bleve has its items as a bitmap
		held, err := s.postings(p.field(), terms[0])
		if err != nil {
			return nil, err
		}
		return held.items()
	}
	items, err := s.withAll(ctx, p.field(), terms)
	if err != nil || len(items) == 0 {
		return roaring.New(), err
	}
	certain, doubtful, err := s.outnumbered(ctx, p, items)
	if err != nil {
		return nil, err
	}
	read, err := s.verify(ctx, p, doubtful)
	if err != nil {
		return nil, err
	}
	holding := roaring.BitmapOf(certain...)
	holding.AddMany(read)
	return holding, nil
}

// outnumbered parts items with all pairs of a phrase by what their numbers say.
// Where "a b" and "b c" together stand more often than "b", some b has both
// beside it: "a b c" stands there for certain; and so on from c. That settles
// nearly all items, for most syllables of a phrase have one neighbour there.
func (s segmentView) outnumbered(ctx context.Context, p phrase, items []uint32) (certain, doubtful []uint32, err error) {
	if !p.whole() {
		return nil, items, nil
	}
	surplus := make([]int64, len(items)) // of occurrences of the phrase so far, at least
	count := func(term string, sign int64) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		f, err := s.frequencies(p.field(), term)
		if err == nil {
			f.of(items, func(at int, tf uint32) { surplus[at] += sign * int64(tf) })
		}
		return err
	}
	for i, syllable := range p.syllables[1:] {
		if err := count(p.syllables[i]+analyzers.PairSeparator+syllable, 1); err != nil {
			return nil, nil, err
		}
		if i > 0 {
			if err := count(p.syllables[i], -1); err != nil {
				return nil, nil, err
			}
		}
	}
	for at, item := range items {
		if surplus[at] > 0 {
			certain = append(certain, item)
		} else {
			doubtful = append(doubtful, item)
		}
	}
	return certain, doubtful, nil
}

// whole tells whether nothing parts the syllables.
func (p phrase) whole() bool { return int(p.offsets[len(p.offsets)-1]) == len(p.offsets)-1 }

// verifyStep is how many passages are read in one step: between two looks at the
// deadline.
const verifyStep = 16

// verify keeps the items in which the syllables stand as in the phrase.
func (s segmentView) verify(ctx context.Context, p phrase, items []uint32) ([]uint32, error) {
	holding := make([]bool, len(items))
	err := inParallel(ctx, (len(items)+verifyStep-1)/verifyStep, p.finder, func(in func(record) bool, step int) error {
		found := false
		look := func(r record) error {
			found = in(r)
			return nil
		}
		for at := step * verifyStep; at < min(len(items), (step+1)*verifyStep); at++ {
			if err := s.read(items[at], look); err != nil {
				return fmt.Errorf("passage %d: %w", items[at], err)
			}
			holding[at] = found
		}
		return nil
	})
	var found []uint32
	for at, holds := range holding {
		if holds {
			found = append(found, items[at])
		}
	}
	return found, err
}

// finder tells of records whether the phrase stands there.
func (p phrase) finder() func(record) bool {
	keys := make([]wordKey, len(p.syllables))
	for i, syllable := range p.syllables {
		keys[i] = keyOf(syllable)
	}
	needle, possible := newNeedle(p.syllables, !p.accented)
	possible = possible && p.whole()
	var words keyedWords
	var buffer []byte
	return func(r record) bool {
		if possible {
			inTitle, plainTitle := needle.in(r.titleWords, &buffer)
			inText, plainText := needle.in(r.textWords, &buffer)
			if found := inTitle >= 0 || inText >= 0; found || plainTitle && plainText {
				return found
			}
		}
		words.reset()
		words.add(r.titleWords, !p.accented, math.MaxInt)
		words.add(r.textWords, !p.accented, math.MaxInt)
		return words.holds(keys, p.offsets)
	}
}

// withAll are the passages of a segment that hold all of the terms, ascending. The
// rarest is read first, and no other where it leaves nothing. The deadline of ctx is
// checked before each.
func (s segmentView) withAll(ctx context.Context, field string, terms []string) ([]uint32, error) {
	counts := make(map[string]int, len(terms))
	for _, term := range terms {
		df, err := s.dfs.get(fieldTerm{field, term}, func() (int, error) { return s.count(field, term) })
		if err != nil || df == 0 {
			return nil, err
		}
		counts[term] = df
	}
	rarest := slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(cmp.Compare(counts[a], counts[b]), cmp.Compare(a, b)) })
	var all []uint32
	for i, term := range rarest {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f, err := s.frequencies(field, term)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			all = f.without(s.hidden, make([]uint32, 0, counts[term]))
			continue
		}
		kept := all[:0]
		f.of(all, func(at int, _ uint32) { kept = append(kept, all[at]) })
		if all = kept; len(all) == 0 {
			break
		}
	}
	return all, nil
}
