package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
)

const expanded = 256 << 20 // what the bombs really expand to

// makeBombs writes two DOCX files of some 300 kB whose text expands to 256 MiB:
// bomb-declared says it is 2 GiB, bomb-hidden says it is 4 kB.
func makeBombs(folder string) error {
	var packed bytes.Buffer
	sum := crc32.NewIEEE()
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		return err
	}
	out := io.MultiWriter(w, sum)
	head := xmlHead + `<w:document ` + wordNS + `><w:body><w:p><w:r><w:t xml:space="preserve">`
	tail := `</w:t></w:r></w:p></w:body></w:document>`
	spaces := strings.Repeat(" ", 1<<20)
	_, err = io.WriteString(out, head)
	for range expanded >> 20 {
		_, e := io.WriteString(out, spaces)
		err = errors.Join(err, e)
	}
	_, e := io.WriteString(out, tail)
	if err = errors.Join(err, e, w.Close()); err != nil {
		return err
	}
	for name, claim := range map[string]uint64{"bomb-declared.docx": 2 << 30, "bomb-hidden.docx": 4 << 10} {
		data, err := bomb(packed.Bytes(), sum.Sum32(), claim)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// bomb is a DOCX whose document part is packed and claims to expand to claim bytes.
func bomb(packed []byte, sum uint32, claim uint64) ([]byte, error) {
	var data bytes.Buffer
	w := zip.NewWriter(&data)
	for _, part := range docxParts {
		if part.name != "[Content_Types].xml" && part.name != "_rels/.rels" {
			continue
		}
		f, err := w.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(f, xmlHead+part.text); err != nil {
			return nil, err
		}
	}
	f, err := w.CreateRaw(&zip.FileHeader{Name: "word/document.xml", Method: zip.Deflate, CRC32: sum,
		CompressedSize64: uint64(len(packed)), UncompressedSize64: claim})
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(packed); err != nil {
		return nil, err
	}
	err = w.Close() // writes the directory
	return data.Bytes(), err
}
