package extract

import (
	"io"
	"strconv"
	"strings"

	"github.com/ledongthuc/pdf"
)

// glyph is one character code as shown: its text and its advance in units of
// the font size.
type glyph struct {
	text  string
	width float64
	space bool // the single byte 32, to which word spacing applies
}

// font turns the strings of a content stream into glyphs.
type font struct {
	composite bool // codes of two bytes
	unicode   cmap
	names     map[uint32]string // glyph names the library does not know: uni1EA1
	encoding  pdf.TextEncoding
	widths    map[uint32]float64
	missing   float64
	glyphs    map[uint32]glyph
}

const (
	defaultWidth    = 0.5 // of a simple font that states none
	maxWidths       = 1 << 16
	maxCMapBytes    = 8 << 20
	replacementRune = "\uFFFD"
)

// newFont reads the font dictionary v. It may panic as the library does.
func newFont(v pdf.Value) *font {
	f := &font{glyphs: map[uint32]glyph{}, widths: map[uint32]float64{}, missing: defaultWidth}
	if stream := v.Key("ToUnicode"); stream.Kind() == pdf.Stream {
		f.unicode = readCMap(io.LimitReader(stream.Reader(), maxCMapBytes))
	}
	if v.Key("Subtype").Name() == "Type0" {
		f.composite = true
		f.compositeWidths(v.Key("DescendantFonts").Index(0))
		return f
	}
	f.simpleWidths(v)
	f.encoding = (&pdf.Font{V: v}).Encoder()
	f.glyphNames(v.Key("Encoding").Key("Differences"))
	return f
}

func (f *font) simpleWidths(v pdf.Value) {
	scale := 1.0 / 1000
	if matrix := v.Key("FontMatrix"); matrix.Len() == 6 { // Type 3: its own glyph space
		scale = matrix.Index(0).Float64()
	}
	if width := v.Key("FontDescriptor").Key("MissingWidth").Float64(); width > 0 {
		f.missing = width * scale
	}
	first := v.Key("FirstChar").Int64()
	widths := v.Key("Widths")
	for i := range min(widths.Len(), 256) {
		f.widths[uint32(first)+uint32(i)] = widths.Index(i).Float64() * scale
	}
}

// compositeWidths reads DW and W: "first [w w …]" and "first last w".
func (f *font) compositeWidths(descendant pdf.Value) {
	f.missing = 1
	if dw := descendant.Key("DW"); !dw.IsNull() {
		f.missing = dw.Float64() / 1000
	}
	w := descendant.Key("W")
	for i := 0; i+1 < w.Len() && len(f.widths) < maxWidths; {
		first, second := uint32(w.Index(i).Int64()), w.Index(i+1)
		if second.Kind() == pdf.Array {
			for j := range min(second.Len(), maxWidths) {
				f.widths[first+uint32(j)] = second.Index(j).Float64() / 1000
			}
			i += 2
			continue
		}
		last, width := uint32(second.Int64()), w.Index(i+2).Float64()/1000
		for c := uint64(first); c <= uint64(last) && len(f.widths) < maxWidths; c++ {
			f.widths[uint32(c)] = width
		}
		i += 3
	}
}

// glyphNames keeps the names of the form uni1EA1 and u1EA1, which Vietnamese
// fonts use where the standard list has no name.
func (f *font) glyphNames(differences pdf.Value) {
	next := uint32(0)
	for i := range min(differences.Len(), 1024) {
		entry := differences.Index(i)
		if entry.Kind() == pdf.Integer {
			next = uint32(entry.Int64())
			continue
		}
		if text := uniName(entry.Name()); text != "" {
			if f.names == nil {
				f.names = map[uint32]string{}
			}
			f.names[next] = text
		}
		next++
	}
}

func uniName(name string) string {
	name, _, _ = strings.Cut(name, ".")
	digits, ok := strings.CutPrefix(name, "uni")
	if !ok {
		digits, ok = strings.CutPrefix(name, "u")
	}
	if !ok || len(digits) < 4 || len(digits) > 6 {
		return ""
	}
	r, err := strconv.ParseUint(digits, 16, 32)
	if err != nil || r > 0x10FFFF {
		return ""
	}
	return string(rune(r))
}

// each calls show for every code of s in turn.
func (f *font) each(s pdfString, show func(glyph)) {
	size := 1
	if f.composite {
		size = 2
	}
	for ; len(s) >= size; s = s[size:] {
		c := code(s[:size])
		g, ok := f.glyphs[c]
		if !ok {
			g = f.glyph(c)
			f.glyphs[c] = g
		}
		show(g)
	}
}

func (f *font) glyph(c uint32) glyph {
	g := glyph{width: f.missing, space: !f.composite && c == ' '}
	if width, ok := f.widths[c]; ok {
		g.width = width
	}
	switch text, ok := f.unicode[c]; {
	case ok:
		g.text = text
	case f.names[c] != "":
		g.text = f.names[c]
	case !f.composite:
		g.text = f.encoding.Decode(string([]byte{byte(c)}))
	case c == 3: // the space of nearly every TrueType font
		g.text = " "
	default:
		g.text = replacementRune
	}
	return g
}
