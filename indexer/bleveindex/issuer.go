package bleveindex

import (
	"slices"
	"strings"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/bodies"
	"vankien/storage"
)

// issuersMeant are the names under which the papers of bodies are found that
// were asked for: as typed, in the one spelling, and what went into them. Who
// asks for a body that is gone gets its own papers only.
func issuersMeant(values []string) []string {
	register := bodies.Default()
	var names []string
	for _, value := range values {
		names = appendNew(appendNew(names, value), register.Canonical(value, ""))
		for _, former := range register.Formers(value) {
			names = appendNew(names, former.Name)
		}
	}
	return names
}

// canonicalIssuers are values of the issuers' facet, and those that spellings of
// a body stand for.
func canonicalIssuers(values []string) []string {
	all := slices.Clone(values)
	for _, value := range values {
		all = appendNew(all, analyzers.Slug(bodies.Default().Canonical(strings.ReplaceAll(value, "-", " "), "")))
	}
	return all
}

// withFormers says behind the last of the names of bodies which others' papers
// are found with theirs: "Tỉnh ủy Thái Nguyên (kể cả Tỉnh ủy Bắc Kạn, đến 30/6/2025)".
// Bodies that nothing in the library is from are not mentioned.
func (s *search) withFormers(names, values []string) []string {
	var all []bodies.Former
	for _, value := range values {
		for _, former := range bodies.Default().Formers(value) {
			if !slices.Contains(all, former) && s.view.catalogue.hasIssuer(former.Name, s.query.Audience) {
				all = append(all, former)
			}
		}
	}
	if len(all) == 0 || len(names) == 0 {
		return names
	}
	var said []string
	for i := 0; i < len(all); {
		var ended []string
		end := all[i].End
		for ; i < len(all) && all[i].End == end; i++ {
			ended = append(ended, all[i].Name)
		}
		until := strings.Join(ended, ", ")
		if end != "" {
			until += " đến " + indexer.DisplayDate(end)
		}
		said = append(said, until)
	}
	names = slices.Clone(names)
	names[len(names)-1] += " (kể cả " + strings.Join(said, "; ") + ")"
	return names
}

// hasIssuer tells whether an audience may see something of a body.
func (c *catalogue) hasIssuer(name string, audience storage.Audience) bool {
	slug := analyzers.Slug(name)
	issuers := c.columns[slices.Index(indexer.Facets, indexer.FacetIssuer)].values
	if !slices.ContainsFunc(issuers, func(issuer string) bool { return strings.Contains(issuer, slug) }) {
		return false // a look at each document is dear
	}
	held := spaced(name)
	return slices.ContainsFunc(c.listings, func(l *listing) bool { return strings.Contains(l.issuer, held) && l.shownTo(audience) })
}
