package api

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

// recognizing makes a server whose OCR sees the same on every page, once it may.
func recognizing(t *testing.T, sees string, may <-chan bool) *living {
	t.Helper()
	read := func(context.Context, extract.File) (storage.Text, error) {
		return storage.Text{MediaType: pdfType, Pages: []storage.Page{{Number: 1}, {Number: 2}}}, nil
	}
	l := live(t, func(cfg *Config) {
		cfg.Writer = indexer.NewWriter(indexer.WriterConfig{
			Library: cfg.Library.(withOperator).Library, Index: cfg.Index.(indexer.Index), Logger: cfg.Logger, Read: read, OCRVersion: "1",
			RecognizeHead: func(_ context.Context, _ extract.File, text storage.Text) (storage.Text, error) { return text, nil },
			Recognize: func(ctx context.Context, _ extract.File, text storage.Text, progress func(done, pages int)) (storage.Text, error) {
				progress(0, 2)
				select {
				case <-may:
				case <-ctx.Done():
					return text, ctx.Err()
				}
				pages := []storage.Page{{Number: 1, Text: sees, Engine: "tesseract", Score: .97, OCR: true}, {Number: 2, Text: "Trang sau", Score: .4, Engine: "pdfium",
					Other: &storage.OtherReading{Text: "Tramg sau", Engine: "tesseract", Score: .3, OCR: true}}}
				return storage.Text{MediaType: pdfType, Pages: pages}, nil
			},
		})
	})
	l.writer = l.cfg.Writer
	l.read()
	return l
}

// Whoever follows a scan hears how far it is; it is published, found and shown
// as read from pictures, and an editor sees what each reader made of a page.
func TestAScanIsFollowedAndMarked(t *testing.T) {
	may := make(chan bool)
	l := recognizing(t, "Chi bộ họp bàn về công tác dân vận của Đảng ủy xã.", may)
	record, err := l.writer.Accept(t.Context(), indexer.Upload{Name: "scan.pdf", Size: 4, Content: strings.NewReader("scan"), By: indexer.Importer, Publish: true})
	if err != nil {
		t.Fatal(err)
	}
	var last storage.Document
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, l.url+addressOf(record.ID, "/events"), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+l.secrets[storage.RoleEditor])
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	for released := false; last.Reading.Status != storage.ReadingReady && lines.Scan(); {
		data, isData := strings.CutPrefix(lines.Text(), "data: ")
		if !isData {
			continue
		}
		if err := json.Unmarshal([]byte(data), &last); err != nil {
			t.Fatal(err)
		}
		if last.Reading.Reason == "Đang nhận dạng chữ: trang 1 trên 2." && !released {
			if now := l.do(storage.RoleEditor, "GET", addressOf(record.ID, ""), "").document(t); now.Reading != last.Reading {
				t.Errorf("asked meanwhile: %+v", now.Reading)
			}
			close(may)
			released = true
		}
	}
	if last.Reading.Status != storage.ReadingReady || last.Revision != 3 {
		t.Fatalf("the last event: %+v, %v", last.Reading, lines.Err())
	}
	if err := l.writer.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found := l.do("", "GET", "/api/v1/search?q=d%C3%A2n+v%E1%BA%ADn", ""); !strings.Contains(string(found.body), `"ocr":true`) {
		t.Errorf("found %s", found.body)
	}
	if page := l.do("", "GET", "/?q=d%C3%A2n+v%E1%BA%ADn", ""); !strings.Contains(string(page.body), "nhận dạng từ ảnh") {
		t.Error("the page of results does not say so")
	}
	address := "/van-ban/" + string(record.ID)
	for role, sees := range map[storage.Role]bool{"": false, storage.RoleReader: false, storage.RoleEditor: true} {
		page := string(l.do(role, "GET", address+"?trang=2", "").body)
		if compares := strings.Contains(page, "Bản không dùng") && strings.Contains(page, "Tramg sau"); compares != sees {
			t.Errorf("%q compares the readings: %v", role, compares)
		}
		if !strings.Contains(page, "1 trên 2 trang do máy nhận dạng từ ảnh chụp") {
			t.Errorf("%q is not told that it was recognised", role)
		}
	}
	metrics := string(l.do("", "GET", "/metrics", "").body)
	for _, line := range []string{"vankien_ocr_queue 0", "vankien_reading_queue 0", "vankien_reread_queue 0"} {
		if !strings.Contains(metrics, line) {
			t.Errorf("no %q in the metrics", line)
		}
	}
}

// What no guard has read goes to a second reader only with a confirmation.
func TestSubmittingAScan(t *testing.T) {
	l := live(t, nil)
	record := l.scanned(t)
	address := addressOf(record.ID, "/submit")
	for _, body := range []string{"", "{}", `{"confirmed":false}`} {
		a := l.do(storage.RoleEditor, "POST", address, body)
		if a.status != http.StatusConflict || !strings.Contains(string(a.body), "/problems/unconfirmed") || !strings.Contains(string(a.body), "dấu chỉ độ mật") {
			t.Errorf("%q: %d %s", body, a.status, a.body)
		}
	}
	page := string(l.do(storage.RoleEditor, "GET", "/van-ban/"+string(record.ID), "").body)
	if !strings.Contains(page, "chưa kiểm tra dấu chỉ độ mật") {
		t.Error("the page does not tell the editor")
	}
	if a := l.do(storage.RoleEditor, "POST", address, `{"confirmed":1}`); a.status != http.StatusBadRequest {
		t.Errorf("nonsense: %d", a.status)
	}
	a := l.do(storage.RoleEditor, "POST", address, `{"confirmed":true}`)
	if a.status != http.StatusOK || a.document(t).State != storage.StateReview {
		t.Errorf("confirmed: %d %s", a.status, a.body)
	}
}

// scanned is a draft that waits for OCR.
func (l *living) scanned(t *testing.T) storage.Record {
	t.Helper()
	var pdf strings.Builder
	if err := picture(&pdf, 1000); err != nil {
		t.Fatal(err)
	}
	record := l.imported("scan.pdf", strings.Replace(pdf.String(), "400 0 0 400 90 200", "595 0 0 842 00 000", 1), false) // all over the page
	if record.Reading.Status != storage.ReadingNeedsOCR {
		t.Fatalf("%+v", record.Reading)
	}
	return record
}
