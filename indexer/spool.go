package indexer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"vankien/indexer/extract"
	"vankien/storage"
)

// readOriginal reads an original from the store, but for what it leaves to OCR:
// pages, and then the head as well. heads are the first pages as the guard has
// seen them, nil where it has not.
func (w *Writer) readOriginal(ctx context.Context, ocr recognition, original storage.Original, heads []storage.Page) (text storage.Text, err error) {
	err = w.withOriginal(ctx, original, func(file extract.File) error {
		text, err = w.readFile(ctx, ocr, file, heads)
		return err
	})
	return text, err
}

func (w *Writer) readFile(ctx context.Context, ocr recognition, file extract.File, heads []storage.Page) (storage.Text, error) {
	text, err := w.read(ctx, file)
	switch {
	case err != nil:
		return text, err
	case heads != nil:
		return sameHeads(text, heads), nil
	case ocr.wants(text):
		return unseenYet(text), nil
	}
	return w.withHead(ctx, ocr, file, text)
}

// withOriginal hands a spooled original to use.
func (w *Writer) withOriginal(ctx context.Context, original storage.Original, use func(extract.File) error) error {
	spool, err := w.spool(ctx, original)
	if err != nil {
		return err
	}
	defer func() {
		if err := spool.Close(); err != nil {
			w.logger.Warn("closing a spooled original", "error", err)
		}
	}()
	return use(extract.File{Name: original.Name, Size: original.Size, ReaderAt: spool})
}

// spool copies an original into an unlinked temporary file: readers need random
// access. Bytes that are not the original's any more are storage.ErrDamaged.
func (w *Writer) spool(ctx context.Context, original storage.Original) (*os.File, error) {
	stored, err := w.library.OpenOriginal(ctx, original.SHA256)
	if err != nil {
		return nil, err
	}
	defer stored.Close()
	file, err := os.CreateTemp("", "vankien-original-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file.Name()); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	hash := sha256.New()
	if _, err := io.Copy(io.MultiWriter(file, hash), stored); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	if got := hex.EncodeToString(hash.Sum(nil)); got != original.SHA256 {
		return nil, errors.Join(fmt.Errorf("original %s has the hash %s: %w", original.SHA256, got, storage.ErrDamaged), file.Close())
	}
	return file, nil
}
