package analyzers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// encodeLegacy writes a text in an encoding as a reader of Latin-1 sees it; ok
// is false where the text has a letter that the encoding has not.
func encodeLegacy(l Legacy, text string) (encoded string, ok bool) {
	if l == VIQR {
		return encodeVIQR(text)
	}
	table := legacyEncoders[l]
	var out strings.Builder
	ok = true
	for _, r := range text {
		switch code := table[r]; {
		case code != "":
			out.WriteString(code)
		case r < utf8.RuneSelf || strings.ContainsRune("“”‘’–—…•", r) && l != VPS:
			out.WriteRune(r)
		default:
			out.WriteRune(r)
			ok = false
		}
	}
	return out.String(), ok
}

var legacyEncoders = func() map[Legacy]map[rune]string {
	encoders := map[Legacy]map[rune]string{TCVN3: {}, VPS: {}, VNIWindows: {}}
	for code := range 256 {
		if r := tcvn3Codes[code]; r != 0 {
			encoders[TCVN3][r] = string(rune(code))
		}
		if r := vpsCodes[code]; r != 0 {
			encoders[VPS][r] = string(rune(code))
		}
		if r := vniSingle[code]; r != 0 {
			encoders[VNIWindows][r] = string(rune(code))
		}
	}
	// VNI is spelled out here again, from the letters and not from the decoder's pairs.
	const rows = "aùaøaûaõaïaâaáaàaåaãaäaêaéaèaúaüaëeùeøeûeõeïeâeáeàeåeãeäoùoøoûoõoïoâoáoàoåoãoäôùôøôûôõôïuùuøuûuõuïöùöøöûöõöïyùyøyûyõ"
	const letters = "áàảãạâấầẩẫậăắằẳẵặéèẻẽẹêếềểễệóòỏõọôốồổỗộớờởỡợúùủũụứừửữựýỳỷỹ"
	for i, r := range []rune(letters) {
		pair := string([]rune(rows)[2*i : 2*i+2])
		encoders[VNIWindows][r] = pair
		encoders[VNIWindows][unicode.ToUpper(r)] = strings.ToUpper(pair)
	}
	return encoders
}()

func encodeVIQR(text string) (encoded string, ok bool) {
	var out strings.Builder
	ok = true
	open := false // behind a vowel, where a sign would be read as its own
	before := rune(0)
	for _, r := range text {
		switch {
		case open && strings.ContainsRune("^(+*`?~'.", r), r == '\\', unicode.ToLower(before) == 'd' && unicode.ToLower(r) == 'd':
			out.WriteByte('\\')
			out.WriteRune(r)
			open = false
		case r < utf8.RuneSelf:
			out.WriteRune(r)
			open = glyphOf(r).vowel
		case glyphOf(r).class == letter && !strings.ContainsRune("ÐðƉɖ", r):
			out.WriteString(viqrOf(r))
			open = glyphOf(r).vowel
		default:
			out.WriteRune(r)
			ok = ok && strings.ContainsRune("“”‘’–—…•", r)
			open = false
		}
		before = r
	}
	return out.String(), ok
}

func viqrOf(r rune) string {
	g := glyphOf(r)
	bare := string(rune(g.fold))
	if unicode.IsUpper(r) {
		bare = strings.ToUpper(bare)
	}
	if !g.vowel {
		return bare + bare // đ
	}
	hat := map[rune]string{'â': "^", 'ê': "^", 'ô': "^", 'ă': "(", 'ơ': "+", 'ư': "+"}[rune(g.base)]
	return bare + hat + []string{"", "`", "?", "~", "'", "."}[g.tone]
}
