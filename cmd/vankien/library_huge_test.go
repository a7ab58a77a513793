package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"strings"
	"time"

	"vankien/storage"
)

// hugeFile writes a file of about hugeSize bytes, most of them a picture.
type hugeFile struct {
	name  string
	write func(w io.Writer) error
}

const hugeSize = 500_000_000

// noise is what no compression makes smaller, as a photograph.
func noise() io.Reader { return io.LimitReader(rand.NewChaCha8([32]byte{1}), hugeSize) }

var hugeDOCX = hugeFile{"văn bản có ảnh lớn.docx", func(w io.Writer) error {
	archive := zip.NewWriter(w)
	lines := issue(rand.New(rand.NewPCG(1, 1)), "bkhtmvcgnlpb", 4000)
	for _, part := range append(docxParts[:len(docxParts):len(docxParts)], struct{ name, text string }{"word/document.xml", docxBody(lines)}) {
		file, err := archive.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(file, part.text); err != nil {
			return err
		}
	}
	picture, err := archive.CreateHeader(&zip.FileHeader{Name: "word/media/image1.png", Method: zip.Store})
	if err != nil {
		return err
	}
	if _, err := io.Copy(picture, noise()); err != nil {
		return err
	}
	return archive.Close()
}}

var hugePDF = hugeFile{"văn bản có ảnh lớn.pdf", func(w io.Writer) error {
	out := &countingWriter{w: w}
	var offsets []int64
	object := func(format string, args ...any) {
		offsets = append(offsets, out.n)
		fmt.Fprintf(out, "%d 0 obj\n"+format+"\nendobj\n", append([]any{len(offsets)}, args...)...)
	}
	var text strings.Builder
	text.WriteString("q 500 0 0 400 50 50 cm /Im1 Do Q BT /F1 11 Tf 50 790 Td 13 TL\n")
	for range 20 {
		text.WriteString("(Nghi quyet ve cong tac xay dung Dang va he thong chinh tri trong toan tinh) Tj T*\n")
	}
	text.WriteString("ET")
	fmt.Fprint(out, "%PDF-1.7\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> /XObject << /Im1 6 0 R >> >> >>")
	object("<< /Length %d >>\nstream\n%s\nendstream", text.Len(), text.String())
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	offsets = append(offsets, out.n)
	fmt.Fprintf(out, "6 0 obj\n<< /Type /XObject /Subtype /Image /Width 20000 /Height 25000 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length %d >>\nstream\n", hugeSize)
	if _, err := io.Copy(out, noise()); err != nil {
		return err
	}
	fmt.Fprint(out, "\nendstream\nendobj\n")
	start := out.n
	fmt.Fprintf(out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, offset := range offsets {
		fmt.Fprintf(out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return out.err
}}

// countingWriter knows where it stands, and keeps the first error.
type countingWriter struct {
	w   io.Writer
	n   int64
	err error
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	if c.err == nil {
		c.err = err
	}
	return n, err
}

// uploadHuge uploads a file as it is made, waits until it is read, and gets it
// back whole.
func (l *bigLibrary) uploadHuge(huge hugeFile) {
	kind := huge.name[strings.LastIndexByte(huge.name, '.')+1:]
	watch := watchMemory(l.wire.server.pid)
	began := time.Now()
	doc, sum := l.sendHuge(huge)
	accepted := time.Since(began)
	l.row(fmt.Sprintf("Upload of a %s of %s", kind, megabytes(doc.Original.Size)), "accepted after %s, %s", seconds(accepted), watch.end())
	watch = watchMemory(l.wire.server.pid)
	began = time.Now()
	for doc.Reading.Status == storage.ReadingQueued || doc.Reading.Status == storage.ReadingNow {
		time.Sleep(50 * time.Millisecond)
		if err := l.wire.get(l.admin, documentURL(doc.ID), &doc); err != nil {
			l.b.Fatal(err)
		}
	}
	l.row("Reading it", "%s after %s, %s", doc.Reading.Status, seconds(time.Since(began)), watch.end())
	watch = watchMemory(l.wire.server.pid)
	began = time.Now()
	if got := l.hashOf(doc.ID); got != sum {
		l.b.Fatalf("%s comes back with the hash %s, not %s", huge.name, got, sum)
	}
	l.row("Download of it", "%s, %s", seconds(time.Since(began)), watch.end())
}

func (l *bigLibrary) sendHuge(huge hugeFile) (doc storage.Document, sum string) {
	body, pipe := io.Pipe()
	form := multipart.NewWriter(pipe)
	hash := sha256.New()
	go func() {
		part, err := form.CreateFormFile("file", huge.name)
		if err == nil {
			err = huge.write(io.MultiWriter(part, hash))
		}
		if err == nil {
			err = form.WriteField("confirmed", "true")
		}
		if err == nil {
			err = form.Close()
		}
		pipe.CloseWithError(err)
	}()
	response := l.patiently(http.MethodPost, "/api/v1/documents", form.FormDataContentType(), body)
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusAccepted {
		l.b.Fatalf("upload of %s: %v, %s %s", huge.name, err, response.Status, content)
	}
	if err := json.Unmarshal(content, &doc); err != nil {
		l.b.Fatal(err)
	}
	sum = hex.EncodeToString(hash.Sum(nil))
	if doc.Original.SHA256 != sum {
		l.b.Fatalf("%s has the hash %s, not %s", huge.name, doc.Original.SHA256, sum)
	}
	return doc, sum
}

func (l *bigLibrary) hashOf(id storage.ID) string {
	response := l.patiently(http.MethodGet, documentURL(id)+"/original", "", nil)
	defer response.Body.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, response.Body); err != nil {
		l.b.Fatal(err)
	}
	return hex.EncodeToString(hash.Sum(nil))
}

// patiently sends a request that takes its time.
func (l *bigLibrary) patiently(method, path, mediaType string, body io.Reader) *http.Response {
	request, err := http.NewRequestWithContext(l.b.Context(), method, l.wire.server.url+path, body)
	if err != nil {
		l.b.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+l.admin.token)
	if mediaType != "" {
		request.Header.Set("Content-Type", mediaType)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		l.b.Fatal(err)
	}
	return response
}
