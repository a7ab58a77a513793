package bleveindex

import (
	"context"
	"fmt"

	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/indexer/relations"
	"vankien/storage"
)

// Links implements indexer.Relater.
func (x *Index) Links(ctx context.Context, id storage.ID, audience storage.Audience) (indexer.Links, error) {
	if err := ctx.Err(); err != nil {
		return indexer.Links{}, err
	}
	v, err := x.acquire()
	if err != nil {
		return indexer.Links{}, err
	}
	defer v.release()
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.live == nil {
		return indexer.Links{}, errClosed()
	}
	k := linker{view: v, listings: x.live.listings, audience: audience}
	l := k.listings[id]
	if l == nil || !l.shownTo(audience) {
		return indexer.Links{}, fmt.Errorf("document %s: %w", id, storage.ErrNotFound)
	}
	var links indexer.Links
	for _, edge := range x.live.relations.Out(id) {
		links.Out = append(links.Out, k.out(edge))
	}
	for _, edge := range x.live.relations.In(id) {
		stating := k.listings[edge.From]
		if stating == nil || !stating.shownTo(audience) {
			continue
		}
		if links.Cited++; links.Cited <= indexer.MaxLinks {
			links.In = append(links.In, indexer.Link{Relation: edge.Relation, Documents: []storage.Document{stating.document()}, Decided: edge.Decided})
		}
	}
	if l.standing != nil {
		links.Successors = k.documents(l.standing.Possible)
	}
	return links, nil
}

// linker makes links of what the graph knows, for whoever may see documents of an
// audience.
type linker struct {
	view     *view
	listings map[storage.ID]*listing
	audience storage.Audience
}

// documents are those of ids that the audience may see.
func (k linker) documents(ids []storage.ID) []storage.Document {
	var documents []storage.Document
	for _, id := range ids {
		if l := k.listings[id]; l != nil && l.shownTo(k.audience) && len(documents) < maxMeant {
			documents = append(documents, l.document())
		}
	}
	return documents
}

// out is what a document says of another. Where the one that is meant may not be
// seen, nor a copy of it, the relation leads nowhere, rather than to another that
// is not meant.
func (k linker) out(edge relations.Edge) indexer.Link {
	link := indexer.Link{Relation: edge.Relation}
	meant := edge.To
	if edge.Decided {
		meant = k.sameAs(edge.To[0])
	}
	if link.Documents = k.documents(meant); len(link.Documents) > 0 {
		link.Decided = edge.Decided
		if edge.Decided {
			link.Documents = append(link.Documents[:1], k.documents(edge.To[len(meant):])...)
		}
		return link
	}
	if number := citation.Parse(edge.Relation.Target); number.Serial != "" && len(edge.To) == 0 {
		link.Nearest = k.view.catalogue.nearest(number, k.audience)
	}
	return link
}

// sameAs are a document and its copies.
func (k linker) sameAs(id storage.ID) []storage.ID {
	same := []storage.ID{id}
	if l := k.listings[id]; l != nil && l.standing != nil {
		same = append(same, l.standing.Duplicates...)
	}
	return same
}

// Stand implements indexer.Relater.
func (x *Index) Stand(ctx context.Context, documents ...*storage.Document) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	v, err := x.acquire() // of this day
	if err != nil {
		return err
	}
	v.release()
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.live == nil {
		return errClosed()
	}
	for _, d := range documents {
		if l := x.live.listings[d.ID]; l != nil {
			l.overlay(d)
		}
	}
	return nil
}
