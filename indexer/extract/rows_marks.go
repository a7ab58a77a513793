package extract

import (
	"strings"

	"vankien/indexer/extract/word"
)

// rowMarks are the characters that package word and package rtf set rows of
// tables with.
const rowMarks = string(word.RowBegin) + string(word.CellBegin) + string(word.RowEnd)

// documentOf puts together what package word and package rtf read.
func documentOf(header, body, footer string) string {
	return withMargins(layOutRows(header), layOutRows(body), layOutRows(footer))
}

// layOutRows lays out the tables of a text whose rows are marked.
func layOutRows(text string) string {
	f := flow{out: make([]byte, 0, len(text))}
	for {
		i := strings.IndexAny(text, rowMarks)
		if i < 0 {
			break
		}
		f.write(text[:i])
		switch text[i] {
		case word.RowBegin:
			f.beginRow()
		case word.CellBegin:
			f.beginCell()
		case word.RowEnd:
			f.endRow()
		}
		text = text[i+1:]
	}
	f.write(text)
	return string(f.out)
}
