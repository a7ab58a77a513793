package query

import (
	"slices"
	"strings"
	"time"

	"vankien/analyzers"
	"vankien/indexer/citation"
)

// Hints are what a query's words say of the document that is wanted. They
// choose and order; they never exclude. What a document number says of itself
// is not repeated here.
type Hints struct {
	Kinds    []string // names of kinds: "Nghị quyết"; both of a symbol that has two
	Issuers  []string // names of bodies as typed; for an abbreviation those that it stands for
	From, To string   // ISO dates, "" where open: of issue
	Month    int      // "tháng 11" of a year that is not named, else 0; see At
	Term     string   // congress term in Roman numerals
	Plenum   int      // of the Central Committee in that term, 0 for none
	Topic    string   // Text without all of these and without numbers; a congress and a Month stay: titles name them
}

// At resolves Month by the day it is asked on: the last such month that has
// begun by the end of next month, and the half month before it, in which its
// papers are issued. It changes nothing where a date was named.
func (h Hints) At(today time.Time) Hints {
	if h.Month == 0 || h.From != "" || h.To != "" {
		return h
	}
	first := time.Date(today.Year()+1, time.Month(h.Month), 1, 0, 0, 0, 0, time.UTC)
	for first.After(time.Date(today.Year(), today.Month()+1, 1, 0, 0, 0, 0, time.UTC)) {
		first = first.AddDate(-1, 0, 0)
	}
	h.From = first.AddDate(0, 0, -15).Format(time.DateOnly)
	h.To = first.AddDate(0, 1, -1).Format(time.DateOnly)
	return h
}

func (s *sentence) hints() Hints {
	var h Hints
	s.congress(&h)
	s.dates(&h)
	s.issuers(&h, true)
	s.kinds(&h)
	s.issuers(&h, false)
	h.Kinds, h.Issuers = distinct(h.Kinds), distinct(h.Issuers)
	h.Topic = s.topic()
	return h
}

// symbolsTyped are the symbols of kinds that people type for the kind; other
// symbols have more usual senses (CĐ, DA, BS).
var symbolsTyped = setOf("nq, ct, qđ, qđi, qd, qdi, kl, hd, tt, tb, kh, ctr, đa, bc, cv, qc, nđ, nd, ttlt, đl, ttr, ctph")

// kinds reads the names and symbols of kinds that say what is wanted: at the
// beginning, or next to a year, an issuer, or another kind. Elsewhere they are
// what a document is about ("thi hành điều lệ").
func (s *sentence) kinds(h *Hints) {
	head := true
	for i := 0; i < len(s.syllables); {
		names, n := s.kindAt(i)
		if n == 0 && head && !s.syllables[i].taken {
			if _, body, _ := s.bodyAt(i); body > 0 { // "BTC hướng dẫn …"
				i += body
				continue
			}
		}
		if n == 0 {
			head = head && (s.syllables[i].taken || slices.ContainsFunc(fillers, func(w string) bool { return s.syllables[i].means(w) }))
			i++
			continue
		}
		next := i + n
		if head || s.wanted(next) {
			h.Kinds = append(h.Kinds, names...)
			for k := i; k < next; k++ {
				s.syllables[k].taken = true
			}
		}
		i = next
	}
}

// fillers may stand before the kind that is wanted.
var fillers = []string{"tìm", "kiếm", "xem", "các", "những", "cho", "tôi", "toàn", "văn", "nội", "dung", "tải", "về", "bản", "và", "hoặc"}

// wanted tells whether what follows a kind says that such a document is meant.
func (s *sentence) wanted(i int) bool {
	if i < len(s.syllables) && (s.syllables[i].means("của") || s.syllables[i].means("do") || s.syllables[i].means("năm")) {
		i++
	}
	return i < len(s.syllables) && s.syllables[i].taken && !s.syllables[i].cited
}

// maxKindWords is the most syllables of a kind's name.
const maxKindWords = 4

// kindStarts are the first syllables of kinds' names, folded.
var kindStarts = func() map[string]bool {
	starts := make(map[string]bool)
	for _, k := range citation.Kinds() {
		first, _, _ := strings.Cut(analyzers.FoldText(k.Name), " ")
		starts[first] = true
	}
	return starts
}()

// kindAt reads the name or symbol of a kind at syllable i.
func (s *sentence) kindAt(i int) (names []string, n int) {
	for n = min(maxKindWords, len(s.syllables)-i); n > 0 && kindStarts[s.syllables[i].fold]; n-- {
		if slices.ContainsFunc(s.syllables[i:i+n], func(y syllable) bool { return y.taken }) {
			continue
		}
		k, ok := citation.KindByName(s.folded(i, n))
		if ok && s.phrase(i, strings.Fields(strings.ToLower(k.Name))) && !(i+n < len(s.syllables) && s.syllables[i+n].means("viên")) {
			return []string{k.Name}, n
		}
	}
	y := s.syllables[i]
	if y.taken || !symbolsTyped[y.Term] || analyzers.PlausibleFolded(y.fold) && s.text[y.Start:y.End] == y.Term {
		return nil, 0
	}
	return kindNames(s.text[y.Start:y.End]), 1
}

// issuers reads the names of bodies: the central ones anywhere, the others
// where a kind, a number or a date stands next to them.
func (s *sentence) issuers(h *Hints, central bool) {
	for i := 0; i < len(s.syllables); {
		names, n, isCentral := s.bodyAt(i)
		if n == 0 || isCentral != central || !central && !s.besideTaken(i, i+n) {
			i++
			continue
		}
		h.Issuers = append(h.Issuers, names...)
		for k := i; k < i+n; k++ {
			s.syllables[k].taken = true
		}
		i += n
	}
}

func (s *sentence) besideTaken(from, to int) bool {
	if from > 0 && (s.syllables[from-1].means("của") || s.syllables[from-1].means("do")) {
		from--
	}
	return from > 0 && s.syllables[from-1].taken || to < len(s.syllables) && s.syllables[to].taken
}

// bodyAt reads the name or abbreviation of a body at syllable i, with the
// place behind it.
func (s *sentence) bodyAt(i int) (names []string, n int, central bool) {
	for n = min(maxBodyWords, len(s.syllables)-i); n > 0 && tableOfBodies().starts[s.syllables[i].fold]; n-- {
		if slices.ContainsFunc(s.syllables[i:i+n], func(y syllable) bool { return y.taken }) {
			continue
		}
		b, ok := tableOfBodies().byFold[s.folded(i, n)]
		if !ok || !s.phrase(i, b.words) {
			continue
		}
		if !b.central {
			n += s.place(i + n)
		}
		return []string{s.typed(i, i+n)}, n, b.central
	}
	expansions, n := s.abbreviation(i)
	for _, name := range expansions {
		if b, ok := tableOfBodies().byFold[analyzers.FoldText(name)]; ok {
			names = append(names, name)
			central = central || len(names) == 1 && b.central
		}
	}
	if len(names) == 0 {
		return nil, 0, false
	}
	return names, n, central
}

// place is how many syllables from i on are a province.
func (s *sentence) place(i int) int {
	for n := min(maxPlaceWords, len(s.syllables)-i); n > 0; n-- {
		if isPlace(strings.Fields(s.folded(i, n))) {
			return n
		}
	}
	return 0
}
