package extract

import "bytes"

// harmlessSize bounds what Harmless looks at.
const harmlessSize = 1 << 20

// Harmless tells whether a file is a short plain text. There is nothing in it
// that could harm whoever reads it, and starting a process for it would cost a
// hundred times the reading. Nothing but the file's head is looked at: what is
// packed is not for this process to open.
func Harmless(f File) bool {
	if f.Size > harmlessSize {
		return false
	}
	head := make([]byte, min(sniffWindow, f.Size))
	if err := readFullAt(f, head, 0); err != nil || packed(head) {
		return false
	}
	media, err := detect(f)
	return err == nil && media == mediaText
}

// packed tells a file whose format only its inner parts tell, or that is a PDF.
func packed(head []byte) bool {
	return bytes.HasPrefix(head, []byte("PK")) || bytes.HasPrefix(head, oleMagic) || bytes.Contains(head[:min(len(head), headerWindow)], pdfHeader)
}
