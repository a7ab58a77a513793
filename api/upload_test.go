package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"vankien/indexer"
	"vankien/storage"
)

func TestUploadIsAcknowledgedReadAndFollowed(t *testing.T) {
	l := live(t, nil)
	l.read()
	body, contentType := form(
		part{name: "facts", content: `{"signer":"Nguyễn Văn A"}`}, confirmed,
		part{"file", "Nghị quyết 05 (bản chính).pdf", sample(t, "nghi-quyet-05-nq-tu-2026.pdf")},
	)
	a := send(t, l.request(storage.RoleEditor, "POST", "/api/v1/documents", bytes.NewReader(body), "Content-Type: "+contentType))
	d := a.document(t)
	if a.status != 202 || a.header.Get("Location") != addressOf(d.ID, "") || a.header.Get("ETag") != entityTag(&d) {
		t.Fatalf("%d, Location %s, ETag %s: %s", a.status, a.header.Get("Location"), a.header.Get("ETag"), a.body)
	}
	if d.State != storage.StateDraft || d.Revision != 1 || d.Reading.Status != storage.ReadingQueued || d.Original.Name != "Nghị quyết 05 (bản chính).pdf" {
		t.Errorf("accepted as %+v", d)
	}
	l.mustHave("signer", storage.Printed("Nguyễn Văn A"), d.Facts.Signer)

	stream := l.follow(storage.RoleEditor, d.ID)
	for d = stream.next(); d.Reading.Status != storage.ReadingReady; d = stream.next() {
		if d.Reading.Status == storage.ReadingFailed {
			t.Fatalf("%+v", d.Reading)
		}
	}
	l.mustHave("number", storage.Printed("05-NQ/TU"), d.Facts.Number)
	l.mustHave("what the uploader stated", storage.Printed("Nguyễn Văn A"), d.Facts.Signer)
	if by := l.record(d.ID).History[0].By; by != "người editor" {
		t.Errorf("uploaded by %q", by)
	}
}

func (l *living) mustHave(what string, want, got any) {
	l.Helper()
	if got != want {
		l.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestUploadIsRefused(t *testing.T) {
	l := live(t, nil)
	there := l.imported("có sẵn.txt", "Đảng bộ xã tổ chức sinh hoạt chi bộ thường kỳ.", true)
	gone := l.imported("đã xóa.txt", "Đảng bộ phường tổ chức sinh hoạt chi bộ thường kỳ.", false)
	if _, err := l.writer.Delete(t.Context(), gone.ID, storage.Version{}, indexer.Importer); err != nil {
		t.Fatal(err)
	}
	file := part{"file", "a.txt", "Chi bộ họp mỗi tháng một lần."}
	before := l.objects()
	for _, test := range []struct {
		name   string
		parts  []part
		status int
		kind   string
		detail string // a part of it
		same   storage.ID
	}{
		{"no file", []part{confirmed}, 400, "invalid", "Thiếu phần file", ""},
		{"not confirmed", []part{file}, 400, "invalid", "không chứa bí mật nhà nước", ""},
		{"denied", []part{file, {name: "confirmed", content: "false"}}, 400, "invalid", "không chứa bí mật nhà nước", ""},
		{"confirmed by what is no word", []part{file, {name: "confirmed", content: "có"}}, 400, "invalid", `"confirmed" là "có"`, ""},
		{"two files", []part{file, file, confirmed}, 400, "invalid", "hai lần", ""},
		{"an unknown part", []part{file, confirmed, {name: "màu", content: "đỏ"}}, 400, "invalid", `Không có phần "màu"`, ""},
		{"a part without a name", []part{{"", "a.txt", "x"}}, 400, "invalid", `Không có phần ""`, ""},
		{"published at once", []part{file, confirmed, {name: "publish", content: "true"}}, 403, "forbidden", "người thứ hai", ""},
		{"facts that are none", []part{file, confirmed, {name: "facts", content: `{"number":7}`}}, 400, "invalid", "facts.number", ""},
		{"unknown facts", []part{file, confirmed, {name: "facts", content: `{"colour":"red"}`}}, 400, "invalid", "facts.colour", ""},
		{"facts that say it is secret", []part{file, confirmed, {name: "facts", content: `{"secrecy":"MẬT"}`}}, 422, "secret", "độ mật", ""},
		{"a huge field", []part{file, confirmed, {name: "facts", content: strings.Repeat(" ", maxField+1)}}, 413, "too-large", "256 KB", ""},
		{"a huge flag", []part{file, {name: "confirmed", content: strings.Repeat(" ", 10<<20)}}, 413, "too-large", "256 KB", ""},
		{"a zip bomb for a name", []part{{"file", strings.Repeat("../", 300_000) + "bomb.docx", sample(t, "bomb-declared.docx")}, confirmed}, 413, "too-large", "", ""},
		{"an empty file", []part{{"file", "a.pdf", ""}, confirmed}, 422, "unreadable", "rỗng", ""},
		{"a truncated file", []part{{"file", "a.pdf", sample(t, "truncated.pdf")}, confirmed}, 422, "unreadable", "hỏng", ""},
		{"an encrypted file", []part{{"file", "a.pdf", sample(t, "encrypted.pdf")}, confirmed}, 422, "encrypted", "mật khẩu", ""},
		{"a picture", []part{{"file", "a.pdf", sample(t, "picture.pdf")}, confirmed}, 415, "unsupported", "PNG", ""},
		{"the same bytes", []part{{"file", "b.txt", "Đảng bộ xã tổ chức sinh hoạt chi bộ thường kỳ."}, confirmed}, 409, "present", "đã có đúng tệp", there.ID},
		{"the same bytes as something deleted", []part{{"file", "b.txt", "Đảng bộ phường tổ chức sinh hoạt chi bộ thường kỳ."}, confirmed}, 409, "present", "khôi phục", gone.ID},
	} {
		a := send(t, l.uploading(storage.RoleEditor, test.parts...))
		p := a.problem(t)
		if a.status != test.status || p.Type != "/problems/"+test.kind || !strings.Contains(p.Detail, test.detail) || p.Document != test.same {
			t.Errorf("%s: %d %+v, want %d %s %q", test.name, a.status, p, test.status, test.kind, test.detail)
		}
		if has := strings.Contains(string(a.body), `"document"`); has != (test.same != "") {
			t.Errorf("%s: %s", test.name, a.body)
		}
		l.untouched(test.name, before)
	}
}

// Of a paper that carries a mark of secrecy nothing is kept but the event that
// it was refused.
func TestUploadOfASecretLeavesNothing(t *testing.T) {
	l := live(t, nil)
	for _, name := range []string{"secret.txt", "secret.docx", "secret-ocr.txt"} {
		a := send(t, l.uploading(storage.RoleEditor, part{"file", name, sample(t, name)}, confirmed))
		if p := a.problem(t); a.status != 422 || !strings.HasSuffix(p.Type, "/secret") || !strings.Contains(p.Detail, "không giữ lại nội dung nào") {
			t.Errorf("%s: %d %+v", name, a.status, p)
		}
	}
	events := 0
	for _, key := range l.objects() {
		if !strings.HasPrefix(key, storage.AuditPrefix) {
			t.Errorf("the store has %s", key)
		}
		events++
	}
	if events != 3 {
		t.Errorf("%d events", events)
	}
}

func TestOperatorPublishesAtOnce(t *testing.T) {
	l := live(t, nil)
	l.read()
	d := l.upload(operator, "05.pdf", sample(t, "nghi-quyet-05-nq-tu-2026.pdf"), part{name: "publish", content: "true"})
	stream := l.follow("", d.ID)
	if stream != nil {
		t.Fatal("a draft is followed by anybody")
	}
	for stream = l.follow(storage.RoleEditor, d.ID); d.State != storage.StatePublished; d = stream.next() {
		continue
	}
	if a := l.do("", "GET", addressOf(d.ID, ""), ""); a.status != 200 {
		t.Errorf("then anybody reads %d", a.status)
	}
}

func TestUploadsOfTheSameBytesMakeOneDocument(t *testing.T) {
	l := live(t, func(c *Config) { c.Uploads = 100 })
	l.url = l.listen(&http.Server{Handler: l.handler}) // without deadlines: a hundred at once may wait long for two processors
	pdf := sample(t, "nghi-quyet-05-nq-tu-2026.pdf")
	answers := make([]answer, 100)
	errs := make([]error, len(answers))
	var all sync.WaitGroup
	for i := range answers {
		r := l.uploading(storage.RoleEditor, part{"file", fmt.Sprintf("%d.pdf", i), pdf}, confirmed)
		all.Go(func() { answers[i], errs[i] = try(r) })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	counts := map[int]int{}
	ids := map[storage.ID]bool{}
	for _, a := range answers {
		counts[a.status]++
		if a.status == 409 {
			ids[a.problem(t).Document] = true
		} else {
			ids[a.document(t).ID] = true
		}
	}
	if counts[202] != 1 || counts[409] != 99 || len(ids) != 1 {
		t.Errorf("answers %v of documents %v", counts, ids)
	}
}

func TestUploadsAreBounded(t *testing.T) {
	status := StatusReady
	l := live(t, func(c *Config) {
		c.Uploads = 1
		c.Ready = func() Readiness { return Readiness{Status: status} }
	})
	body, contentType := form(part{"file", "a.txt", "Chi bộ họp."}, confirmed)
	var feed *io.PipeWriter
	var first chan answer
	begin := func() {
		var slow *io.PipeReader
		slow, feed = io.Pipe()
		answered := make(chan answer, 1)
		first = answered
		r := l.request(storage.RoleEditor, "POST", "/api/v1/documents", slow, "Content-Type: "+contentType)
		go func() {
			a, err := try(r)
			if err != nil {
				a.body = []byte(err.Error())
			}
			answered <- a
		}()
		_, _ = feed.Write(body[:40]) // taken, unless the answer was quicker
	}
	begin()
	refused := answer{status: 202}
	for i := 0; refused.status == 202; i++ { // until the first has its place
		refused = send(t, l.uploading(storage.RoleEditor, part{"file", "b.txt", fmt.Sprint("Đảng viên dự họp lần ", i)}, confirmed))
		select {
		case <-first: // one of the others had the place
			begin()
			refused.status = 202
		default:
		}
	}
	if refused.status != 503 || refused.header.Get("Retry-After") == "" || !strings.Contains(refused.problem(t).Detail, "cùng lúc") {
		t.Errorf("one too many: %d %s", refused.status, refused.body)
	}
	if _, err := feed.Write(body[40:]); err != nil {
		t.Fatal(err)
	}
	if err := feed.Close(); err != nil {
		t.Fatal(err)
	}
	if a := <-first; a.status != 202 {
		t.Errorf("the first: %d %s", a.status, a.body)
	}
	for _, status = range []ReadyStatus{StatusStarting, StatusStopping} {
		a := send(t, l.uploading(storage.RoleEditor, part{"file", "c.txt", "Đại hội."}, confirmed))
		if a.status != 503 || a.header.Get("Retry-After") == "" {
			t.Errorf("while %s: %d %s", status, a.status, a.body)
		}
	}
}
