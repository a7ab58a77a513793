package main

import (
	"bytes"
	"fmt"
	"image"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vankien/indexer/extract"
	"vankien/storage"
)

// longPages is how many pages the files of BenchmarkLongFiles have, and
// parentAbove how much more memory than before the process that takes them may
// need: the readers' have limits of their own.
const (
	longPages   = 300
	parentAbove = 150_000_000
)

// BenchmarkLongFiles takes two PDFs of 300 pages, one printed by a browser and
// one of pictures, with the command import and as uploads to the server, and
// prints how much memory the program needed beside that of its readers. It
// fails where that is more than it may be. Of the OCR of the pictures it sees
// two minutes.
func BenchmarkLongFiles(b *testing.B) {
	for b.Loop() {
		l := newBigLibrary(b)
		short := filepath.Join(l.dir, "ngan.txt")
		if err := os.WriteFile(short, []byte(asText(issue(rand.New(rand.NewPCG(1, 1)), "ngan", 2000))), 0o600); err != nil {
			b.Fatal(err)
		}
		files := []string{printedPages(b, l.dir), picturedPages(b, l.dir)}
		idle := l.importAlone("idle", short)
		for i, path := range files {
			peak := l.importAlone(fmt.Sprint(i), path)
			l.hold("import of "+sizeAndName(b, path), peak-idle)
		}
		l.addToken()
		if err := l.wire.server.start(); err != nil {
			b.Fatal(err)
		}
		b.Cleanup(l.wire.server.kill)
		if err := l.wire.server.await(time.Minute); err != nil {
			b.Fatal(err)
		}
		time.Sleep(3 * time.Second) // what the start needed goes back
		for _, path := range files {
			l.uploadLong(path)
		}
		l.stop()
		l.print(fmt.Sprintf("%d pages", longPages))
	}
}

// hold notes how much memory was needed above what is needed anyway.
func (l *bigLibrary) hold(what string, above int64) {
	l.b.Helper()
	l.row(what, "%s above idle", megabytes(above))
	if above > parentAbove {
		l.b.Errorf("%s: %s above idle", what, megabytes(above))
	}
}

// printedPages is a PDF as an office prints it, with its fonts within.
func printedPages(b *testing.B, dir string) string {
	b.Helper()
	if _, err := exec.LookPath("chromium"); err != nil {
		b.Skip("no chromium to print a PDF with")
	}
	rng := rand.New(rand.NewPCG(300, 1))
	var text strings.Builder
	text.WriteString(`<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><style>@page { size: A4 } body { font: 13pt serif } section { break-after: page }</style><body>`)
	for page := range longPages {
		fmt.Fprintf(&text, "<section><p><b>Điều %d.</b> %s</p><p>%s</p></section>", page+1, prose(rng, 1500), prose(rng, 1500))
	}
	in, out := filepath.Join(dir, "in.html"), filepath.Join(dir, "in.pdf")
	if err := os.WriteFile(in, []byte(text.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	browser := exec.CommandContext(b.Context(), "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir="+filepath.Join(dir, "browser"), "--print-to-pdf="+out, "file://"+in)
	if said, err := browser.CombinedOutput(); err != nil {
		b.Fatalf("chromium: %v\n%s", err, said)
	}
	return out
}

// picturedPages is the scan of a long paper.
func picturedPages(b *testing.B, dir string) string {
	b.Helper()
	data, err := os.ReadFile(paperPDF)
	if err != nil {
		b.Fatal(err)
	}
	var pictures []*image.Gray
	for page := range longPages {
		if page >= 4 { // the paper is no longer
			pictures = append(pictures, pictures[page%4])
			continue
		}
		picture, err := extract.Render(b.Context(), extract.File{Name: paperPDF, Size: int64(len(data)), ReaderAt: bytes.NewReader(data)}, page+1, extract.WholePage)
		if err != nil {
			b.Fatal(err)
		}
		pictures = append(pictures, picture)
	}
	path := filepath.Join(dir, "ban-chup.pdf")
	if err := os.WriteFile(path, pdfOf(b, pictures), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

func sizeAndName(b *testing.B, path string) string {
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return fmt.Sprintf("%s (%s)", filepath.Base(path), megabytes(info.Size()))
}

// importAlone imports a file into a library of its own, without OCR, and tells
// the peak memory of the command's own process.
func (l *bigLibrary) importAlone(library, path string) (peak int64) {
	l.b.Helper()
	cmd := exec.CommandContext(l.b.Context(), l.program, "import", "--ocr", "never", "--data", filepath.Join(l.dir, "library-"+library), path)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	began := time.Now()
	if err := cmd.Start(); err != nil {
		l.b.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case err := <-ended:
			if err != nil && cmd.ProcessState.ExitCode() != exitPartly { // a scan without OCR is listed
				l.b.Fatalf("import: %v\n%s", err, said.Bytes())
			}
			l.row("import --ocr never "+filepath.Base(path), "%s, peak RSS %s", seconds(time.Since(began)), megabytes(peak))
			return peak
		case <-time.After(5 * time.Millisecond):
			peak = max(peak, memoryOf(cmd.Process.Pid).peak)
		}
	}
}

// uploadLong uploads a file and waits until it is read, or recognised for two
// minutes.
func (l *bigLibrary) uploadLong(path string) {
	l.b.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		l.b.Fatal(err)
	}
	watch := watchMemory(l.wire.server.pid)
	began := time.Now()
	doc, err := l.wire.upload(l.admin, paper{name: filepath.Base(path), content: content}).document()
	if err != nil {
		l.b.Fatal(err)
	}
	for deadline := began.Add(2 * time.Minute); time.Now().Before(deadline) && doc.Reading.Status != storage.ReadingReady; time.Sleep(100 * time.Millisecond) {
		if err := l.wire.get(l.admin, documentURL(doc.ID), &doc); err != nil {
			l.b.Fatal(err)
		}
		if doc.Reading.Status == storage.ReadingFailed {
			l.b.Fatal(doc.Reading.Reason)
		}
	}
	if doc.Reading.Status == storage.ReadingReady && doc.Reading.Pages != longPages {
		l.b.Fatalf("%s has %d pages", path, doc.Reading.Pages)
	}
	l.row("Upload of "+sizeAndName(l.b, path), "%s after %s, %s", doc.Reading.Status, seconds(time.Since(began)), watch.end())
	l.hold("Upload of "+filepath.Base(path), memoryOf(l.wire.server.pid).peak-watch.before.rss)
}
