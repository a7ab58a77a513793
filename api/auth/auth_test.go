package auth

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"

	"vankien/storage"
)

type tokens map[string]storage.Token

func (t tokens) TokenFor(_ context.Context, secret string) (storage.Token, error) {
	if secret == "outage" {
		return storage.Token{}, storage.ErrUnavailable
	}
	token, ok := t[secret]
	if !ok {
		return storage.Token{}, storage.ErrNotFound
	}
	return token, nil
}

func TestIdentify(t *testing.T) {
	known := tokens{"r": {Name: "A", Role: storage.RoleReader}, "odd": {Name: "B", Role: "king"}}
	for _, test := range []struct {
		name, method, header, cookie string
		want                         Reader
		err                          error
	}{
		{"nothing", "GET", "", "", Reader{}, nil},
		{"header", "POST", "Bearer r", "", Reader{"A", "reader"}, nil},
		{"header, any case", "GET", "bearer r", "", Reader{"A", "reader"}, nil},
		{"wrong header", "GET", "Bearer x", "", Reader{}, ErrUnauthorized},
		{"other scheme", "GET", "Basic r", "", Reader{}, ErrUnauthorized},
		{"unknown role", "GET", "Bearer odd", "", Reader{}, ErrUnauthorized},
		{"outage", "GET", "Bearer outage", "", Reader{}, storage.ErrUnavailable},
		{"cookie", "GET", "", "r", Reader{"A", "reader"}, nil},
		{"cookie for HEAD", "HEAD", "", "r", Reader{"A", "reader"}, nil},
		{"cookie never counts for a change", "POST", "", "r", Reader{}, nil},
		{"stale cookie", "GET", "", "x", Reader{}, nil},
		{"cookie in an outage", "GET", "", "outage", Reader{}, storage.ErrUnavailable},
		{"header before cookie", "GET", "Bearer x", "r", Reader{}, ErrUnauthorized},
	} {
		r := httptest.NewRequest(test.method, "/", nil)
		if test.header != "" {
			r.Header.Set("Authorization", test.header)
		}
		if test.cookie != "" {
			r.Header.Set("Cookie", CookieName+"="+test.cookie)
		}
		got, err := Identify(r, known)
		if got != test.want || !errors.Is(err, test.err) {
			t.Errorf("%s: %+v, %v", test.name, got, err)
		}
	}
}

func TestSees(t *testing.T) {
	roles := append([]storage.Role{""}, storage.Roles...)
	for _, test := range []struct {
		state    storage.State
		reading  storage.ReadingStatus
		audience storage.Audience
		from     int // the first role that sees it
	}{
		{storage.StatePublished, storage.ReadingReady, storage.AudiencePublic, 0},
		{storage.StatePublished, storage.ReadingReady, storage.AudienceMembers, 1},
		{storage.StatePublished, storage.ReadingReady, storage.AudienceStaff, 2},
		{storage.StatePublished, storage.ReadingReady, "unheard of", 2},
		{storage.StatePublished, storage.ReadingQueued, storage.AudiencePublic, 2},
		{storage.StateDraft, storage.ReadingReady, storage.AudiencePublic, 2},
		{storage.StateWithdrawn, storage.ReadingReady, storage.AudiencePublic, 2},
	} {
		d := &storage.Document{State: test.state, Audience: test.audience, Reading: storage.Reading{Status: test.reading}}
		for i, role := range roles {
			if got := (Reader{Role: role}).Sees(d); got != (i >= test.from) {
				t.Errorf("%q sees %s/%s/%s: %v", role, test.state, test.reading, test.audience, got)
			}
		}
	}
}

func TestLocalPath(t *testing.T) {
	for target, want := range map[string]string{
		"/van-ban/x?q=1": "/van-ban/x?q=1", "": "/", "//evil.example": "/", `/\evil.example`: "/", "https://evil.example": "/",
		"/a\nb": "/", "javascript:alert(1)": "/",
	} {
		if got := LocalPath(target); got != want {
			t.Errorf("LocalPath(%q) = %q, want %q", target, got, want)
		}
	}
}
