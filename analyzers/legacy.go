package analyzers

import "strings"

// Legacy is an encoding of Vietnamese from before Unicode. In a text that a
// reader took for Windows-1252 or Latin-1 its letters show as others:
// "NghÞ quyÕt", "Nghò quyeát".
type Legacy string

// The encodings.
const (
	TCVN3      Legacy = "TCVN3"       // the ABC fonts (.VnTime) of the State's offices until about 2005
	VNIWindows Legacy = "VNI-Windows" // the VNI fonts of the South: a letter, then a mark
	VPS        Legacy = "VPS"         // overseas newspapers
	VIQR       Legacy = "VIQR"        // e-mail: Nghi. quye^'t (RFC 1456)
)

// codePages are the encodings of eight bits; where two explain a paragraph
// equally well, the first does.
var codePages = [...]Legacy{TCVN3, VNIWindows, VPS}

// Decode reads all of text as of the encoding, in NFC; what has no meaning in
// it stays. Codes are code points of Latin-1 (with C1 controls) or
// Windows-1252. It does not ask whether text is of the encoding: DetectLegacy
// and DecodeLegacy do.
func (l Legacy) Decode(text string) string {
	if l == VIQR {
		return decodeVIQR(text)
	}
	if l != TCVN3 {
		decoded, _ := l.decodeCodes(nil, text)
		return string(decoded)
	}
	decoded, _ := decodeTCVN3(restoreHorns(text), false)
	return decoded
}

// DetectLegacy names the encoding of a paragraph, "" where it is none that is
// known for sure: Unicode, another language, or too short to tell.
//
// The content decides, never a font: less than half of the words with codes
// beyond ASCII are valid syllables as they stand, more than four fifths are
// when decoded, and three different words become valid.
func DetectLegacy(paragraph string) Legacy {
	if !suspicious(paragraph) {
		return ""
	}
	paragraph = dropCapitalMarks(paragraph)
	if l := detectCodes(paragraph); l != "" {
		return l
	}
	if readVIQR(paragraph).certain() {
		return VIQR
	}
	return ""
}

// detectCodes is DetectLegacy for the encodings of eight bits.
func detectCodes(paragraph string) Legacy {
	best, found := reading{}, Legacy("")
	for _, l := range codePages {
		r := l.read(paragraph)
		if !r.certain() {
			continue
		}
		if r.perfect() {
			return l
		}
		if r.betterThan(best) {
			best, found = r, l
		}
	}
	return found
}

// DecodeLegacy decodes the paragraphs (lines) of a text that are in a legacy
// encoding and tells which were found, in order of appearance. A paragraph too
// short to tell follows its neighbours. Marks of CapitalRun are taken out.
//
// Text in Unicode is never changed: without legacy paragraphs or marks the very
// same string is returned, at next to no cost. Where anything is decoded or taken
// out, bytes that are no UTF-8 come out as U+FFFD. Decoding what was decoded
// changes nothing.
func DecodeLegacy(text string) (decoded string, found []Legacy) {
	valid := strings.ToValidUTF8(text, "\uFFFD") // as it comes out: bytes that are no letters must not count as some
	for line := range strings.SplitSeq(valid, "\n") {
		if suspicious(line) && certainLegacy(dropCapitalMarks(line)) != "" {
			return verdictsOf(valid).decode()
		}
	}
	if dropCapitalMarks(text) == text {
		return text, nil
	}
	return dropCapitalMarks(valid), nil // of text itself the bytes on both sides of a mark might become a letter
}

// suspicious tells whether a paragraph might be in a legacy encoding, by its
// bytes alone.
func suspicious(paragraph string) bool {
	codes, letters := countCodes(paragraph)
	return codes > 0 && codes >= letters || letters == 0 && strings.ContainsAny(paragraph, "^+")
}

// certainLegacy is DetectLegacy where decoding ends what it is to mend: what
// comes of it is not legacy again.
func certainLegacy(paragraph string) Legacy {
	l := DetectLegacy(paragraph)
	if l != "" && DetectLegacy(decodeLine(l, paragraph)) != "" {
		return ""
	}
	return l
}

// countCodes counts the characters of Latin-1 beyond ASCII, which every
// encoding of eight bits uses, and the letters that only Unicode has: they are
// two thirds of the accented ones of Vietnamese. It looks at first bytes only.
func countCodes(line string) (codes, letters int) {
	for i := range len(line) {
		switch c := line[i]; {
		case c < 0xC2:
		case c <= 0xC3:
			codes++
		case c <= 0xC6, c == 0xE1:
			letters++
		}
	}
	return codes, letters
}
