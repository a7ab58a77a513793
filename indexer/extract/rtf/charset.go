package rtf

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"vankien/analyzers"
)

// font is what the font table says of a font.
type font struct {
	charset  int // -1 where it is not said
	codepage int
	name     string
}

const maxFonts = 1 << 16

// symbolCharset is that of fonts whose bytes draw signs. They stand in the
// private use area, F000 and up.
const symbolCharset = 2

// codepages are those of the charsets of fonts.
var codepages = map[int]int{
	0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
	177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}

var encodings = map[int]encoding.Encoding{
	437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 866: charmap.CodePage866, 874: charmap.Windows874,
	932: japanese.ShiftJIS, 936: simplifiedchinese.GBK, 949: korean.EUCKR, 950: traditionalchinese.Big5,
	1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253, 1254: charmap.Windows1254,
	1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257, 1258: charmap.Windows1258, 10000: charmap.Macintosh,
}

// decoding prepares the decoder for the present font.
func (p *parser) decoding() *decoder {
	if !p.bytes.ready || p.bytes.font != p.state.font {
		p.bytes = decoder{codepage: p.codepage(p.state.font), font: p.state.font, ready: true, capital: analyzers.CapitalFont(p.fonts[p.state.font].name)}
	}
	return &p.bytes
}

// codepage is how the bytes of text in a font are to be read, 0 for signs.
func (p *parser) codepage(number int) int {
	f, ok := p.fonts[number]
	switch {
	case ok && legacy(f.name):
		return 1252
	case ok && encodings[f.codepage] != nil:
		return f.codepage
	case ok && f.charset == symbolCharset:
		return 0
	case ok && codepages[f.charset] != 0:
		return codepages[f.charset]
	}
	return p.ansi
}

// legacy tells the fonts whose glyphs, not their codes, are Vietnamese: whatever
// charset they name, their texts were typed as Windows-1252.
func legacy(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, ".vn") || strings.HasPrefix(name, "vni-")
}

// decoder turns bytes into characters; those of East Asia have two bytes.
type decoder struct {
	codepage int
	lead     byte // the first of two
	font     int
	ready    bool // for the font, as the font table has it by now
	capital  bool // the font draws the small letters of TCVN3 as capitals
}

// add returns the characters that the byte completes.
func (d *decoder) add(c byte) string {
	if d.codepage == 0 {
		if c > ' ' {
			return string(rune(0xF000) + rune(c))
		}
		return string(rune(c))
	}
	switch e := encodings[d.codepage].(type) {
	case *charmap.Charmap:
		if r := e.DecodeByte(c); r != unicode.ReplacementChar {
			return string(r)
		}
	case encoding.Encoding:
		if d.lead == 0 && c >= 0x81 && c != 0xFF {
			d.lead = c
			if d.codepage == 932 && c >= 0xA1 && c <= 0xDF { // half-width letters have one byte
				d.lead = 0
				return decode(e, c)
			}
			return ""
		}
		if lead := d.lead; lead != 0 {
			d.lead = 0
			return decode(e, lead, c)
		}
	}
	return string(rune(c))
}

func decode(e encoding.Encoding, bytes ...byte) string {
	text, err := e.NewDecoder().Bytes(bytes)
	if err != nil {
		return ""
	}
	return string(text)
}
