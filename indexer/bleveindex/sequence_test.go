package bleveindex

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/analyzers"
)

// The words that a sequence gives back are those of its text, in their places.
func FuzzSequence(f *testing.F) {
	for _, text := range []string{
		"", "Chi bộ họp mỗi tháng một lần, do bí thư chủ trì.", "Điều 3. Nghiêng nghiêng; 21-NQ/TW ngày 16.6.2022\n\nKhoản 1",
		"œuvre Straße ĐẢNG viên", "supercalifragilistic 1234567890123", "\xff\x00 a\u0323\u0302", letters,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tokens := analyzers.Tokenize(text)
		for _, folded := range []bool{false, true} {
			var got keyedWords
			got.add(newSequence(tokens), folded, math.MaxInt)
			var keys []wordKey
			var steps, gotSteps []int
			for i, token := range tokens {
				word := token.Term
				if folded {
					word = analyzers.Fold(word)
				}
				keys = append(keys, keyOf(word))
				if i > 0 {
					steps = append(steps, token.Position-tokens[i-1].Position)
				}
			}
			for i := range got.positions[min(1, len(got.positions)):] {
				gotSteps = append(gotSteps, int(got.positions[i+1]-got.positions[i]))
			}
			if !slices.Equal(keys, got.keys) {
				t.Errorf("%q, folded %v: other words", text, folded)
			}
			if diff := cmp.Diff(steps, gotSteps); diff != "" {
				t.Errorf("%q: %s", text, diff)
			}
		}
	})
}

// Every letter stands for itself, and folds as analyzers.Fold folds it.
func TestLetters(t *testing.T) {
	seen := make(map[wordKey]rune)
	for _, letter := range letters {
		key := keyOf(string(letter))
		if other := seen[key]; other != 0 {
			t.Errorf("%c and %c are the same", letter, other)
		}
		seen[key] = letter
		var words keyedWords
		words.add(newSequence([]analyzers.Token{{Term: string(letter)}}), true, 1)
		if want := keyOf(analyzers.Fold(string(letter))); len(words.keys) != 1 || words.keys[0] != want {
			t.Errorf("%c does not fold as it should", letter)
		}
	}
}
