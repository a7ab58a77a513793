package web

import (
	"strings"
	"unicode/utf8"
)

const (
	fullLine    = .75 // of the longest line: what a line fills that the page's width broke
	longestLine = 160 // code points; longer lines are paragraphs that nothing broke
)

// reflow joins the lines that a page's width broke, so that text reads well on
// a phone. It changes white space only, byte for byte.
func reflow(text string) string {
	lines := strings.Split(text, "\n")
	longest := 0
	for _, line := range lines {
		longest = max(longest, utf8.RuneCountInString(line))
	}
	if longest > longestLine {
		return text
	}
	var out strings.Builder
	out.WriteString(lines[0])
	for i, line := range lines[1:] {
		separator := byte('\n')
		if runsOn(lines[i], line, longest) {
			separator = ' '
		}
		out.WriteByte(separator)
		out.WriteString(line)
	}
	return out.String()
}

// runsOn tells whether the page's width broke a sentence between two lines.
func runsOn(line, next string, longest int) bool {
	line, next = strings.TrimSpace(line), strings.TrimSpace(next)
	if line == "" || next == "" || float64(utf8.RuneCountInString(line)) < fullLine*float64(longest) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(line)
	return !strings.ContainsRune(".:;!?", last) && !startsItem(next)
}

// startsItem tells whether a line begins an item of a list: "1.", "a)", "- ".
func startsItem(line string) bool {
	word, rest, _ := strings.Cut(line, " ")
	if rest == "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(word)
	return strings.ContainsRune(".)-/–+*•", last) && utf8.RuneCountInString(word) <= 6
}
