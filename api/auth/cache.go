package auth

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"time"

	"vankien/storage"
)

// How long a Cache believes what it was told.
const (
	fresh     = 15 * time.Second // without asking again: so long a token works that was taken back
	lastGood  = time.Hour        // while the tokens cannot be asked
	patience  = 2 * time.Second  // for an answer about a token that is known
	pause     = 5 * time.Second  // before it is asked about such a token again
	maxCached = 4096
)

// Cache remembers which secrets are whose, so that not every request asks the
// store and readers stay who they are while the store cannot be reached. Only
// valid tokens are remembered, by the SHA-256 of the secret, never the secret.
// It is safe for concurrent use.
type Cache struct {
	tokens Tokens
	now    func() time.Time

	mu    sync.Mutex
	known map[[sha256.Size]byte]cached
}

type cached struct {
	token storage.Token
	told  time.Time // when the store said so
	again time.Time // not to be asked before
}

// NewCache is a cache in front of tokens.
func NewCache(tokens Tokens) *Cache {
	return &Cache{tokens: tokens, now: time.Now, known: map[[sha256.Size]byte]cached{}}
}

// TokenFor implements Tokens. A token that was taken back works for 15 s more;
// where the store cannot be asked (storage.ErrUnavailable, or no answer within
// two seconds), what it last said of a token holds for an hour.
func (c *Cache) TokenFor(ctx context.Context, secret string) (storage.Token, error) {
	key, now := sha256.Sum256([]byte(secret)), c.now()
	last, known := c.last(key, now)
	if known && now.Before(last.again) {
		return last.token, nil
	}
	token, err := c.ask(ctx, secret, known)
	switch {
	case err == nil:
		c.remember(key, cached{token: token, told: now, again: now.Add(fresh)})
		return token, nil
	case known && ctx.Err() == nil && unanswered(err):
		last.again = now.Add(pause)
		c.remember(key, last)
		return last.token, nil
	case !unanswered(err):
		c.forget(key)
	}
	return storage.Token{}, err
}

func (c *Cache) ask(ctx context.Context, secret string, known bool) (storage.Token, error) {
	if known {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, patience)
		defer cancel()
	}
	return c.tokens.TokenFor(ctx, secret)
}

// unanswered tells whether an error says nothing about the token.
func unanswered(err error) bool {
	return errors.Is(err, storage.ErrUnavailable) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
}

// last is what was said of a secret within the last hour.
func (c *Cache) last(key [sha256.Size]byte, now time.Time) (cached, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	last, ok := c.known[key]
	if ok && now.Sub(last.told) >= lastGood {
		delete(c.known, key)
		return cached{}, false
	}
	return last, ok
}

func (c *Cache) remember(key [sha256.Size]byte, what cached) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, there := c.known[key]; !there && len(c.known) >= maxCached {
		for other := range c.known { // any one: it is asked about again
			delete(c.known, other)
			break
		}
	}
	c.known[key] = what
}

func (c *Cache) forget(key [sha256.Size]byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, key)
}
