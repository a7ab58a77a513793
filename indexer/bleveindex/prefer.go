package bleveindex

import (
	"slices"
	"strings"
	"time"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/bodies"
	"vankien/indexer/citation"
	"vankien/indexer/query"
)

// What a document's facts add to its score where the query's words hint at
// them, as shares of the score. They choose between documents whose text says
// about as much, and never exclude.
const (
	kindShare   = .2
	issuerShare = .15
	dateShare   = .5 // a year is typed to be had
	termShare   = .15
	plenumShare = .15
	// endedShare is what a document that no longer holds keeps of its score: at
	// equal relevance the one in force stands first.
	endedShare = .9
)

// preference is a query's hints, ready to be compared.
type preference struct {
	kinds    []string // slugs
	issuers  []string // folded, with a space around each word
	from, to string
	term     string
	plenum   int
}

func newPreference(h query.Hints, today time.Time) preference {
	h = h.At(today)
	p := preference{from: h.From, to: h.To, term: h.Term, plenum: h.Plenum}
	for _, kind := range h.Kinds {
		p.kinds = append(p.kinds, analyzers.Slug(kind))
	}
	for _, issuer := range h.Issuers {
		p.issuers = appendNew(append(p.issuers, spaced(issuer)), spaced(bodies.Default().Canonical(issuer, "")))
	}
	return p
}

// none tells that nothing is hinted at.
func (p preference) none() bool {
	return len(p.kinds)+len(p.issuers)+p.plenum == 0 && p.from+p.to+p.term == ""
}

// of is the factor of a document's score.
func (p preference) of(c *catalogue, document int32) float64 {
	factor := 1.0
	if !p.none() {
		for _, hint := range p.hints(c.listings[document]) {
			if hint.asked && hint.met {
				factor += hint.share
			}
		}
	}
	if c.ended[document] {
		factor *= endedShare
	}
	return factor
}

// all tells whether a document is all that is hinted at.
func (p preference) all(l *listing) bool {
	for _, hint := range p.hints(l) {
		if hint.asked && !hint.met {
			return false
		}
	}
	return true
}

// hinted is one thing that a query may hint at.
type hinted struct {
	share      float64
	asked, met bool
}

// hints compare a document to all that is hinted at.
func (p preference) hints(l *listing) [5]hinted {
	issued := string(l.Document.Facts.Issued)
	term, plenum := citation.PlenumOf(issued)
	return [...]hinted{
		{kindShare, len(p.kinds) > 0, slices.Contains(p.kinds, l.values[indexer.FacetKind].Value)},
		{issuerShare, len(p.issuers) > 0, slices.ContainsFunc(p.issuers, func(issuer string) bool { return strings.Contains(l.issuer, issuer) })},
		{dateShare, p.from+p.to != "", issued != "" && issued >= p.from && (p.to == "" || issued <= p.to)},
		{termShare, p.term != "", citation.TermOf(issued) == p.term},
		{plenumShare, p.plenum > 0, plenum == p.plenum && (p.term == "" || term == p.term)},
	}
}
