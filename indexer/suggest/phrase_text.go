package suggest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Words with which no phrase begins or ends, and more with which none ends.
var (
	loose   = setOf("ở của và các về cho trong với tại theo từ đến đối là những để do khi hoặc trên bằng có được vào ra một này đó")
	hanging = setOf("số ngày tháng năm điều khoản điểm mục bởi thuộc")
)

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// complete tells whether a phrase is no fragment of a longer one: some clause
// ends with it, and different words stand before it.
func (m *miner) complete(p *phrase) bool {
	step := max(1, int(p.to-p.from)/sampled)
	places, ended, same := 0, 0, 0
	before := make(map[int32]int)
	for i := int(p.from); i < int(p.to); i += step {
		at := m.runs[i].at
		places++
		first := m.s.starts[at.item()] + at.offset()
		last := first + int32(p.syllables) - 1
		if spot := m.b.spots[last]; !spot.joined || spot.comma || loose[m.s.terms[m.s.words[last+1]]] {
			ended++
		}
		if at.offset() > 0 && m.b.spots[first-1].joined && !m.b.spots[first-1].comma {
			word := m.s.words[first-1]
			before[word]++
			same = max(same, before[word])
		}
	}
	return float64(ended) >= ends*float64(places) && float64(same) < goesBack*float64(places)
}

// sampled is how many places of a phrase are compared for its spelling.
const sampled = 48

// spell gives a phrase its text: the commonest spelling, in the commonest
// case. It is false where that begins or ends with a loose word, or says more
// than its words.
func (m *miner) spell(p *phrase) bool {
	step := max(1, int(p.to-p.from)/sampled)
	var spellings, texts tally
	for at := int(p.from); at < int(p.to); at += step {
		spellings.add(m.terms(m.runs[at].at, int(p.syllables)), m.runs[at].at)
	}
	spelling, sample := spellings.best()
	for at := int(p.from); at < int(p.to); at += step {
		if place := m.runs[at].at; m.terms(place, int(p.syllables)) == spelling {
			texts.add(m.text(place, int(p.syllables)), place)
		}
	}
	p.sample = sample
	text, _ := texts.best()
	p.text = strings.Clone(text)
	if strings.ContainsFunc(text, unicode.IsDigit) {
		return false // glued to a word, it is of one title, which its reader may not be shown
	}
	words := strings.Fields(spelling)
	return len(words) > 1 && !loose[words[0]] && !loose[words[len(words)-1]] && !hanging[words[len(words)-1]]
}

func (m *miner) terms(at place, n int) string {
	words := make([]string, n)
	for i := range n {
		words[i] = m.s.terms[m.s.termAt(at, i)]
	}
	return strings.Join(words, " ")
}

// text is a run as its title prints it, but without capitals that only stand
// because it begins the title or because all of it is in capitals.
func (m *miner) text(at place, n int) string {
	first := int(m.s.starts[at.item()] + at.offset())
	text := norm.NFC.String(m.items[at.item()].Text[m.b.spots[first].from:m.b.spots[first+n-1].to])
	text = strings.Join(strings.Fields(text), " ")
	if strings.ToUpper(text) == text {
		return strings.ToLower(text)
	}
	if at.offset() == 0 {
		r, size := utf8.DecodeRuneInString(text)
		return string(unicode.ToLower(r)) + text[size:]
	}
	return text
}

// tally counts strings; there are few.
type tally struct {
	counts map[string]int
	first  map[string]place
}

func (t *tally) add(s string, at place) {
	if t.counts == nil {
		t.counts, t.first = make(map[string]int), make(map[string]place)
	}
	if t.counts[s]++; t.counts[s] == 1 {
		t.first[s] = at
	}
}

// best is the string that was counted most; of several the one with fewer
// capitals, which sort first.
func (t *tally) best() (string, place) {
	best := ""
	for s, n := range t.counts {
		if n > t.counts[best] || n == t.counts[best] && s > best {
			best = s
		}
	}
	return best, t.first[best]
}
