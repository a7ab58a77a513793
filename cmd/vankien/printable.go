package main

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// printableName is a file's name as it can stand in a line of output: quoted
// where it holds what would begin a new line, command the terminal or turn the
// direction of writing.
func printableName(path string) string {
	unfit := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
	if strings.ContainsFunc(path, unfit) || !utf8.ValidString(path) {
		return strconv.Quote(path)
	}
	return path
}

// printable is text that others wrote as a terminal may have it: without
// control characters other than newline and tab, for an ESC in a document
// would command the reader's terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
}
