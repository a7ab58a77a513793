package facts

import (
	"strings"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

// kindsByCompact finds a kind by its folded name without spaces, so that
// "NGHỊQUYẾT" and "N G H Ị   Q U Y Ế T" are found, too.
var kindsByCompact = func() map[string]citation.Kind {
	m := map[string]citation.Kind{}
	for _, k := range citation.Kinds() {
		key := compact(analyzers.FoldText(k.Name))
		if _, known := m[key]; !known || k.Symbol == "" {
			m[key] = k
		}
	}
	return m
}()

// kindPrefix reads a kind in capitals at the beginning of a line that goes on
// ("LUẬTSỬA ĐỔI …", "KẾT LUẬN CỦA BỘ CHÍNH TRỊ"), the longest there is, or the
// name with only its first letter in capitals.
func kindPrefix(text string) (k citation.Kind, rest string, ok bool) {
	if _, whole := kindsByCompact[compact(analyzers.FoldText(strings.Trim(text, " .:*-_")))]; whole {
		return k, "", false
	}
	best := 0
	for _, candidate := range citation.Kinds() {
		name := []rune(candidate.Name)
		runes := []rune(text)
		if len(runes) <= len(name) || len(name) <= best {
			continue
		}
		head := string(runes[:len(name)])
		if analyzers.FoldText(head) != analyzers.FoldText(candidate.Name) || !(capitals(head) || runes[len(name)] == ' ' && head == candidate.Name) {
			continue
		}
		k, rest, ok, best = kindsByCompact[compact(analyzers.FoldText(candidate.Name))], strings.TrimSpace(string(runes[len(name):])), true, len(name)
	}
	return k, rest, ok
}

// readKind finds the line that names the kind. A letter has none: it is known
// by its number, its V/v or its Kính gửi.
func (r *reader) readKind() {
	r.kindAt = -1
	if r.readPaper() {
		return
	}
	for i, c := range r.cells[:r.body] {
		if c.basis() {
			break
		}
		if k, ok := wholeKind(c); ok {
			r.takeKind(k, i, sure)
			return
		}
	}
	for i, c := range r.cells[:r.body] {
		text := c.text
		if c.seen {
			text = noPoints.Replace(text)
		}
		if k, rest, ok := kindPrefix(text); ok && capitals(strings.TrimSpace(text[:len(text)-len(rest)])) && c.alone && !r.regulates(k, i) {
			r.takeKind(k, i, likely)
			r.kindRest = rest
			return
		}
	}
	r.kindWithoutLine()
}

// noPoints takes away the points that OCR sees between words: QUYẾT: ĐỊNH.
var noPoints = strings.NewReplacer(":", "", ".", "", ";", "", "'", "")

// wholeKind is the kind that a cell names, alone and in capitals. OCR may see
// a letter beside it.
func wholeKind(c cell) (citation.Kind, bool) {
	if !capitals(c.text) {
		return citation.Kind{}, false
	}
	k, ok := kindsByCompact[compact(strings.Trim(c.fold, " .:*-_"))]
	if words := strings.Fields(c.fold); !ok && c.seen && len(words) > 2 {
		for _, part := range [][]string{words[1:], words[:len(words)-1]} {
			if len(words[0]) == 1 || len(words[len(words)-1]) == 1 {
				if k, ok = kindsByCompact[compact(strings.Trim(strings.Join(part, " "), " .:*-_"))]; ok {
					break
				}
			}
		}
	}
	return k, ok
}

// regulates tells whether a line that begins with a kind's name in capitals
// belongs to a letterhead or a subject rather than naming the kind: a kind
// stands below number and date where those are in the head.
func (r *reader) regulates(k citation.Kind, i int) bool {
	return r.number.Kind != "" && k.Symbol != "" && !strings.EqualFold(k.Symbol, r.number.Kind)
}

func (r *reader) takeKind(k citation.Kind, i int, confidence float64) {
	r.kindAt = i
	r.saw("kind", r.cells[i], confidence)
	r.facts.Kind = storage.Printed(k.Name)
	if r.facts.KindSymbol == "" && (r.number.Issuer == "" || r.scan) {
		r.facts.KindSymbol = storage.Printed(k.Symbol)
	}
	if r.number.Kind == "VBHN" { // the head prints the kind of what was consolidated
		r.facts.Kind = "Văn bản hợp nhất"
		r.facts.Evidence["kind"] = storage.Evidence{Page: r.cells[i].page, Text: string(r.facts.Number), Confidence: likely}
	}
}

// kindWithoutLine concludes the kind where no line prints it.
func (r *reader) kindWithoutLine() {
	c, subject := r.subjectCell()
	addressed := r.body < len(r.cells) && strings.HasPrefix(r.cells[r.body].fold, "kinh gui")
	switch found := citation.KindsBySymbol(r.number.Kind); {
	case r.number.Kind == "CV", r.number.Kind == "" && (subject || addressed && r.number.Issuer != ""):
		r.letter = true
		r.facts.Kind = "Công văn"
		if !subject && addressed {
			c = r.cells[r.body]
		}
		r.saw("kind", c, likely)
	case len(found) > 0:
		k := found[0]
		for _, other := range found[1:] {
			if r.number.Party && other.Party && !k.Party || !r.number.Party && other.State && !k.State {
				k = other
			}
		}
		r.facts.Kind = storage.Printed(k.Name)
		r.facts.Evidence["kind"] = storage.Evidence{Page: 1, Text: string(r.facts.Number), Confidence: weak}
		r.letter = subject
	case strings.HasPrefix(r.number.Issuer, "QH"):
		r.facts.Kind = "Luật"
		r.facts.Evidence["kind"] = storage.Evidence{Page: 1, Text: string(r.facts.Number), Confidence: weak}
	}
}

// subjectCell is the cell of the head that begins with V/v.
func (r *reader) subjectCell() (cell, bool) {
	for _, c := range r.cells[:r.body] {
		if _, ok := subjectOf(c); ok {
			return c, true
		}
	}
	return cell{}, false
}
