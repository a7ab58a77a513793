package api

import (
	"net/http"
	"testing"
)

// The operator's command line is not counted; nobody else gets past the limit
// by a guess at its secret.
func TestTheOperatorIsNotLimited(t *testing.T) {
	h := serveShelf(t, newShelf(), func(cfg *Config) {
		cfg.RatePerSecond, cfg.RateBurst, cfg.Operator = 1e-9, 1, "secret-admin"
	})
	for range 5 {
		if w := ask(h, http.MethodGet, "/api/v1/search", "Authorization: Bearer secret-admin"); w.Code != http.StatusOK {
			t.Errorf("the operator: %d", w.Code)
		}
	}
	for i, want := range []int{http.StatusUnauthorized, http.StatusTooManyRequests} {
		if w := ask(h, http.MethodGet, "/api/v1/search", "Authorization: Bearer secret-admim"); w.Code != want {
			t.Errorf("guess %d: %d, want %d", i, w.Code, want)
		}
	}
}
