package ocr

import (
	"strconv"
	"strings"
	"unicode"

	"vankien/indexer/extract"
)

// reading is what was recognised in one picture.
type reading struct {
	text   string // cleaned
	head   string // of it, what stands in the upper part of the picture
	turned bool   // the picture did not stand upright
	words  []word
}

// word is a line of tesseract's table that holds a word.
type word struct {
	block, paragraph, line int
	left, top              int
	right, bottom          int
	text                   string
}

// wordsOf reads tesseract's table (tsv): level, page, block, paragraph, line,
// word, left, top, width, height, confidence, text. Lines that hold no word, or
// nonsense, are passed over.
func wordsOf(table string) []word {
	const wordLevel, columns = "5", 12
	var words []word
	for row := range strings.SplitSeq(table, "\n") {
		cells := strings.SplitN(strings.TrimSuffix(row, "\r"), "\t", columns)
		if len(cells) < columns || cells[0] != wordLevel || strings.TrimSpace(cells[columns-1]) == "" {
			continue
		}
		var n [10]int
		sound := true
		for i := range n {
			value, err := strconv.Atoi(cells[i])
			n[i], sound = value, sound && err == nil
		}
		if sound {
			words = append(words, word{block: n[2], paragraph: n[3], line: n[4], left: n[6], top: n[7], right: n[6] + n[8], bottom: n[7] + n[9], text: cells[columns-1]})
		}
	}
	return words
}

// slant is by how many degrees, clockwise, a picture with these words must be
// turned to stand upright, where its lines tell: tesseract reads lines on
// their side, too, page by page from the wrong corner. Upside down it reads
// nothing that makes sense.
func slant(words []word) int {
	right, down := 0, 0
	for i := 1; i < len(words); i++ {
		a, b := words[i-1], words[i]
		if a.block == b.block && a.paragraph == b.paragraph && a.line == b.line {
			right, down = right+b.left-a.left, down+b.top-a.top
		}
	}
	switch {
	case down > 2*max(right, -right):
		return 270
	case -down > 2*max(right, -right):
		return 90
	}
	return 0
}

// layOut writes words as lines and paragraphs, those only that end above the
// height given (0 is all). Lines without a letter or a digit are what a ruler, a
// speck or a seal looks like to tesseract: they are left out.
func layOut(words []word, above int) string {
	var page, line strings.Builder
	end := func(blank bool) {
		text := line.String()
		line.Reset()
		if !strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			text = ""
		}
		if text != "" {
			page.WriteString(text)
			page.WriteByte('\n')
		}
		if blank {
			page.WriteByte('\n')
		}
	}
	for i, w := range words {
		if i > 0 && (w.block != words[i-1].block || w.paragraph != words[i-1].paragraph) {
			end(true)
		} else if i > 0 && w.line != words[i-1].line {
			end(false)
		}
		if above > 0 && w.bottom > above {
			continue
		}
		if line.Len() > 0 {
			line.WriteByte(' ')
		}
		line.WriteString(w.text)
	}
	end(false)
	return mend(extract.Tidy(strings.ToValidUTF8(page.String(), "")))
}
