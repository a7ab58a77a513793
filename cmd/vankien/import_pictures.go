package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"vankien/indexer"
	"vankien/storage"
)

// picture is a file whose pages OCR is still to read.
type picture struct {
	place int
	path  string
	id    storage.ID
}

// recognize waits for the OCR of what was taken in, behind everything else.
func (r *importRun) recognize() error {
	slices.SortFunc(r.pictures, func(a, b picture) int { return cmp.Compare(a.place, b.place) })
	for _, p := range r.pictures {
		if err := r.cmd.Context().Err(); err != nil {
			return err
		}
		finishing, done := withGrace(r.cmd.Context())
		became, err := r.taker.recognize(finishing, p.id, r.publish, func(far string) {
			r.bar.describe("Nhận dạng chữ " + printableName(filepath.Base(p.path)) + far)
		})
		if done(); err != nil {
			return fmt.Errorf("%s: %w", printableName(p.path), err)
		}
		r.count(became)
		if err := r.printLine(reasonLine(p.path, became.reason)); err != nil {
			return err
		}
	}
	return nil
}

func (o *opened) recognize(ctx context.Context, id storage.ID, publish bool, progress func(string)) (taken, error) {
	return became(o.writer.Recognize(ctx, id, indexer.Upload{By: indexer.Importer, Publish: publish}, func(done, pages int) {
		progress(fmt.Sprintf(", trang %d trên %d", min(done+1, pages), pages))
	}))
}
