package web

import (
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"vankien/indexer"
	"vankien/storage"
)

// Link is a place to go.
type Link struct {
	Label, URL string
	Current    bool
}

// searchURL is the page of a search, with nothing in it that goes without saying.
func searchURL(q indexer.Query) string {
	values := url.Values{}
	set := func(name, value string) {
		if value != "" {
			values.Set(name, value)
		}
	}
	set("q", q.Text)
	for facet, chosen := range q.Filters {
		set(string(facet), strings.Join(chosen, ","))
	}
	set("from", string(q.From))
	set("to", string(q.To))
	if q.Sort != indexer.ByRelevance {
		set("sort", string(q.Sort))
	}
	if q.Page > 1 {
		set("page", strconv.Itoa(q.Page))
	}
	if len(values) == 0 {
		return "/"
	}
	return "/?" + values.Encode()
}

// toggled is q with a value of a filter chosen, or no more; from the first page.
func toggled(q indexer.Query, facet indexer.Facet, value string) indexer.Query {
	chosen := slices.Clone(q.Filters[facet])
	if i := slices.Index(chosen, value); i >= 0 {
		chosen = slices.Delete(chosen, i, i+1)
	} else {
		chosen = append(chosen, value)
	}
	q.Filters = maps.Clone(q.Filters)
	if q.Filters == nil {
		q.Filters = map[indexer.Facet][]string{}
	}
	q.Filters[facet] = chosen
	q.Page = 1
	return q
}

// filtered tells whether anything narrows the search beside its text.
func filtered(q indexer.Query) bool {
	for _, chosen := range q.Filters {
		if len(chosen) > 0 {
			return true
		}
	}
	return q.From != "" || q.To != ""
}

// DocumentURL is a document's page, at a page of its text and with the words
// to mark; a page of 0 is the first.
func DocumentURL(id storage.ID, page int, query string) string {
	address := "/van-ban/" + url.PathEscape(string(id)) + pageAndWords(page, query)
	if page > 0 {
		address += "#trang-" + strconv.Itoa(page)
	}
	return address
}

// viewerURL is the page that shows a PDF as it was uploaded; the query is
// carried along for the way back.
func viewerURL(id storage.ID, page int, query string) string {
	return "/van-ban/" + url.PathEscape(string(id)) + "/ban-goc" + pageAndWords(page, query)
}

func pageAndWords(page int, query string) string {
	values := url.Values{}
	if page > 0 {
		values.Set("trang", strconv.Itoa(page))
	}
	if query != "" {
		values.Set("q", query)
	}
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}

func originalURL(id storage.ID) string {
	return "/api/v1/documents/" + url.PathEscape(string(id)) + "/original"
}

// citeLinks are the forms in which programs take a document's citation; a page
// of 0 is the whole document.
func citeLinks(id storage.ID, page int) []Link {
	var links []Link
	for _, form := range []Link{{Label: "BibTeX", URL: "bibtex"}, {Label: "RIS (Zotero, EndNote)", URL: "ris"}, {Label: "CSL-JSON", URL: "csl"}} {
		values := url.Values{"format": {form.URL}}
		if page > 0 {
			values.Set("page", strconv.Itoa(page))
		}
		links = append(links, Link{Label: form.Label, URL: "/api/v1/documents/" + url.PathEscape(string(id)) + "/cite?" + values.Encode()})
	}
	return links
}

// pagination is where to go among the pages of a result.
type pagination struct {
	Previous, Next *Link
	Pages          []Link // a label "…" without address stands for those left out
}

// paginate lists the first, the last and the pages around the one that is
// shown; nil where there is only one.
func paginate(q indexer.Query, total int) *pagination {
	last := (min(total, indexer.MaxReach) + q.Size - 1) / q.Size
	last = min(last, indexer.MaxReach/q.Size)
	if last < 2 {
		return nil
	}
	to := func(page int, label string) Link {
		target := q
		target.Page = page
		return Link{Label: label, URL: searchURL(target), Current: page == q.Page}
	}
	p := &pagination{}
	if q.Page > 1 {
		link := to(min(q.Page-1, last), "Trang trước")
		p.Previous = &link
	}
	if q.Page < last {
		link := to(q.Page+1, "Trang sau")
		p.Next = &link
	}
	shown := 0
	for page := 1; page <= last; page++ {
		if page != 1 && page != last && (page < q.Page-1 || page > q.Page+1) {
			continue
		}
		if page > shown+1 {
			p.Pages = append(p.Pages, Link{Label: "…"})
		}
		p.Pages = append(p.Pages, to(page, Number(page)))
		shown = page
	}
	return p
}
