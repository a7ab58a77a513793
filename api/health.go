package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

func (s *server) healthz(c *gin.Context) error {
	return writeJSON(c, http.StatusOK, Health{Status: "ok", Version: s.cfg.Version})
}

// readyz answers 200 while the store is out: searches go on, so a load balancer
// must not take the server out.
func (s *server) readyz(c *gin.Context) error {
	c.Header("Cache-Control", "no-store")
	status, ready := http.StatusOK, s.cfg.Ready()
	if !ready.serving() {
		status = http.StatusServiceUnavailable
		c.Header("Retry-After", retryAfter)
	}
	return writeJSON(c, status, ready)
}

func (s *server) openapi(c *gin.Context) error {
	c.Header("Cache-Control", "public, max-age=3600")
	c.Data(http.StatusOK, jsonType, s.description)
	return nil
}
