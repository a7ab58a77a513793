package bleveindex

import (
	"context"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/query"
	"vankien/indexer/spelling"
	"vankien/storage"
)

const (
	// smallVocabulary is a number of passages whose words are read while the
	// first search that wants them waits; those of more are read beside it.
	smallVocabulary = 2000
	// vocabularyTime is how long the words of a library stand for it.
	vocabularyTime = time.Hour
)

// speller corrects spellings by the words of the documents that everybody may
// see: of the others not even a word is to be learned. It forgets all words once
// a document is no longer public.
type speller struct {
	mu         sync.Mutex
	vocabulary *spelling.Vocabulary
	passages   int // that it was made of
	made       time.Time
	making     bool
	forgotten  int // how often; a view from before is not read any more
}

// forget drops the words. Views opened from now on are to carry the number that
// it returns.
func (s *speller) forget() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.vocabulary, s.passages = nil, 0
	s.forgotten++
	return s.forgotten
}

func (s *speller) times() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.forgotten
}

// correct proposes spellings; none while the vocabulary is read for the first
// time. ctx is that of the index.
func (s *speller) correct(ctx context.Context, v *view, typed string, accents bool, logger *slog.Logger) []string {
	vocabulary := s.of(ctx, v, logger)
	if vocabulary == nil {
		return nil
	}
	return vocabulary.Correct(typed, accents)
}

// of is the vocabulary of a view or of a little earlier.
func (s *speller) of(ctx context.Context, v *view, logger *slog.Logger) *spelling.Vocabulary {
	s.mu.Lock()
	defer s.mu.Unlock()
	passages := v.catalogue.passages
	changed := max(passages-s.passages, s.passages-passages)
	small := passages <= smallVocabulary
	stands := changed*10 <= s.passages && (small && changed == 0 || time.Since(s.made) < vocabularyTime)
	switch {
	case s.making, v.forgotten != s.forgotten, stands && !s.made.IsZero() && (s.vocabulary != nil || time.Since(s.made) < failedTime):
		return s.vocabulary
	case small:
		made, err := v.vocabulary(ctx)
		s.keep(made, passages, err, logger)
		return s.vocabulary
	}
	s.making = true
	v.users.Add(1)
	go func() {
		made, err := v.vocabulary(ctx)
		v.release()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.making = false
		if v.forgotten == s.forgotten {
			s.keep(made, passages, err, logger)
		}
	}()
	return s.vocabulary
}

// failedTime is how long a vocabulary that could not be read is not tried again.
const failedTime = time.Minute

// keep takes a vocabulary over, if it could be made; s.mu is held.
func (s *speller) keep(made *spelling.Vocabulary, passages int, err error, logger *slog.Logger) {
	s.passages, s.made = passages, time.Now()
	if err != nil {
		logger.Error("the words of the index could not be read for corrections", "error", err)
		return
	}
	s.vocabulary = made
}

// vocabulary reads the words and pairs of the public documents.
func (v *view) vocabulary(ctx context.Context) (*spelling.Vocabulary, error) {
	syllables, pairs := make(map[string]int), make(map[string]int)
	for number, seg := range v.segments {
		if err := seg.countTerms(ctx, v.notPublic(number), syllables, pairs); err != nil {
			return nil, err
		}
	}
	return spelling.New(all(syllables), all(pairs)), nil
}

func all(counts map[string]int) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for term, count := range counts {
			if !yield(term, count) {
				return
			}
		}
	}
}

// notPublic are the items of a segment that not everybody may see.
func (v *view) notPublic(segment int) *roaring.Bitmap {
	seg := v.segments[segment]
	hidden := roaring.New()
	for item := range seg.column.ofItem {
		document := v.document(segment, uint64(item))
		if document < 0 || !v.catalogue.listings[document].shownTo(storage.AudiencePublic) {
			hidden.Add(uint32(item))
		}
	}
	if seg.hidden != nil {
		hidden.Or(seg.hidden)
	}
	return hidden
}

// countTerms adds how many items, but for some, hold each term of the accented
// copy.
func (s segmentView) countTerms(ctx context.Context, except *roaring.Bitmap, syllables, pairs map[string]int) error {
	dictionary, err := s.segment.Dictionary(fieldText)
	if err != nil {
		return err
	}
	entries := dictionary.AutomatonIterator(nil, nil, nil)
	for read := 0; ; read++ {
		entry, err := entries.Next()
		if err != nil || entry == nil {
			return err
		}
		if read%lookEvery == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		list, err := dictionary.PostingsList([]byte(entry.Term), except, nil)
		if err != nil {
			return err
		}
		count := int(list.Count())
		switch {
		case count == 0:
		case strings.Contains(entry.Term, analyzers.PairSeparator):
			pairs[entry.Term] += count
		default:
			syllables[entry.Term] += count
		}
	}
}

// correct fills in what else may have been meant, conditions and all. Typing
// without accents is no fault: accents are proposed only where nothing was found.
func (s *search) correct(x *Index) {
	text := s.parsed.Text()
	if s.query.Unit != indexer.Documents || s.query.Page > 1 || s.reading.empty() || len(s.numbers) > 0 && s.parsed.Whole {
		return
	}
	for _, better := range wholly(text, x.speller.correct(x.open, s.view, text, s.result.Total == 0, x.logger)) {
		if better = s.inPlace(text, better); better != "" {
			s.result.Corrections = append(s.result.Corrections, better)
		}
	}
}

// inPlace puts the corrected words where they were typed, between quotes,
// conditions and operators; "" where their places cannot be told.
func (s *search) inPlace(text, better string) string {
	if strings.Join(strings.Fields(s.query.Text), " ") == strings.Join(strings.Fields(text), " ") || s.parsed.Decoded != "" {
		return better
	}
	was, now := strings.Fields(text), strings.Fields(better)
	if len(was) != len(now) {
		return ""
	}
	return replaceEach(s.query.Text, was, now)
}

// replaceEach puts the words now in the places of the words was; "" where a word
// that changes stands in typed more often than among them: in a condition, say.
func replaceEach(typed string, was, now []string) string {
	before := make(map[string]int) // how often a word has stood so far
	for i, word := range was {
		if word != now[i] {
			if strings.Count(typed, word) != count(was[i:], word)+before[word] {
				return ""
			}
			at := nth(typed, word, before[word])
			typed = typed[:at] + now[i] + typed[at+len(word):]
			continue
		}
		before[word]++
	}
	return typed
}

func count(words []string, word string) int {
	n := 0
	for _, other := range words {
		if other == word {
			n++
		}
	}
	return n
}

// nth is where the nth occurrence of a word, from 0, begins in a text that has as many.
func nth(text, word string, n int) int {
	at := 0
	for ; n > 0; n-- {
		at += strings.Index(text[at:], word) + len(word)
	}
	return at + strings.Index(text[at:], word)
}

// wholly leaves out corrections that mend less than the first does: of "sổ tay
// dang vien" nobody wants to choose between one accent and the other.
func wholly(typed string, corrections []string) []string {
	if len(corrections) < 2 {
		return corrections
	}
	words, first := strings.Fields(typed), strings.Fields(corrections[0])
	return append(corrections[:1:1], slices.DeleteFunc(slices.Clone(corrections[1:]), func(other string) bool {
		others := strings.Fields(other)
		if len(words) != len(first) || len(others) != len(first) {
			return false
		}
		for i, word := range words {
			if others[i] == word && first[i] != word {
				return true
			}
		}
		return false
	})...)
}

// maxAdvice is how many other queries are offered where nothing is found.
const maxAdvice = 3

// advise fills in, where nothing is found, what would find something.
func (s *search) advise() error {
	if s.query.Unit != indexer.Documents || s.query.Page > 1 {
		return nil
	}
	if s.missing() != "" {
		for _, document := range s.view.catalogue.nearest(s.cited[0].Number, s.query.Audience) {
			s.result.Nearest = append(s.result.Nearest, indexer.Candidate{Document: document})
		}
	}
	if s.result.Total > 0 {
		return nil
	}
	others := append([]string{}, s.result.Corrections...)
	if text := s.parsed.Text(); len(s.parsed.Phrases)+len(s.parsed.Must)+len(s.parsed.Without)+len(s.parsed.Fields) > 0 {
		others = append(others, text) // without the quotes and conditions
	}
	for _, text := range others {
		q := s.query
		q.Text, q.Facets, q.Size = text, nil, 1
		if q.Check() != nil || strings.TrimSpace(text) == "" || len(s.result.Advice) == maxAdvice {
			continue
		}
		other := &search{ctx: s.ctx, view: s.view, query: q, parsed: query.Parse(text)}
		err := other.run()
		other.release()
		if err != nil {
			return err
		}
		if other.result.Total > 0 {
			s.result.Advice = append(s.result.Advice, text)
		}
	}
	return nil
}

// hides tells whether a change takes words from the public: a document that
// everybody could see goes, is narrowed or has another text.
func (b *build) hides(c change) bool {
	return slices.ContainsFunc(c.ids(), func(id storage.ID) bool {
		before, after := b.listings[id], c.put[id]
		return before != nil && before.shownTo(storage.AudiencePublic) &&
			(after == nil || after.key != before.key || !after.shownTo(storage.AudiencePublic))
	})
}
