package bleveindex

import (
	"strings"
	"time"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/indexer/query"
)

// What a document's facts add to its score where the query's words hint at
// them, as shares of the score. They choose between documents whose text says
// about as much, and never exclude.
const (
	kindShare   = .1
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
		p.issuers = append(p.issuers, spaced(issuer))
	}
	return p
}

// of is the factor of a document's score.
func (p preference) of(l *listing) float64 {
	facts := l.Document.Facts
	factor := 1.0
	for _, kind := range p.kinds {
		if l.values[indexer.FacetKind].Value == kind {
			factor += kindShare
			break
		}
	}
	for _, issuer := range p.issuers {
		if strings.Contains(l.issuer, issuer) {
			factor += issuerShare
			break
		}
	}
	issued := string(facts.Issued)
	if (p.from != "" || p.to != "") && issued != "" && issued >= p.from && (p.to == "" || issued <= p.to) {
		factor += dateShare
	}
	if p.term != "" && citation.TermOf(issued) == p.term {
		factor += termShare
	}
	if p.plenum > 0 {
		if term, plenum := citation.PlenumOf(issued); plenum == p.plenum && (p.term == "" || term == p.term) {
			factor += plenumShare
		}
	}
	if l.ended() {
		factor *= endedShare
	}
	return factor
}
