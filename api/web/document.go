package web

import (
	"cmp"
	"fmt"
	"slices"

	"vankien/indexer"
	"vankien/indexer/bibliography"
	"vankien/storage"
)

// DocumentPage is the page of one document, with one page of its text.
type DocumentPage struct {
	Frame
	Designation string
	Heading     Heading
	State       string // for staff: why readers do not see it, "" where they do
	Circulation string
	Validity    Badge
	Banner      Banner
	Facts       []FactView
	Recipients  []string
	Relations   []RelationView
	Related     []RelatedView
	Original    Link
	Unchecked   string // for staff: why somebody has to look at the first pages, "" where the machine has
	Citation    string
	Formats     []Link // of the citation, for programs
	SearchURL   string // back to the results, "" where nobody searched
	Address     string // of this page, for the forms on it

	Contents *ContentsView // nil where there are hardly any sections
	Text     *TextView     // nil where nothing was read
	NoText   string        // why, as a sentence
	Matches  []PassageView
	Total    string // passages of the document that match
}

// FactView is a fact of a document.
type FactView struct{ Label, Value string }

// TextView is one page of a document's text.
type TextView struct {
	Number, Count  int
	Previous, Next *Link
	OCR            bool
	Lines          []Paragraph
	Paged          bool          // the document has more than one page
	Readings       *ReadingsView // for staff, nil where there is nothing to compare
}

// Opened is what a document page is made from.
type Opened struct {
	Document   storage.Document
	Successors []storage.Document // those the reader may know of
	Later      []storage.Document // likewise, of what has replaced those in their turn
	Links      *indexer.Links     // nil where the library does not know of any
	Related    []storage.Document
	Text       storage.Text // no pages where nothing was read
	Page       int          // the page that is asked for, the nearest is shown
	Query      string
	Matches    indexer.Result // the passages of this document for Query
	Staff      bool           // whoever looks at it corrects documents
}

// NewDocumentPage is the page of a document.
func NewDocumentPage(frame Frame, o Opened) DocumentPage {
	d := o.Document
	v := DocumentPage{
		Frame: frame, Designation: designation(d), Heading: Heading(heading(d)), State: stateLabel(d),
		Circulation: string(d.Facts.Circulation), Validity: badge(d.Validity),
		Facts: facts(d), Recipients: d.Facts.Recipients, Relations: relations(o), Related: related(o), Address: DocumentURL(d.ID, 0, ""),
	}
	v.Query = o.Query
	v.Title = cmp.Or(v.Designation, string(v.Heading)) + " – Văn Kiện"
	if d.Facts.Title == "" { // the heading has it
		v.Designation = ""
	}
	v.Banner = banner(o)
	if o.Query != "" {
		v.SearchURL = searchURL(indexer.Query{Text: o.Query, Sort: indexer.ByRelevance})
	}
	sections := indexer.Sections(o.Text.Pages)
	if v.Text = textView(o, sections); v.Text != nil {
		v.Contents = contents(d.ID, o.Text.Pages, sections, v.Text.Number, o.Query)
	}
	if read := recognized(o.Text.Pages); read != "" {
		v.Facts = append(v.Facts, FactView{"Phần chữ", read})
	}
	if o.Staff {
		v.Unchecked = unchecked(d)
	}
	v.Original = original(d, v.Text, o.Query)
	cited := 0
	if v.Text == nil {
		v.NoText = noText(d)
	} else if v.Text.Paged {
		cited = v.Text.Number
	}
	v.Formats = citeLinks(d.ID, cited)
	v.Citation = bibliography.Reference{Document: d, Page: cited}.Note()
	for _, hit := range o.Matches.Hits {
		for _, passage := range hit.Passages {
			v.Matches = append(v.Matches, passageView(d, passage, o.Query))
		}
	}
	v.Total = Number(o.Matches.Total)
	return v
}

func facts(d storage.Document) []FactView {
	f := d.Facts
	all := []FactView{
		{"Số, ký hiệu", string(f.Number)},
		{"Loại văn bản", string(f.Kind)},
		{"Cơ quan ban hành", string(f.Issuer)},
		{"Ngày ban hành", Date(f.Issued)},
		{"Có hiệu lực từ", Date(f.Effective)},
		{"Nơi ban hành", string(f.Place)},
		{"Người ký", string(f.Signer)},
		{"Chức vụ người ký", string(f.SignerRole)},
		{"Độ khẩn", string(f.Urgency)},
	}
	if d.Reading.Pages > 1 {
		all = append(all, FactView{"Số trang", Number(d.Reading.Pages)})
	}
	printed := all[:0]
	for _, fact := range all {
		if fact.Value != "" {
			printed = append(printed, fact)
		}
	}
	return printed
}

// original leads to the file as uploaded; to a PDF at the page that is shown.
func original(d storage.Document, text *TextView, query string) Link {
	if d.Original.MediaType != pdfType {
		return download(d)
	}
	page := 0
	if text != nil && text.Paged {
		page = text.Number
	}
	return Link{Label: fmt.Sprintf("Mở bản gốc (PDF, %s)", Size(d.Original.Size)), URL: viewerURL(d.ID, page, query)}
}

func noText(d storage.Document) string {
	switch d.Reading.Status {
	case storage.ReadingNow:
		return cmp.Or(d.Reading.Reason, "Máy đang nhận dạng chữ của văn bản này.") + " Hãy mở lại sau ít phút."
	case storage.ReadingQueued:
		return "Máy đang đọc văn bản này. Hãy mở lại sau ít phút."
	case storage.ReadingNeedsOCR:
		return "Văn bản là bản chụp, chưa có phần chữ. Hãy xem bản gốc."
	case storage.ReadingFailed:
		return cmp.Or(d.Reading.Reason, "Không đọc được chữ của văn bản này. Hãy xem bản gốc.")
	}
	return "Chưa có phần chữ của văn bản này. Hãy xem bản gốc."
}

// textView is the page that is asked for, the last one where it lies beyond.
func textView(o Opened, sections []indexer.Section) *TextView {
	pages := o.Text.Pages
	if len(pages) == 0 || o.Document.Reading.Status != storage.ReadingReady && !slices.ContainsFunc(pages, func(p storage.Page) bool { return p.Text != "" }) {
		return nil
	}
	at := 0
	for i, page := range pages {
		if page.Number <= o.Page {
			at = i
		}
	}
	link := func(i int, label string) *Link {
		if i < 0 || i >= len(pages) {
			return nil
		}
		return &Link{Label: label, URL: DocumentURL(o.Document.ID, pages[i].Number, o.Query)}
	}
	view := &TextView{
		Number: pages[at].Number, Count: pages[len(pages)-1].Number, OCR: pages[at].OCR, Paged: len(pages) > 1,
		Previous: link(at-1, "Trang trước"), Next: link(at+1, "Trang sau"),
		Lines: paragraphs(pages[at], indexer.Bodies(pages)[at], sections, o.Query),
	}
	if o.Staff {
		view.Readings = readings(pages[at])
	}
	return view
}
