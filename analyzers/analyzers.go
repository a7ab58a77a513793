// Package analyzers turns Vietnamese text into terms: canonical syllables,
// pairs of adjacent syllables and their accent-folded forms, with offsets into
// the original bytes. It also judges whether a text is Vietnamese at all, and
// reads what a Telex or VNI keyboard left behind.
//
// There is no segmenter and no word list: on 1,112 human-judged questions
// pairs of syllables ranked better than words, and they make typing without
// accents cost almost nothing. There are no stop words either, for phrases
// need "của" and "và".
//
// All functions are pure, take any bytes and are safe for concurrent use.
package analyzers

// Version names the analysis. An index stores it; one that holds another
// version is rebuilt, because its terms may differ.
const Version = "v1"
