package bleveindex

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"sync"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/bodies"
	"vankien/indexer/citation"
	"vankien/indexer/relations"
	"vankien/storage"
)

// catalogue is what the index knows of its documents, in memory: facets,
// filters and dates are answered from it, never from postings. It is not
// changed once it is made; with returns a new one.
type catalogue struct {
	listings []*listing // by ordinal; newest first, then by id
	passages int        // of all documents
	tokens   int
	serials  func() map[string][]int32 // the documents with a serial
	columns  []valueColumn
	ended    []bool // by ordinal: the document no longer holds

	audiences map[storage.Audience]func() shownDocuments // made when they are first asked for

	relations *relations.Graph // of all documents, those of a later catalogue included
}

// listing is one document in the catalogue.
type listing struct {
	*entry
	key    string                               // of the entry
	values map[indexer.Facet]indexer.FacetValue // Count unused; no key where the document has no value
	number citation.Number                      // zero without one
	serial string                               // of the number, without leading zeros
	issuer string                               // as spaced makes it: the one spelling of the body, and as printed where that differs
	title  string                               // likewise

	standing *relations.Standing // what follows from the other documents; nil where nothing does
}

func newListing(e *entry) *listing {
	facts := e.Document.Facts
	l := &listing{entry: e, key: e.key(), values: make(map[indexer.Facet]indexer.FacetValue)}
	add := func(facet indexer.Facet, value, label string) {
		if value != "" {
			l.values[facet] = indexer.FacetValue{Value: value, Label: label}
		}
	}
	add(indexer.FacetKind, analyzers.Slug(string(facts.Kind)), string(facts.Kind))
	issuer := bodies.Default().Canonical(string(facts.Issuer), facts.Issued)
	add(indexer.FacetIssuer, analyzers.Slug(issuer), issuer)
	if year := facts.Issued.Year(); year > 0 {
		add(indexer.FacetYear, strconv.Itoa(year), strconv.Itoa(year))
	}
	if term := citation.TermOf(string(facts.Issued)); term != "" {
		add(indexer.FacetTerm, analyzers.Slug("khoa "+term), "Khóa "+term)
	}
	add(indexer.FacetValidity, string(e.Document.Validity), validityLabels[e.Document.Validity])
	l.number = citation.Parse(string(facts.Number))
	l.serial = bareSerial(l.number.Serial)
	l.issuer = spaced(issuer)
	if printed := spaced(string(facts.Issuer)); printed != l.issuer {
		l.issuer += printed
	}
	l.title = spaced(string(facts.Title))
	return l
}

// ended tells whether a document no longer holds.
func (l *listing) ended() bool {
	validity := l.validity()
	return validity == storage.Replaced || validity == storage.Repealed
}

// validityLabels are the validities for people.
var validityLabels = map[storage.Validity]string{
	storage.InForce:       "Còn hiệu lực",
	storage.NotYetInForce: "Chưa có hiệu lực",
	storage.Amended:       "Đã được sửa đổi, bổ sung",
	storage.Replaced:      "Đã được thay thế",
	storage.Repealed:      "Đã bị bãi bỏ",
	storage.Unverified:    "Chưa xác minh hiệu lực",
}

func newCatalogue(listings map[storage.ID]*listing) *catalogue {
	return countCatalogue(slices.SortedFunc(maps.Values(listings), newestFirst), nil, nil)
}

// countCatalogue makes a catalogue of sorted listings; moved tells where those
// of an earlier one stand in it.
func countCatalogue(sorted []*listing, earlier *catalogue, moved []int32) *catalogue {
	c := &catalogue{listings: sorted}
	c.columns = newColumns(sorted, earlier, moved)
	c.audiences = make(map[storage.Audience]func() shownDocuments)
	for _, audience := range []storage.Audience{storage.AudiencePublic, storage.AudienceMembers, storage.AudienceStaff} {
		c.audiences[audience] = sync.OnceValue(func() shownDocuments { return c.newShown(audience) })
	}
	c.serials = sync.OnceValue(func() map[string][]int32 {
		serials := make(map[string][]int32)
		for i, l := range sorted {
			serials[l.serial] = append(serials[l.serial], int32(i))
		}
		return serials
	})
	c.ended = make([]bool, len(sorted))
	for i, l := range sorted {
		c.passages += l.Passages
		c.tokens += l.Tokens
		c.ended[i] = l.ended()
	}
	return c
}

// with is the catalogue after documents have changed to what listings has of
// them, and for each ordinal in c the one in there: -1 for documents that are
// gone or have other passages.
func (c *catalogue) with(listings map[storage.ID]*listing, changed []storage.ID) (*catalogue, []int32) {
	left := make(map[storage.ID]bool, len(changed))
	var put []*listing
	for _, id := range changed {
		if l := listings[id]; l != nil && !left[id] {
			put = append(put, l)
		}
		left[id] = true
	}
	slices.SortFunc(put, newestFirst)
	sorted := make([]*listing, 0, len(c.listings)+len(put))
	moved := make([]int32, len(c.listings))
	at := make(map[string]int32, len(put)) // by key
	next := func() {
		at[put[0].key] = int32(len(sorted))
		sorted, put = append(sorted, put[0]), put[1:]
	}
	for i, l := range c.listings {
		if left[l.Document.ID] {
			continue
		}
		for len(put) > 0 && newestFirst(put[0], l) < 0 {
			next()
		}
		moved[i] = int32(len(sorted))
		sorted = append(sorted, l)
	}
	for len(put) > 0 {
		next()
	}
	for i, l := range c.listings {
		if left[l.Document.ID] {
			moved[i] = -1
			if ordinal, same := at[l.key]; same {
				moved[i] = ordinal
			}
		}
	}
	return countCatalogue(sorted, c, moved), moved
}

// ordinal is a listing's place in the catalogue.
func (c *catalogue) ordinal(l *listing) int32 {
	at, _ := slices.BinarySearchFunc(c.listings, l, newestFirst)
	return int32(at)
}

// listingOf is the listing whose passages carry a key; nil for none.
func listingOf(listings map[storage.ID]*listing, key string) *listing {
	if l := listings[idOfKey(key)]; l != nil && l.key == key {
		return l
	}
	return nil
}

// newestFirst orders by the day of issue, then by the day of taking in; a
// document that prints no date comes behind those that do.
func newestFirst(a, b *listing) int {
	return cmp.Or(
		cmp.Compare(b.Document.Facts.Issued, a.Document.Facts.Issued),
		b.Document.Created.Compare(a.Document.Created),
		cmp.Compare(a.Document.ID, b.Document.ID),
	)
}

// oldestFirst is the reverse, but documents without a date come last here too.
func oldestFirst(a, b *listing) int {
	const never = "9999-12-31"
	return cmp.Or(
		cmp.Compare(cmp.Or(a.Document.Facts.Issued, never), cmp.Or(b.Document.Facts.Issued, never)),
		a.Document.Created.Compare(b.Document.Created),
		cmp.Compare(a.Document.ID, b.Document.ID),
	)
}
