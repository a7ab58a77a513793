package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"

	"vankien/storage"
)

// What is read whole of an object in order to examine it.
const (
	maxRecord = 16 << 20
	maxSmall  = 1 << 20
	maxText   = 1 << 30 // unpacked
)

// examine says in Vietnamese what is wrong with an object, "" where nothing is:
// an original has the hash that its key names, a record its checksum and its
// ID, a text unpacks, a token or an event is JSON. The error is that of the
// file.
func examine(e Entry, file *os.File) (reason string, err error) {
	folder, rest, _ := strings.Cut(e.Key, "/")
	switch folder + "/" {
	case storage.OriginalsPrefix:
		if storage.CheckSHA256(rest) == nil && e.SHA256 != rest {
			return "Tệp gốc trong kho không còn đúng mã băm của nó: đã hỏng hoặc bị sửa.", nil
		}
	case storage.DocumentsPrefix:
		return examineRecord(e, file)
	case storage.TextsPrefix:
		return examineText(file)
	case storage.TokensPrefix, storage.AuditPrefix:
		data, err := whole(e, file, maxSmall)
		if err == nil && !json.Valid(data) {
			reason = "Nội dung trong kho đã hỏng, không còn là JSON."
		}
		return reason, err
	}
	return "", nil
}

func examineRecord(e Entry, file *os.File) (string, error) {
	data, err := whole(e, file, maxRecord)
	if err != nil {
		return "", err
	}
	switch rec, err := storage.ReadRecord(data); {
	case err != nil:
		return "Hồ sơ trong kho đã hỏng hoặc bị sửa ngoài hệ thống.", nil
	case documentOf(e.Key) != "" && rec.ID != documentOf(e.Key):
		return fmt.Sprintf("Hồ sơ trong kho mang mã của văn bản khác (%.40q).", rec.ID), nil
	}
	return "", nil
}

// examineText unpacks a text; zstd checks what it packed.
func examineText(file *os.File) (string, error) {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return "", err
	}
	from := &source{from: file}
	unpacked, err := zstd.NewReader(from, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(128<<20))
	if err == nil {
		defer unpacked.Close()
		_, err = io.Copy(io.Discard, io.LimitReader(unpacked, maxText))
	}
	if from.err != nil {
		return "", from.err
	}
	if err != nil {
		return "Phần chữ đã đọc trong kho bị hỏng, không giải nén được.", nil
	}
	return "", nil
}

// whole reads the file, nothing of one that is larger than limit.
func whole(e Entry, file *os.File, limit int64) ([]byte, error) {
	if e.Size > limit {
		return nil, nil
	}
	data := make([]byte, e.Size)
	if _, err := file.ReadAt(data, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return data, nil
}
