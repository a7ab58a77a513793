package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"vankien/indexer"
	"vankien/storage"
)

// RelationView is one way in which a document stands to others.
type RelationView struct {
	Label string
	Shown []RelationEntry
	Rest  []RelationEntry // to be unfolded
	More  Link            // to those that are not listed, with their number; no label where all are
}

// RelationEntry is a document at the other end.
type RelationEntry struct {
	Name    Link   // without an address where the library has no such document
	Subject string // what it is about
	Note    string
	Choices []Link // where several may be meant
	Nearest []Link // for staff: where none is there, numbers like it
}

// RelatedView is a document on the same matter.
type RelatedView struct {
	Name    Link
	Subject string
}

// How much is shown of one kind of relation, and how much there is to unfold.
const (
	shownRelations = 5
	mostRelations  = 100
)

// relationKinds are the kinds in the order in which a page shows them, with
// their labels in both directions; coming is that of what others will do.
var relationKinds = []struct {
	kind            storage.RelationKind
	out, in, coming string
}{
	{storage.Replaces, "Thay thế", "Bị thay thế bởi", "Sẽ được thay thế bởi"},
	{storage.Amends, "Sửa đổi, bổ sung", "Được sửa đổi, bổ sung bởi", "Sẽ được sửa đổi, bổ sung bởi"},
	{storage.Repeals, "Bãi bỏ", "Bị bãi bỏ bởi", "Sẽ bị bãi bỏ bởi"},
	{storage.BasedOn, "Căn cứ", "Là căn cứ của", ""},
	{storage.Guides, "Hướng dẫn", "Được hướng dẫn bởi", ""},
	{storage.Implements, "Thực hiện", "Được triển khai bởi", ""},
	{storage.Cites, "Viện dẫn", "Được viện dẫn trong", ""},
}

// relations are what a document says of others, then what others say of it.
func relations(o Opened) []RelationView {
	var out, in []indexer.Link
	if o.Links != nil {
		out, in = o.Links.Out, o.Links.In
	} else {
		for _, relation := range o.Document.Facts.Relations {
			out = append(out, indexer.Link{Relation: relation})
		}
	}
	var views []RelationView
	add := func(label string, entries []RelationEntry, all string) {
		if len(entries) > 0 {
			views = append(views, folded(label, entries, all))
		}
	}
	named := map[string]bool{} // what a document also cites says more elsewhere
	for _, k := range relationKinds {
		add(k.out, outEntries(o, out, k.kind, named), "")
	}
	known := map[storage.ID]bool{}
	for _, k := range relationKinds {
		all := ""
		if number := string(o.Document.Facts.Number); k.kind == storage.Cites && number != "" {
			all = searchURL(indexer.Query{Text: "trích:" + number, Sort: indexer.ByRelevance})
		}
		add(k.in, inEntries(o, in, k.kind, known, func(d storage.Document) bool { return k.coming == "" || inEffect(d) }), all)
		add(k.coming, inEntries(o, in, k.kind, known, func(d storage.Document) bool { return !inEffect(d) }), "")
	}
	return views
}

// folded shows the first entries and keeps the others to be unfolded; all is the
// address of a search for them, "" without one.
func folded(label string, entries []RelationEntry, all string) RelationView {
	v := RelationView{Label: label, Shown: entries}
	if len(entries) > shownRelations+1 { // one alone is not worth unfolding
		v.Shown, v.Rest = entries[:shownRelations], entries[shownRelations:]
	}
	if len(v.Rest) > mostRelations {
		v.More.Label = fmt.Sprintf("và %s văn bản khác", Number(len(v.Rest)-mostRelations))
		v.More.URL, v.Rest = all, v.Rest[:mostRelations]
	}
	return v
}

func outEntries(o Opened, links []indexer.Link, kind storage.RelationKind, named map[string]bool) []RelationEntry {
	var entries []RelationEntry
	for _, link := range links {
		target := link.Relation.Target
		if len(link.Documents) > 0 && (len(link.Documents) == 1 || link.Decided) {
			target = string(link.Documents[0].ID)
		}
		if link.Relation.Kind != kind || named[target] {
			continue
		}
		named[target] = true
		entries = append(entries, outEntry(o, link))
	}
	return entries
}

func outEntry(o Opened, link indexer.Link) RelationEntry {
	e := RelationEntry{Name: Link{Label: link.Relation.Target}}
	if date := Date(link.Relation.Date); date != "" {
		e.Name.Label += ", ngày" + noBreak + date
	}
	e.Note = doubts(link, len(link.Documents) == 1)
	switch documents := link.Documents; {
	case o.Links == nil: // a search finds what there is
		e.Name.URL = searchURL(indexer.Query{Text: link.Relation.Target, Sort: indexer.ByRelevance})
	case len(documents) == 0 && o.Staff:
		e.Nearest = choices(link.Nearest)
	case len(documents) == 0:
	case len(documents) == 1 || link.Decided:
		e.Name, e.Subject = entry(documents[0])
	default:
		e.Choices = choices(documents)
	}
	return e
}

func inEntries(o Opened, links []indexer.Link, kind storage.RelationKind, known map[storage.ID]bool, among func(storage.Document) bool) []RelationEntry {
	var entries []RelationEntry
	for _, link := range links {
		if link.Relation.Kind != kind || len(link.Documents) == 0 || known[link.Documents[0].ID] || !among(link.Documents[0]) {
			continue
		}
		known[link.Documents[0].ID] = true
		e := RelationEntry{Note: doubts(link, true)}
		if from := Date(link.Documents[0].Facts.Effective); from != "" && changes(kind) && !inEffect(link.Documents[0]) {
			e.Note = strings.TrimSuffix("từ"+noBreak+from+"; "+e.Note, "; ")
		}
		e.Name, e.Subject = entry(link.Documents[0])
		entries = append(entries, e)
	}
	return entries
}

// changes tells whether a relation of that kind changes the other document, on a day.
func changes(kind storage.RelationKind) bool {
	return kind == storage.Replaces || kind == storage.Repeals || kind == storage.Amends
}

// noBreak is a space at which no line ends.
const noBreak = "\u00a0"

// doubts is what speaks against a relation: it is not said in so many words, or,
// where it is told of one document, that need not be the one which is meant.
func doubts(link indexer.Link, one bool) string {
	var all []string
	if !link.Relation.Explicit {
		all = append(all, "văn bản không nêu rõ")
	}
	if one && !link.Decided {
		all = append(all, "chưa chắc là văn bản này")
	}
	return strings.Join(all, "; ")
}

// entry names a document by kind, number and day, and says what it is about.
func entry(d storage.Document) (name Link, subject string) {
	name = Link{Label: dated(d), URL: DocumentURL(d.ID, 0, "")}
	if d.Facts.Title != "" && designation(d) != "" {
		subject = heading(d)
	}
	return name, subject
}

// dated is designation with the day of issue, else what the document is about.
func dated(d storage.Document) string {
	name := cmp.Or(designation(d), heading(d))
	if date := Date(d.Facts.Issued); date != "" {
		name += ", ngày" + noBreak + date
	}
	return name
}

func choices(documents []storage.Document) []Link {
	var links []Link
	for _, d := range documents {
		name, _ := entry(d)
		links = append(links, name)
	}
	return links
}

// relatedShown is how many documents on the same matter a page offers.
const relatedShown = 5

// related are documents on the same matter that the page does not name already.
func related(o Opened) []RelatedView {
	var named []storage.ID
	if o.Links != nil {
		for _, link := range append(slices.Clone(o.Links.Out), o.Links.In...) {
			for _, d := range link.Documents {
				named = append(named, d.ID)
			}
		}
		for _, d := range o.Links.Successors {
			named = append(named, d.ID)
		}
	}
	var views []RelatedView
	for _, d := range o.Related {
		if len(views) < relatedShown && !slices.Contains(named, d.ID) && !slices.Contains(o.Document.ReplacedBy, d.ID) {
			name, subject := entry(d)
			views = append(views, RelatedView{name, subject})
		}
	}
	return views
}
