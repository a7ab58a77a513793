package analyzers

import (
	"slices"
	"strings"
)

// verdict is what is known of a paragraph.
type verdict struct {
	line    string // without marks of CapitalRun
	raw     string // with them
	legacy  Legacy
	unicode bool // is Vietnamese in Unicode for certain
}

// verdicts are those of all lines of a text.
type verdicts []verdict

// verdictsOf looks at each line by itself, then at its neighbours.
func verdictsOf(text string) verdicts {
	var lines verdicts
	for raw := range strings.SplitSeq(text, "\n") {
		v := verdict{line: dropCapitalMarks(raw), raw: raw}
		if v.legacy = certainLegacy(v.line); v.legacy == "" {
			_, letters := countCodes(v.line)
			v.unicode = letters > 0 && VNIWindows.read(v.line).plainUnicode()
		}
		lines = append(lines, v)
	}
	lines.askNeighbours()
	return lines
}

// askNeighbours decides the lines that are too short to tell: as the nearest
// certain line where they are not Vietnamese as they stand, else only where
// those on both sides agree.
func (lines verdicts) askNeighbours() {
	above, below := lines.nearest(false), lines.nearest(true)
	for i := range lines {
		v := &lines[i]
		if v.legacy != "" || v.unicode {
			continue
		}
		agree := above[i] == below[i] || above[i] == "" || below[i] == ""
		for _, l := range []Legacy{above[i], below[i]} {
			if v.legacy == "" && l != "" && l != notLegacy && v.follows(l, agree) {
				v.legacy = l
			}
		}
	}
}

// notLegacy stands for Unicode among the neighbours.
const notLegacy Legacy = "Unicode"

// nearest is for each line the encoding of the nearest certain one above or
// below it, "" where there is none.
func (lines verdicts) nearest(below bool) []Legacy {
	found := make([]Legacy, len(lines))
	last := Legacy("")
	for n := range lines {
		i := n
		if below {
			i = len(lines) - 1 - n
		}
		found[i] = last
		if lines[i].legacy != "" {
			last = lines[i].legacy
		} else if lines[i].unicode {
			last = notLegacy
		}
	}
	return found
}

// follows tells whether a short line may be in the encoding of a neighbour.
func (v *verdict) follows(l Legacy, surrounded bool) bool {
	if l == VIQR {
		r := readVIQR(v.line)
		return r.possible() && (r.strong > 0 || surrounded)
	}
	r := l.read(v.line)
	everyWord := r.coded > 0 && r.after == r.coded
	return r.unicode == 0 && (r.likely() || surrounded && (r.possible() || everyWord && r.before == 0))
}

// decode writes the text.
func (lines verdicts) decode() (string, []Legacy) {
	var out strings.Builder
	var found []Legacy
	capital := false
	for i, v := range lines {
		if i > 0 {
			out.WriteByte('\n')
		}
		switch v.legacy {
		case "":
			out.WriteString(v.line)
			capital = capitalBehind(v.raw, capital)
			continue
		case TCVN3:
			var decoded string
			decoded, capital = decodeRuns(v.raw, capital)
			out.WriteString(decoded)
		default:
			out.WriteString(decodeLine(v.legacy, v.line))
			capital = capitalBehind(v.raw, capital)
		}
		if !slices.Contains(found, v.legacy) {
			found = append(found, v.legacy)
		}
	}
	return out.String(), found
}

// decodeLine decodes a line. Of one that has words in Unicode too, as somebody
// left who typed on in an old file, only what is legacy: words that are valid
// when decoded only, and those after (or before the first of) them that might
// be either.
func decodeLine(l Legacy, line string) string {
	if l == VIQR {
		return decodeVIQR(line)
	}
	words, mixed := l.kinds(line)
	if !mixed {
		return l.Decode(line)
	}
	l.settle(line, words)
	var out []byte
	at := 0
	for _, w := range words {
		if w.kind == wordLegacy {
			out = append(out, line[at:w.start]...)
			out = append(out, l.Decode(line[w.start:w.end])...)
			at = w.end
		}
	}
	return string(append(out, line[at:]...))
}

// kinds are the words of a line that are not ASCII, and whether some of them
// are Unicode.
func (l Legacy) kinds(line string) (words []span, mixed bool) {
	l.words(line, func(w span) {
		if w.kind != wordASCII {
			mixed = mixed || w.kind == wordUnicode
			words = append(words, w)
		}
	})
	return words, mixed
}

// settle decides which words that might be either are legacy: those that only
// decoding makes valid, and the others after the nearest word that is decided.
func (l Legacy) settle(line string, words []span) {
	for i, w := range words {
		if before, after, _ := l.judge(line[w.start:w.end], nil); w.kind == wordEither && after && !before {
			words[i].kind = wordLegacy
		}
	}
	last := wordEither
	for i := range words {
		last = words[i].follow(last)
	}
	last = wordEither
	for i := len(words) - 1; i >= 0; i-- {
		last = words[i].follow(last)
	}
}

// follow gives a word that might be either the kind of its neighbour.
func (w *span) follow(neighbour wordKind) wordKind {
	if w.kind == wordEither {
		w.kind = neighbour
	}
	return w.kind
}
