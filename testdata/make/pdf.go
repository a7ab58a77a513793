package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// style is the look of the printed page: A4, the margins and the 14-point
// serif of the Party's and the State's rules on the form of documents, page
// numbers at the top from the second page on.
const style = `
@page { size: A4; margin: 20mm 18mm 18mm 30mm; @top-center { content: counter(page); font: 13pt Tinos } }
@page :first { @top-center { content: none } }
body { font: 14pt/1.32 Tinos, "Times New Roman", serif; margin: 0; font-variant-ligatures: none }
p { margin: 0 0 5pt; text-indent: 12.7mm; text-align: justify; orphans: 2; widows: 2 }
p.k, p.t, p.c, p.rule { text-indent: 0; text-align: center }
p.k { font-weight: bold; font-size: 15pt; margin: 12pt 0 0 }
p.t { font-weight: bold; margin: 0 8mm }
p.h { font-weight: bold; break-after: avoid }
p.c { break-after: avoid }
p.n { text-indent: 0; text-align: left }
p.r { text-align: right; text-indent: 0 }
p.line { text-indent: 0; white-space: nowrap; overflow: hidden }
p.gap { height: 17mm; margin: 0 }
hr { break-after: page; border: 0; margin: 0; height: 0 }
table { width: 100%; border-collapse: collapse; margin: 4pt 0 8pt }
td, th { vertical-align: top; padding: 2pt 4pt }
table p { text-indent: 0; margin: 0; text-align: left }
table.head, table.foot { break-inside: avoid }
table.head { margin: 0 0 6pt }
table.head td { width: 47%; padding: 0; text-align: center }
table.head td + td { width: 53% }
table.head p { text-align: center; margin: 0; white-space: nowrap; line-height: 1.25 }
table.head p.vv { white-space: normal; font-size: 12pt; margin: 2pt 6mm 0 }
table.head p.stamp { display: inline-block; border: 1.2pt solid; padding: 1pt 8pt; font-weight: bold; font-size: 13pt; margin: 6pt 0 8pt }
table.head u { text-decoration: none; border-bottom: 0.8pt solid; padding-bottom: 1pt }
table.head p > i:only-child { line-height: 1.9 }
table.head p.vv i:only-child { line-height: 1.25 }
table.foot { margin-top: 8pt }
table.foot td { width: 50% }
table.foot td:first-child p { font-size: 11pt; line-height: 1.2 }
table.foot td:first-child p:first-child { font-size: 12pt }
table.foot td + td p, table.foot td.c p { text-align: center }
table.grid { font-size: 12pt; line-height: 1.2 }
table.grid td, table.grid th { border: 0.6pt solid }
table.grid th { text-align: center; vertical-align: middle }
table.grid tr { break-inside: avoid }
`

// makePDF prints the source unless its PDF is there already, and reads off
// the PDF which text stands on which page.
func makePDF(s *Source, out string, again bool) ([]string, error) {
	if _, err := os.Stat(out); err != nil || again {
		data, err := s.print()
		if err != nil {
			return nil, fmt.Errorf("print: %w", err)
		}
		if err := os.WriteFile(out, data, 0o644); err != nil {
			return nil, err
		}
	}
	raw, err := exec.Command("pdftotext", "-layout", out, "-").Output()
	if err != nil {
		return nil, fmt.Errorf("pdftotext: %w", err)
	}
	printed := strings.Split(strings.TrimSuffix(string(raw), "\f"), "\f")
	return paginate(strings.Join(s.pages(), ""), printed)
}

// print prints the source with the program it asks for.
func (s *Source) print() ([]byte, error) {
	if s.Office {
		return printOffice(s)
	}
	return printChromium(s)
}

// printOffice prints the source with LibreOffice, whose PDFs break words and
// lines otherwise than Chromium's.
func printOffice(s *Source) ([]byte, error) {
	folder, err := os.MkdirTemp("", "vankien-make")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	in := filepath.Join(folder, "in.docx")
	if err := writeDOCX(s, in); err != nil {
		return nil, err
	}
	command := exec.Command("soffice", "-env:UserInstallation=file://"+folder+"/profile", "--headless",
		"--convert-to", "pdf", "--outdir", folder, in)
	if text, err := command.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("soffice: %w: %s", err, text)
	}
	data, err := os.ReadFile(filepath.Join(folder, "in.pdf"))
	return fixDates(data, s.Issued), err
}

// printChromium prints the source with Chromium.
func printChromium(s *Source) ([]byte, error) {
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath("/usr/bin/chromium"), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	defer cancel()
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	markup := `<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title></title><style>` + style + `</style><body>` + s.Markup
	address := "data:text/html;charset=utf-8;base64," + base64.StdEncoding.EncodeToString([]byte(markup))
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		return nil, err
	}
	data, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	return fixDates(data, s.Issued), err
}

var pdfDate = regexp.MustCompile(`\(D:\d{14}`)

// fixDates puts the document's own date where the printing program put the present one, at
// the same length so that every offset in the file stays right.
func fixDates(data []byte, issued string) []byte {
	return pdfDate.ReplaceAll(data, []byte("(D:"+strings.ReplaceAll(issued, "-", "")+"080000"))
}

var token = regexp.MustCompile(`[\p{L}\p{M}\p{N}]+`)

// paginate cuts the source's text where the printed pages end, and puts the
// printed page numbers on top. A page whose words are not those
// of its stretch of the source is an error: the PDF is stale.
func paginate(text string, printed []string) ([]string, error) {
	words := token.FindAllStringIndex(text, -1)
	var pages []string
	at, from := 0, 0
	for i, raw := range printed {
		want := count(token.FindAllString(raw, -1))
		head := ""
		if i > 0 {
			number := strconv.Itoa(i + 1)
			want[number]--
			head = number + "\n"
		}
		n := 0
		for _, c := range want {
			n += c
		}
		if at+n > len(words) {
			return nil, fmt.Errorf("page %d has more words than the source", i+1)
		}
		var have []string
		for _, w := range words[at : at+n] {
			have = append(have, text[w[0]:w[1]])
		}
		maps.DeleteFunc(want, func(_ string, c int) bool { return c == 0 })
		if got := count(have); !maps.Equal(got, want) {
			return nil, fmt.Errorf("page %d differs from the source (run with -pdf): %s", i+1, difference(got, want))
		}
		at += n
		to := len(text)
		if at < len(words) {
			to = words[at][0]
			for to > from && !bytes.ContainsRune([]byte(" \n\t"), rune(text[to-1])) {
				to-- // an opening bracket or dash belongs to the word behind it
			}
		}
		pages = append(pages, head+strings.TrimSpace(text[from:to])+"\n")
		from = to
	}
	if at != len(words) {
		return nil, fmt.Errorf("%d words of the source are not printed", len(words)-at)
	}
	return pages, nil
}

func count(words []string) map[string]int {
	counts := map[string]int{}
	for _, w := range words {
		counts[w]++
	}
	return counts
}

func difference(source, printed map[string]int) string {
	var b strings.Builder
	for w, n := range source {
		if printed[w] != n {
			fmt.Fprintf(&b, "%s %d/%d ", w, n, printed[w])
		}
	}
	for w, n := range printed {
		if source[w] == 0 {
			fmt.Fprintf(&b, "%s 0/%d ", w, n)
		}
	}
	return b.String()
}
