package analyzers

import (
	"unicode"
	"unicode/utf8"
)

// codes are the letters of an encoding with one code a letter, 0 where a code
// is none.
type codes [256]rune

// tcvn3Codes is TCVN 5712:1993, VN3, as in the ABC fonts; it agrees with glibc's
// TCVN5712-1 (VN1) without the toned capitals that VN3 leaves out: a second
// font, its name ending in H, draws the small letters as capitals.
var tcvn3Codes = codesFrom(0xA0,
	".ĂÂÊÔƠƯĐăâêôơưđ.",
	".....àảãáạ.ằẳẵắ.",
	"......ặầẩẫấậè.ẻẽ",
	"éẹềểễếệìỉ...ĩíịò",
	".ỏõóọồổỗốộờởỡớợù",
	".ủũúụừửữứựỳỷỹýỵ.",
)

// vpsCodes is the encoding of the Vietnamese Professionals Society, after the
// table of xvnkb. Eleven capitals that it keeps among the control codes below
// 0x20 are left out.
var vpsCodes = codesFrom(0x80,
	"ÀẢÃẤẦẨọỗĂếềểệẮẰẲ",
	"Ế..ỀỂỄỐỒỔỖýỷỵỚỜỞ",
	".ắằẳẵặỠớÙờởỡŨỨợỪ",
	"ổỬỲỸÍÌộỈĨÓửữÒỎÕự",
	"ầÁÂấẩẫậđẻÉÊẹỉễịỹ",
	"ƯỦồốÔỏơÈừứÚũưÝẺ.",
	"àáâãảạă.èéêẽìí.ĩ",
	".Đòóôõ.Ơụùúủ.ỶẼỳ",
)

func codesFrom(first int, rows ...string) *codes {
	var table codes
	for i, row := range rows {
		for j, r := range []rune(row) {
			if r != '.' {
				table[first+16*i+j] = r
			}
		}
	}
	return &table
}

// windows1252 are the characters of Windows-1252 at 0x80–0x9F; the five codes
// that it leaves open are C1 controls.
var windows1252 = [32]rune([]rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"))

var windows1252Codes = func() map[rune]byte {
	table := make(map[rune]byte)
	for i, r := range windows1252 {
		table[r] = byte(0x80 + i)
	}
	// Readers of PDF may name the glyphs mu and periodcentered so.
	table['\u03bc'], table['\u2219'] = 0xB5, 0xB7
	return table
}()

// legacyCode is the code that a character stands for in a text of eight bits.
func legacyCode(r rune) (byte, bool) {
	switch {
	case r < 0x100:
		return byte(r), r >= 0
	case r < 0x152 || r > 0x2219:
		return 0, false
	}
	code, ok := windows1252Codes[r]
	return code, ok
}

// letter tells whether a code beyond ASCII is a letter, or part of one.
func (l Legacy) letter(code byte) bool {
	if code < utf8.RuneSelf {
		return false
	}
	switch l {
	case TCVN3:
		return tcvn3Codes[code] != 0
	case VPS:
		return vpsCodes[code] != 0
	case VNIWindows:
		return vniSingle[code] != 0 || vniMark[code]
	}
	return false
}

// decodeCodes appends what s says in an encoding of eight bits. ok is false
// where s has a mark of VNI that is on no letter.
func (l Legacy) decodeCodes(dst []byte, s string) (decoded []byte, ok bool) {
	if l == VNIWindows {
		return decodeVNI(dst, s)
	}
	table := tcvn3Codes
	if l == VPS {
		table = vpsCodes
	}
	for i, r := range s {
		code, is := legacyCode(r)
		switch {
		case !is:
			_, size := utf8.DecodeRuneInString(s[i:])
			dst = append(dst, s[i:i+size]...)
		case table[code] != 0 && !(code < 0xA0 && sign(s, i, code)):
			dst = utf8.AppendRune(dst, table[code])
		default:
			dst = appendCharacter(dst, r)
		}
	}
	return dst, true
}

// sign tells whether a code of 0x80–0x9F stands by itself and is what
// Windows-1252 has there, a dash or a bullet, not a letter of VPS.
func sign(s string, i int, code byte) bool {
	_, size := utf8.DecodeRuneInString(s[i:])
	return !unicode.IsLetter(windows1252[code-0x80]) && blankBefore(s, i) && blankAfter(s, i+size)
}

// appendCharacter appends a character that is no letter of the encoding; a C1
// control becomes what Windows-1252 has there.
func appendCharacter(dst []byte, r rune) []byte {
	if r >= 0x80 && r < 0xA0 {
		r = windows1252[r-0x80]
	}
	return utf8.AppendRune(dst, r)
}
