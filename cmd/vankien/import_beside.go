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

func (b beacon) take(ctx context.Context, path string, publish bool) (indexer.Outcome, string, error) {
	file, info, reason := openFile(path)
	if reason != "" {
		return "", reason, nil
	}
	defer file.Close()
	if info.Size() > indexer.MaxOriginal { // not to be sent for nothing
		return "", fmt.Sprintf("Tệp lớn hơn %d MB.", indexer.MaxOriginal>>20), nil
	}
	outcome := indexer.Imported
	doc, err := b.upload(ctx, file, publish)
	var answer *answerError
	if errors.As(err, &answer) {
		switch {
		case answer.status == http.StatusConflict && answer.problem.Document != "":
			outcome, doc.ID, err = indexer.Present, answer.problem.Document, nil
		case answer.status < http.StatusInternalServerError && answer.status != http.StatusUnauthorized && answer.status != http.StatusTooManyRequests:
			return "", answer.problem.Detail, nil
		}
	}
	if err != nil {
		return "", "", err
	}
	if doc, err = b.awaitReading(ctx, doc.ID); err != nil {
		return "", "", err
	}
	return b.settle(ctx, doc, publish, outcome)
}

// settle tells what became of a document that was read, and publishes one that
// was there before where that is asked for.
func (b beacon) settle(ctx context.Context, doc storage.Document, publish bool, outcome indexer.Outcome) (indexer.Outcome, string, error) {
	switch {
	case doc.Deleted != nil:
		return "", "Tệp này đã có trong thư viện và đã bị xóa; hãy khôi phục văn bản thay vì nhập lại.", nil
	case doc.Reading.Status == storage.ReadingFailed:
		return "", doc.Reading.Reason, nil
	case outcome == indexer.Present && publish && indexer.Publishable(doc):
		if err := b.ask(ctx, http.MethodPost, "/api/v1/documents/"+string(doc.ID)+"/publish", &doc); err != nil {
			return "", "", err
		}
		outcome = indexer.Promoted
	}
	outcome = indexer.OutcomeOf(doc, publish, outcome)
	return outcome, outcomeReason(doc, outcome), nil
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

// awaitReading waits until the server has read a document. A store that cannot
// be reached meanwhile is waited for.
func (b beacon) awaitReading(ctx context.Context, id storage.ID) (storage.Document, error) {
	for pause := pollPause; ; pause = min(2*pause, pollAtMost) {
		var doc storage.Document
		err := b.ask(ctx, http.MethodGet, "/api/v1/documents/"+string(id), &doc)
		if err != nil && !busy(err) {
			return doc, err
		}
		if err == nil && (doc.Deleted != nil || doc.Reading.Status != storage.ReadingQueued && doc.Reading.Status != storage.ReadingNow) {
			return doc, nil
		}
		select {
		case <-ctx.Done():
			return doc, ctx.Err()
		case <-time.After(pause):
		}
	}
}
