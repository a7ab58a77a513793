package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"
)

// searches are queries that are asked one after another until they are ended.
type searches struct {
	stop  chan struct{}
	group sync.WaitGroup

	mu     sync.Mutex
	took   []time.Duration
	failed []reply
}

// searchers is how many ask at once.
const searchers = 2

// beginSearches has readers ask what the papers are about: a phrase, with or
// without a rarer word, with their accents.
func (l *bigLibrary) beginSearches() *searches {
	s := &searches{stop: make(chan struct{})}
	for i := range searchers {
		rng := rand.New(rand.NewPCG(20_000, uint64(10+i)))
		s.group.Go(func() {
			for {
				select {
				case <-s.stop:
					return
				default:
				}
				s.ask(l, rng)
			}
		})
	}
	return s
}

func (s *searches) ask(l *bigLibrary, rng *rand.Rand) {
	query := phrase(rng)
	if rng.IntN(2) == 0 {
		query = compound(rng) + " " + compound(rng)
	}
	began := time.Now()
	r := l.wire.do(user{}, http.MethodGet, "/api/v1/search?facets=kind,year&q="+url.QueryEscape(query), nil, nil)
	took := time.Since(began)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.took = append(s.took, took)
	if r.status != http.StatusOK {
		s.failed = append(s.failed, r)
	}
}

// end stops asking and tells how it went.
func (s *searches) end() string {
	close(s.stop)
	s.group.Wait()
	if len(s.took) == 0 {
		return "none"
	}
	slices.Sort(s.took)
	at := func(share float64) string {
		return fmt.Sprintf("%.1f ms", float64(s.took[int(share*float64(len(s.took)-1))].Microseconds())/1000)
	}
	text := fmt.Sprintf("%d asked, %d failed, p50 %s, p95 %s, longest %s", len(s.took), len(s.failed), at(.5), at(.95), at(1))
	if len(s.failed) > 0 {
		text += fmt.Sprintf(", the first failed with %v", s.failed[0])
	}
	return text
}
