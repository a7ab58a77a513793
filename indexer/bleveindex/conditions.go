package bleveindex

import (
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/indexer/query"
	"vankien/storage"
)

// lookEvery is how many documents are looked at between two looks at the
// deadline.
const lookEvery = 512

// refuse finds which documents the query's filters and conditions keep out.
func (s *search) refuse() error {
	c := s.view.catalogue
	s.refused = c.refusals(s.query)
	for _, field := range s.parsed.Fields {
		meets, err := s.meets(field)
		if err != nil {
			return err
		}
		for i, l := range c.listings {
			if i%lookEvery == 0 && s.ctx.Err() != nil {
				return s.ctx.Err()
			}
			if s.refused[i]&outside == 0 && meets(int32(i), l) == field.Not {
				s.refused[i] |= outside
			}
		}
	}
	for _, without := range s.parsed.Without {
		p, asked := readAccented(without)
		if !asked {
			continue
		}
		holding, err := s.view.phrasePassages(s.ctx, []phrase{p})
		if err != nil {
			return err
		}
		for number, items := range holding {
			for each := items.Iterator(); each.HasNext(); {
				if document := s.view.document(number, uint64(each.Next())); document >= 0 {
					s.refused[document] |= outside
				}
			}
		}
	}
	return nil
}

// meets is what a field asks of a document. What its text cites counts as well:
// people may have taken it from the facts.
func (s *search) meets(field query.Field) (func(ordinal int32, l *listing) bool, error) {
	meets := s.view.catalogue.condition(field, s.query.Audience)
	if field.Name != query.FieldCites {
		return meets, nil
	}
	saying, err := s.saying(field)
	return func(ordinal int32, l *listing) bool { return saying[ordinal] || meets(ordinal, l) }, err
}

// demand finds the passages that have what the query's quotes and alternatives
// ask for, of the documents that have all of it: as what NOT leaves out, it may
// stand anywhere in a document.
func (s *search) demand() error {
	demands := s.parsed.Must
	for _, phrase := range s.parsed.Phrases {
		demands = append(demands, []string{phrase})
	}
	for _, alternatives := range demands {
		either, err := s.either(alternatives)
		if err != nil {
			return err
		}
		if either != nil {
			s.demands = append(s.demands, either)
		}
	}
	if len(s.demands) == 0 {
		return nil
	}
	s.phrases = make([]*roaring.Bitmap, len(s.view.segments))
	for number := range s.phrases {
		s.phrases[number] = roaring.New()
		for _, demanded := range s.demands {
			s.phrases[number].Or(demanded[number])
		}
	}
	if len(s.demands) > 1 {
		s.demandAll()
	}
	return nil
}

// either finds the passages that have one of several phrases; nil where none has
// a word.
func (s *search) either(alternatives []string) (either []*roaring.Bitmap, err error) {
	for _, alternative := range alternatives {
		p, asked := readAccented(alternative)
		if !asked {
			continue
		}
		holding, err := s.holding(p)
		if err != nil {
			return nil, err
		}
		s.reading.matcher.Phrases = append(s.reading.matcher.Phrases, p.folded())
		either = combine(either, holding, (*roaring.Bitmap).Or)
	}
	return either, nil
}

// demandAll leaves the passages of the documents that have all that is demanded.
func (s *search) demandAll() {
	met := make([]int, len(s.view.catalogue.listings)) // how many of the demands so far
	for number, demanded := range s.demands {
		for segment, items := range demanded {
			for each := items.Iterator(); each.HasNext(); {
				if document := s.view.document(segment, uint64(each.Next())); document >= 0 && met[document] == number {
					met[document]++
				}
			}
		}
	}
	for segment, items := range s.phrases {
		kept := roaring.New()
		for each := items.Iterator(); each.HasNext(); {
			item := each.Next()
			if document := s.view.document(segment, uint64(item)); document >= 0 && met[document] == len(s.demands) {
				kept.Add(item)
			}
		}
		s.phrases[segment] = kept
	}
}

// preferMore puts the passages that have more of what is demanded before the others.
func (s *search) preferMore(passages []scoredPassage) {
	most := 0.0
	for _, p := range passages {
		most = max(most, p.score)
	}
	for i, p := range passages {
		passages[i].score += most * float64(s.held(int(p.segment), p.item))
	}
	slices.SortFunc(passages, scoredPassage.before)
}

// held is how much of what is demanded a passage has, where that is several things.
func (s *search) held(segment int, item uint32) int {
	held := 0
	if s.phrases == nil || len(s.demands) < 2 {
		return held
	}
	for _, demanded := range s.demands {
		if demanded[segment].Contains(item) {
			held++
		}
	}
	return held
}

// holding are the passages with a phrase as it was typed; where no passage has
// it with these accents, those that have it with others, and that is said.
func (s *search) holding(p phrase) ([]*roaring.Bitmap, error) {
	holding, err := s.view.phrasePassages(s.ctx, []phrase{p})
	if err != nil || !p.accented || somewhere(holding) {
		return holding, err
	}
	holding, err = s.view.phrasePassages(s.ctx, []phrase{{syllables: p.folded(), offsets: p.offsets}})
	s.otherAccents = s.otherAccents || err == nil && somewhere(holding)
	return holding, err
}

func somewhere(holding []*roaring.Bitmap) bool {
	return slices.ContainsFunc(holding, func(items *roaring.Bitmap) bool { return !items.IsEmpty() })
}

// combine changes each of into by the other of the same segment; nil takes all
// of with.
func combine(into, with []*roaring.Bitmap, by func(a, b *roaring.Bitmap)) []*roaring.Bitmap {
	if into == nil {
		return with
	}
	for i := range into {
		by(into[i], with[i])
	}
	return into
}

// condition is what a field asks of a document. What audience may not see has no
// say in it: not even what it replaces is to be learned.
func (c *catalogue) condition(field query.Field, audience storage.Audience) func(ordinal int32, l *listing) bool {
	facet := func(facet indexer.Facet, slug func(string) string) func(int32, *listing) bool {
		values := make([]string, len(field.Values))
		for i, value := range field.Values {
			values[i] = slug(value)
		}
		return func(_ int32, l *listing) bool { return slices.Contains(values, l.values[facet].Value) }
	}
	switch field.Name {
	case query.FieldKind:
		return facet(indexer.FacetKind, analyzers.Slug)
	case query.FieldYear:
		return facet(indexer.FacetYear, analyzers.Slug)
	case query.FieldTerm:
		return facet(indexer.FacetTerm, func(term string) string { return analyzers.Slug("khoa " + term) })
	case query.FieldValidity:
		return facet(indexer.FacetValidity, func(validity string) string { return validity })
	case query.FieldDate:
		return func(_ int32, l *listing) bool {
			return field.Within(string(l.Document.Facts.Issued))
		}
	case query.FieldIssuer:
		return heldBy(issuersMeant(field.Values), func(l *listing) string { return l.issuer })
	case query.FieldTitle:
		return titled(field.Values)
	case query.FieldNumber:
		named := c.namedBy(field.Values, audience)
		return func(ordinal int32, _ *listing) bool { return named[ordinal] }
	default:
		return c.related(field, audience)
	}
}

// heldBy tells whether a text, as spaced makes it, has one of the values.
func heldBy(values []string, text func(*listing) string) func(int32, *listing) bool {
	folds := make([]string, len(values))
	for i, value := range values {
		folds[i] = spaced(value)
	}
	return func(_ int32, l *listing) bool {
		held := text(l)
		return slices.ContainsFunc(folds, func(fold string) bool { return fold != "  " && strings.Contains(held, fold) })
	}
}

// titled tells whether a title has all words of one of the values.
func titled(values []string) func(int32, *listing) bool {
	words := make([][]string, len(values))
	for i, value := range values {
		words[i] = strings.Fields(spaced(value))
	}
	return func(_ int32, l *listing) bool {
		return slices.ContainsFunc(words, func(all []string) bool {
			return len(all) > 0 && !slices.ContainsFunc(all, func(word string) bool { return !strings.Contains(l.title, " "+word+" ") })
		})
	}
}

// spaced is a text's folded words with a space around each.
func spaced(text string) string {
	var words []string
	for _, token := range analyzers.Tokenize(text) {
		words = append(words, analyzers.Fold(token.Term))
	}
	return " " + strings.Join(words, " ") + " "
}

// namedBy are the documents that numbers as typed may mean to an audience; digits
// alone are a serial.
func (c *catalogue) namedBy(typed []string, audience storage.Audience) map[int32]bool {
	named := make(map[int32]bool)
	for _, value := range typed {
		for _, document := range c.serials()[bareSerial(value)] {
			if l := c.listings[document]; l.serial != "" && l.shownTo(audience) {
				named[document] = true
			}
		}
		for _, cited := range citation.FindTyped(value) {
			meant, _ := c.choose(cited, value, audience)
			for _, document := range meant {
				named[document] = true
			}
		}
	}
	return named
}
