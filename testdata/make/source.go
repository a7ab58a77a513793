package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// Source is one source file: an HTML fragment that begins with a script
// element of JSON, the front matter.
type Source struct {
	File   string          `json:"file"`   // name of the document, whose extension is the format
	Facts  json.RawMessage `json:"facts"`  // as expected of "describe"
	Must   []string        `json:"must"`   // sentences that must be found; their page is worked out
	NFD    bool            `json:"nfd"`    // decomposed Unicode on disk
	Title  string          `json:"page"`   // the title element of an HTML page
	Issued string          `json:"issued"` // ISO date, the date inside DOCX and PDF
	Office bool            `json:"office"` // a PDF printed by LibreOffice from a DOCX, not by Chromium

	Markup string  `json:"-"` // the fragment behind the front matter
	Blocks []Block `json:"-"`
}

// Block is a paragraph, a table or a page break: exactly one of them is set.
type Block struct {
	Para  *Para
	Table *Table
	Break bool
}

// Para is a paragraph. Its classes are those of the style sheet in pdf.go: k
// (kind), t (subject), c (centred), h (heading), r (right), n (no indent),
// rule, gap (room for a signature), page is a break.
type Para struct {
	Class  string
	Runs   []Run
	Number int // place in an automatically numbered list, 0 outside one
}

// Run is a stretch of text in one style; "\n" in it is a line break.
type Run struct {
	Text               string
	Bold, Italic, Line bool
}

// Table is a table; class head and foot are the borderless two-column ones.
type Table struct {
	Class string
	Rows  [][]Cell
}

// Cell is a cell of a table.
type Cell struct {
	Paras []Para
	Span  int
	Head  bool
}

// text is the paragraph as a reader sees it.
func (p Para) text() string {
	var b strings.Builder
	if p.Number > 0 {
		fmt.Fprintf(&b, "%d. ", p.Number)
	}
	for _, r := range p.Runs {
		b.WriteString(r.Text)
	}
	return strings.TrimSpace(b.String())
}

// readSource reads a source file. Its text must be NFC.
func readSource(path string) (*Source, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseSource(string(data))
}

func parseSource(data string) (*Source, error) {
	if !norm.NFC.IsNormalString(data) {
		return nil, errors.New("text is not NFC")
	}
	body, err := parseBody(data)
	if err != nil {
		return nil, err
	}
	front := body.FirstChild
	if front == nil || front.DataAtom != atom.Script || front.FirstChild == nil {
		return nil, errors.New("no front matter")
	}
	source := &Source{}
	decoder := json.NewDecoder(strings.NewReader(front.FirstChild.Data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(source); err != nil {
		return nil, fmt.Errorf("front matter: %w", err)
	}
	_, source.Markup, _ = strings.Cut(data, "</script>")
	for n := front.NextSibling; n != nil; n = n.NextSibling {
		if err := source.add(n); err != nil {
			return nil, err
		}
	}
	return source, nil
}

func parseBody(data string) (*html.Node, error) {
	context := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(data), context)
	if err != nil {
		return nil, err
	}
	for _, n := range nodes {
		context.AppendChild(n)
	}
	return context, nil
}

func (s *Source) add(n *html.Node) error {
	switch {
	case n.Type == html.TextNode && strings.TrimSpace(n.Data) == "", n.Type == html.CommentNode:
	case n.DataAtom == atom.P:
		s.Blocks = append(s.Blocks, Block{Para: para(n)})
	case n.DataAtom == atom.Hr:
		s.Blocks = append(s.Blocks, Block{Break: true})
	case n.DataAtom == atom.Table:
		s.Blocks = append(s.Blocks, Block{Table: table(n)})
	case n.DataAtom == atom.Ol:
		s.addList(n)
	default:
		return fmt.Errorf("%s %.60q outside a paragraph", n.DataAtom, n.Data)
	}
	return nil
}

func (s *Source) addList(list *html.Node) {
	number := 0
	for li := list.FirstChild; li != nil; li = li.NextSibling {
		if li.DataAtom != atom.Li {
			continue
		}
		number++
		p := para(li)
		p.Number = number
		s.Blocks = append(s.Blocks, Block{Para: p})
	}
}

func table(n *html.Node) *Table {
	t := &Table{Class: attribute(n, "class")}
	for d := range n.Descendants() {
		switch d.DataAtom {
		case atom.Tr:
			t.Rows = append(t.Rows, nil)
		case atom.Td, atom.Th:
			row := &t.Rows[len(t.Rows)-1]
			*row = append(*row, cell(d))
		}
	}
	return t
}

func cell(n *html.Node) Cell {
	c := Cell{Head: n.DataAtom == atom.Th, Span: 1}
	fmt.Sscan(attribute(n, "colspan"), &c.Span)
	for p := n.FirstChild; p != nil; p = p.NextSibling {
		if p.DataAtom == atom.P {
			c.Paras = append(c.Paras, *para(p))
		}
	}
	if c.Paras == nil {
		c.Paras = []Para{*para(n)}
	}
	return c
}

func para(n *html.Node) *Para {
	p := &Para{Class: attribute(n, "class")}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.inline(c, Run{Bold: n.DataAtom == atom.Th})
	}
	if len(p.Runs) > 0 { // source line breaks around a paragraph are no text
		p.Runs[0].Text = strings.TrimLeft(p.Runs[0].Text, " ")
		last := &p.Runs[len(p.Runs)-1]
		last.Text = strings.TrimRight(last.Text, " ")
	}
	return p
}

func (p *Para) inline(n *html.Node, style Run) {
	switch n.DataAtom {
	case atom.B:
		style.Bold = true
	case atom.I:
		style.Italic = true
	case atom.U:
		style.Line = true
	case atom.Br:
		style.Text = "\n"
		p.Runs = append(p.Runs, style)
	}
	if n.Type == html.TextNode {
		style.Text = collapse(n.Data)
		p.Runs = append(p.Runs, style)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.inline(c, style)
	}
}

// collapse makes every run of white space one space, as a browser does.
func collapse(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' {
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		b.WriteRune(r)
		space = false
	}
	return b.String()
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
