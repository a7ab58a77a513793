package bleveindex

import (
	"cmp"
	"maps"
	"slices"

	"vankien/indexer"
	"vankien/storage"
)

// valueColumn tells of every document of a catalogue which value it has of
// something, as a number, so that filtering and counting look nothing up. It is
// not changed once it is made; that of a later catalogue takes over what has
// not changed.
type valueColumn struct {
	value  func(*listing) string
	of     []int32 // by document: place in values
	values []string
	places map[string]int32 // of the values
}

// The columns of a catalogue: those of indexer.Facets, then who may find a document.
var (
	audienceColumn = len(indexer.Facets)
	columnValues   = append(facetValues(), (*listing).audience)
)

func facetValues() []func(*listing) string {
	values := make([]func(*listing) string, len(indexer.Facets))
	for i, facet := range indexer.Facets {
		values[i] = func(l *listing) string { return l.values[facet].Value }
	}
	return values
}

// nobody may find a document that is not published, or is not ready.
const nobody = "\x00"

func (l *listing) audience() string {
	if !l.Document.Findable() {
		return nobody
	}
	return string(l.Document.Audience)
}

// newColumns makes the columns of a catalogue of listings; moved tells where
// those of an earlier one, if there was one, stand in it.
func newColumns(listings []*listing, earlier *catalogue, moved []int32) []valueColumn {
	from := slices.Repeat([]int32{-1}, len(listings)) // by document: its unchanged place in the earlier catalogue
	for i, at := range moved {
		if at >= 0 && listings[at] == earlier.listings[i] {
			from[at] = int32(i)
		}
	}
	columns := make([]valueColumn, len(columnValues))
	for i, value := range columnValues {
		before := valueColumn{value: value}
		if earlier != nil {
			before = earlier.columns[i]
		}
		columns[i] = before.with(listings, from)
	}
	return columns
}

// with is the column of later listings; from tells which document of this
// column each was, -1 for none.
func (c valueColumn) with(listings []*listing, from []int32) valueColumn {
	next := valueColumn{value: c.value, of: make([]int32, len(listings)), values: c.values, places: c.places}
	shared := true
	for i, l := range listings {
		if from[i] >= 0 {
			next.of[i] = c.of[from[i]]
			continue
		}
		value := c.value(l)
		place, known := next.places[value]
		if !known {
			if shared {
				shared = false
				next.values, next.places = slices.Clone(next.values), maps.Clone(next.places)
				if next.places == nil {
					next.places = make(map[string]int32)
				}
			}
			place = int32(len(next.values))
			next.values, next.places[value] = append(next.values, value), place
		}
		next.of[i] = place
	}
	return next
}

// refuse sets a bit for the documents whose value is not allowed.
func (c valueColumn) refuse(refused []uint8, bit uint8, allowed func(value string) bool) {
	bits := make([]uint8, len(c.values))
	for i, value := range c.values {
		if !allowed(value) {
			bits[i] = bit
		}
	}
	for i, place := range c.of {
		refused[i] |= bits[place]
	}
}

// refusals tells for every document which conditions of q keep it out: bit i
// for the filter on indexer.Facets[i], outside for everything else. Zero
// passes. A facet is counted over the documents that pass all filters but its
// own, so that the other values of a chosen facet can still be chosen.
func (c *catalogue) refusals(q indexer.Query) []uint8 {
	refused := make([]uint8, len(c.listings))
	for facet, wanted := range q.Filters {
		column := slices.Index(indexer.Facets, facet)
		switch {
		case len(wanted) == 0:
			continue
		case column < 0: // no document has a value of it
			return slices.Repeat([]uint8{outside}, len(c.listings))
		case facet == indexer.FacetIssuer:
			wanted = canonicalIssuers(wanted)
		}
		c.columns[column].refuse(refused, 1<<column, func(value string) bool { return slices.Contains(wanted, value) })
	}
	c.columns[audienceColumn].refuse(refused, outside, func(value string) bool {
		return value != nobody && q.Audience.Includes(storage.Audience(value))
	})
	if q.Document == "" && q.From == "" && q.To == "" {
		return refused
	}
	for i, l := range c.listings {
		doc := &l.Document
		issued := doc.Facts.Issued
		if q.Document != "" && q.Document != doc.ID || q.From != "" && issued < q.From || q.To != "" && (issued == "" || issued > q.To) {
			refused[i] |= outside
		}
	}
	return refused
}

const outside uint8 = 1 << 7

// count counts documents by the values of the facets that q asks for.
// matched tells whether a document matches the text of q.
func (c *catalogue) count(q indexer.Query, refused []uint8, matched func(ordinal int) bool) []indexer.FacetCount {
	if len(q.Facets) == 0 {
		return []indexer.FacetCount{}
	}
	var counted []int32 // documents that match; of those that a single filter keeps out, that facet counts them
	for i, bits := range refused {
		if bits&(bits-1) == 0 && bits != outside && matched(i) {
			counted = append(counted, int32(i))
		}
	}
	counts := make([]indexer.FacetCount, 0, len(q.Facets))
	for _, facet := range q.Facets {
		count := indexer.FacetCount{Facet: facet}
		if i := slices.Index(indexer.Facets, facet); i >= 0 {
			count.Values = c.countBy(i, refused, counted)
		} else {
			count.Values = []indexer.FacetValue{} // of a facet that is not known
		}
		counts = append(counts, count)
	}
	return counts
}

// countBy counts documents by one facet. A value is called as its newest
// document calls it.
func (c *catalogue) countBy(facet int, refused []uint8, documents []int32) []indexer.FacetValue {
	column := c.columns[facet]
	numbers := make([]int, len(column.values))
	newest := make([]int32, len(column.values))
	own := uint8(1) << facet
	for _, document := range documents {
		if refused[document]&^own != 0 {
			continue
		}
		place := column.of[document]
		if numbers[place] == 0 {
			newest[place] = document
		}
		numbers[place]++
	}
	values := []indexer.FacetValue{}
	for place, count := range numbers {
		if count > 0 && column.values[place] != "" {
			value := c.listings[newest[place]].values[indexer.Facets[facet]]
			value.Count = count
			values = append(values, value)
		}
	}
	slices.SortFunc(values, func(a, b indexer.FacetValue) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(b.Value, a.Value))
	})
	return values[:min(len(values), indexer.MaxFacetValues)]
}
