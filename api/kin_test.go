package api

import (
	"context"
	"slices"

	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/storage"
)

// How the documents of the shelf stand to one another: by the numbers in their
// facts, what a server needs of an index.

func (s *shelf) Links(_ context.Context, id storage.ID, audience storage.Audience) (indexer.Links, error) {
	var links indexer.Links
	all := s.sorted(audience)
	at := slices.IndexFunc(all, func(d storage.Document) bool { return d.ID == id })
	if at < 0 {
		return links, storage.ErrNotFound
	}
	means := func(r storage.Relation, d storage.Document) bool {
		return citation.Key(r.Target) == citation.Key(string(d.Facts.Number)) && (r.Date == "" || r.Date == d.Facts.Issued)
	}
	for _, relation := range all[at].Facts.Relations {
		link := indexer.Link{Relation: relation}
		for _, d := range all {
			if means(relation, d) {
				link.Documents = append(link.Documents, d)
			}
		}
		if len(link.Documents) == 0 {
			_, link.Nearest = s.near(relation.Target, audience)
		}
		links.Out = append(links.Out, link)
	}
	for _, d := range all {
		for _, relation := range d.Facts.Relations {
			if means(relation, all[at]) {
				links.In = append(links.In, indexer.Link{Relation: relation, Documents: []storage.Document{d}})
			}
		}
		if d.Facts.Title == all[at].Facts.Title && d.Facts.Issued > all[at].Facts.Issued {
			links.Successors = append(links.Successors, d)
		}
	}
	return links, s.err
}

func (s *shelf) Stand(context.Context, ...*storage.Document) error { return s.err }

func (s *shelf) Related(_ context.Context, id storage.ID, audience storage.Audience, size int) ([]storage.Document, error) {
	of := s.records[id].Facts.IssuerSymbol
	all := slices.DeleteFunc(s.sorted(audience), func(d storage.Document) bool { return d.ID == id || of == "" || d.Facts.IssuerSymbol != of })
	return all[:min(size, len(all))], s.err
}
