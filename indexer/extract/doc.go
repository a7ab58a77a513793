package extract

import (
	"context"
	"errors"

	"vankien/indexer/extract/word"
	"vankien/storage"
)

const engineWord = "word"

// readDOC reads a document of Word 97–2003. Word does not keep where its pages
// end, so that they end only where the author broke them.
func readDOC(ctx context.Context, f File) ([]storage.Page, error) {
	text, err := word.Read(ctx, f, f.Size)
	switch {
	case err == nil:
		return pagesOf(ctx, engineWord, documentOf(text.Header, text.Body, text.Footer))
	case errors.Is(err, word.ErrEncrypted):
		err = refuse(storage.ErrEncrypted, "Tệp DOC được đặt mật khẩu; hãy bỏ mật khẩu rồi tải lại.", err)
	case errors.Is(err, word.ErrOld):
		err = refuse(storage.ErrUnsupported, "Tệp DOC của Word 6, Word 95 hoặc cũ hơn, chưa đọc được; hãy mở bằng Word hoặc LibreOffice rồi lưu lại thành DOCX hoặc PDF.", err)
	case errors.Is(err, word.ErrTooLarge):
		err = errTextTooLarge
	}
	return nil, refuseUnlessDone(ctx, storage.ErrInvalid, reasonDamagedDOC, err)
}
