// Package analyzers turns Vietnamese text into terms: syllables, pairs of
// adjacent syllables and their accent-folded forms, with offsets into the
// original bytes; it also judges whether text is Vietnamese at all.
package analyzers
