package web

import (
	"cmp"
	"slices"

	"vankien/indexer"
	"vankien/storage"
)

// Successors are what has replaced a document in a list, or will, or may have.
type Successors struct {
	Sentence string // that leads to them
	Links    []Link // none where there is nothing to say
}

// Banner is what a document's own page says first: what has ended the document,
// or will, or may have.
type Banner struct {
	Clauses []Clause // none where there is nothing to say
	Ended   bool     // it certainly no longer holds
}

// Clause is a sentence without its full stop, and the documents that end it.
type Clause struct {
	Sentence string
	Named    []Named
}

// Named is a document in a Clause.
type Named struct {
	Name  Link
	Since string // that it has ended as well, "" where it has not
	By    []Link // which Since leads to
}

// successorsOf is what a document in a list says, of those of its successors
// that the reader may know of.
func successorsOf(d storage.Document, known map[storage.ID]storage.Document) Successors {
	var all []storage.Document
	for _, id := range d.ReplacedBy {
		if successor, ok := known[id]; ok {
			all = append(all, successor)
		}
	}
	current, coming := divided(all)
	s := Successors{Sentence: "Có thể đã được thay thế bởi:"}
	switch {
	case len(current) == 0:
		s.Sentence, current = "Sẽ được thay thế bởi:", coming
	case ended(d) || slices.Contains(d.Edited, "replaced_by"):
		s.Sentence = "Xem văn bản thay thế:"
	}
	for _, successor := range current {
		s.Links = append(s.Links, Link{Label: cmp.Or(designation(successor), heading(successor)), URL: DocumentURL(successor.ID, 0, "")})
	}
	return s
}

// divided are the documents that have taken effect, and those that will.
func divided(all []storage.Document) (current, coming []storage.Document) {
	for _, d := range all {
		if inEffect(d) {
			current = append(current, d)
		} else {
			coming = append(coming, d)
		}
	}
	return current, coming
}

func inEffect(d storage.Document) bool { return d.Validity != storage.NotYetInForce }

func ended(d storage.Document) bool {
	return d.Validity == storage.Replaced || d.Validity == storage.Repealed
}

func banner(o Opened) Banner {
	d := o.Document
	current, coming := divided(o.Successors)
	repealing, toRepeal := divided(repealers(o.Links))
	b := Banner{Ended: ended(d) || len(current) > 0 && slices.Contains(d.Edited, "replaced_by")}
	say := func(sentence, before string, named []Named) {
		if len(named) > 0 {
			sentence += before
		}
		b.Clauses = append(b.Clauses, Clause{sentence, named})
	}
	switch {
	case d.Validity == storage.Repealed:
		say("Văn bản này đã bị bãi bỏ", " theo", names(repealing))
		if len(current) > 0 {
			say("Xem văn bản thay thế:", "", chained(current, o.Later))
		}
	case b.Ended:
		say("Văn bản này đã được thay thế", " bởi", chained(current, o.Later))
	case len(current) > 0:
		say("Văn bản này có thể đã được thay thế", " bởi", names(current))
	case len(coming) == 0 && o.Links != nil && len(o.Links.Successors) > 0 && !settled(d):
		say("Văn bản này có thể đã được thay thế", " bởi", names(o.Links.Successors))
	}
	if len(coming) > 0 {
		say("Văn bản này sẽ được thay thế", " bởi", fromDay(coming))
	}
	for _, by := range toRepeal {
		if ended(d) {
			break
		}
		from := ""
		if day := Date(by.Facts.Effective); day != "" {
			from = " từ ngày" + noBreak + day
		}
		say("Văn bản này sẽ bị bãi bỏ"+from, " theo", names([]storage.Document{by}))
	}
	return b
}

// repealers are the documents that repeal one in so many words.
func repealers(links *indexer.Links) []storage.Document {
	if links == nil {
		return nil
	}
	var all []storage.Document
	for _, link := range links.In {
		if link.Relation.Kind != storage.Repeals || !link.Relation.Explicit || !link.Decided || len(link.Documents) == 0 {
			continue
		}
		by := link.Documents[0]
		if !slices.ContainsFunc(all, func(d storage.Document) bool { return d.ID == by.ID }) {
			all = append(all, by)
		}
	}
	return all
}

func names(documents []storage.Document) []Named {
	var all []Named
	for _, link := range choices(documents) {
		all = append(all, Named{Name: link})
	}
	return all
}

// chained are documents with what has ended them in their turn, as far as it is
// among later.
func chained(documents, later []storage.Document) []Named {
	all := names(documents)
	for i, d := range documents {
		switch d.Validity {
		case storage.Repealed:
			all[i].Since = "văn bản này cũng đã bị bãi bỏ"
		case storage.Replaced:
			all[i].Since = "văn bản này cũng đã được thay thế"
			all[i].By = choices(slices.DeleteFunc(slices.Clone(later), func(by storage.Document) bool {
				return !inEffect(by) || !slices.Contains(d.ReplacedBy, by.ID)
			}))
			if len(all[i].By) > 0 {
				all[i].Since += " bởi"
			}
		}
	}
	return all
}

// fromDay are documents with the day on which they take effect.
func fromDay(documents []storage.Document) []Named {
	all := names(documents)
	for i, d := range documents {
		if from := Date(d.Facts.Effective); from != "" {
			all[i].Name.Label += ", có hiệu lực từ ngày" + noBreak + from
		}
	}
	return all
}

// settled tells that nobody needs to wonder whether a document was replaced.
func settled(d storage.Document) bool {
	return ended(d) || d.Validity == storage.InForce && slices.Contains(d.Edited, "validity")
}
