package extract

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"golang.org/x/net/html/charset"

	"vankien/storage"
)

const engineDOCX = "docx"

// Bounds of an archive. Word's own files stay far below.
const (
	maxEntries  = 10_000
	maxExpanded = 256 << 20 // bytes of all parts that are read
	maxUnbroken = 16 << 20  // bytes of one tag or text, which the decoder holds whole
	maxElements = 1000      // elements within elements, all of which the decoder holds
)

var (
	errExpanded = refuse(storage.ErrTooLarge, "Tệp DOCX giải nén ra quá lớn; hãy tách thành nhiều tệp.", nil)
	errNoPart   = errors.New("part missing")
	errElements = errors.New("elements nested too deeply")
)

// readDOCX reads a Word document: the header of its first page, then its body
// with the notes at the end of the page that refers to them. Pages end where
// the author broke them or where Word last did when it laid the document out;
// a document that no Word has laid out may be a single page.
func readDOCX(ctx context.Context, f File) ([]storage.Page, error) {
	p, err := openPackage(ctx, f)
	if err == nil {
		var text string
		if text, err = p.text(); err == nil {
			return pagesOf(ctx, engineDOCX, text)
		}
	}
	return nil, refuseUnlessDone(ctx, storage.ErrInvalid, reasonDamagedDOCX, err)
}

// docxPackage is the opened archive (ISO/IEC 29500-2).
type docxPackage struct {
	ctx      context.Context
	parts    map[string]*zip.File
	left     int64 // bytes that may still be expanded
	unbroken int64 // bytes expanded since the last token
	depth    int   // elements that are open
}

func openPackage(ctx context.Context, f File) (*docxPackage, error) {
	archive, err := zip.NewReader(f, f.Size)
	if err != nil {
		return nil, err
	}
	if len(archive.File) > maxEntries {
		return nil, refuse(storage.ErrTooLarge, "Tệp DOCX chứa quá nhiều thành phần bên trong.", nil)
	}
	p := &docxPackage{ctx: ctx, parts: map[string]*zip.File{}, left: maxExpanded}
	for _, entry := range archive.File {
		if entry.Flags&1 != 0 {
			return nil, refuse(storage.ErrEncrypted, "Tệp DOCX được đặt mật khẩu; hãy bỏ mật khẩu rồi tải lại.", nil)
		}
		p.parts[partName(entry.Name)] = entry
	}
	return p, nil
}

// partName is how parts are compared: without a leading slash, case ignored.
func partName(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/"))
}

// decode calls f with the tokens of a part. A part that is not there is errNoPart.
func (p *docxPackage) decode(name string, f func(*xml.Decoder) error) error {
	entry := p.parts[partName(name)]
	if entry == nil {
		return errNoPart
	}
	if entry.UncompressedSize64 > uint64(max(p.left, 0)) {
		return errExpanded
	}
	p.unbroken, p.depth = 0, 0
	r, err := entry.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(expanding{p, r})
	d.CharsetReader = charset.NewReaderLabel
	return f(d)
}

// token is d.Token with limits on what one token and those around it may hold.
func (p *docxPackage) token(d *xml.Decoder) (xml.Token, error) {
	p.unbroken = 0
	token, err := d.Token()
	switch token.(type) {
	case xml.StartElement:
		if p.depth++; p.depth > maxElements {
			return nil, errElements
		}
	case xml.EndElement:
		p.depth--
	}
	return token, err
}

// skip is d.Skip with the limits of token.
func (p *docxPackage) skip(d *xml.Decoder) error {
	for outside := p.depth - 1; p.depth > outside; {
		if _, err := p.token(d); err != nil {
			return err
		}
	}
	return nil
}

// expanding counts what is expanded and ends with the context.
type expanding struct {
	p *docxPackage
	r io.Reader
}

func (e expanding) Read(b []byte) (int, error) {
	if err := e.p.ctx.Err(); err != nil {
		return 0, err
	}
	if e.p.left <= 0 || e.p.unbroken > maxUnbroken {
		return 0, errExpanded
	}
	n, err := e.r.Read(b)
	e.p.left -= int64(n)
	e.p.unbroken += int64(n)
	return n, err
}

// relation is what a part says of another: its kind (the last word of the
// type's URI, the same in transitional and strict files) and its name.
type relation struct{ id, kind, target string }

func (p *docxPackage) relations(part string) ([]relation, error) {
	folder, base := path.Split(part)
	var found []relation
	err := p.decode(folder+"_rels/"+base+".rels", func(d *xml.Decoder) error {
		return p.eachStart(d, func(e xml.StartElement) error {
			if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
				return nil
			}
			target := attr(e, "Target")
			if !strings.HasPrefix(target, "/") {
				target = folder + target
			}
			found = append(found, relation{attr(e, "Id"), path.Base(attr(e, "Type")), target})
			return nil
		})
	})
	if errors.Is(err, errNoPart) {
		err = nil
	}
	return found, err
}

// text reads the document: the pages of the text end with form feeds.
func (p *docxPackage) text() (string, error) {
	document := "word/document.xml"
	root, err := p.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range root {
		if r.kind == "officeDocument" {
			document = r.target
		}
	}
	related, err := p.relations(document)
	if err != nil {
		return "", err
	}
	b := &docxBody{p: p, numbers: newNumbering(), notes: map[string]string{}, first: true}
	if err := b.loadRelated(related); err != nil {
		return "", err
	}
	if err := p.decode(document, b.read); err != nil {
		return "", err
	}
	b.flushNotes()
	header, err := b.header(related)
	if err != nil {
		return "", err
	}
	return header + string(b.out), nil
}

// loadRelated reads what the body refers to: numbering, styles and notes.
// Numbers of one kind of note may repeat in the other, hence the kind in front.
func (b *docxBody) loadRelated(related []relation) error {
	for _, r := range related {
		var err error
		switch r.kind {
		case "numbering":
			err = b.p.decode(r.target, func(d *xml.Decoder) error { return b.numbers.readNumbering(b.p, d) })
		case "styles":
			err = b.p.decode(r.target, func(d *xml.Decoder) error { return b.numbers.readStyles(b.p, d) })
		case "footnotes", "endnotes":
			err = b.p.decode(r.target, b.readNotes)
		}
		if err != nil && !errors.Is(err, errNoPart) {
			return err
		}
	}
	return nil
}

// header is the text of the first page's header, with a line end behind.
func (b *docxBody) header(related []relation) (string, error) {
	for _, r := range related {
		if r.kind != "header" || r.id == "" || r.id != b.headerID() {
			continue
		}
		h := &docxBody{p: b.p, numbers: b.numbers, notes: b.notes}
		if err := b.p.decode(r.target, h.read); err != nil && !errors.Is(err, errNoPart) {
			return "", err
		}
		if text := strings.TrimSpace(strings.ReplaceAll(string(h.out), "\f", "\n")); text != "" {
			return text + "\n", nil
		}
	}
	return "", nil
}

// eachStart calls f for every start tag to the end of the part.
func (p *docxPackage) eachStart(d *xml.Decoder, f func(xml.StartElement) error) error {
	for {
		token, err := p.token(d)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			if err := f(e); err != nil {
				return err
			}
		}
	}
}

// attr is the value of the attribute with the local name, "" where there is none.
func attr(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
