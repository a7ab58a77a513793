package web

import (
	"cmp"
	"slices"

	"vankien/storage"
)

// Successors are what has replaced a document, or will, or may have.
type Successors struct {
	Sentence string // that leads to them
	Links    []Link // none where there is nothing to say
	Ended    bool   // they certainly have
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
	s := Successors{Sentence: "Có thể đã được thay thế bởi:"}
	for _, successor := range all {
		s.Links = append(s.Links, Link{Label: cmp.Or(designation(successor), heading(successor)), URL: DocumentURL(successor.ID, 0, "")})
	}
	switch {
	case d.Validity == storage.Replaced || d.Validity == storage.Repealed:
		s.Sentence, s.Ended = "Xem văn bản thay thế:", true
	case !slices.ContainsFunc(all, inEffect):
		s.Sentence = "Sẽ được thay thế bởi:"
	case slices.Contains(d.Edited, "replaced_by"):
		s.Sentence, s.Ended = "Xem văn bản thay thế:", true
	}
	return s
}

func inEffect(d storage.Document) bool { return d.Validity != storage.NotYetInForce }

// succession is the same on the document's own page, with what may have replaced
// it though nothing says so.
func succession(o Opened) Successors {
	d, known := o.Document, map[storage.ID]storage.Document{}
	for _, successor := range o.Successors {
		known[successor.ID] = successor
	}
	s := successorsOf(d, known)
	switch {
	case len(s.Links) > 0 && d.Validity == storage.Repealed:
		s.Sentence = "Văn bản này đã bị bãi bỏ. Xem văn bản thay thế:"
	case len(s.Links) > 0 && s.Ended:
		s.Sentence = "Văn bản này đã được thay thế bởi"
	case len(s.Links) > 0 && !slices.ContainsFunc(o.Successors, inEffect):
		return Successors{Sentence: "Văn bản này sẽ được thay thế bởi", Links: coming(o.Successors)}
	default:
		s.Sentence = "Văn bản này có thể đã được thay thế bởi"
		if len(s.Links) == 0 && o.Links != nil && !settled(d) {
			s.Links = choices(o.Links.Successors)
		}
	}
	return s
}

// coming are documents that take effect on a day that is yet to come.
func coming(documents []storage.Document) []Link {
	var links []Link
	for _, d := range documents {
		name, _ := entry(d)
		if from := Date(d.Facts.Effective); from != "" {
			name.Label += ", có hiệu lực từ ngày" + noBreak + from
		}
		links = append(links, name)
	}
	return links
}

// settled tells that nobody needs to wonder whether a document was replaced.
func settled(d storage.Document) bool {
	return d.Validity == storage.Replaced || d.Validity == storage.Repealed || d.Validity == storage.InForce && slices.Contains(d.Edited, "validity")
}
