package web

import (
	"cmp"
	"fmt"
	"io"
	"strconv"

	"vankien/storage"
)

// ViewerPage shows the original of a PDF, a page at a time. Its script draws
// the page; what stands in the page leads on without it.
type ViewerPage struct {
	Frame
	Name        Heading // what the document is called, in few words
	Subject     string  // what it is about, "" where Name says it
	State       string  // as on a document's page
	Circulation string
	Validity    Badge

	Number, Count  int // the page that is asked for, of how many; 0 where nobody has counted
	Previous, Next *Link
	Address        string // of this page, for the form on it
	Back           string // the text of the document at this page
	File           Link   // the file itself at this page
	Download       Link
	Size           int64 // of the file, bytes

	Ranges, Library, Worker, Decoders string // where the parts of the script are
}

const (
	vendoredPDFJS = "vendor/pdfjs-5.7.284/"
	furthestPage  = 99_999 // to look for where nobody has counted the pages
)

// NewViewerPage is the page of an original; nothing but the document, the page
// and the query of o is looked at.
func NewViewerPage(frame Frame, o Opened) ViewerPage {
	d := o.Document
	v := ViewerPage{
		Frame: frame, Name: Heading(cmp.Or(designation(d), heading(d))), State: stateLabel(d),
		Circulation: string(d.Facts.Circulation), Validity: badge(d.Validity),
		Count: d.Reading.Pages, Address: viewerURL(d.ID, 0, ""),
	}
	if d.Facts.Title != "" && designation(d) != "" {
		v.Subject = heading(d)
	}
	v.Number = max(1, min(o.Page, cmp.Or(v.Count, furthestPage)))
	if v.Number > 1 {
		v.Previous = &Link{Label: "Trang trước", URL: viewerURL(d.ID, v.Number-1, o.Query)}
	}
	if v.Count == 0 || v.Number < v.Count {
		v.Next = &Link{Label: "Trang sau", URL: viewerURL(d.ID, v.Number+1, o.Query)}
	}
	v.Query = o.Query
	v.Title = "Bản gốc: " + string(v.Name) + " – Văn Kiện"
	v.Back = DocumentURL(d.ID, v.Number, o.Query)
	v.File = Link{Label: "Mở tệp PDF ở trang " + strconv.Itoa(v.Number), URL: originalURL(d.ID) + "#page=" + strconv.Itoa(v.Number)}
	v.Download, v.Size = download(d), d.Original.Size
	return v
}

// download saves the file as uploaded.
func download(d storage.Document) Link {
	return Link{Label: fmt.Sprintf("Tải bản gốc (%s, %s)", Format(d.Original), Size(d.Original.Size)), URL: originalURL(d.ID)}
}

// Viewer writes the page of an original.
func (p *Pages) Viewer(w io.Writer, v ViewerPage) error {
	v.Script, v.Style, v.Ranges = p.address("viewer.js"), p.style, p.address("ranges.js")
	v.Library, v.Worker = p.address(vendoredPDFJS+"pdf.min.mjs"), p.address(vendoredPDFJS+"pdf.worker.min.mjs")
	v.Decoders = "/static/" + vendoredPDFJS + "decoders/"
	return p.render(w, "viewer", v)
}
