package auth

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"vankien/storage"
)

// register is a store of tokens that counts who asks, and may be out.
type register struct {
	tokens map[string]storage.Token
	err    error
	asked  int
}

func (r *register) TokenFor(_ context.Context, secret string) (storage.Token, error) {
	r.asked++
	if r.err != nil {
		return storage.Token{}, r.err
	}
	token, ok := r.tokens[secret]
	if !ok {
		return storage.Token{}, storage.ErrNotFound
	}
	return token, nil
}

func TestCache(t *testing.T) {
	out := fmt.Errorf("bucket: %w", storage.ErrUnavailable)
	member := storage.Token{Name: "A", Role: storage.RoleReader}
	r := &register{tokens: map[string]storage.Token{"a": member}}
	c, now := NewCache(r), time.Now()
	c.now = func() time.Time { return now }
	for _, step := range []struct {
		what   string
		after  time.Duration
		change func()
		secret string
		err    error
		asked  int // of the store, in this step
	}{
		{"the first time the store is asked", 0, nil, "a", nil, 1},
		{"then not for a while", 14 * time.Second, nil, "a", nil, 0},
		{"and then again", time.Second, nil, "a", nil, 1},
		{"an unknown token is asked about", 0, nil, "x", storage.ErrNotFound, 1},
		{"every time", 0, nil, "x", storage.ErrNotFound, 1},
		{"a token that was taken back still works", 14 * time.Second, func() { delete(r.tokens, "a") }, "a", nil, 0},
		{"for 15 seconds", time.Second, nil, "a", storage.ErrNotFound, 1},
		{"and is forgotten at once", 0, func() { r.err = out }, "a", storage.ErrUnavailable, 1},
		{"until it is given anew", 0, func() { r.err, r.tokens["a"] = nil, member }, "a", nil, 1},
		{"in an outage the last answer holds", 16 * time.Second, func() { r.err = out }, "a", nil, 1},
		{"without asking for a while", 4 * time.Second, nil, "a", nil, 0},
		{"then the store is tried again", time.Second, nil, "a", nil, 1},
		{"a slow store is one that is out", 30 * time.Minute, func() { r.err = context.DeadlineExceeded }, "a", nil, 1},
		{"for an hour", 30 * time.Minute, nil, "a", context.DeadlineExceeded, 1},
		{"a token that is damaged is no good", 0, func() { r.err = nil }, "a", nil, 1},
		{"whatever was said of it", time.Minute, func() { r.err = storage.ErrDamaged }, "a", storage.ErrDamaged, 1},
	} {
		now = now.Add(step.after)
		if step.change != nil {
			step.change()
		}
		r.asked = 0
		token, err := c.TokenFor(t.Context(), step.secret)
		if !errors.Is(err, step.err) || (err == nil && token != member) || r.asked != step.asked {
			t.Errorf("%s: %+v, %v, asked %d times", step.what, token, err, r.asked)
		}
	}
}

func TestCacheIsBounded(t *testing.T) {
	r := &register{tokens: map[string]storage.Token{}}
	c := NewCache(r)
	for i := range maxCached + 100 {
		secret := fmt.Sprint(i)
		r.tokens[secret] = storage.Token{Name: secret, Role: storage.RoleReader}
		if token, err := c.TokenFor(t.Context(), secret); err != nil || token.Name != secret {
			t.Fatalf("%s: %+v, %v", secret, token, err)
		}
	}
	if len(c.known) != maxCached {
		t.Errorf("%d tokens are kept", len(c.known))
	}
}

// Whoever hangs up learns nothing, and an outage is not blamed for it.
func TestCacheAndACancelledRequest(t *testing.T) {
	r := &register{tokens: map[string]storage.Token{"a": {Name: "A", Role: storage.RoleReader}}}
	c, now := NewCache(r), time.Now()
	c.now = func() time.Time { return now }
	if _, err := c.TokenFor(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	now, r.err = now.Add(time.Minute), context.Canceled
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := c.TokenFor(gone, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	r.err = storage.ErrUnavailable
	if token, err := c.TokenFor(t.Context(), "a"); err != nil || token.Name != "A" {
		t.Errorf("then %+v, %v", token, err)
	}
}
