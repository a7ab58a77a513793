package bleveindex

import (
	"bytes"
	"testing"

	"vankien/analyzers"
)

// TestNeedle looks for phrases in the words of texts.
func TestNeedle(t *testing.T) {
	for _, test := range []struct {
		phrase, text string
		folded       bool
		want         int // words before it, -1 for none
	}{
		{"thuế suất", "Mức thuế suất mới", false, 1},
		{"thuế suất", "Mức thuê suất mới", false, -1},
		{"thuế suất", "Mức thuê suất mới", true, 1},
		{"thue suat", "Thuế suất", true, 0},
		{"an", "ban toàn ăn", true, 2},        // not the end of a word, nor a part
		{"a y", "ý a ỷ à", true, 1},           // of letters that others become
		{"kỳ họp", "kỳ. họp kỳ họp", true, 2}, // not across a full stop
		{"quyết", "", true, -1},
	} {
		var syllables []string
		for _, token := range analyzers.Tokenize(test.phrase) {
			if test.folded {
				token.Term = analyzers.Fold(token.Term)
			}
			syllables = append(syllables, token.Term)
		}
		n, possible := newNeedle(syllables, test.folded)
		s := newSequence(analyzers.Tokenize(test.text))
		at, plain := n.in(s, new([]byte))
		if !possible || !plain {
			t.Errorf("%q in %q cannot be told", test.phrase, test.text)
		}
		got := -1
		if at >= 0 {
			got = s[:at].wordCount()
		}
		if got != test.want {
			t.Errorf("%q stands in %q behind %d words, want %d", test.phrase, test.text, got, test.want)
		}
	}
	if _, possible := newNeedle([]string{"тест"}, true); possible {
		t.Error("letters that sequences write in another way are possible")
	}
}

// FuzzNeedle: the rarest letter finds what folding all of the words finds.
func FuzzNeedle(f *testing.F) {
	f.Add("thuế suất", "Mức thuế suất. Thuê suất")
	f.Add("a y", "ý a ỷ à")
	f.Add("nh", "anh nh nha")
	f.Fuzz(func(t *testing.T, phrase, text string) {
		var syllables []string
		for _, token := range analyzers.Tokenize(phrase) {
			syllables = append(syllables, analyzers.Fold(token.Term))
		}
		n, possible := newNeedle(syllables, true)
		s := newSequence(analyzers.Tokenize(text))
		if !possible || len(syllables) == 0 || bytes.IndexByte(s, otherWord) >= 0 {
			return
		}
		at, _ := n.in(s, new([]byte))
		if n.rarest < 0 {
			return
		}
		if want := n.inFolded(s, new([]byte)); at != want {
			t.Fatalf("%q in %q at %d, want %d", phrase, text, at, want)
		}
	})
}
