package query

import (
	"slices"
	"strings"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer/citation"
)

// syllable is a token of the text as hints read it.
type syllable struct {
	analyzers.Token
	fold  string
	loose bool // typed without its tone: compared without accents
	taken bool // something was read from it: it is no topic
	cited bool // it is part of a document number
}

// means tells whether the syllable is a canonical word, allowing for accents
// that were not typed.
func (s syllable) means(word string) bool {
	return s.Term == word || s.loose && s.fold == analyzers.Fold(word)
}

// sentence is a text cut into syllables. line is all of them folded, with one
// space or one sign between, for patterns; numbers of documents are # there.
type sentence struct {
	text      string
	syllables []syllable
	line      string
	starts    []int // where each syllable begins in line
	shouting  bool  // all of text is in capitals
	bare      bool  // all of text is without accents
}

func newSentence(text string, found []citation.Citation) *sentence {
	s := &sentence{text: text, shouting: text == strings.ToUpper(text), bare: true}
	var line strings.Builder
	end := 0
	for _, t := range analyzers.Tokenize(text) {
		for len(found) > 0 && found[0].End <= t.Start {
			found = found[1:]
		}
		y := syllable{Token: t, fold: analyzers.Fold(t.Term), loose: !toned(t.Term) || !analyzers.ValidSyllable(t.Term)}
		y.cited = len(found) > 0 && found[0].Start <= t.Start && found[0].Number.Serial != ""
		y.taken = y.cited
		s.bare = s.bare && y.fold == y.Term
		if len(s.syllables) > 0 {
			line.WriteString(gapSign(text[end:t.Start]))
		}
		s.starts = append(s.starts, line.Len())
		if y.cited {
			line.WriteByte('#')
		} else {
			line.WriteString(y.fold)
		}
		s.syllables = append(s.syllables, y)
		end = t.End
	}
	s.line = line.String()
	return s
}

// toned tells whether a canonical word carries a tone: one that was typed with
// a tone was typed with all of its accents.
func toned(word string) bool {
	for _, r := range word {
		if r >= utf8.RuneSelf && strings.ContainsRune(tonedVowels, r) {
			return true
		}
	}
	return false
}

const tonedVowels = "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"

// gapSign is what stands between two syllables, as patterns see it: one sign,
// else one space.
func gapSign(gap string) string {
	if at := strings.IndexFunc(gap, func(r rune) bool { return r != ' ' }); at >= 0 {
		r, _ := utf8.DecodeRuneInString(gap[at:])
		switch {
		case strings.ContainsRune("-–—−", r):
			return "-"
		case strings.HasPrefix(gap[at:], ".."), r == '…':
			return ".."
		case strings.ContainsRune("/.,", r):
			return string(r)
		case r == '(' || r == ')':
			return " "
		}
		return ";"
	}
	return " "
}

// at is the syllable that holds the byte at offset of line.
func (s *sentence) at(offset int) int {
	i, exact := slices.BinarySearch(s.starts, offset)
	if !exact {
		i--
	}
	return i
}

// take marks the syllables of line[start:end] as read.
func (s *sentence) take(start, end int) {
	for i := s.at(start); i < len(s.syllables) && s.starts[i] < end; i++ {
		s.syllables[i].taken = true
	}
}

// phrase tells whether words stand at syllable i.
func (s *sentence) phrase(i int, words []string) bool {
	if i < 0 || i+len(words) > len(s.syllables) {
		return false
	}
	for n, word := range words {
		if !s.syllables[i+n].means(word) {
			return false
		}
	}
	return true
}

// folded is n folded syllables from i on, parted by spaces.
func (s *sentence) folded(i, n int) string {
	words := make([]string, n)
	for k := range words {
		words[k] = s.syllables[i+k].fold
	}
	return strings.Join(words, " ")
}

// typed is the text of syllables from to to.
func (s *sentence) typed(from, to int) string {
	return s.text[s.syllables[from].Start:s.syllables[to-1].End]
}

// topic is what nothing was read from, without the small words at its edges.
func (s *sentence) topic() string {
	from, to := 0, len(s.syllables)
	for from < to && (s.syllables[from].taken || s.small(from, from-1)) {
		from++
	}
	for to > from && (s.syllables[to-1].taken || s.small(to-1, to)) {
		to--
	}
	var words []string
	for _, y := range s.syllables[from:to] {
		if !y.taken {
			words = append(words, s.text[y.Start:y.End])
		}
	}
	return strings.Join(words, " ")
}

// small tells whether syllable i joins a topic to what was read at its side,
// itself small or not, or begins a request.
func (s *sentence) small(i, side int) bool {
	y := s.syllables[i]
	is := func(word string) bool { return y.Term == word || s.bare && y.Term == analyzers.Fold(word) }
	if side < 0 || side >= len(s.syllables) {
		return slices.ContainsFunc(asking, is)
	}
	return slices.ContainsFunc(joining, is) || slices.ContainsFunc(asking, is)
}

var (
	joining = []string{"về", "của", "và", "do", "số", "tại", "hoặc", "ngày", "năm", "từ", "đến"}
	asking  = []string{"về", "tìm", "kiếm", "xem"}
)
