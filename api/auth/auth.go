// Package auth tells who is asking: it turns the token of a request into a
// Reader. A token comes as "Authorization: Bearer …" or, for reading in a
// browser, as the cookie that the sign-in page sets.
package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"vankien/storage"
)

// Tokens is what this package needs of the library: the stored token of a
// secret, storage.ErrNotFound where there is none.
type Tokens interface {
	TokenFor(ctx context.Context, secret string) (storage.Token, error)
}

// ErrUnauthorized says that the request has no token where one is needed, or
// one that nobody was given. Only api turns it into 401.
var ErrUnauthorized = errors.New("no valid token")

// maxSecret keeps absurd headers away from the store; ours are 43 characters.
const maxSecret = 512

// Reader is who asks. The zero value is an anonymous one.
type Reader struct {
	Name string
	Role storage.Role // "" without a token
}

// Anonymous tells whether the reader showed no token.
func (r Reader) Anonymous() bool { return r.Role == "" }

// Has tells whether the reader's role includes role; everyone has "".
func (r Reader) Has(role storage.Role) bool {
	return role == "" || (role.Rank() >= 0 && r.Role.Rank() >= role.Rank())
}

// Sees tells whether the reader may know that the document exists: staff see
// all, others what is published, read, and meant for them.
func (r Reader) Sees(d *storage.Document) bool {
	if r.Has(storage.RoleEditor) {
		return true
	}
	return d.Findable() && r.Role.Audience().Includes(d.Audience)
}

// Identify tells who sent the request. A header token must be valid
// (ErrUnauthorized); a cookie counts for GET and HEAD only, because browsers
// attach it to requests that nobody meant to make, and a stale one makes its
// bearer anonymous rather than locked out.
func Identify(r *http.Request, tokens Tokens) (Reader, error) {
	if header := r.Header.Get("Authorization"); header != "" {
		scheme, secret, _ := strings.Cut(header, " ")
		if !strings.EqualFold(scheme, "Bearer") {
			return Reader{}, fmt.Errorf("authorization scheme is not Bearer: %w", ErrUnauthorized)
		}
		return Check(r.Context(), tokens, secret)
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return Reader{}, nil
	}
	cookie, err := r.Cookie(CookieName)
	if err != nil {
		return Reader{}, nil
	}
	reader, err := Check(r.Context(), tokens, cookie.Value)
	if errors.Is(err, ErrUnauthorized) {
		return Reader{}, nil
	}
	return reader, err
}

// Check tells whose secret it is: ErrUnauthorized where nobody was given it.
func Check(ctx context.Context, tokens Tokens, secret string) (Reader, error) {
	secret = strings.TrimSpace(secret)
	if secret == "" || len(secret) > maxSecret {
		return Reader{}, ErrUnauthorized
	}
	token, err := tokens.TokenFor(ctx, secret)
	switch {
	case errors.Is(err, storage.ErrNotFound), errors.Is(err, storage.ErrInvalid):
		return Reader{}, ErrUnauthorized
	case err != nil:
		return Reader{}, fmt.Errorf("looking up a token: %w", err)
	case token.Role.Rank() < 0:
		return Reader{}, fmt.Errorf("token has the unknown role %q: %w", token.Role, ErrUnauthorized)
	}
	return Reader{Name: token.Name, Role: token.Role}, nil
}

type contextKey struct{}

// With puts the reader into the context.
func With(ctx context.Context, r Reader) context.Context {
	return context.WithValue(ctx, contextKey{}, r)
}

// From is the reader that With put there, an anonymous one without.
func From(ctx context.Context) Reader {
	r, _ := ctx.Value(contextKey{}).(Reader)
	return r
}
