package extract

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/gabriel-vasile/mimetype"

	"vankien/storage"
)

// The media types that have an engine.
const (
	mediaPDF  = "application/pdf"
	mediaDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	mediaHTML = "text/html"
	mediaText = "text/plain"
)

// sniffWindow is how much of a file's head is looked at.
const sniffWindow = 8 << 10

// formatNames are the formats that people do upload, as they call them.
var formatNames = map[string]string{
	"application/msword":            "DOC (Word 97–2003)",
	"application/vnd.ms-excel":      "XLS (Excel)",
	"application/vnd.ms-powerpoint": "PPT (PowerPoint)",
	"application/x-ole-storage":     "Office 97–2003",
	"application/vnd.ms-outlook":    "MSG (thư Outlook)",
	"application/rtf":               "RTF",
	"text/rtf":                      "RTF",
	"application/zip":               "ZIP (tệp nén)",
	"application/x-rar-compressed":  "RAR (tệp nén)",
	"application/x-7z-compressed":   "7Z (tệp nén)",
	"application/gzip":              "GZ (tệp nén)",
	"application/x-tar":             "TAR (tệp nén)",
	"application/epub+zip":          "EPUB (sách điện tử)",
	"application/postscript":        "PostScript",
	"text/xml":                      "XML",
	"message/rfc822":                "MHT/EML (trang web hoặc thư lưu thành tệp)",
	"image/vnd.djvu":                "DjVu",
	"image/tiff":                    "ảnh TIFF",
	"image/jpeg":                    "ảnh JPEG",
	"image/png":                     "ảnh PNG",
	"image/heic":                    "ảnh HEIC",
	mediaXLSX:                       "XLSX (Excel)",
	mediaPPTX:                       "PPTX (PowerPoint)",
	mediaODF + "text":               "ODT (LibreOffice Writer)",
	mediaODF + "spreadsheet":        "ODS (LibreOffice Calc)",
	mediaODF + "presentation":       "ODP (LibreOffice Impress)",
}

const (
	mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	mediaPPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	mediaODF  = "application/vnd.oasis.opendocument."
	mediaDOC  = "application/msword"
)

// detect names the media type of f by its content. The error is an *Error
// where no engine reads it.
func detect(f File) (string, error) {
	head := make([]byte, min(sniffWindow, f.Size))
	if err := readFullAt(f, head, 0); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			return "", refuse(storage.ErrInvalid, "Tệp chưa tải lên đủ; hãy tải lại.", err)
		}
		return "", err
	}
	switch {
	case bytes.Contains(head[:min(len(head), headerWindow)], pdfHeader):
		return mediaPDF, nil
	case bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return detectZip(f)
	case bytes.HasPrefix(head, oleMagic):
		return detectOLE(f, head)
	}
	found := mimetype.Detect(head)
	media, _, _ := strings.Cut(found.String(), ";")
	switch {
	case looksLikeHTML(head):
		return mediaHTML, nil
	case strings.HasPrefix(string(head), `{\rtf`):
		return "text/rtf", unsupported("text/rtf")
	case bytes.IndexByte(head, 0) < 0 && strings.Trim(string(head), " \t\r\n\f") == "":
		return mediaText, nil
	case found.Is("text/xml") || found.Is("image/svg+xml") || found.Is("message/rfc822"):
		return media, unsupported(media)
	}
	// A resolution that begins like a script or a table is still a text.
	for m := found; m != nil; m = m.Parent() {
		if m.Is(mediaText) {
			return mediaText, nil
		}
	}
	return media, unsupported(media)
}

// looksLikeHTML tells a page that begins with any HTML tag, a doctype or, as
// XHTML, with an XML declaration, also in UTF-16.
func looksLikeHTML(head []byte) bool {
	text := string(head)
	for _, mark := range []string{"\xff\xfe", "\xfe\xff", "\xef\xbb\xbf"} { // byte order marks
		text = strings.TrimPrefix(text, mark)
	}
	text = strings.TrimLeft(strings.ToLower(strings.ReplaceAll(text, "\x00", "")), " \t\r\n\f")
	for strings.HasPrefix(text, "<!--") || strings.HasPrefix(text, "<?xml") {
		_, rest, ok := strings.Cut(text, ">")
		if !ok {
			return false
		}
		text = strings.TrimLeft(rest, " \t\r\n\f")
	}
	if strings.HasPrefix(text, "<!doctype html") {
		return true
	}
	for _, tag := range []string{"html", "head", "body", "meta", "title", "style", "script", "div", "table", "p", "h1", "h2", "h3", "br", "font", "span", "center", "b", "ul", "ol"} {
		if rest, ok := strings.CutPrefix(text, "<"+tag); ok && rest != "" && strings.ContainsRune(" \t\r\n\f>/", rune(rest[0])) {
			return true
		}
	}
	return false
}

func unsupported(media string) error {
	reason := "Không nhận ra định dạng của tệp; thư viện đọc được PDF, DOCX, HTML và văn bản thuần."
	name := formatNames[media]
	if name == "" && strings.HasPrefix(media, "image/") {
		name = "ảnh"
	}
	if name != "" {
		reason = "Chưa đọc được định dạng " + name + "; hãy tải lên PDF, DOCX, HTML hoặc văn bản thuần."
	}
	return refuse(storage.ErrUnsupported, reason, nil)
}

// detectZip tells what an archive is by what is in it: the parts of an office
// file may stand in any order, far behind the head.
func detectZip(f File) (string, error) {
	archive, err := zip.NewReader(f, f.Size)
	if err != nil {
		return "application/zip", refuse(storage.ErrInvalid, "Tệp (dạng nén, như DOCX) bị hỏng hoặc chưa tải lên đủ; hãy tải lại.", err)
	}
	media := "application/zip"
	for i, entry := range archive.File {
		if i > maxEntries {
			break
		}
		switch name := strings.ReplaceAll(entry.Name, `\`, "/"); {
		case strings.HasPrefix(name, "word/"):
			return mediaDOCX, nil
		case strings.HasPrefix(name, "xl/"):
			media = mediaXLSX
		case strings.HasPrefix(name, "ppt/"):
			media = mediaPPTX
		case name == "mimetype":
			media = declaredMedia(entry)
		}
	}
	return media, unsupported(media)
}

// declaredMedia reads the "mimetype" entry of OpenDocument and EPUB.
func declaredMedia(entry *zip.File) string {
	r, err := entry.Open()
	if err != nil {
		return "application/zip"
	}
	defer r.Close()
	declared, err := io.ReadAll(io.LimitReader(r, 128))
	if err != nil || !strings.HasPrefix(string(declared), "application/") {
		return "application/zip"
	}
	return strings.TrimSpace(string(declared))
}

var oleMagic = []byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}

// detectOLE tells the old office formats apart by the names in the first
// sector of the directory (MS-CFB 2.2, 2.6). An encrypted DOCX is one, too.
func detectOLE(f File, head []byte) (string, error) {
	directory := make([]byte, 4096)
	if len(head) >= 52 {
		shift := min(binary.LittleEndian.Uint16(head[30:]), 12)
		sector := int64(binary.LittleEndian.Uint32(head[48:]))
		if n, err := f.ReadAt(directory, (sector+1)<<shift); err != nil && err != io.EOF {
			return "application/x-ole-storage", err
		} else {
			directory = directory[:n]
		}
	}
	for _, stream := range []struct{ name, media string }{
		{"EncryptedPackage", mediaDOCX}, {"WordDocument", mediaDOC}, {"Workbook", "application/vnd.ms-excel"}, {"Book", "application/vnd.ms-excel"},
		{"PowerPoint Document", "application/vnd.ms-powerpoint"}, {"__properties_version1.0", "application/vnd.ms-outlook"},
	} {
		if !bytes.Contains(directory, utf16Bytes(stream.name)) {
			continue
		}
		if stream.name == "EncryptedPackage" {
			return stream.media, refuse(storage.ErrEncrypted, "Tệp Office được đặt mật khẩu; hãy bỏ mật khẩu rồi tải lại.", nil)
		}
		return stream.media, unsupported(stream.media)
	}
	return "application/x-ole-storage", unsupported("application/x-ole-storage")
}

func utf16Bytes(s string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}
