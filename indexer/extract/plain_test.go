package extract

import (
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// eightBits writes a text in a code page, as a file of it has it.
func eightBits(t *testing.T, page *charmap.Charmap, text string) string {
	t.Helper()
	encoded, err := page.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// windows1258 writes Vietnamese the way that Windows does: hats in one
// character, tones behind it.
func windows1258(t *testing.T, text string) string {
	t.Helper()
	var parts []rune
	for _, r := range text {
		parts = append(parts, splitTone(r)...)
	}
	return eightBits(t, charmap.Windows1258, string(parts))
}

func splitTone(r rune) []rune {
	decomposed := []rune(norm.NFD.String(string(r)))
	for i := len(decomposed) - 1; i > 0; i-- {
		switch decomposed[i] {
		case '\u0300', '\u0301', '\u0303', '\u0309', '\u0323':
			tone := decomposed[i]
			rest := append(append([]rune{}, decomposed[:i]...), decomposed[i+1:]...)
			return append([]rune(norm.NFC.String(string(rest))), tone)
		}
	}
	return []rune{r}
}

func TestPlainCodePages(t *testing.T) {
	const want = "Nghị quyết số 21 của Ban Chấp hành Trung ương Đảng về công tác cán bộ"
	utf16 := func(bigEndian bool) string {
		var out []byte
		for _, r := range want {
			if bigEndian {
				out = append(out, byte(r>>8), byte(r))
			} else {
				out = append(out, byte(r), byte(r>>8))
			}
		}
		return string(out)
	}
	for name, data := range map[string]string{
		"Windows-1258": windows1258(t, want),
		"TCVN3":        eightBits(t, charmap.Windows1252, "NghÞ quyÕt sè 21 cña Ban ChÊp hµnh Trung \u00ad¬ng §¶ng vÒ c«ng t¸c c¸n bé"),
		"VNI-Windows":  eightBits(t, charmap.Windows1252, "Nghò quyeát soá 21 cuûa Ban Chaáp haønh Trung öông Ñaûng veà coâng taùc caùn boä"),
		"VIQR":         "Nghi. quye^'t so^' 21 cu?a Ban Cha^'p ha`nh Trung u+o+ng DDa?ng ve^` co^ng ta'c ca'n bo^.",

		"UTF-16, little-endian without a mark": utf16(false),
		"UTF-16, big-endian without a mark":    utf16(true),
	} {
		t.Run(name, func(t *testing.T) {
			text, err := readBytes([]byte(data))
			if err != nil {
				t.Fatal(err)
			}
			checkPages(t, text, []string{want})
		})
	}
}

func FuzzPlainCodePage(f *testing.F) {
	f.Add([]byte("Ngh\xDE quy\xD5t s\xE8 21 c\xF1a \xA7\xB6ng"))
	f.Add([]byte("Ngh\xF2 quye\xE1t so\xE1 21"))
	f.Add([]byte("N\x00g\x00h\x00i\x00"))
	f.Fuzz(fuzzRead)
}
