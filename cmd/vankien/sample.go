package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"vankien/indexer"
	"vankien/storage"
	"vankien/testdata"
)

// importSamples takes the documents of testdata in and publishes them.
func importSamples(ctx context.Context, writer *indexer.Writer) error {
	files := testdata.Documents()
	names, err := fs.Glob(files, "*")
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := importSample(ctx, writer, files, name); err != nil {
			return fmt.Errorf("văn bản mẫu %s: %w", name, err)
		}
	}
	return writer.Flush(ctx)
}

func importSample(ctx context.Context, writer *indexer.Writer, files fs.FS, name string) error {
	content, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	_, _, err = writer.Import(ctx, indexer.Upload{
		Name: name, Size: int64(len(content)), Content: bytes.NewReader(content), By: indexer.Importer, Publish: true,
	})
	if errors.Is(err, storage.ErrConflict) { // somebody has deleted it
		return nil
	}
	return err
}
