package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

func (s *server) healthz(c *gin.Context) error {
	return writeJSON(c, http.StatusOK, Health{Status: "ok", Version: s.cfg.Version})
}

func (s *server) readyz(c *gin.Context) error {
	c.Header("Cache-Control", "no-store")
	ready, detail := s.cfg.Ready()
	if !ready {
		c.Header("Retry-After", "5")
		return writeJSON(c, http.StatusServiceUnavailable, Readiness{Status: "starting", Detail: detail})
	}
	return writeJSON(c, http.StatusOK, Readiness{Status: "ready", Detail: detail})
}

func (s *server) openapi(c *gin.Context) error {
	c.Header("Cache-Control", "public, max-age=3600")
	c.Data(http.StatusOK, jsonType, s.description)
	return nil
}
