package extract

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"

	"vankien/analyzers"
	"vankien/storage"
)

const engineHTML = "html"

// readHTML reads a web page, or what Word saves as one, as one page. It reads
// tokens, not a tree: what stands in the file is the text, however badly its
// elements are nested.
func readHTML(ctx context.Context, f File) ([]storage.Page, error) {
	raw, err := readText(f)
	if err != nil {
		return nil, err
	}
	source, name := decodeHTML(raw)
	text, err := layOutHTML(ctx, source)
	if err != nil {
		return nil, err
	}
	if name == "windows-1258" && vietnameseShare(text) < codePageShare {
		// Windows declared its own code page for whatever font the page was typed in.
		other, err := layOutHTML(ctx, charmap.Windows1252.NewDecoder().Reader(bytes.NewReader(raw)))
		if err != nil {
			return nil, err
		}
		if vietnameseShare(other) > codePageShare {
			text = other
		}
	}
	return pagesOf(ctx, engineHTML, text)
}

// layOutHTML is the text of a page that has been decoded.
func layOutHTML(ctx context.Context, source io.Reader) (string, error) {
	tokens := html.NewTokenizer(source)
	tokens.SetMaxBuf(maxPageText)
	w := htmlText{}
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return "", ctx.Err()
		}
		kind := tokens.Next()
		if kind == html.ErrorToken {
			if err := tokens.Err(); errors.Is(err, html.ErrBufferExceeded) {
				return "", errTextTooLarge
			} else if err != io.EOF {
				return "", refuse(storage.ErrInvalid, "Tệp HTML bị hỏng; hãy lưu lại trang rồi tải lên.", err)
			}
			return w.close(), nil
		}
		if kind == html.SelfClosingTagToken { // in XHTML it has no content, whatever it is
			tokens.NextIsNotRawText()
		}
		w.token(kind, tokens.Token())
	}
}

// decodeHTML reads the bytes as UTF-8 where they all are, whatever the page
// says of itself, else as it declares, by byte order mark or meta element, and
// as Windows-1252 where it declares nothing that is known, or UTF-8 against the
// evidence: legacy encodings of Vietnamese are decoded from there. Pages saved
// with a wrong declaration are common, UTF-8 by accident is not.
func decodeHTML(raw []byte) (source io.Reader, name string) {
	const bom = "\xEF\xBB\xBF"
	head := raw[:min(len(raw), 1024)]
	encoding, name, _ := charset.DetermineEncoding(head, "text/html")
	if strings.HasPrefix(name, "utf-16") {
		raw = bytes.TrimPrefix(bytes.TrimPrefix(raw, []byte{0xFF, 0xFE}), []byte{0xFE, 0xFF})
		return encoding.NewDecoder().Reader(bytes.NewReader(raw)), name
	}
	switch {
	case bytes.HasPrefix(raw, []byte(bom)) || utf8.Valid(raw) || name == "utf-8" && mostlyUTF8(raw):
		return bytes.NewReader(bytes.TrimPrefix(raw, []byte(bom))), "utf-8"
	case name == "utf-8" || name == "x-user-defined": // so VNI's own pages declared themselves
		encoding, name = charmap.Windows1252, "windows-1252"
	}
	return encoding.NewDecoder().Reader(bytes.NewReader(raw)), name
}

// mostlyUTF8 tells UTF-8 with some damage from an encoding of eight bits: more
// characters beyond ASCII are whole than not.
func mostlyUTF8(raw []byte) bool {
	whole, broken := 0, 0
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			whole++
		}
		raw = raw[size:]
	}
	return whole >= broken
}

// htmlText writes the text of the tokens it is given as a browser would lay it
// out, roughly: blanks collapse outside pre, blocks stand on lines of their own.
type htmlText struct {
	flow
	skip   int       // within elements that are not text
	in     atom.Atom // the outermost of them
	pre    int
	tables []bool // open tables: has a row begun?
	fonts  htmlFonts
}

func (w *htmlText) token(kind html.TokenType, t html.Token) {
	switch kind {
	case html.TextToken:
		if w.skip == 0 {
			w.text(t.Data)
		}
	case html.StartTagToken:
		w.fonts.start(t)
		w.start(t.DataAtom)
	case html.SelfClosingTagToken:
		if w.skip == 0 && !hidden(t.DataAtom) {
			w.start(t.DataAtom)
		}
	case html.EndTagToken:
		w.fonts.end(t.DataAtom)
		w.end(t.DataAtom)
	}
}

// hidden are the elements whose content nobody reads as the page's text.
func hidden(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Noscript:
		return true
	}
	return false
}

func (w *htmlText) start(a atom.Atom) {
	switch {
	case w.skip > 0:
		if a == w.in {
			w.skip++
		}
	case hidden(a):
		w.skip, w.in = 1, a
	case a == atom.Br:
		w.write("\n")
	case a == atom.Table:
		w.line()
		w.tables = append(w.tables, false)
	case a == atom.Tr:
		w.closeRow()
		w.openRow()
	case a == atom.Td || a == atom.Th:
		w.openRow()
		w.beginCell()
	case block(a):
		if a == atom.Pre {
			w.pre++
		}
		w.block(a)
	}
}

func (w *htmlText) end(a atom.Atom) {
	switch {
	case w.skip > 0:
		if a == w.in {
			w.skip--
		}
	case a == atom.Tr:
		w.closeRow()
	case a == atom.Table:
		w.closeRow()
		w.tables = w.tables[:max(len(w.tables)-1, 0)]
	case a == atom.Title:
		w.write("\n\n")
	case block(a):
		if a == atom.Pre {
			w.pre = max(w.pre-1, 0)
		}
		w.block(a)
	}
}

// openRow begins a row in the innermost table unless one is open; rows and
// cells may stand without a table.
func (w *htmlText) openRow() {
	if len(w.tables) == 0 {
		w.tables = append(w.tables, false)
	}
	if row := &w.tables[len(w.tables)-1]; !*row {
		*row = true
		w.beginRow()
	}
}

func (w *htmlText) closeRow() {
	if n := len(w.tables); n > 0 && w.tables[n-1] {
		w.tables[n-1] = false
		w.endRow()
	}
}

// close lays out what the page left open.
func (w *htmlText) close() string {
	for len(w.rows) > 0 {
		w.endRow()
	}
	return string(w.out)
}

// block begins or ends a block; an empty line sets paragraphs apart, but not
// within a cell.
func (w *htmlText) block(a atom.Atom) {
	w.line()
	if paragraph(a) && len(w.rows) == 0 {
		w.write("\n")
	}
}

func block(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Center, atom.Dd, atom.Details, atom.Div, atom.Dl, atom.Dt,
		atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.Header, atom.Hr, atom.Li, atom.Main, atom.Nav, atom.Ol,
		atom.Section, atom.Summary, atom.Caption, atom.Ul, atom.Option:
		return true
	}
	return paragraph(a)
}

func paragraph(a atom.Atom) bool {
	switch a {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Pre:
		return true
	}
	return false
}

func (w *htmlText) text(s string) {
	if w.pre > 0 {
		w.letters(s)
		return
	}
	for _, r := range s {
		if r == '\u00a0' || !unicode.IsSpace(r) {
			w.letters(string(r))
		} else if last := w.last(); last != ' ' && last != '\n' && last != '\t' {
			w.write(" ")
		}
	}
}

// letters writes text in the present font.
func (w *htmlText) letters(s string) {
	if w.fonts.capital() {
		w.out = analyzers.AppendCapitalRun(w.out, s)
	} else {
		w.write(s)
	}
}
