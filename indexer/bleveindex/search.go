package bleveindex

import (
	"context"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"vankien/indexer"
	"vankien/indexer/citation"
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
	if result, kept := x.answers.get(v, q, began); kept {
		result.Took = time.Since(began)
		return result, nil
	}
	s := &search{ctx: ctx, view: v, query: q, parsed: query.Parse(q.Text)}
	defer s.release()
	if err := s.run(); err != nil {
		return indexer.Result{}, err
	}
	s.correct(x)
	if err := s.advise(); err != nil {
		return indexer.Result{}, err
	}
	s.result.Took = time.Since(began)
	x.answers.put(v, q, s.result, began)
	return s.result, nil
}

// search is one query on its way over one view.
type search struct {
	ctx    context.Context
	view   *view
	query  indexer.Query
	parsed query.Query

	refused      []uint8           // by document: which conditions keep it out
	cited        []cited           // what the query names, in its order
	numbers      map[int32]float64 // … and their scores, above all others
	inBest       citation.Pinpoint // where in the best document the reader wants to be; zero where one is named
	wish         wish
	fits         []bool              // by document: it is all that is asked for; nil where something is asked of texts
	reading      reading             // how the words are searched
	phrases      []*roaring.Bitmap   // per segment, where the query has phrases: the passages that may match
	demands      [][]*roaring.Bitmap // the same for each phrase or group of alternatives
	otherAccents bool                // a phrase stands nowhere with its accents, but with others

	elsewhere bool             // documents match that only a filter keeps out
	unquoted  bool             // nothing has the phrases, so that they count as words
	hits      *collected       // nil where there is nothing to match
	least     float64          // of the query's idf mass that a passage covers to match
	first     firstScores      // by document, nil where there is nothing to match
	ranked    map[int32]ranked // the best documents
	fitScore  float64
	singles   []scoredPassage // in the unit Passages
	result    indexer.Result
}

func (s *search) run() error {
	if err := s.refuse(); err != nil {
		return err
	}
	s.lookUpNumbers()
	s.want()
	var err error
	if s.reading, err = s.view.read(s.parsed); err != nil {
		return err
	}
	s.fit()
	if !s.reading.empty() {
		if err := s.match(); err != nil {
			return err
		}
	}
	s.rankFits()
	s.rankNumbers()
	s.result.ReadAs = s.readAs()
	s.result.Facets = s.view.catalogue.count(s.query, s.refused, s.matches)
	if s.query.Unit == indexer.Passages {
		return s.showPassages()
	}
	return s.showDocuments()
}

// matches tells whether a document matches the query's text.
func (s *search) matches(ordinal int) bool {
	if s.reading.empty() && len(s.numbers) == 0 {
		return true
	}
	_, named := s.numbers[int32(ordinal)]
	return named || s.fits != nil && s.fits[ordinal] || s.first != nil && s.first[ordinal][0] > 0
}

// showDocuments orders the documents and shows the page that was asked for.
func (s *search) showDocuments() error {
	var ordinals []int32
	for i := range s.view.catalogue.listings {
		if s.refused[i] == 0 && s.matches(i) {
			ordinals = append(ordinals, int32(i))
		}
	}
	s.result.Total = len(ordinals)
	ordinals = s.order(ordinals)
	s.result.Hits = []indexer.Hit{}
	if len(s.cited) == 0 {
		s.inBest = citation.PlaceIn(s.parsed.Text())
	}
	var toShow []showing
	var placed []bool // by hit: its first passage is the place that was asked for
	for _, ordinal := range page(ordinals, s.query) {
		hit := indexer.Hit{
			Document: s.view.catalogue.listings[ordinal].document(),
			Score:    s.scoreOf(ordinal),
		}
		passages, atPlace, err := s.toShow(ordinal)
		if err != nil {
			return err
		}
		hit.Passages = make([]indexer.MatchedPassage, len(passages))
		for i, p := range passages {
			toShow = append(toShow, showing{p, &hit.Passages[i]})
		}
		placed = append(placed, atPlace)
		s.result.Hits = append(s.result.Hits, hit)
	}
	if err := s.show(toShow); err != nil {
		return err
	}
	for i := range s.result.Hits {
		if hit := &s.result.Hits[i]; placed[i] {
			hit.Place = hit.Passages[0].Page
		}
	}
	return nil
}

// toShow are the passages of a document to show: the place that the query names
// ("Điều 3 Quy định 37"), then the best; atPlace where it has that place.
func (s *search) toShow(document int32) (shown []scoredPassage, atPlace bool, err error) {
	best, err := s.bestOf(document)
	if err != nil {
		return nil, false, err
	}
	best = worthShowing(best)
	place := s.place(document)
	if place.Zero() {
		return best, false, nil
	}
	named, found, err := s.view.passageAt(document, place)
	if err != nil || !found {
		return best, false, err
	}
	best = slices.DeleteFunc(best, func(p scoredPassage) bool { return p.ordinal == named.ordinal })
	best = append([]scoredPassage{named}, best...)
	return best[:min(len(best), shownPassages)], true, nil
}

// order sorts documents, which come newest first, as the query asks. By relevance
// no more are returned than the page that was asked for and those before it.
func (s *search) order(ordinals []int32) []int32 {
	switch {
	case s.query.Sort == indexer.Oldest:
		slices.SortFunc(ordinals, func(a, b int32) int {
			return oldestFirst(s.view.catalogue.listings[a], s.view.catalogue.listings[b])
		})
	case s.query.Sort == indexer.ByRelevance:
		best := bestFew{size: min(s.query.Page*s.query.Size, len(ordinals))}
		for place, ordinal := range ordinals { // of equal ones the newer
			best.add(scoredPassage{score: s.scoreOf(ordinal), document: int32(place)})
		}
		few := make([]int32, 0, best.size)
		for _, p := range best.sorted() {
			few = append(few, ordinals[p.document])
		}
		return few
	}
	return ordinals
}

func (s *search) scoreOf(ordinal int32) float64 {
	if score, named := s.numbers[ordinal]; named {
		return score
	}
	if s.fits != nil && s.fits[ordinal] {
		if s.view.catalogue.ended[ordinal] {
			return s.fitScore
		}
		return s.fitScore + 1
	}
	return s.textScore(ordinal)
}

// showPassages orders single passages and shows the page that was asked for.
func (s *search) showPassages() error {
	s.result.Total = len(s.singles)
	s.result.Hits = []indexer.Hit{}
	var toShow []showing
	for _, p := range page(s.singles, s.query) {
		shown := make([]indexer.MatchedPassage, 1)
		toShow = append(toShow, showing{p, &shown[0]})
		s.result.Hits = append(s.result.Hits, indexer.Hit{Document: s.view.catalogue.listings[p.document].document(), Score: p.score, Passages: shown})
	}
	return s.show(toShow)
}

// page cuts out the page that q asks for.
func page[T any](all []T, q indexer.Query) []T {
	from := min((q.Page-1)*q.Size, len(all))
	return all[from:min(from+q.Size, len(all))]
}

// showing is a passage to show, and where.
type showing struct {
	scoredPassage
	into *indexer.MatchedPassage
}

// show reads passages back and marks what matched in them.
func (s *search) show(passages []showing) error {
	newMarker := func() *indexer.Marker { return indexer.NewMarker(s.reading.matcher) }
	firstWords := s.firstWords()
	return inParallel(s.ctx, len(passages), newMarker, func(marker *indexer.Marker, at int) error {
		p := passages[at]
		return s.view.record(p.scoredPassage, func(r record) error {
			passage, err := r.passage()
			if err != nil {
				return err
			}
			if words := firstWords(r); words > 0 {
				*p.into = marker.ShowFirst(passage, int(p.ordinal), words)
			} else {
				*p.into = marker.Show(passage, int(p.ordinal))
			}
			return nil
		})
	})
}

// firstWords tells how many words of a passage's text reach to the end of the
// phrase that is looked for and that its title does not have, 0 where that is not
// known.
func (s *search) firstWords() func(record) int {
	unknown := func(record) int { return 0 }
	if len(s.reading.matcher.Phrases) != 1 {
		return unknown
	}
	phrase := s.reading.matcher.Phrases[0]
	needle, possible := newNeedle(phrase, true)
	if !possible || needle.rarest < 0 {
		return unknown
	}
	return func(r record) int {
		at, _ := needle.in(r.textWords, nil)
		if at < 0 {
			return 0
		}
		title := slices.DeleteFunc(slices.Clone(r.titleWords), func(b byte) bool { return b == wordGap }) // a phrase is marked across them, too
		if inTitle, plain := needle.in(title, nil); inTitle >= 0 || !plain {
			return 0
		}
		return r.textWords[:at].wordCount() + len(phrase)
	}
}
