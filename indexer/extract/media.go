package extract

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/gabriel-vasile/mimetype"

	"vankien/indexer/extract/word"
	"vankien/storage"
)

// The media types that have an engine.
const (
	mediaPDF  = "application/pdf"
	mediaDOC  = "application/msword"
	mediaRTF  = "text/rtf"
	mediaODT  = mediaODF + "text"
	mediaDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	mediaHTML = "text/html"
	mediaText = "text/plain"
)

// sniffWindow is how much of a file's head is looked at.
const sniffWindow = 8 << 10

// formatNames are the formats that people do upload, as they call them.
var formatNames = map[string]string{
	mediaXLS:                        "XLS (Excel)",
	"application/vnd.ms-powerpoint": "PPT (PowerPoint)",
	mediaOLE:                        "Office 97–2003",
	"application/vnd.ms-outlook":    "MSG (thư Outlook)",
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
	mediaODF + "spreadsheet":        "ODS (LibreOffice Calc)",
	mediaODF + "presentation":       "ODP (LibreOffice Impress)",
}

const (
	mediaXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	mediaPPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	mediaODF  = "application/vnd.oasis.opendocument."
	mediaXLS  = "application/vnd.ms-excel"
	mediaOLE  = "application/x-ole-storage"
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
	case looksLikeRTF(head):
		return mediaRTF, nil
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
	if _, ok := unmarkedUTF16(head[:len(head)&^1]); ok {
		return mediaText, nil
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

// looksLikeRTF tells an RTF file, which some programs begin with a byte order
// mark or blanks.
func looksLikeRTF(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xEF\xBB\xBF")), " \t\r\n")
	return bytes.HasPrefix(head, []byte(`{\rtf`))
}

func unsupported(media string) error {
	reason := "Không nhận ra định dạng của tệp; thư viện đọc được PDF, DOCX, DOC, ODT, RTF, HTML và văn bản thuần."
	name := formatNames[media]
	if name == "" && strings.HasPrefix(media, "image/") {
		name = "ảnh"
	}
	if name != "" {
		reason = "Chưa đọc được định dạng " + name + "; hãy tải lên PDF, DOCX, DOC, ODT, RTF, HTML hoặc văn bản thuần."
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
	if strings.HasPrefix(media, mediaODT) && media != mediaODT+"-web" { // a template or a master document is read as one
		return mediaODT, nil
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

// oleStreams are the streams that tell the formats in compound files apart.
var oleStreams = []struct{ name, media string }{
	{"EncryptedPackage", mediaDOCX}, {"WordDocument", mediaDOC}, {"Workbook", mediaXLS}, {"Book", mediaXLS},
	{"PowerPoint Document", "application/vnd.ms-powerpoint"}, {"__properties_version1.0", "application/vnd.ms-outlook"},
}

// detectOLE tells the old office formats apart by what stands in the outermost
// storage (MS-CFB 2.6). An encrypted DOCX is one, too.
func detectOLE(f File, head []byte) (string, error) {
	has, damage, err := oleNames(f, head)
	if err != nil {
		return mediaOLE, err
	}
	for _, stream := range oleStreams {
		switch {
		case !has(stream.name):
			continue
		case stream.name == "EncryptedPackage":
			return stream.media, refuse(storage.ErrEncrypted, "Tệp Office được đặt mật khẩu; hãy bỏ mật khẩu rồi tải lại.", nil)
		case engines[stream.media] == nil:
			return stream.media, unsupported(stream.media)
		}
		return stream.media, nil
	}
	if damage != nil {
		return mediaOLE, refuse(storage.ErrInvalid, reasonDamagedOLE, damage)
	}
	return mediaOLE, unsupported(mediaOLE)
}

// oleNames tells which streams there are. Of a damaged file, which damage tells,
// the names at the beginning of its directory are looked at: what it was is
// worth saying.
func oleNames(f File, head []byte) (has func(name string) bool, damage, err error) {
	names, err := word.Streams(context.Background(), f, f.Size)
	if err == nil {
		return func(name string) bool { return slices.Contains(names, name) }, nil, nil
	}
	if !errors.Is(err, word.ErrDamaged) {
		return nil, nil, err
	}
	damage = err
	directory := make([]byte, 4096)
	if len(head) >= 52 {
		shift := min(binary.LittleEndian.Uint16(head[30:]), 12)
		sector := int64(binary.LittleEndian.Uint32(head[48:]))
		n, err := f.ReadAt(directory, (sector+1)<<shift)
		if err != nil && err != io.EOF {
			return nil, nil, err
		}
		directory = directory[:n]
	}
	return func(name string) bool { return bytes.Contains(directory, utf16Bytes(name)) }, damage, nil
}

func utf16Bytes(s string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		out = binary.LittleEndian.AppendUint16(out, unit)
	}
	return out
}
