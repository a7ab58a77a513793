package extract

import (
	"context"
	"errors"
	"io"

	"vankien/indexer/extract/rtf"
	"vankien/storage"
)

const engineRTF = "rtf"

// readRTF reads Rich Text Format. Its pages end only where the author broke
// them. Of a file that is cut off it reads what there is and says so.
func readRTF(ctx context.Context, f File) ([]storage.Page, error) {
	text, err := rtf.Read(ctx, io.NewSectionReader(f, 0, f.Size))
	switch {
	case err == nil:
		return pagesOf(ctx, engineRTF, documentOf(text.Header, text.Body, text.Footer))
	case errors.Is(err, rtf.ErrCutOff):
		pages, err := pagesOf(ctx, engineRTF, documentOf(text.Header, text.Body, text.Footer))
		if err != nil {
			return nil, err
		}
		last := &pages[len(pages)-1]
		last.Warnings = append(last.Warnings, warnDamagedPage)
		return pages, nil
	case errors.Is(err, rtf.ErrTooLarge):
		err = errTextTooLarge
	}
	return nil, refuseUnlessDone(ctx, storage.ErrInvalid, reasonDamagedRTF, err)
}
