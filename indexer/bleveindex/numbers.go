package bleveindex

import (
	"slices"
	"strings"
	"unicode"

	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/storage"
)

// cited is what a citation in the query means in this library.
type cited struct {
	citation.Citation
	documents []int32 // best first; those that no condition but a filter keeps out
	decided   bool    // what was typed speaks for the first alone
	known     bool    // whoever asks may see one, conditions apart
}

// lookUpNumbers finds the documents that the query names by a number, a plenum
// or a nickname.
func (s *search) lookUpNumbers() {
	if s.query.Unit == indexer.Passages {
		return
	}
	text := s.parsed.Text()
	found := citation.FindTyped(text)
	contexts := citation.Contexts(text, found)
	for i, c := range found {
		if c.Guess && !whole(text, c) && !strings.ContainsFunc(c.Typed, unicode.IsLetter) {
			continue // a bare number among words is any number
		}
		if c.Guess && s.view.catalogue.issuedIn(c.Number, s.query.Audience) {
			continue // a bare year is a year
		}
		of := cited{Citation: c}
		of.documents, of.decided = s.view.catalogue.choose(c, contexts[i], s.query.Audience)
		of.known = len(of.documents) > 0
		of.decided = of.decided && s.refused[of.documents[0]] == 0
		of.documents = slices.DeleteFunc(of.documents, func(document int32) bool { return s.refused[document]&outside != 0 })
		if c.Guess && len(of.documents) == 0 {
			continue
		}
		s.cited = append(s.cited, of)
	}
}

// issuedIn tells whether a bare number is a year from which there are documents that
// an audience may see.
func (c *catalogue) issuedIn(n citation.Number, audience storage.Audience) bool {
	return len(n.Serial) == 4 && n.Serial == n.String() &&
		slices.ContainsFunc(c.listings, func(l *listing) bool {
			return strings.HasPrefix(string(l.Document.Facts.Issued), n.Serial+"-") && l.shownTo(audience)
		})
}

// whole tells whether a citation is all that was typed.
func whole(text string, c citation.Citation) bool {
	from, to := c.Start, c.End
	if c.To > c.From {
		from, to = min(from, c.From), max(to, c.To)
	}
	wordy := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
	return !strings.ContainsFunc(text[:from], wordy) && !strings.ContainsFunc(text[to:], wordy)
}

// choose finds the documents that a citation may mean to an audience, best first,
// and whether it and its context speak for the first alone. What audience may not
// see has no say in it.
func (c *catalogue) choose(cited citation.Citation, context string, audience storage.Audience) (ordinals []int32, decided bool) {
	if cited.Number.Serial == "" || cited.Guess {
		shown := c.shown(audience)
		found, decided := shown.register.Choose(cited, context)
		return shown.ordinalsOf(found), decided
	}
	// A register of the documents with this serial alone is made at once.
	var same []int32
	var known []citation.Known
	for _, ordinal := range c.serials()[bareSerial(cited.Number.Serial)] {
		if l := c.listings[ordinal]; l.shownTo(audience) {
			same, known = append(same, ordinal), append(known, l.known())
		}
	}
	found, decided := citation.NewRegister(known).Choose(cited, context)
	for _, i := range found {
		ordinals = append(ordinals, same[i])
	}
	return ordinals, decided
}

// shownDocuments are those that an audience may see.
type shownDocuments struct {
	register *citation.Register
	ordinals []int32 // by place in the register
}

func (s shownDocuments) ordinalsOf(places []int) []int32 {
	var ordinals []int32
	for _, place := range places {
		ordinals = append(ordinals, s.ordinals[place])
	}
	return ordinals
}

// shown are the documents that an audience may see; one that is not known is the public.
func (c *catalogue) shown(audience storage.Audience) shownDocuments {
	if to, known := c.audiences[audience]; known {
		return to()
	}
	return c.audiences[storage.AudiencePublic]()
}

func (c *catalogue) newShown(audience storage.Audience) shownDocuments {
	var shown shownDocuments
	var known []citation.Known
	for i, l := range c.listings {
		if l.shownTo(audience) {
			shown.ordinals, known = append(shown.ordinals, int32(i)), append(known, l.known())
		}
	}
	shown.register = citation.NewRegister(known)
	return shown
}

// known is a document as citations are resolved to it.
func (l *listing) known() citation.Known {
	facts := l.Document.Facts
	return citation.Known{
		Number: l.number, Issued: string(facts.Issued), Kind: string(facts.Kind), Issuer: string(facts.Issuer), Title: string(facts.Title),
		Ended: l.ended(),
	}
}

// bareSerial is a serial without leading zeros, "" for none.
func bareSerial(serial string) string { return strings.ToLower(strings.TrimLeft(serial, "0")) }

// rankNumbers puts the documents that were named before every other hit. One
// citation that may mean several, and is all that was typed, is a choice, unless
// its date or the like has chosen; of several citations each document stands for
// itself.
func (s *search) rankNumbers() {
	var named []int32
	for depth := 0; ; depth++ { // the best of each first
		more := false
		for _, c := range s.cited {
			if depth < len(c.documents) {
				named, more = append(named, c.documents[depth]), true
			}
		}
		if !more {
			break
		}
	}
	if s.phrases != nil && !s.wish.numbers { // what stands in quotes has to be there, whatever the number
		named = slices.DeleteFunc(named, func(document int32) bool { return s.first == nil || s.first[document][0] == 0 })
	}
	best := 0.0
	for _, r := range s.ranked {
		best = max(best, r.score)
	}
	s.numbers = make(map[int32]float64, len(named))
	for rank, document := range named {
		if _, twice := s.numbers[document]; !twice {
			s.numbers[document] = best + float64(len(named)-rank)
		}
	}
	named = slices.DeleteFunc(named, func(document int32) bool { return s.refused[document] != 0 })
	if len(s.cited) == 1 && len(named) > 1 && !s.cited[0].decided && whole(s.parsed.Text(), s.cited[0].Citation) {
		for _, document := range named {
			s.result.Candidates = append(s.result.Candidates, indexer.Candidate{Document: s.view.catalogue.listings[document].document()})
		}
	}
}

// place is where in the documents that were named the reader wants to be; where
// none was, in the best that was found.
func (s *search) place(document int32) citation.Pinpoint {
	if !s.inBest.Zero() && s.foremost() == document {
		return s.inBest
	}
	for _, c := range s.cited {
		if slices.Contains(c.documents, document) && !c.Pinpoint.Zero() {
			return c.Pinpoint
		}
	}
	return citation.Pinpoint{}
}

// foremost is the document that ranks best by its text, -1 where none is ranked.
func (s *search) foremost() int32 {
	best := int32(-1)
	for document, r := range s.ranked {
		if best < 0 || r.score > s.ranked[best].score || r.score == s.ranked[best].score && document < best {
			best = document
		}
	}
	return best
}

// passageAt finds the passage of a document that a pinpoint names: the first of
// those that are it most nearly.
func (v *view) passageAt(document int32, at citation.Pinpoint) (found scoredPassage, ok bool, err error) {
	key := v.catalogue.listings[document].key
	best := 0
	for number, seg := range v.segments {
		for _, item := range seg.column.itemsOf(key) {
			if seg.hidden != nil && seg.hidden.Contains(item) {
				continue
			}
			p := scoredPassage{document: document, ordinal: seg.column.ordinals[item], segment: int32(number), item: item}
			passage, err := v.passage(p)
			if err != nil {
				return scoredPassage{}, false, err
			}
			if share := indexer.PlaceShare(passage.Section, at); share > best || share == best && ok && p.ordinal < found.ordinal {
				found, best, ok = p, share, share > 0
			}
		}
	}
	return found, ok, nil
}
