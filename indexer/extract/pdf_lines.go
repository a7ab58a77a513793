package extract

import (
	"math"
	"slices"
	"strings"
)

// Distances in parts of the font size (em) that tell what stands between two
// glyphs drawn one after the other. Only spaceGap was tuned on TestMeasured, where
// 0.10 splits and 0.20 joins words of the worst file; the others are judgement.
const (
	spaceGap     = 0.15 // a gap that is a space: justified text shrinks one to about 0.2
	columnGap    = 2.0  // a gap that is a column: the two sides of a head, cells of a table
	backGap      = 1.0  // a step back that begins a new line
	lineShift    = 0.5  // a step across that begins a new line: more than a footnote mark's
	paragraphGap = 1.35 // a step down between paragraphs, in parts of the page's usual one
)

type point struct{ x, y float64 }

// spot is where and how large a glyph stands on the page.
type spot struct {
	start, end point
	direction  point   // of writing, length 1
	em         float64 // the font size along the line, on the page
}

// lineBuilder makes lines of glyphs in the order in which they are drawn: what
// producers draw in is reading order far more often than what sorting by
// position gives, the two columns of a letterhead above all. Spaces and line
// ends come from positions alone.
type lineBuilder struct {
	text  strings.Builder
	first spot // of the first glyph that is no space
	last  spot
	open  bool // a line has begun
	ends  byte // the last byte written
	steps []step
	notes []note // of annotations, not yet written
	found bool   // first is set
	cover spot   // the end of the note written last
}

// step is a line end from which the text goes on further down.
type step struct {
	offset int     // of the line end in text
	down   float64 // in em
}

// add writes the glyph's text and whatever its place says stands before it.
func (b *lineBuilder) add(text string, at spot) {
	if b.open {
		steps := len(b.steps)
		separator := b.between(at)
		if len(b.notes) > 0 {
			if placed := b.place(at, separator == "\n"); placed && separator == "\t" {
				separator = " "
			}
			if len(b.steps) > steps {
				b.steps[steps].offset = b.text.Len()
			}
		}
		b.separate(separator)
	}
	if !b.found && strings.TrimSpace(text) != "" {
		b.first, b.found = at, true
	}
	if b.cover.em > 0 {
		b.writeBehindNote(text, at)
	} else {
		b.write(text)
	}
	b.last, b.open = at, true
}

func (b *lineBuilder) between(at spot) string {
	last := b.last
	em := math.Max(at.em, last.em)
	if em == 0 {
		return ""
	}
	if at.direction.x*last.direction.x+at.direction.y*last.direction.y < 0.9 {
		return "\n"
	}
	dx, dy := at.start.x-last.end.x, at.start.y-last.end.y
	along := (dx*at.direction.x + dy*at.direction.y) / em
	across := (dy*at.direction.x - dx*at.direction.y) / em
	switch {
	case across < -lineShift:
		b.steps = append(b.steps, step{b.text.Len(), -across})
		return "\n"
	case across > lineShift || along < -backGap:
		return "\n"
	case along > columnGap:
		return "\t"
	case along > spaceGap:
		return " "
	}
	return ""
}

// separate writes a separator unless a stronger one stands there already.
func (b *lineBuilder) separate(separator string) {
	if separator == " " && (b.ends == ' ' || b.ends == '\t') {
		return
	}
	b.write(separator)
}

func (b *lineBuilder) write(text string) {
	if text != "" {
		b.text.WriteString(text)
		b.ends = text[len(text)-1]
	}
}

// page is the text, with what annotations have behind it where they stand at no
// line of it.
func (b *lineBuilder) page() string {
	if len(b.notes) > 0 && b.open {
		b.place(b.last, true)
	}
	parts := []string{b.paragraphs()}
	for _, n := range b.notes {
		parts = append(parts, n.text)
	}
	return strings.Join(parts, "\n\n")
}

// paragraphs is the text with an empty line where the step down is clearly wider
// than within paragraphs. Most steps of a page are within paragraphs, or all
// are alike; so the lower quartile is the usual one, however wide it is set.
func (b *lineBuilder) paragraphs() string {
	text := b.text.String()
	if len(b.steps) == 0 {
		return text
	}
	downs := make([]float64, 0, len(b.steps))
	for _, s := range b.steps {
		downs = append(downs, s.down)
	}
	slices.Sort(downs)
	wide := downs[len(downs)/4] * paragraphGap
	var out strings.Builder
	from := 0
	for _, s := range b.steps {
		if s.down > wide {
			out.WriteString(text[from:s.offset])
			out.WriteByte('\n')
			from = s.offset
		}
	}
	out.WriteString(text[from:])
	return out.String()
}
