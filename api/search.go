package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"vankien/api/auth"
	"vankien/indexer"
	"vankien/storage"
)

// found is a result and the documents that its hits are replaced by.
type found struct {
	indexer.Result
	successors map[storage.ID]storage.Document
}

// successorTime is how long a search waits for the records of what replaces its
// hits: while the store is out, searches go on without them.
const successorTime = 2 * time.Second

// find runs q for whoever asks and hides from its hits what they may not know.
func (s *server) find(ctx context.Context, q indexer.Query) (found, error) {
	q.Audience = auth.From(ctx).Role.Audience()
	start := time.Now()
	result, err := s.cfg.Index.Search(ctx, q)
	s.metrics.searched("search", time.Since(start))
	if err != nil {
		return found{}, err
	}
	f := found{Result: result, successors: map[storage.ID]storage.Document{}}
	soon, cancel := context.WithTimeout(ctx, successorTime)
	defer cancel()
	for i := range f.Hits {
		d := &f.Hits[i].Document
		successors, err := s.known(soon, d.ReplacedBy)
		if ctx.Err() == nil && (errors.Is(err, storage.ErrUnavailable) || errors.Is(err, context.DeadlineExceeded)) {
			s.log.Warn("hits do not say what replaces them", "error", err)
			successors, err = nil, nil
		}
		if err != nil {
			return found{}, err
		}
		d.ReplacedBy = idsOf(successors)
		for _, successor := range successors {
			f.successors[successor.ID] = successor
		}
	}
	return f, nil
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
	return writeJSON(c, http.StatusOK, NewSearchAnswer(q, result.Result))
}

func (s *server) suggest(c *gin.Context) error {
	typed, size, err := suggestQuery(queryValues(c.Request.URL.RawQuery))
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	start := time.Now()
	suggestions, err := s.cfg.Index.Suggest(ctx, typed, auth.From(ctx).Role.Audience(), size)
	s.metrics.searched("suggest", time.Since(start))
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, wireSuggestions(suggestions))
}
