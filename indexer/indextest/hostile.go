package indextest

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"vankien/indexer"
	"vankien/storage"
)

// Bad input is normal input: refused with a reason or searched as plain text.
func testHostile(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newShelf(t, open, collection()...)
	for name, q := range map[string]indexer.Query{
		"10,000 characters": {Text: strings.Repeat("đảng viên ", 1000)},
		"513 characters":    {Text: strings.Repeat("đ", 513)},
		"page 99999999":     {Page: 99999999},
		"page beyond reach": {Page: 101, Size: 100},
		"overflow":          {Page: math.MaxInt, Size: 100},
		"page -1":           {Page: -1},
		"page minimum":      {Page: math.MinInt},
		"size -1":           {Size: -1},
		"size 101":          {Size: 101},
		"size overflow":     {Page: 2, Size: math.MaxInt},
		"unknown sort":      {Sort: "random()"},
	} {
		result, err := s.Search(t.Context(), q)
		var reason *indexer.InputError
		if !errors.Is(err, storage.ErrInvalid) || !errors.As(err, &reason) || reason.Reason == "" || len(result.Hits) > 0 {
			t.Errorf("%s: %d hits, error %v; want storage.ErrInvalid with a reason", name, len(result.Hits), err)
		}
	}
	for _, typed := range hostileTexts {
		for _, unit := range []indexer.Unit{indexer.Documents, indexer.Passages, "chapters"} {
			for _, sort := range []indexer.Sort{indexer.ByRelevance, indexer.Oldest} {
				result := s.search(indexer.Query{Text: typed, Unit: unit, Sort: sort, Facets: indexer.Facets, Size: 3})
				if result.Hits == nil || len(result.Hits) > 3 || result.Total < len(result.Hits) {
					t.Errorf("%.40q: %d hits of %d", typed, len(result.Hits), result.Total)
				}
			}
		}
	}
	for _, q := range []indexer.Query{
		{Filters: map[indexer.Facet][]string{"": {""}, "kind": {"\x00", "a' OR 1=1"}}},
		{From: "hôm qua", To: "\xff"},
		{Document: "../../etc/passwd"}, {Document: "nq21@/0"}, {Document: "\x00"},
		{Facets: []indexer.Facet{"", "kind", "kind", "\xff"}},
	} {
		s.search(q)
	}
	t.Run("a context that has ended", testContext(s))
}

var hostileTexts = []string{
	"\x00", "\x00\x01\x02 đảng \x1b[31m", "\xff\xfe\xc3", "đ\xe1\xba", "đảng\u202eviên", "a\u0301\u0301\u0301\u0301", strings.Repeat("\u0301", 512),
	strings.Repeat("a ", 256), strings.Repeat("đ", 512), strings.Repeat("\"", 512), strings.Repeat("“a”", 170), strings.Repeat("-", 512),
	"AND OR NOT", "đảng AND (viên OR", "*", "a*", "?", "/.*/", "text:đảng", "+đảng -viên", "đảng~2", "{}[]()^\\", "loại:", "số:",
	"<script>alert(1)</script>", "%s%n%x", "'; DROP TABLE documents; --", "../../../../etc/passwd", "${jndi:ldap://x}",
	"99999999999999999999-NQ/TW", "-1-NQ/TW", "0/0/NQ-TW", "/TW", "21-", "한국어 日本語 Русский", "👩‍👩‍👧‍👦🇻🇳", "\ufeff\u200b\u00ad",
}

func testContext(s shelf) func(*testing.T) {
	return func(t *testing.T) {
		cancelled, cancel := context.WithCancel(t.Context())
		cancel()
		late, done := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
		defer done()
		for _, q := range []indexer.Query{{}, {Text: "tổ chức đảng"}, {Text: "“tổ chức đảng”"}, {Text: "21-NQ/TW", Unit: indexer.Passages}} {
			if _, err := s.Search(cancelled, q); !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v, want context.Canceled", describe(q), err)
			}
			if _, err := s.Search(late, q); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: %v, want context.DeadlineExceeded", describe(q), err)
			}
		}
		if _, err := s.Suggest(cancelled, "tổ", storage.AudiencePublic, 3); !errors.Is(err, context.Canceled) {
			t.Errorf("Suggest: %v", err)
		}
		before := s.revisions()
		batch := indexer.Batch{Put: []indexer.Entry{paper("late", page1("đến muộn"))}, Delete: []storage.ID{"nq21"}}
		if err := s.Apply(cancelled, batch); !errors.Is(err, context.Canceled) {
			t.Errorf("Apply: %v", err)
		}
		if after := s.revisions(); len(after) != len(before) || after["late"] != 0 {
			t.Errorf("a cancelled Apply changed the index: %v", after)
		}
		shelf{s.Index, t}.finds(text("đến muộn"))
	}
}
