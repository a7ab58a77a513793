// Package facts reads from the text of a document what it says of itself:
// number, kind, issuer, date, subject, signer, effect and marks. Everything in
// it is a pure function of the pages, safe for concurrent use, linear in their
// length and never in need of a file, a clock or a table of documents.
//
// What is not printed stays empty: a blank that somebody fills in by hand
// gives no value, only evidence that it was seen. The layouts are those of the
// Party's guides of 1998, 2004, 2018 and 2026 and of the State's of 2011 and
// 2020, as the readers of all formats hand them over: the two
// columns of the head merged into one line, one after the other, or glued.
package facts

import (
	"strings"

	"vankien/indexer/citation"
	"vankien/storage"
)

// Version names what Read makes of a text. A document that another version has
// described is described again, from the text that is kept of it: it goes up with
// every change by which Read reads other facts.
const Version = "f3"

// How sure a fact is, by what it was read from.
const (
	sure   = 0.99 // its own place in the head, in its own form
	likely = 0.9  // its place or its form, not both
	weak   = 0.6  // concluded from something else
	guess  = 0.3  // a part of a value that is filled in by hand
)

// Read reads the facts of a document. Relations, Recipients, Evidence and Issues
// are never nil. Issues are Vietnamese sentences for an editor: what is left blank, and
// what contradicts what.
func Read(pages []storage.Page) storage.Facts {
	r := &reader{facts: storage.Facts{
		Relations: []storage.Relation{}, Recipients: []string{}, Evidence: map[string]storage.Evidence{}, Issues: []string{},
	}}
	pages = valid(pages)
	r.cells = split(pages, maxHeadLines)
	r.scan = len(pages) > 0 && byEye(pages[0])
	r.readMarks(pages)
	r.readNumber()
	r.readKind()
	r.findBody()
	r.sign = findSignature(pages, r.several())
	r.readTitle()
	r.readDate(pages)
	r.readPicture(pages)
	r.readIssuer()
	r.readSigner()
	r.readRecipients(pages)
	r.readEffect(pages)
	r.readRelations(pages)
	r.compare(pages)
	return r.facts
}

// valid is the pages without bytes that are no UTF-8.
func valid(pages []storage.Page) []storage.Page {
	clean := make([]storage.Page, len(pages))
	for i, page := range pages {
		page.Text = strings.ToValidUTF8(page.Text, "")
		page.Picture = strings.ToValidUTF8(page.Picture, "")
		clean[i] = page
	}
	return clean
}

// reader carries what is known so far from one fact to the next.
type reader struct {
	facts    storage.Facts
	cells    []cell          // the head of the document
	number   citation.Number // with Serial "" where only the symbol is printed
	kindAt   int             // the cell that names the kind, -1 where none does
	kindRest string          // what that cell says after the kind's name
	paper    paper           // the kind, where it is one that has no number
	letter   bool            // an official letter: no kind, its subject under the number
	body     int             // the cell where the text proper begins
	sign     signature
	scan     bool // the first page is a picture: number and day may be handwritten
}

// saw keeps the evidence of a fact.
func (r *reader) saw(fact string, c cell, confidence float64) {
	r.facts.Evidence[fact] = storage.Evidence{Page: c.page, Text: c.line, Confidence: confidence}
}

// guessed keeps the evidence of a value that is not, or only in part, printed.
func (r *reader) guessed(fact string, c cell, value string) {
	e := storage.Evidence{Page: c.page, Text: c.line, Confidence: guess}
	if value != "" {
		e.Guess = &value
	}
	r.facts.Evidence[fact] = e
}

func (r *reader) issue(sentence string) { r.facts.Issues = append(r.facts.Issues, sentence) }
