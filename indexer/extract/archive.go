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

// Bounds of an archive. What Word and LibreOffice write stays far below.
const (
	maxEntries  = 10_000
	maxExpanded = 256 << 20 // bytes of all parts that are read
	maxUnbroken = 16 << 20  // bytes of one tag or text, which the decoder holds whole
	maxElements = 1000      // elements within elements, all of which the decoder holds
)

var (
	errExpanded = refuse(storage.ErrTooLarge, "Tệp giải nén ra quá lớn; hãy tách thành nhiều tệp.", nil)
	errNoPart   = errors.New("part missing")
	errElements = errors.New("elements nested too deeply")
)

// archive is an opened file of XML parts, as DOCX (ISO/IEC 29500-2) and ODT are.
type archive struct {
	ctx      context.Context
	parts    map[string]*zip.File
	left     int64 // bytes that may still be expanded
	unbroken int64 // bytes expanded since the last token
	depth    int   // elements that are open
}

func openArchive(ctx context.Context, f File) (*archive, error) {
	opened, err := zip.NewReader(f, f.Size)
	if err != nil {
		return nil, err
	}
	if len(opened.File) > maxEntries {
		return nil, refuse(storage.ErrTooLarge, "Tệp chứa quá nhiều thành phần bên trong.", nil)
	}
	p := &archive{ctx: ctx, parts: map[string]*zip.File{}, left: maxExpanded}
	for _, entry := range opened.File {
		if entry.Flags&1 != 0 {
			return nil, refuse(storage.ErrEncrypted, "Tệp được đặt mật khẩu; hãy bỏ mật khẩu rồi tải lại.", nil)
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
func (p *archive) decode(name string, f func(*xml.Decoder) error) error {
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
func (p *archive) token(d *xml.Decoder) (xml.Token, error) {
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
func (p *archive) skip(d *xml.Decoder) error {
	for outside := p.depth - 1; p.depth > outside; {
		if _, err := p.token(d); err != nil {
			return err
		}
	}
	return nil
}

// expanding counts what is expanded and ends with the context.
type expanding struct {
	p *archive
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

// eachStart calls f for every start tag to the end of the part.
func (p *archive) eachStart(d *xml.Decoder, f func(xml.StartElement) error) error {
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

// within calls start for every start tag and other, if there is one, for every
// other token to the end of the element that has just begun. Start may read on to
// the end of its element.
func (p *archive) within(d *xml.Decoder, start func(xml.StartElement) error, other func(xml.Token)) error {
	for outside := p.depth - 1; p.depth > outside; {
		token, err := p.token(d)
		if err != nil {
			return err
		}
		if e, ok := token.(xml.StartElement); ok {
			err = start(e)
		} else if other != nil && p.depth > outside {
			other(token)
		}
		if err != nil {
			return err
		}
	}
	return nil
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

// hasAttr tells whether there is an attribute with the local name.
func hasAttr(e xml.StartElement, local string) bool {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return true
		}
	}
	return false
}
