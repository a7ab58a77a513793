package bleveindex

import (
	"context"
	"fmt"
	"slices"

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
	for _, edge := range x.live.relations.Out(id, k.shown) {
		links.Out = append(links.Out, k.out(edge))
	}
	in := x.live.relations.In(id, k.shown)
	links.Cited = len(in)
	for _, edge := range in[:min(len(in), indexer.MaxLinks)] {
		stating := k.listings[edge.From].document()
		links.In = append(links.In, indexer.Link{Relation: edge.Relation, Documents: []storage.Document{stating}, Decided: edge.Decided})
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

// shown tells whether the audience may see a document. To it the others are not
// there: neither what is told nor what is left out gives them away.
func (k linker) shown(id storage.ID) bool {
	l := k.listings[id]
	return l != nil && l.shownTo(k.audience)
}

// documents are those of ids that the audience may see.
func (k linker) documents(ids []storage.ID) []storage.Document {
	var documents []storage.Document
	for _, id := range ids {
		if k.shown(id) && len(documents) < maxMeant {
			documents = append(documents, k.listings[id].document())
		}
	}
	return documents
}

// out is what a document says of another. Copies of the one that is meant are
// no others that may be.
func (k linker) out(edge relations.Edge) indexer.Link {
	link := indexer.Link{Relation: edge.Relation, Decided: edge.Decided}
	meant := edge.To
	if edge.Decided {
		meant = slices.DeleteFunc(slices.Clone(edge.To), func(id storage.ID) bool { return k.copies(edge.To[0], id) })
	}
	link.Documents = k.documents(meant)
	if number := citation.Parse(edge.Relation.Target); number.Serial != "" && len(edge.To) == 0 {
		link.Nearest = k.view.catalogue.nearest(number, k.audience)
	}
	return link
}

// copies tells whether one document is another in other bytes.
func (k linker) copies(id, other storage.ID) bool {
	standing := k.listings[id].standing
	return standing != nil && slices.Contains(standing.Duplicates, other)
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
