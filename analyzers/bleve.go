package analyzers

import (
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
)

// The names under which Bleve finds the analyzers. They end in Version: an
// index built by another version does not open with these.
const (
	TextAnalyzer  = "vankien_text_" + Version  // canonical syllables and their pairs, one stream
	FoldAnalyzer  = "vankien_fold_" + Version  // the same, folded
	WordsAnalyzer = "vankien_words_" + Version // folded syllables alone, positions with gaps: for phrases
)

// analyzer makes Bleve tokens of a text. It holds no state.
type analyzer struct{ fold, pairs bool }

// Analyze implements analysis.Analyzer. The terms share one buffer, which
// lives as long as any of them; they must not be written to.
func (a analyzer) Analyze(input []byte) analysis.TokenStream {
	s := read(string(input), a.fold)
	count := len(s.words)
	if a.pairs {
		count *= 2
	}
	slab := make([]analysis.Token, 0, count)
	for i, w := range s.words {
		slab = append(slab, bleveToken(s, w, w, analysis.AlphaNumeric))
		if a.pairs && s.pairedWithNext(i) {
			slab = append(slab, bleveToken(s, w, s.words[i+1], analysis.Shingle))
		}
	}
	tokens := make(analysis.TokenStream, len(slab))
	for i := range slab {
		tokens[i] = &slab[i]
	}
	return tokens
}

// bleveToken is the token from word first to word last; its term ends where
// its capacity does, so that appending to it cannot spoil its neighbour.
func bleveToken(s *stream, first, last word, kind analysis.TokenType) analysis.Token {
	return analysis.Token{
		Start: first.start, End: last.end, Position: first.position, Type: kind,
		Term: s.arena[first.from:last.to:last.to],
	}
}

func init() {
	for name, a := range map[string]analyzer{
		TextAnalyzer:  {pairs: true},
		FoldAnalyzer:  {pairs: true, fold: true},
		WordsAnalyzer: {fold: true},
	} {
		err := registry.RegisterAnalyzer(name, func(map[string]any, *registry.Cache) (analysis.Analyzer, error) { return a, nil })
		if err != nil {
			panic(err) // two packages claim one name: a fault of the program
		}
	}
}
