// Command make turns the sources of the sample documents into the documents
// themselves and into what tests expect of them.
//
// Run it from the root of the repository:
//
//	go run ./testdata/make [-pdf] [-bad] [-only NAME]
//
// Everything but PDFs is written anew each time and comes out the same to the
// byte. A PDF is a printout of Chromium, whose next version prints other bytes,
// so one that exists is kept unless -pdf asks for it; pages of expected texts are
// read off the PDF with pdftotext, which also proves that it still says what
// its source says. The hostile files of bad/ are made by -bad.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const root = "testdata"

func main() {
	pdf := flag.Bool("pdf", false, "print the PDFs again, with Chromium")
	bad := flag.Bool("bad", false, "write the hostile files of bad/ again, with qpdf")
	only := flag.String("only", "", "make only sources whose name contains this")
	flag.Parse()
	if err := run(*pdf, *bad, *only); err != nil {
		fmt.Fprintln(os.Stderr, "make:", err)
		os.Exit(1)
	}
}

func run(pdf, bad bool, only string) error {
	paths, err := filepath.Glob(filepath.Join(root, "sources", "*.html"))
	if err != nil {
		return err
	}
	for _, path := range paths {
		if !strings.Contains(path, only) {
			continue
		}
		if err := makeDocument(path, pdf); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	if bad {
		return makeBad(filepath.Join(root, "bad"))
	}
	return nil
}

// makeDocument makes one document and its expectations.
func makeDocument(path string, pdf bool) error {
	source, err := readSource(path)
	if err != nil {
		return err
	}
	out := filepath.Join(root, "documents", source.File)
	var pages []string
	switch filepath.Ext(source.File) {
	case ".pdf":
		pages, err = makePDF(source, out, pdf)
	case ".docx":
		pages, err = source.pages(), writeDOCX(source, out)
	case ".html":
		pages, err = source.pages(), writeHTML(source, out)
	case ".txt":
		pages, err = writeText(source, out)
	default:
		err = fmt.Errorf("%s: unknown format", source.File)
	}
	if err != nil {
		return err
	}
	fmt.Printf("%-55s %2d trang\n", source.File, len(pages))
	return writeExpected(source, pages)
}
