package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"vankien/storage"
)

// HistoryAnswer answers GET /documents/{id}/history: the changes, oldest first.
type HistoryAnswer struct {
	ID      storage.ID       `json:"id"`
	History []storage.Change `json:"history"`
}

func (s *server) history(c *gin.Context) error {
	record, err := s.record(c.Request.Context(), storage.ID(c.Param("id")))
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, HistoryAnswer{ID: record.ID, History: list(record.History)})
}
