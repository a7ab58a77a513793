package api

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"vankien/api/auth"
	"vankien/indexer"
)

// find runs q for whoever asks and hides from its hits what they may not know.
func (s *server) find(ctx context.Context, q indexer.Query) (indexer.Result, error) {
	q.Audience = auth.From(ctx).Role.Audience()
	result, err := s.cfg.Index.Search(ctx, q)
	if err != nil {
		return indexer.Result{}, err
	}
	for i := range result.Hits {
		d := &result.Hits[i].Document
		if d.ReplacedBy, err = s.knownIDs(ctx, d.ReplacedBy); err != nil {
			return indexer.Result{}, err
		}
	}
	return result, nil
}

func (s *server) search(c *gin.Context) error {
	q, err := searchQuery(queryValues(c.Request.URL.RawQuery))
	if err != nil {
		return err
	}
	result, err := s.find(c.Request.Context(), q)
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, wireSearch(q, result))
}

func (s *server) suggest(c *gin.Context) error {
	typed, size, err := suggestQuery(queryValues(c.Request.URL.RawQuery))
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	suggestions, err := s.cfg.Index.Suggest(ctx, typed, auth.From(ctx).Role.Audience(), size)
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, wireSuggestions(suggestions))
}
