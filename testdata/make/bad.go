package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
)

// makeBad writes the hostile files: what people upload by mistake and what
// people upload on purpose.
func makeBad(folder string) error {
	pdf, err := os.ReadFile(filepath.Join(root, "documents", "ket-luan-31-kl-tu-2026.pdf"))
	if err != nil {
		return err
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 64, 64))); err != nil {
		return err
	}
	files := map[string][]byte{
		"empty.pdf":       nil,
		"truncated.pdf":   pdf[:len(pdf)*3/5],
		"picture.pdf":     picture.Bytes(),
		"archive.pdf":     archive("ghi-chu.txt", "Tệp nén được đặt tên là PDF."),
		"really-pdf.docx": pdf,
		"huge-stream.pdf": hugeStream(),
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			return err
		}
	}
	return errors.Join(
		makeBombs(folder),
		makeSecrets(folder),
		encrypt(filepath.Join(folder, "encrypted.pdf")),
	)
}

func archive(name, text string) []byte {
	var data bytes.Buffer
	w := zip.NewWriter(&data)
	f, err := w.Create(name)
	if err == nil {
		_, err = f.Write([]byte(text))
	}
	if err = errors.Join(err, w.Close()); err != nil {
		panic(err) // a buffer does not fail
	}
	return data.Bytes()
}

// hugeStream is a PDF of one page whose content stream claims to be 2 GiB
// long; a reader that allocates what it is told dies of it.
func hugeStream() []byte {
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		"<< /Length 2147483648 >>\nstream\nBT /F1 14 Tf 72 760 Td (Ket luan so 31-KL/TU) Tj ET\nendstream",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var offsets []int
	for i, object := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// encrypt locks a document with the user password "matkhau". AES needs random
// numbers, so a file that exists is kept.
func encrypt(out string) error {
	if _, err := os.Stat(out); err == nil {
		return nil
	}
	in := filepath.Join(root, "documents", "ket-luan-31-kl-tu-2026.pdf")
	if text, err := exec.Command("qpdf", "--encrypt", "matkhau", "chusohuu", "256", "--", in, out).CombinedOutput(); err != nil {
		return fmt.Errorf("qpdf: %w: %s", err, text)
	}
	return nil
}
