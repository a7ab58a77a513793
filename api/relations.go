package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"vankien/api/auth"
	"vankien/indexer"
	"vankien/storage"
)

// How a document stands to others, as the index knows it.

// relating is the document of the route and the index where it relates
// documents: one that is not filled yet may not, since "nothing cites it" would
// be a lie.
func (s *server) relating(c *gin.Context) (storage.Document, indexer.Relater, error) {
	d, err := s.visible(c)
	if err != nil {
		return d, nil, err
	}
	relater, ok := s.cfg.Index.(indexer.Relater)
	if !ok {
		return d, nil, fmt.Errorf("the index does not relate documents: %w", storage.ErrUnavailable)
	}
	return d, relater, nil
}

// stand brings what documents of the store say of their validity up to date,
// where the index knows it and can tell; its only error is the end of ctx.
func (s *server) stand(ctx context.Context, documents ...*storage.Document) error {
	relater, ok := s.cfg.Index.(indexer.Relater)
	if !ok || len(documents) == 0 {
		return nil
	}
	if err := relater.Stand(ctx, documents...); err != nil {
		return s.goOn(ctx, fmt.Errorf("the validity of %s: %w", documents[0].ID, err))
	}
	return nil
}

// goOn logs an error of the index and forgets it, unless ctx has ended: what a
// document is comes from the store, and what was changed there stays changed.
func (s *server) goOn(ctx context.Context, err error) error {
	if err == nil || ctx.Err() != nil {
		return err
	}
	s.log.Warn("answered without what the index knows", "error", err)
	return nil
}

// links are the relations of a document as far as whoever asks may see the other
// ends; nil of a document that the index does not hold.
func (s *server) links(ctx context.Context, relater indexer.Relater, d storage.Document) (*indexer.Links, error) {
	links, err := relater.Links(ctx, d.ID, auth.From(ctx).Role.Audience())
	if errors.Is(err, storage.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("relations of %s: %w", d.ID, err)
	}
	return &links, nil
}

// related are documents that share something with a document.
func (s *server) related(ctx context.Context, relater indexer.Relater, d storage.Document, size int) ([]storage.Document, error) {
	documents, err := relater.Related(ctx, d.ID, auth.From(ctx).Role.Audience(), size)
	if err != nil && !errors.Is(err, storage.ErrNotFound) {
		return nil, fmt.Errorf("documents related to %s: %w", d.ID, err)
	}
	return documents, nil
}

// How many related documents are listed.
const (
	maxRelated   = 50
	usualRelated = 10
)

// RelatedAnswer answers GET /documents/{id}/related.
type RelatedAnswer struct {
	Documents []Candidate `json:"documents"` // those first that share most
}

// relatedDocuments lists the documents that share most with a document.
func (s *server) relatedDocuments(c *gin.Context) error {
	size, err := sizeValue(queryValues(c.Request.URL.RawQuery), usualRelated, maxRelated)
	if err != nil {
		return err
	}
	d, relater, err := s.relating(c)
	if err != nil {
		return err
	}
	documents, err := s.related(c.Request.Context(), relater, d, size)
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, RelatedAnswer{Documents: candidates(documents)})
}
