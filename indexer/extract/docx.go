package extract

import (
	"context"
	"encoding/xml"
	"errors"
	"path"
	"strings"

	"vankien/storage"
)

const engineDOCX = "docx"

// readDOCX reads a Word document: the header of its first page, its body with
// the notes at the end of the page that refers to them, the footer of the first
// page. Pages end where
// the author broke them or where Word last did when it laid the document out;
// a document that no Word has laid out may be a single page.
func readDOCX(ctx context.Context, f File) ([]storage.Page, error) {
	p, err := openArchive(ctx, f)
	if err == nil {
		var text string
		if text, err = documentText(p); err == nil {
			return pagesOf(ctx, engineDOCX, text)
		}
	}
	return nil, refuseUnlessDone(ctx, storage.ErrInvalid, reasonDamagedDOCX, err)
}

// relation is what a part says of another: its kind (the last word of the
// type's URI, the same in transitional and strict files) and its name.
type relation struct{ id, kind, target string }

func (p *archive) relations(part string) ([]relation, error) {
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
func documentText(p *archive) (string, error) {
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
	styles := newDOCXStyles()
	b := &docxBody{p: p, numbers: newNumbering(styles), styles: styles, notes: map[string]string{}, first: true}
	if err := b.loadRelated(related); err != nil {
		return "", err
	}
	if err := p.decode(document, b.read); err != nil {
		return "", err
	}
	b.flushNotes()
	header, err := b.margin("header", related)
	if err != nil {
		return "", err
	}
	footer, err := b.margin("footer", related)
	if err != nil {
		return "", err
	}
	return withMargins(header, string(b.out), footer), nil
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
			err = b.p.decode(r.target, func(d *xml.Decoder) error { return b.styles.read(b.p, d) })
		case "footnotes", "endnotes":
			err = b.p.decode(r.target, b.readNotes)
		}
		if err != nil && !errors.Is(err, errNoPart) {
			return err
		}
	}
	return nil
}

// margin is the text of the first page's header or footer, as kind says.
func (b *docxBody) margin(kind string, related []relation) (string, error) {
	for _, r := range related {
		if r.kind != kind || r.id == "" || r.id != b.marginID(kind) {
			continue
		}
		h := &docxBody{p: b.p, numbers: b.numbers, styles: b.styles, notes: b.notes}
		if err := b.p.decode(r.target, h.read); err != nil && !errors.Is(err, errNoPart) {
			return "", err
		}
		return strings.TrimSpace(strings.ReplaceAll(string(h.out), "\f", "\n")), nil
	}
	return "", nil
}
