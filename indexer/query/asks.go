package query

import (
	"slices"

	"vankien/analyzers"
)

// askingWords are those by which somebody asks for something; those at
// the end of a text ask there only. A sentence that leaves nothing but yes or no
// open ("… đúng hay sai?") tells all of what it is about, as a title does.
var (
	askingWords = phrasesOf("bao nhiêu", "bao lâu", "bao giờ", "khi nào", "thế nào", "như nào", "ra sao", "làm sao", "vì sao", "tại sao",
		"là gì", "là ai", "những gì", "gồm những", "hay không", "được không", "phải không", "không ạ", "ở đâu", "cho hỏi", "xin hỏi", "thưa luật sư")
	askingLast = phrasesOf("nào", "gì", "đâu", "ai", "chưa", "không")
)

// phrasesOf are phrases as canonical syllables.
func phrasesOf(texts ...string) [][]string {
	var phrases [][]string
	for _, text := range texts {
		phrases = append(phrases, canonicalWords(text))
	}
	return phrases
}

func canonicalWords(text string) []string {
	var words []string
	for _, token := range analyzers.Tokenize(text) {
		words = append(words, token.Term)
	}
	return words
}

// leastQuestion is how many words a question has at least: "khi nào" alone may
// be what is looked for.
const leastQuestion = 5

// asks tells whether a text is a question in somebody's own words.
func asks(text string) bool {
	words := canonicalWords(text)
	if len(words) < leastQuestion {
		return false
	}
	for at := range words {
		if begins(words[at:], askingWords) {
			return true
		}
	}
	return begins(words[len(words)-1:], askingLast)
}

// begins tells whether words begin with one of the phrases, typed with its
// accents or without any.
func begins(words []string, phrases [][]string) bool {
	return slices.ContainsFunc(phrases, func(phrase []string) bool {
		if len(words) < len(phrase) {
			return false
		}
		for i, syllable := range phrase {
			if words[i] != syllable && words[i] != analyzers.Fold(syllable) {
				return false
			}
		}
		return true
	})
}
