package bleveindex

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// phrasePassages are, per segment, the passages that hold every one of the
// phrases: each a run of folded syllables at adjacent positions of the words
// field, in one sentence part (positions leave a gap at punctuation).
func (v *view) phrasePassages(phrases [][]string) ([]*roaring.Bitmap, error) {
	found := make([]*roaring.Bitmap, len(v.segments))
	for i, seg := range v.segments {
		dictionary, err := seg.segment.Dictionary(fieldWords)
		if err != nil {
			return nil, err
		}
		for _, phrase := range phrases {
			holding, err := seg.phrase(dictionary, phrase, found[i])
			if err != nil {
				return nil, err
			}
			found[i] = holding
		}
	}
	return found, nil
}

// phrase finds the passages with one phrase, among those of within (nil: all).
// The syllables' postings are intersected first, rarest first, so that
// positions are read only where all of them stand.
func (s segmentView) phrase(dictionary segment.TermDictionary, phrase []string, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	lists := make(map[string]segment.PostingsList, len(phrase))
	for _, syllable := range phrase {
		list, err := s.postings(dictionary, syllable)
		if err != nil {
			return nil, err
		}
		lists[syllable] = list
	}
	distinct := make([]segment.PostingsList, 0, len(lists))
	for _, list := range lists {
		distinct = append(distinct, list)
	}
	slices.SortFunc(distinct, func(a, b segment.PostingsList) int { return int(a.Count()) - int(b.Count()) })
	for _, list := range distinct {
		items := roaring.New()
		if err := eachPosting(list, false, func(p segment.Posting) { items.Add(uint32(p.Number())) }); err != nil {
			return nil, err
		}
		if within != nil {
			items.And(within)
		}
		within = items
		if within.IsEmpty() {
			return within, nil
		}
	}
	return verifyPhrase(lists, phrase, within)
}

// verifyPhrase keeps the items in which the syllables stand side by side.
func verifyPhrase(lists map[string]segment.PostingsList, phrase []string, items *roaring.Bitmap) (*roaring.Bitmap, error) {
	iterators := make(map[string]segment.PostingsIterator, len(lists))
	for syllable, list := range lists {
		iterators[syllable] = list.Iterator(true, false, true, nil)
	}
	holding := roaring.New()
	positions := make(map[string][]uint64, len(lists))
	for each := items.Iterator(); each.HasNext(); {
		item := each.Next()
		for syllable, iterator := range iterators {
			posting, err := iterator.Advance(uint64(item))
			if err != nil {
				return nil, err
			}
			positions[syllable] = positions[syllable][:0]
			if posting == nil || posting.Number() != uint64(item) {
				continue
			}
			for _, location := range posting.Locations() {
				positions[syllable] = append(positions[syllable], location.Pos())
			}
		}
		if adjacent(positions, phrase) {
			holding.Add(item)
		}
	}
	return holding, nil
}

// adjacent tells whether the phrase stands somewhere in the positions, which
// are ascending.
func adjacent(positions map[string][]uint64, phrase []string) bool {
	for _, start := range positions[phrase[0]] {
		whole := true
		for i, syllable := range phrase[1:] {
			if _, whole = slices.BinarySearch(positions[syllable], start+uint64(i)+1); !whole {
				break
			}
		}
		if whole {
			return true
		}
	}
	return false
}
