package bleveindex

import "vankien/analyzers"

// matchSome finds what matches; where nothing does, whatever the filters, what would with other
// accents, and then without the quotes of a query that has other words too: a
// title that was pasted has quotes of its own.
func (s *search) matchSome() error {
	matched, err := s.matchReading()
	if err != nil || matched || s.elsewhere {
		return err
	}
	typed := s.reading
	if s.reading.field == fieldText {
		if err := s.readAgain(true, s.reading.matcher.Phrases); err != nil {
			return err
		}
		if matched, err = s.matchReading(); err != nil || matched || s.elsewhere {
			s.reading.folded = matched
			return err
		}
	}
	if len(s.parsed.Phrases) == 0 || len(s.parsed.Must) > 0 || !s.wordsBeside() {
		return nil
	}
	demanded := s.phrases
	s.phrases = nil
	if err := s.readAgain(typed.field == fieldFold, nil); err != nil {
		return err
	}
	if matched, err = s.matchReading(); err != nil || matched {
		s.unquoted = matched
		return err
	}
	s.phrases = demanded
	return nil
}

// readAgain reads the query for the other copy of the text, or for the same
// one without phrases.
func (s *search) readAgain(folded bool, phrases [][]string) (err error) {
	if s.reading, err = s.view.readIn(s.parsed, folded); err == nil {
		s.reading.matcher.Phrases = phrases
	}
	return err
}

// wordsBeside tells whether the query has words that do not stand in quotes.
func (s *search) wordsBeside() bool {
	words := len(analyzers.Tokenize(s.parsed.Text()))
	for _, phrase := range s.parsed.Phrases {
		words -= len(analyzers.Tokenize(phrase))
	}
	return words > 0
}
