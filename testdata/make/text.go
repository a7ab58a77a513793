package main

import (
	"os"
	"strings"

	"golang.org/x/text/unicode/norm"
	"unicode/utf8"
)

// pages is the text in reading order, one string a page: the page breaks of the source
// are the only ones known here.
func (s *Source) pages() []string {
	pages := []string{""}
	for _, b := range s.Blocks {
		if b.Break {
			pages = append(pages, "")
			continue
		}
		if text := b.text(); text != "" {
			pages[len(pages)-1] += text + "\n"
		}
	}
	return pages
}

// text is a block as lines; a column of a borderless table is read to its end
// before the next, a row of a real one cell by cell.
func (b Block) text() string {
	if b.Para != nil {
		return b.Para.text()
	}
	var lines []string
	for _, row := range b.Table.Rows {
		var cells []string
		for _, c := range row {
			cells = append(cells, strings.Join(c.lines(), "\n"))
		}
		if b.Table.layout() {
			lines = append(lines, strings.Join(cells, "\n"))
		} else {
			lines = append(lines, strings.ReplaceAll(strings.Join(cells, "\t"), "\n", " "))
		}
	}
	return strings.Join(lines, "\n")
}

// layout tells a table that only arranges (head, foot) from one with content.
func (t *Table) layout() bool { return t.Class == "head" || t.Class == "foot" }

func (c Cell) lines() []string {
	var lines []string
	for _, p := range c.Paras {
		if text := p.text(); text != "" {
			lines = append(lines, text)
		}
	}
	return lines
}

const lineWidth = 78

// writeText writes the document as a plain text file, laid out with spaces as
// typists do, and returns its text in NFC.
func writeText(s *Source, out string) ([]string, error) {
	var b strings.Builder
	for _, block := range s.Blocks {
		switch {
		case block.Break:
			b.WriteByte('\f')
		case block.Para != nil:
			writeParagraph(&b, *block.Para)
		case block.Table.layout():
			writeColumns(&b, block.Table)
		default:
			b.WriteString(block.text() + "\n\n")
		}
	}
	text := b.String()
	data := text
	if s.NFD {
		data = norm.NFD.String(text)
	}
	return strings.Split(text, "\f"), os.WriteFile(out, []byte(data), 0o644)
}

func writeParagraph(b *strings.Builder, p Para) {
	text := p.text()
	for line := range strings.SplitSeq(text, "\n") {
		indent, centred := "    ", false
		switch p.Class {
		case "k", "t", "c", "rule":
			indent, centred = "", true
		case "n":
			indent = ""
		}
		for _, l := range wrap(indent+line, lineWidth) {
			if centred {
				l = strings.Repeat(" ", max(0, (lineWidth-utf8.RuneCountInString(l))/2)) + l
			}
			b.WriteString(l + "\n")
		}
	}
	if p.Class != "k" && p.Class != "t" {
		b.WriteString("\n")
	}
}

// writeColumns puts the two cells of each row side by side.
func writeColumns(b *strings.Builder, t *Table) {
	const left = 36
	for _, row := range t.Rows {
		var columns [2][]string
		for i, c := range row[:2] {
			for _, line := range strings.Split(strings.Join(c.lines(), "\n"), "\n") {
				columns[i] = append(columns[i], wrap(line, left)...)
			}
		}
		for i := range max(len(columns[0]), len(columns[1])) {
			l, r := at(columns[0], i), at(columns[1], i)
			pad := strings.Repeat(" ", left+2-utf8.RuneCountInString(l))
			b.WriteString(strings.TrimRight(l+pad+r, " ") + "\n")
		}
	}
	b.WriteString("\n")
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// wrap breaks a line at spaces; the leading ones are kept.
func wrap(line string, width int) []string {
	var lines []string
	for utf8.RuneCountInString(line) > width {
		runes := []rune(line)
		cut := width
		for cut > 0 && runes[cut] != ' ' {
			cut--
		}
		if strings.TrimSpace(string(runes[:cut])) == "" {
			break
		}
		lines = append(lines, string(runes[:cut]))
		line = string(runes[cut+1:])
	}
	return append(lines, line)
}
