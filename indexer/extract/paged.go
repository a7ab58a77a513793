package extract

import (
	"bytes"
	"strings"
	"unicode"
)

// paged is running text on pages, for formats that keep where pages ended when
// the document was last laid out.
type paged struct {
	flow
	pending  []string // notes that the present page refers to
	explicit int      // length of out behind a page break that the author set
	breaks   []rowBreaks
}

// rowBreaks counts the page breaks of a table row: each of its cells that runs
// over to the next page states the same break once more.
type rowBreaks struct{ row, cell int }

func (p *paged) openRow() {
	p.beginRow()
	p.breaks = append(p.breaks, rowBreaks{})
}

func (p *paged) openCell() {
	p.beginCell()
	if n := len(p.breaks); n > 0 {
		p.breaks[n-1].cell = 0
	}
}

func (p *paged) closeRow() {
	p.endRow()
	p.breaks = p.breaks[:max(len(p.breaks)-1, 0)]
}

// pageBreak ends the page. A break that was computed right behind the one that
// the author set is the same break.
func (p *paged) pageBreak(explicit bool) {
	if !explicit && p.explicit > 0 {
		same := p.explicit <= len(p.out) && len(bytes.TrimSpace(p.out[p.explicit:])) == 0
		p.explicit = 0 // looked at once: neither a third break nor one behind text is the same
		if same {
			return
		}
	}
	if n := len(p.breaks); n > 0 {
		r := &p.breaks[n-1]
		if r.cell++; r.cell <= r.row {
			return
		}
		r.row = r.cell
	}
	p.flushNotes()
	p.write("\f")
	if explicit {
		p.explicit = len(p.out)
	}
}

// flushNotes writes the notes of the page, once no table is open.
func (p *paged) flushNotes() {
	if len(p.rows) > 0 {
		return
	}
	for _, note := range p.pending {
		p.line()
		p.write(note)
		p.write("\n")
	}
	p.pending = p.pending[:0]
}

// withMargins sets the header before the first page and the footer behind it. A
// footer that is but a page's number is none of the text.
func withMargins(header, body, footer string) string {
	if header != "" {
		header += "\n"
	}
	if !strings.ContainsFunc(footer, unicode.IsLetter) {
		return header + body
	}
	page, rest := body, ""
	if i := strings.IndexByte(body, '\f'); i >= 0 {
		page, rest = body[:i], body[i:]
	}
	if page != "" && !strings.HasSuffix(page, "\n") {
		page += "\n"
	}
	return header + page + footer + "\n" + rest
}
