// Package testdata holds the sample documents: nineteen papers of an
// invented provincial Party organisation (Sơn Lam), written for this project,
// that "vankien serve --sample" fills a library with and that tests read.
//
// Beside each document stands what a reader must get out of it: its text, page
// by page, and its facts. No body, person, place or number of the province is
// real; the central documents they refer to are.
package testdata

import (
	"embed"
	"io/fs"
)

//go:embed documents
var documents embed.FS

//go:embed expected
var expected embed.FS

// Documents is the folder of sample documents: PDF, DOCX, HTML and TXT files,
// no sub-folders.
func Documents() fs.FS { return sub(documents, "documents") }

// Expected holds, for a document a.pdf, a.json (media type, pages, sentences
// with their page, facts as the command "describe" gives them) and a.txt: the
// text in reading order, NFC, pages separated by form feeds.
func Expected() fs.FS { return sub(expected, "expected") }

// sub cannot fail: the folders are embedded at build time.
func sub(files embed.FS, folder string) fs.FS {
	inner, err := fs.Sub(files, folder)
	if err != nil {
		panic(err)
	}
	return inner
}
