package web

import (
	"cmp"
	"slices"

	"vankien/indexer"
	"vankien/storage"
)

// valueLabel is what people call a value of a filter.
func valueLabel(facet indexer.Facet, value string, counts []indexer.FacetCount) string {
	for _, count := range counts {
		for _, v := range count.Values {
			if count.Facet == facet && v.Value == value {
				return v.Label
			}
		}
	}
	if facet == indexer.FacetValidity {
		return cmp.Or(validityLabels[storage.Validity(value)], value)
	}
	return value
}

func chips(q indexer.Query, counts []indexer.FacetCount) []Link {
	var links []Link
	for _, facet := range indexer.Facets {
		for _, value := range q.Filters[facet] {
			links = append(links, Link{
				Label: facetLabels[facet] + ": " + valueLabel(facet, value, counts),
				URL:   searchURL(toggled(q, facet, value)),
			})
		}
	}
	open := func(label string, change func(*indexer.Query)) {
		target := q
		target.Page = 1
		change(&target)
		links = append(links, Link{Label: label, URL: searchURL(target)})
	}
	if q.From != "" {
		open("Từ ngày "+Date(q.From), func(q *indexer.Query) { q.From = "" })
	}
	if q.To != "" {
		open("Đến ngày "+Date(q.To), func(q *indexer.Query) { q.To = "" })
	}
	return links
}

func facetViews(q indexer.Query, counts []indexer.FacetCount) []FacetView {
	var views []FacetView
	for _, count := range counts {
		v := FacetView{Label: facetLabels[count.Facet]}
		for _, value := range count.Values {
			link := facetLink(q, count.Facet, value)
			if len(v.Values) < shownValues || link.Chosen {
				v.Values = append(v.Values, link)
			} else {
				v.More = append(v.More, link)
			}
		}
		if len(v.Values) > 0 {
			views = append(views, v)
		}
	}
	return views
}

func facetLink(q indexer.Query, facet indexer.Facet, value indexer.FacetValue) FacetLink {
	return FacetLink{
		Label: value.Label, Count: Number(value.Count), URL: searchURL(toggled(q, facet, value.Value)),
		Chosen: slices.Contains(q.Filters[facet], value.Value),
	}
}

// shownKinds is how many kinds stand open on the home page.
const shownKinds = 8

// kindLinks are the kinds of the whole library: the most frequent, and the others.
func kindLinks(q indexer.Query, counts []indexer.FacetCount) (links, more []FacetLink) {
	for _, count := range counts {
		for _, value := range count.Values {
			if count.Facet == indexer.FacetKind {
				links = append(links, facetLink(q, count.Facet, value))
			}
		}
	}
	if len(links) <= shownKinds+1 { // a button that hides one saves nothing
		return links, nil
	}
	return links[:shownKinds], links[shownKinds:]
}

// kept are the fields that a form must carry so that it changes nothing but
// its own.
func kept(q indexer.Query) []Field {
	var fields []Field
	if q.Text != "" {
		fields = append(fields, Field{"q", q.Text})
	}
	for _, facet := range indexer.Facets {
		for _, value := range q.Filters[facet] {
			fields = append(fields, Field{string(facet), value})
		}
	}
	if q.Sort != indexer.ByRelevance {
		fields = append(fields, Field{"sort", string(q.Sort)})
	}
	return fields
}

func sorts(q indexer.Query) []Link {
	all := []struct {
		sort  indexer.Sort
		label string
	}{{indexer.ByRelevance, "Phù hợp nhất"}, {indexer.Newest, "Mới nhất"}, {indexer.Oldest, "Cũ nhất"}}
	current := q.Sort
	if q.Text == "" { // relevance to nothing is newest first
		all = all[1:]
		if current == indexer.ByRelevance {
			current = indexer.Newest
		}
	}
	var links []Link
	for _, one := range all {
		target := q
		target.Sort, target.Page = one.sort, 1
		links = append(links, Link{Label: one.label, URL: searchURL(target), Current: one.sort == current})
	}
	return links
}
