package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"vankien/indexer"
	"vankien/indexer/bleveindex"
	"vankien/storage"
)

// openIndex opens the index that the flags name.
func openIndex(cmd *cobra.Command, logger *slog.Logger) (*bleveindex.Index, error) {
	location, err := locate(cmd, "index", "bleve")
	if err != nil {
		return nil, err
	}
	return bleveindex.Open(location, logger)
}

// locate reads the flag --store or --index: SCHEME:FOLDER, by default a folder
// of the flag's name in the data directory.
func locate(cmd *cobra.Command, flag, scheme string) (string, error) {
	value, err := cmd.Flags().GetString(flag)
	if err != nil {
		return "", err
	}
	if value == "" {
		data, err := cmd.Flags().GetString("data")
		return filepath.Join(data, flag), err
	}
	folder, known := strings.CutPrefix(value, scheme+":")
	if !known || folder == "" {
		also := ""
		if flag == "store" {
			also = " hoặc " + bucketScheme + "BUCKET"
		}
		return "", usageError{fmt.Errorf("--%s %q: chỉ nhận dạng %s:THƯ_MỤC%s", flag, value, scheme, also)}
	}
	return folder, nil
}

// opened is a library with its index and the write path between them.
type opened struct {
	library *storage.Library
	store   io.Closer
	index   *bleveindex.Index
	writer  *indexer.Writer
	logger  *slog.Logger
}

// openExisting is open for a command that has nothing to do in an empty
// library: a mistyped folder must not become one.
func openExisting(cmd *cobra.Command) (*opened, error) {
	if _, err := locate(cmd, "index", "bleve"); err != nil {
		return nil, err
	}
	if err := storeExists(cmd); err != nil {
		return nil, err
	}
	return open(cmd)
}

// open opens all of it for a command that runs alone, not beside a server.
func open(cmd *cobra.Command) (*opened, error) {
	logger := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	return openWith(cmd, newReaders(logger), logger, false)
}

// openToImport is open for a command that takes files in, and recognises pictures.
func openToImport(cmd *cobra.Command) (*opened, error) {
	logger := slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	return openReading(cmd, logger, false)
}

// openReading opens all of it for a command that reads originals, by OCR too
// where that is wanted and there.
func openReading(cmd *cobra.Command, logger *slog.Logger, background bool) (*opened, error) {
	mode, err := ocrMode(cmd)
	if err != nil {
		return nil, err
	}
	readers := newReaders(logger)
	if err := readers.findOCR(cmd, logger, mode); err != nil {
		return nil, err
	}
	switch {
	case readers.ocr != nil:
		logger.Info("pictures of pages are recognised", "by", readers.ocr.Name())
	case readers.without != nil:
		logger.Info("scans wait for OCR", "reason", readers.without)
	}
	return openWith(cmd, readers, logger, background)
}

// openWith opens all of it; with background something will call Run.
func openWith(cmd *cobra.Command, readers *readers, logger *slog.Logger, background bool) (*opened, error) {
	if _, err := locate(cmd, "index", "bleve"); err != nil { // before the store is made
		return nil, err
	}
	if err := useBodies(cmd); err != nil {
		return nil, err
	}
	library, store, err := openLibrary(cmd)
	if err != nil {
		return nil, err
	}
	index, err := openIndex(cmd, logger)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	if err := clearBeacon(cmd); err != nil {
		return nil, errors.Join(err, index.Close(), store.Close())
	}
	config := readers.writes(indexer.WriterConfig{Library: library, Index: index, Logger: logger, Background: background})
	return &opened{library, store, index, indexer.NewWriter(config), logger}, nil
}

// writes is what a Writer is made of that reads by r.
func (r *readers) writes(config indexer.WriterConfig) indexer.WriterConfig {
	config.Read, config.Head = r.read, r.readHead
	if r.ocr != nil {
		config.Recognize, config.RecognizeHead, config.OCRVersion = r.ocr.Complete, r.ocr.Head, ocrVersion
		config.OCRCheck = r.ocr.Check
	}
	return config
}

// close closes all of it; err is what the command failed with so far, and is
// returned as it is where nothing more fails.
func (o *opened) close(err error) error {
	if closing := errors.Join(o.index.Close(), o.store.Close()); closing != nil {
		return errors.Join(err, closing)
	}
	return err
}
