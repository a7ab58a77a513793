package bleveindex

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"vankien/indexer"
	"vankien/indexer/query"
)

// Search implements indexer.Index.
func (x *Index) Search(ctx context.Context, q indexer.Query) (indexer.Result, error) {
	began := time.Now()
	q = q.Normalize()
	if err := q.Check(); err != nil {
		return indexer.Result{}, err
	}
	if err := ctx.Err(); err != nil {
		return indexer.Result{}, err
	}
	v, err := x.acquire()
	if err != nil {
		return indexer.Result{}, err
	}
	defer v.release()
	s := &search{ctx: ctx, view: v, query: q, parsed: query.Parse(q.Text)}
	if err := s.run(); err != nil {
		return indexer.Result{}, err
	}
	s.result.Took = time.Since(began)
	return s.result, nil
}

// search is one query on its way over one view.
type search struct {
	ctx    context.Context
	view   *view
	query  indexer.Query
	parsed query.Query

	refused []uint8           // by document: which conditions keep it out
	named   []int32           // documents that a number in the query means, best first
	numbers map[int32]float64 // … and their scores, above all others
	reading reading           // how the words are searched
	phrases []*roaring.Bitmap // per segment, where the query has phrases
	found   []best            // by document
	singles []scoredPassage   // in the unit Passages
	result  indexer.Result
}

func (s *search) run() error {
	var err error
	s.refused = s.view.catalogue.refusals(s.query)
	s.reading, err = s.view.read(s.parsed.Words)
	if err != nil {
		return err
	}
	s.lookUpNumbers()
	if !s.reading.empty() {
		if err := s.match(); err != nil {
			return err
		}
	}
	s.rankNumbers()
	s.result.ReadAs = s.readAs()
	s.result.Facets = s.view.catalogue.count(s.query, s.refused, s.matches)
	if s.query.Unit == indexer.Passages {
		return s.showPassages()
	}
	return s.showDocuments()
}

// readAs says how the query was understood where that is not as it was typed.
func (s *search) readAs() string {
	q := s.query
	whole := len(q.Filters) == 0 && q.From == "" && q.To == "" && q.Document == ""
	switch {
	case s.reading.empty() && strings.TrimSpace(q.Text) != "":
		return "mọi văn bản, vì câu tìm không có chữ hay số nào"
	case len(s.named) > 0:
		return "văn bản số " + s.parsed.Citations[0].Number.String()
	case len(s.parsed.Citations) == 1 && whole && q.Unit == indexer.Documents:
		return "văn bản số " + s.parsed.Citations[0].Number.String() + " (không có trong kho), theo các chữ đã gõ"
	}
	return ""
}

// matches tells whether a document matches the query's text.
func (s *search) matches(ordinal int) bool {
	if s.reading.empty() && len(s.named) == 0 {
		return true
	}
	_, named := s.numbers[int32(ordinal)]
	return named || s.found != nil && s.found[ordinal][0].score > 0
}

// match scores all passages and keeps what the query's unit needs.
func (s *search) match() error {
	if phrases := readPhrases(s.parsed.Phrases); len(phrases) > 0 {
		var err error
		if s.phrases, err = s.view.phrasePassages(s.ctx, phrases); err != nil {
			return err
		}
		for _, p := range phrases {
			s.reading.matcher.Phrases = append(s.reading.matcher.Phrases, p.syllables)
		}
	}
	shares := matchShares(s.reading.terms)
	if s.phrases != nil {
		shares = []float64{0} // the quotes say what must be there
	}
	for _, share := range shares {
		if matched, err := s.matchShare(share); matched || err != nil {
			return err
		}
	}
	return nil
}

// matchShare keeps the passages that cover a share of the query (see
// matchShares), and tells whether there are any.
func (s *search) matchShare(share float64) (bool, error) {
	matched := false
	s.found = make([]best, len(s.view.catalogue.listings))
	wanted := func(document int32) bool { return s.refused[document]&outside == 0 }
	err := s.view.score(s.ctx, s.reading.field, s.reading.terms, share, wanted, func(p scoredPassage) {
		if s.phrases != nil && !s.phrases[p.segment].Contains(p.item) {
			return
		}
		matched = matched || s.refused[p.document] == 0
		s.found[p.document].add(p)
		if s.query.Unit == indexer.Passages && s.refused[p.document] == 0 {
			s.singles = append(s.singles, p)
		}
	})
	return matched, err
}

// showDocuments orders the documents and shows the page that was asked for.
func (s *search) showDocuments() error {
	var ordinals []int32
	for i := range s.view.catalogue.listings {
		if s.refused[i] == 0 && s.matches(i) {
			ordinals = append(ordinals, int32(i))
		}
	}
	s.order(ordinals)
	s.result.Total = len(ordinals)
	s.result.Hits = []indexer.Hit{}
	for _, ordinal := range page(ordinals, s.query) {
		hit := indexer.Hit{
			Document: s.view.catalogue.listings[ordinal].Document,
			Score:    s.scoreOf(ordinal),
			Passages: []indexer.MatchedPassage{},
		}
		if s.found != nil {
			for _, p := range s.found[ordinal].worthShowing() {
				shown, err := s.show(p)
				if err != nil {
					return err
				}
				hit.Passages = append(hit.Passages, shown)
			}
		}
		s.result.Hits = append(s.result.Hits, hit)
	}
	return nil
}

// order sorts documents, which come newest first, as the query asks.
func (s *search) order(ordinals []int32) {
	switch {
	case s.query.Sort == indexer.Oldest:
		slices.SortFunc(ordinals, func(a, b int32) int {
			return oldestFirst(s.view.catalogue.listings[a], s.view.catalogue.listings[b])
		})
	case s.query.Sort == indexer.ByRelevance:
		slices.SortStableFunc(ordinals, func(a, b int32) int { return cmp.Compare(s.scoreOf(b), s.scoreOf(a)) })
	}
}

func (s *search) scoreOf(ordinal int32) float64 {
	if score, named := s.numbers[ordinal]; named {
		return score
	}
	if s.found == nil {
		return 0
	}
	return s.found[ordinal].score()
}

// showPassages orders single passages and shows the page that was asked for.
func (s *search) showPassages() error {
	slices.SortFunc(s.singles, scoredPassage.before)
	s.result.Total = len(s.singles)
	s.result.Hits = []indexer.Hit{}
	for _, p := range page(s.singles, s.query) {
		shown, err := s.show(p)
		if err != nil {
			return err
		}
		s.result.Hits = append(s.result.Hits, indexer.Hit{
			Document: s.view.catalogue.listings[p.document].Document,
			Score:    p.score,
			Passages: []indexer.MatchedPassage{shown},
		})
	}
	return nil
}

// page cuts out the page that q asks for.
func page[T any](all []T, q indexer.Query) []T {
	from := min((q.Page-1)*q.Size, len(all))
	return all[from:min(from+q.Size, len(all))]
}

// show reads a passage back and marks what matched in it.
func (s *search) show(p scoredPassage) (indexer.MatchedPassage, error) {
	record, err := s.view.segments[p.segment].stored(uint64(p.item), fieldPassage)
	if err != nil {
		return indexer.MatchedPassage{}, err
	}
	var passage indexer.Passage
	if err := json.Unmarshal(record, &passage); err != nil {
		document := &s.view.catalogue.listings[p.document].Document
		return indexer.MatchedPassage{}, fmt.Errorf("passage %d of %s: %w", p.ordinal, document.ID, err)
	}
	return indexer.Show(passage, int(p.ordinal), s.reading.matcher), nil
}
