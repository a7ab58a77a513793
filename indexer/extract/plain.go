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

// readPlain reads Unicode and the encodings of Vietnamese from before it. A
// form feed ends a page.
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

// decodePlain reads the bytes of a text file: Unicode by its byte order mark or
// by being well-formed, else Vietnamese in eight bits.
func decodePlain(raw []byte) (string, error) {
	if bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) {
		return decodeUTF16(raw, unicode.LittleEndian)
	}
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	if bytes.IndexByte(raw, 0) >= 0 {
		if text, ok := unmarkedUTF16(raw); ok {
			return text, nil
		}
	} else if utf8.Valid(raw) {
		return string(raw), nil
	} else if text, ok := decodeCodePage(raw); ok {
		return text, nil
	}
	return "", refuse(storage.ErrUnsupported, "Tệp văn bản không dùng bảng mã Unicode (UTF-8, UTF-16) hay một bảng mã tiếng Việt nhận ra được; hãy lưu lại dưới dạng UTF-8.", nil)
}

// unmarkedUTF16 reads UTF-16 without a byte order mark; ok is false where it is
// not clear that it is.
func unmarkedUTF16(raw []byte) (text string, ok bool) {
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		if text, err := decodeUTF16(raw, order); err == nil && isUnicodeText(text) {
			return text, true
		}
	}
	return "", false
}

// decodeUTF16 obeys a byte order mark; order is for where there is none.
func decodeUTF16(raw []byte, order unicode.Endianness) (string, error) {
	decoder := unicode.UTF16(order, unicode.UseBOM).NewDecoder()
	text, err := io.ReadAll(transform.NewReader(bytes.NewReader(raw), decoder))
	if err != nil {
		return "", refuse(storage.ErrInvalid, "Tệp văn bản UTF-16 bị hỏng; hãy lưu lại dưới dạng UTF-8.", err)
	}
	return string(text), nil
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
