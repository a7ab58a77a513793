package bleveindex

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/analyzers"
	"vankien/indexer"
)

// Where it is known up to which word a text has the phrase, the same is shown as
// where all of it is looked at: titles that have the phrase too, across a comma,
// or with other accents among them.
func TestWhatIsShownOfAPhrase(t *testing.T) {
	random := rand.New(rand.NewPCG(4, 2026))
	words := strings.Fields("quản lý sử dụng đất Quản lỳ, chi bộ. và")
	text := func(size int) string {
		picked := make([]string, size)
		for i := range picked {
			picked[i] = words[random.IntN(len(words))]
			if random.IntN(4) == 0 {
				picked[i] += ","
			}
		}
		if random.IntN(20) == 0 {
			picked = append(picked, "œuvre") // letters that a needle does not have
		}
		return strings.Join(picked, " ")
	}
	shorter := 0
	for range 3000 {
		phrase := text(1 + random.IntN(4))
		tokens := analyzers.Tokenize(phrase)
		m := indexer.Matcher{Folded: random.IntN(2) == 0, Weights: make(map[string]float64), Pairs: make(map[string]float64)}
		var folded []string
		for _, token := range tokens {
			folded = append(folded, analyzers.Fold(token.Term))
		}
		m.Phrases = [][]string{folded}
		compared := func(term string) string {
			if m.Folded {
				return analyzers.Fold(term)
			}
			return term
		}
		for _, token := range tokens {
			m.Weights[compared(token.Term)] = 1 + float64(len(token.Term))/7
		}
		for _, pair := range analyzers.Pairs(tokens) {
			if random.IntN(5) > 0 { // one that stands nowhere is worth nothing
				m.Pairs[compared(pair.Term)] = 3.1
			}
		}
		p := indexer.Passage{Title: text(random.IntN(12)), Text: text(random.IntN(300))}
		s := &search{reading: reading{matcher: m}}
		first := s.firstWords()(record{
			titleWords: newSequence(analyzers.Tokenize(p.Title)), textWords: newSequence(analyzers.Tokenize(p.Text)),
		})
		if first == 0 {
			continue
		}
		shorter++
		ordinal := random.IntN(2)
		want, got := indexer.NewMarker(m).Show(p, ordinal), indexer.NewMarker(m).ShowFirst(p, ordinal, first)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q in %+v (-all looked at +the first %d words):\n%s", phrase, p, first, diff)
		}
	}
	if shorter < 100 {
		t.Errorf("it was known of %d passages only", shorter)
	}
}
