package extract

import (
	"bytes"
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"vankien/storage"
)

const engineText = "text"

// readPlain reads UTF-8 and, by their byte order mark, both UTF-16. A form
// feed ends a page.
func readPlain(ctx context.Context, f File) ([]storage.Page, error) {
	raw, err := readText(f)
	if err != nil {
		return nil, err
	}
	text, err := decodePlain(raw)
	if err != nil {
		return nil, err
	}
	return pagesOf(ctx, engineText, text)
}

// readText returns the whole file: text has no structure to stream by.
func readText(f File) ([]byte, error) {
	if f.Size > maxText {
		return nil, errTextTooLarge
	}
	raw := make([]byte, f.Size)
	if err := readFullAt(f, raw, 0); err != nil {
		return nil, err
	}
	return raw, nil
}

func decodePlain(raw []byte) (string, error) {
	if bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) {
		decoder := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		text, err := io.ReadAll(transform.NewReader(bytes.NewReader(raw), decoder))
		if err != nil {
			return "", refuse(storage.ErrInvalid, "Tệp văn bản UTF-16 bị hỏng; hãy lưu lại dưới dạng UTF-8.", err)
		}
		return string(text), nil
	}
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
		return "", refuse(storage.ErrUnsupported, "Tệp văn bản không dùng bảng mã Unicode (UTF-8, UTF-16); hãy lưu lại dưới dạng UTF-8.", nil)
	}
	return string(raw), nil
}

// pagesOf makes pages of a text whose page breaks are form feeds. A break at
// the very end begins no page.
func pagesOf(ctx context.Context, engine, text string) ([]storage.Page, error) {
	parts := strings.Split(text, "\f")
	for len(parts) > 1 && strings.TrimSpace(parts[len(parts)-1]) == "" {
		parts = parts[:len(parts)-1]
	}
	if len(parts) > maxPages {
		return nil, errTextTooLarge
	}
	pages := make([]storage.Page, 0, len(parts))
	for i, part := range parts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(part) > maxPageText {
			return nil, errTextTooLarge
		}
		pages = append(pages, newPage(i+1, engine, part))
	}
	return pages, nil
}
