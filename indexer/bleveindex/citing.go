package bleveindex

import (
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/indexer/query"
)

// citing are the passages whose text has one of the numbers, per segment.
func (s *search) citing(numbers []citation.Number) ([]*roaring.Bitmap, error) {
	found := make([]*roaring.Bitmap, len(s.view.segments))
	for i := range found {
		found[i] = roaring.New()
	}
	for _, number := range numbers {
		if number.Serial == "" || number.Kind+number.Issuer == "" {
			continue
		}
		for segment := range s.view.segments {
			if err := s.citingIn(segment, number, found[segment]); err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

// citingIn adds the passages of a segment that have a number. Its serial beside
// what else a number has narrows them down, however it is written; then they are
// read.
func (s *search) citingIn(segment int, number citation.Number, found *roaring.Bitmap) error {
	seg := s.view.segments[segment]
	items := roaring.New()
	for _, terms := range writtenTerms(number) {
		holding, err := seg.withAll(s.ctx, fieldFold, terms)
		if err != nil {
			return err
		}
		items.AddMany(holding)
	}
	numbers := items.ToArray()
	cites := make([]bool, len(numbers))
	err := inParallel(s.ctx, (len(numbers)+verifyStep-1)/verifyStep, nothing, func(_ struct{}, step int) error {
		for at := step * verifyStep; at < min(len(numbers), (step+1)*verifyStep); at++ {
			item := numbers[at]
			passage, err := s.view.passage(scoredPassage{segment: int32(segment), item: item, document: max(0, s.view.document(segment, uint64(item)))})
			if err != nil {
				return err
			}
			cites[at] = slices.ContainsFunc(citation.Find(passage.Text), func(c citation.Citation) bool { return means(number, c.Number) })
		}
		return nil
	})
	for at, item := range numbers {
		if cites[at] {
			found.Add(item)
		}
	}
	return err
}

// means tells whether a number that was written may be one that was asked for:
// what was asked for may lack its issuer.
func means(asked, written citation.Number) bool {
	if asked.Issuer != "" {
		return asked.Key() == written.Key()
	}
	return asked.Kind == written.Kind && bareSerial(asked.Serial) == bareSerial(written.Serial) && (asked.Year == 0 || asked.Year == written.Year)
}

// serialsOf are the ways a serial is written: with and without zeros before it.
func serialsOf(number citation.Number) []string {
	bare := bareSerial(number.Serial)
	return slices.Compact([]string{bare, "0" + bare, "00" + bare})
}

// writtenTerms are the terms that a passage with the number has, for each way of
// writing it: the serial beside the kind, or the year, or the issuer where there is no kind.
func writtenTerms(number citation.Number) (ways [][]string) {
	letters := letterTerms(number.Kind)
	beside := []string{}
	if len(letters) > 0 {
		beside = append(beside, letters[0])
	} else if issuer := letterTerms(number.Issuer); len(issuer) > 0 {
		beside = append(beside, issuer[0])
	}
	if number.Year > 0 {
		beside = append(beside, strconv.Itoa(number.Year))
	}
	for _, serial := range serialsOf(number) {
		for _, other := range beside {
			ways = append(ways, []string{serial + analyzers.PairSeparator + other})
		}
		if len(letters) > 0 { // "NQ 21"
			ways = append(ways, []string{letters[len(letters)-1] + analyzers.PairSeparator + serial})
		}
	}
	return ways
}

// letterTerms are the folded words of a symbol.
func letterTerms(symbol string) []string {
	var terms []string
	for _, token := range analyzers.Tokenize(symbol) {
		terms = append(terms, analyzers.Fold(token.Term))
	}
	return terms
}

// citedBy are the numbers that a field names, and those of the documents that it may mean.
func (s *search) citedBy(field query.Field) (numbers []citation.Number, own map[int32]bool) {
	for _, value := range field.Values {
		for _, c := range citation.FindTyped(value) {
			numbers = append(numbers, c.Number)
		}
	}
	own = s.view.catalogue.namedBy(field.Values, s.query.Audience)
	for document := range own {
		if number := s.view.catalogue.listings[document].number; !slices.Contains(numbers, number) {
			numbers = append(numbers, number)
		}
	}
	return numbers, own
}

// saying are the documents whose text cites what a field names.
func (s *search) saying(field query.Field) (map[int32]bool, error) {
	numbers, own := s.citedBy(field)
	passages, err := s.citing(numbers)
	if err != nil {
		return nil, err
	}
	documents := make(map[int32]bool)
	for segment, items := range passages {
		for _, item := range items.ToArray() {
			if document := s.view.document(segment, uint64(item)); document >= 0 && !own[document] {
				documents[document] = true
			}
		}
	}
	return documents, nil
}

// onlyNumbers tells whether nothing was typed but numbers of documents, places in
// them and hints.
func (s *search) onlyNumbers() bool {
	text := []byte(s.parsed.Text())
	for _, c := range s.cited {
		if c.Number.Serial == "" {
			return false
		}
		from, to := c.Start, c.End
		if c.To > c.From {
			from, to = min(from, c.From), max(to, c.To)
		}
		for i := from; i < to; i++ {
			text[i] = ' '
		}
	}
	if len(s.cited) == 0 {
		return false
	}
	topic := spaced(s.parsed.Hints.Topic)
	for _, word := range strings.Fields(spaced(string(text))) {
		if strings.Contains(topic, " "+word+" ") {
			return false
		}
	}
	return true
}

// demandNumbers asks the text for the numbers themselves where nothing else was
// typed: what has their symbols alone is about something else.
func (s *search) demandNumbers() error {
	if !s.wish.numbers {
		return nil
	}
	var numbers []citation.Number
	for _, c := range s.cited {
		numbers = append(numbers, c.Number)
		for _, document := range c.documents {
			numbers = append(numbers, s.view.catalogue.listings[document].number)
		}
	}
	var err error
	s.phrases, err = s.citing(numbers)
	return err
}

// nothingNear tells whether the query's number leads nowhere: not even a number
// like it is there. Then its words are searched like any others.
func (s *search) nothingNear() bool {
	return s.wish.numbers && !slices.ContainsFunc(s.cited, func(c cited) bool {
		return c.known || len(s.view.catalogue.nearest(c.Number, s.query.Audience)) > 0
	})
}
