package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"vankien/indexer"
	"vankien/storage"
)

// importBeside takes the files in through the server that holds the index.
func importBeside(cmd *cobra.Command, all []found, publish bool, locked error) error {
	server, err := findServer(cmd)
	if errors.Is(err, storage.ErrLocked) {
		return locked // which says who it is
	}
	if err != nil {
		return err
	}
	return importFiles(cmd, server, all, publish)
}

// Waiting for the server.
const (
	busyTries  = 60 // of a server that is busy or waits for its store
	busyPause  = 2 * time.Second
	pollPause  = 50 * time.Millisecond // growing, between two looks at a document
	pollAtMost = time.Second
)

func (b beacon) take(ctx context.Context, path string, publish bool) (taken, error) {
	file, info, reason := openFile(path)
	if reason != "" {
		return taken{reason: reason}, nil
	}
	defer file.Close()
	if info.Size() > indexer.MaxOriginal { // not to be sent for nothing
		return taken{reason: fmt.Sprintf("Tệp lớn hơn %d MB.", indexer.MaxOriginal>>20)}, nil
	}
	outcome := indexer.Imported
	doc, err := b.upload(ctx, file, publish)
	var answer *answerError
	if errors.As(err, &answer) {
		switch {
		case answer.status == http.StatusConflict && answer.problem.Document != "":
			outcome, doc.ID, err = indexer.Present, answer.problem.Document, nil
		case answer.status < http.StatusInternalServerError && answer.status != http.StatusUnauthorized && answer.status != http.StatusTooManyRequests:
			return taken{reason: answer.problem.Detail}, nil
		}
	}
	if err != nil {
		return taken{}, err
	}
	waits := func(doc storage.Document) bool { return doc.Reading.Status == storage.ReadingQueued }
	if doc, err = b.await(ctx, doc.ID, waits); err != nil {
		return taken{}, err
	}
	return b.settle(ctx, doc, publish, outcome)
}

// recognize waits until the server has recognised a document, which it does
// behind whatever else was taken in.
func (b beacon) recognize(ctx context.Context, id storage.ID, publish bool, progress func(string)) (taken, error) {
	doc, err := b.await(ctx, id, func(doc storage.Document) bool {
		progress(": " + doc.Reading.Reason)
		return doc.Reading.Status == storage.ReadingQueued || doc.Reading.Status == storage.ReadingNow
	})
	if err != nil {
		return taken{}, err
	}
	outcome := indexer.Imported
	if publish && indexer.Publishable(doc) { // the upload was an earlier one, not to be published
		outcome = indexer.Present
	}
	return b.settle(ctx, doc, publish, outcome)
}

// settle tells what became of a document that was read, and publishes one that
// was there before where that is asked for.
func (b beacon) settle(ctx context.Context, doc storage.Document, publish bool, outcome indexer.Outcome) (taken, error) {
	switch {
	case doc.Deleted != nil:
		return taken{reason: "Tệp này đã có trong thư viện và đã bị xóa; hãy khôi phục văn bản thay vì nhập lại."}, nil
	case doc.Reading.Status == storage.ReadingFailed:
		return taken{reason: doc.Reading.Reason}, nil
	case outcome == indexer.Present && publish && indexer.Publishable(doc):
		if err := b.ask(ctx, http.MethodPost, "/api/v1/documents/"+string(doc.ID)+"/publish", &doc); err != nil {
			return taken{}, err
		}
		outcome = indexer.Promoted
	}
	outcome = indexer.OutcomeOf(doc, publish, outcome)
	return taken{doc.ID, outcome, outcomeReason(doc, outcome)}, nil
}

// upload sends a file; while the server is busy it is sent again.
func (b beacon) upload(ctx context.Context, file *os.File, publish bool) (doc storage.Document, err error) {
	for try := 1; ; try++ {
		err = b.uploadOnce(ctx, file, publish, &doc)
		if !busy(err) || try == busyTries {
			return doc, err
		}
		select {
		case <-ctx.Done():
			return doc, ctx.Err()
		case <-time.After(busyPause):
		}
	}
}

// busy tells whether the server asks to come again later.
func busy(err error) bool {
	var answer *answerError
	return errors.As(err, &answer) && answer.status == http.StatusServiceUnavailable
}

func (b beacon) uploadOnce(ctx context.Context, file *os.File, publish bool, doc *storage.Document) error {
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	body, pipe := io.Pipe()
	form := multipart.NewWriter(pipe)
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		pipe.CloseWithError(writeForm(form, file, publish))
	}()
	defer func() {
		body.Close() // ends the goroutine where the server did not read on
		<-sent
	}()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, b.URL+"/api/v1/documents", body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	return b.do(request, doc)
}

func writeForm(form *multipart.Writer, file *os.File, publish bool) error {
	// The operator takes in folders that the board has looked through.
	if err := form.WriteField("confirmed", "true"); err != nil {
		return err
	}
	if publish {
		if err := form.WriteField("publish", "true"); err != nil {
			return err
		}
	}
	part, err := form.CreateFormFile("file", filepath.Base(file.Name()))
	if err != nil {
		return err
	}
	if _, err := io.Copy(part, file); err != nil {
		return err
	}
	return form.Close()
}

// await looks at a document until it does not wait any more, or is deleted. A
// store that cannot be reached meanwhile is waited for. One that is gone carried
// a mark of State secrecy that its reading has found: it is no error.
func (b beacon) await(ctx context.Context, id storage.ID, waits func(storage.Document) bool) (storage.Document, error) {
	for pause := pollPause; ; pause = min(2*pause, pollAtMost) {
		var doc storage.Document
		err := b.ask(ctx, http.MethodGet, "/api/v1/documents/"+string(id), &doc)
		var answer *answerError
		if errors.As(err, &answer) && answer.status == http.StatusNotFound {
			return goneDocument(id), nil
		}
		if err != nil && !busy(err) {
			return doc, err
		}
		if err == nil && (doc.Deleted != nil || !waits(doc)) {
			return doc, nil
		}
		select {
		case <-ctx.Done():
			return doc, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// goneDocument stands for a document that its own reading has removed.
func goneDocument(id storage.ID) storage.Document {
	return storage.Document{ID: id, Reading: storage.Reading{
		Status: storage.ReadingFailed,
		Reason: "Văn bản không còn trong kho: khi đọc thấy dấu chỉ độ mật, hoặc có người vừa xóa vĩnh viễn.",
	}}
}
