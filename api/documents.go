package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"vankien/api/auth"
	"vankien/indexer"
	"vankien/storage"
)

// visible is the document of the route's {id} where the reader may know of it;
// else storage.ErrNotFound, so that nobody can tell "hidden" from "absent".
func (s *server) visible(c *gin.Context) (storage.Document, error) {
	return s.lookUp(c.Request.Context(), storage.ID(c.Param("id")))
}

func (s *server) lookUp(ctx context.Context, id storage.ID) (storage.Document, error) {
	record, err := s.record(ctx, id)
	return record.Document, err
}

func (s *server) record(ctx context.Context, id storage.ID) (storage.Record, error) {
	record, err := s.cfg.Library.Document(ctx, id)
	if errors.Is(err, storage.ErrInvalid) { // an address that was never given to a document
		return storage.Record{}, fmt.Errorf("id %q: %w", clip(string(id)), storage.ErrNotFound)
	}
	if err != nil {
		return storage.Record{}, fmt.Errorf("document %s: %w", id, err)
	}
	if !auth.From(ctx).Sees(&record.Document) {
		return storage.Record{}, fmt.Errorf("document %s is not for this reader: %w", id, storage.ErrNotFound)
	}
	return record, nil
}

// known are the documents of ids that the reader may know of, as they stand
// today: a successor that is still a draft must not be given away by the
// document it replaces.
func (s *server) known(ctx context.Context, ids []storage.ID) ([]storage.Document, error) {
	var documents []storage.Document
	for _, id := range ids {
		d, err := s.lookUp(ctx, id)
		if errors.Is(err, storage.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		documents = append(documents, d)
	}
	standing := make([]*storage.Document, len(documents))
	for i := range documents {
		standing[i] = &documents[i]
	}
	return documents, s.stand(ctx, standing...)
}

// knownIDs are the ids of known.
func (s *server) knownIDs(ctx context.Context, ids []storage.ID) ([]storage.ID, error) {
	documents, err := s.known(ctx, ids)
	return idsOf(documents), err
}

func idsOf(documents []storage.Document) []storage.ID {
	ids := make([]storage.ID, len(documents))
	for i := range documents {
		ids[i] = documents[i].ID
	}
	return ids
}

func (s *server) document(c *gin.Context) error {
	d, err := s.visible(c)
	if err != nil {
		return err
	}
	// What a reader sees also depends on who reads, so nothing is answered 304
	// from the ETag: it is for a later If-Match.
	return s.answerDocument(c, http.StatusOK, d)
}

// textOf is what was read of the document, storage.ErrNotFound before that.
func (s *server) textOf(ctx context.Context, d storage.Document) (storage.Text, error) {
	text, err := s.cfg.Library.Text(ctx, d.Original.SHA256, d.Reading.TextVersion())
	if errors.Is(err, storage.ErrNotFound) { // a better reader may just have replaced it
		now, failed := s.cfg.Library.Document(ctx, d.ID)
		if failed == nil && now.Reading.TextVersion() != d.Reading.TextVersion() {
			text, err = s.cfg.Library.Text(ctx, d.Original.SHA256, now.Reading.TextVersion())
		}
	}
	if err != nil {
		return storage.Text{}, fmt.Errorf("text of %s: %w", d.ID, err)
	}
	return text, nil
}

// readTextOf is textOf for a document whose reading is done: a text that is not
// there is then about to be read again.
func (s *server) readTextOf(ctx context.Context, d storage.Document) (storage.Text, error) {
	text, err := s.textOf(ctx, d)
	if errors.Is(err, storage.ErrNotFound) && d.Reading.Status == storage.ReadingReady {
		return text, &indexer.InputError{Reason: "Phần chữ của văn bản chưa có trong kho, máy sẽ đọc lại từ bản gốc. Hãy thử lại sau.", Err: storage.ErrUnavailable}
	}
	return text, err
}

func (s *server) text(c *gin.Context) error {
	d, err := s.visible(c)
	if err != nil {
		return err
	}
	text, err := s.readTextOf(c.Request.Context(), d)
	if err != nil {
		return err
	}
	answer := TextAnswer{ID: d.ID, Pages: make([]storage.Page, len(text.Pages))}
	for i, page := range text.Pages {
		answer.Pages[i] = wirePage(page)
	}
	return writeJSON(c, http.StatusOK, answer)
}

func (s *server) page(c *gin.Context) error {
	n, err := strconv.Atoi(c.Param("n"))
	if err != nil || n < 1 {
		return badInput("Số trang %q không hợp lệ; cần một số nguyên từ 1 trở lên.", clip(c.Param("n")))
	}
	d, err := s.visible(c)
	if err != nil {
		return err
	}
	text, err := s.readTextOf(c.Request.Context(), d)
	if err != nil {
		return err
	}
	for _, page := range text.Pages {
		if page.Number == n {
			return writeJSON(c, http.StatusOK, wirePage(page))
		}
	}
	return fmt.Errorf("page %d of %s: %w", n, d.ID, storage.ErrNotFound)
}
