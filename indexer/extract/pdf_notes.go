package extract

import (
	"context"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ledongthuc/pdf"
)

// Bounds of a page's annotations.
const (
	maxNotes      = 500
	maxNotesBytes = 8 << 20 // decoded content of all of them
)

// The flags of an annotation that nobody sees (ISO 32000-1, 12.5.3).
const (
	flagHidden = 1 << 1
	flagNoView = 1 << 5
)

// note is the text of an annotation and where its first and last letter stand.
// Number
// and date of a signed document are often in one only: what the clerk's program
// stamped on the page is the appearance of a signature field.
type note struct {
	text     string
	at, last spot
}

// readNotes reads the annotations that are seen on the page; one that cannot be
// read is as good as none. ink, where it is not nil, is told what they draw.
func readNotes(ctx context.Context, page pdf.Value, fonts *fontCache, ink *ink) []note {
	var notes []note
	limit := &budget{ctx: ctx, left: maxNotesBytes}
	_ = guard(func() error { // what is damaged is passed over
		annotations := page.Key("Annots")
		for i := range min(annotations.Len(), maxNotes) {
			_ = guard(func() error {
				n, err := readNote(annotations.Index(i), fonts, limit, ink)
				if n.text != "" {
					notes = append(notes, n)
				}
				return err
			})
		}
		return nil
	})
	return notes
}

// readNote runs the appearance of an annotation like a form (12.5.5).
func readNote(annotation pdf.Value, fonts *fontCache, limit *budget, ink *ink) (note, error) {
	if annotation.Key("F").Int64()&(flagHidden|flagNoView) != 0 || annotation.Key("Subtype").Name() == "Popup" {
		return note{}, nil
	}
	appearance := annotation.Key("AP").Key("N")
	if appearance.Kind() == pdf.Dict { // one for each state
		appearance = appearance.Key(annotation.Key("AS").Name())
	}
	if appearance.Kind() != pdf.Stream {
		ink.unseen(annotation)
		return note{}, nil
	}
	c := newContent(fonts, limit, appearance.Key("Resources"))
	c.ink = ink
	c.state.ctm = placed(valueMatrix(appearance.Key("Matrix")), valueBox(appearance.Key("BBox")), valueBox(annotation.Key("Rect")))
	err := c.run(appearance.Reader())
	return note{strings.TrimSpace(c.lines.page()), c.lines.first, c.lines.last}, err
}

// placed is the matrix of an appearance whose box is to fill a rectangle of the
// page. One without an extent is only moved.
func placed(m matrix, bbox, rect box) matrix {
	from := bbox.under(m)
	x, y := 1.0, 1.0
	if from.width() > 0 && from.height() > 0 {
		x, y = rect.width()/from.width(), rect.height()/from.height()
	}
	return m.mul(matrix{x, 0, 0, y, rect.left - from.left*x, rect.bottom - from.bottom*y})
}

// Distances in em between a note and the glyphs beside it.
const (
	noteShift   = 0.7 // across: it stands on the same line
	noteOverlap = 0.5 // along: it may begin so much before the last glyph's end
	noteBehind  = 3.0 // along: so far behind the end of a line it still belongs to it
)

// place writes the notes of one line that stand between the last glyph and the
// next, or behind the last where the line ends there, and tells whether there
// are any.
func (b *lineBuilder) place(next spot, ends bool) (placed bool) {
	for i := 0; i < len(b.notes); i++ {
		n := b.notes[i]
		along, across := b.last.to(n.at)
		if strings.Contains(n.text, "\n") || math.Abs(across) > noteShift || along < -noteOverlap {
			continue
		}
		if ends && along > noteBehind || !ends && !n.at.before(next) {
			continue
		}
		b.separate(" ")
		b.write(n.text)
		b.cover = n.last
		b.notes = append(b.notes[:i], b.notes[i+1:]...)
		i, placed = i-1, true
	}
	return placed
}

// to is how far, in em, other begins behind the end of s along its line, and
// across it.
func (s spot) to(other spot) (along, across float64) {
	em := math.Max(s.em, other.em)
	if em == 0 {
		return math.Inf(1), math.Inf(1)
	}
	dx, dy := other.start.x-s.end.x, other.start.y-s.end.y
	return (dx*s.direction.x + dy*s.direction.y) / em, (dy*s.direction.x - dx*s.direction.y) / em
}

// before tells whether s begins before other along its line, or where that does.
func (s spot) before(other spot) bool {
	dx, dy := other.start.x-s.start.x, other.start.y-s.start.y
	return dx*s.direction.x+dy*s.direction.y >= 0
}

// writeBehindNote writes the first glyphs behind a note: the spaces that were left
// for it are dropped where it covers them, "Số: 12/QĐ", but no word is glued to
// it.
func (b *lineBuilder) writeBehindNote(text string, at spot) {
	if strings.TrimSpace(text) == "" {
		if along, across := b.cover.to(at); along >= 0 || math.Abs(across) > noteShift {
			b.write(text)
		}
		return
	}
	if r, _ := utf8.DecodeRuneInString(text); unicode.IsLetter(r) && b.ends != '\n' {
		b.separate(" ")
	}
	b.cover = spot{}
	b.write(text)
}
