package indexer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/storage"
)

const resolution = "nghi-quyet-07-nq-cb-2026.txt"

func TestImport(t *testing.T) {
	b := newBench(t)
	record, outcome := b.importOne(upload(`D:\văn bản\`+resolution, sample(t, resolution)))
	if outcome != indexer.Imported || record.State != storage.StatePublished || record.Reading.Status != storage.ReadingReady || record.Original.Name != resolution {
		t.Fatalf("%s: %+v", outcome, record.Document)
	}
	if record.Published == nil || record.Facts.Number != "07-NQ/CB" || record.Audience != storage.AudiencePublic || record.Original.MediaType != "text/plain" {
		t.Errorf("%+v", record.Document)
	}
	if got := actions(record); got != "import read" {
		t.Errorf("history: %s", got)
	}
	b.flush()
	if n := b.found("cấy lúa mùa", storage.AudiencePublic); n != 1 {
		t.Errorf("%d found", n)
	}

	before := b.keys("")
	again, outcome := b.importOne(upload("tên khác.txt", sample(t, resolution)))
	if outcome != indexer.Present || again.ID != record.ID || again.Revision != record.Revision {
		t.Errorf("the same bytes again: %s, %+v", outcome, again.Document)
	}
	same(t, "the same bytes again", before, b.keys(""))
}

func TestADraftIsPublishedByImportingItAgain(t *testing.T) {
	b := newBench(t)
	up := upload(resolution, sample(t, resolution))
	up.Publish = false
	if record, _ := b.importOne(up); record.State != storage.StateDraft || record.Published != nil {
		t.Errorf("%+v", record.Document)
	}
	b.flush()
	if n := b.found(`"cấy lúa"`, storage.AudienceStaff); n != 0 {
		t.Errorf("a draft is found")
	}
	up.Publish = true
	record, outcome := b.importOne(up)
	b.flush()
	if outcome != indexer.Promoted || record.State != storage.StatePublished || record.Published == nil || b.found(`"cấy lúa"`, storage.AudiencePublic) != 1 {
		t.Errorf("%s, %+v", outcome, record.Document)
	}
	// What somebody has withdrawn does not come back so.
	if _, err := b.writer.Withdraw(t.Context(), record.ID, storage.Version{}, tester); err != nil {
		t.Fatal(err)
	}
	if record, _ := b.importOne(up); record.State != storage.StateWithdrawn {
		t.Errorf("a withdrawn document is %s again", record.State)
	}
	b.flush()
	if n := b.found(`"cấy lúa"`, storage.AudienceStaff); n != 0 {
		t.Errorf("a withdrawn document is found")
	}
}

func TestConcurrentImportsOfTheSameBytes(t *testing.T) {
	b := newBench(t)
	data := sample(t, resolution)
	outcomes := make([]indexer.Outcome, 8)
	var group sync.WaitGroup
	for i := range outcomes {
		group.Go(func() {
			_, outcome, err := b.writer.Import(t.Context(), upload(fmt.Sprintf("%d.txt", i), data))
			if err != nil {
				t.Error(err)
			}
			outcomes[i] = outcome
		})
	}
	group.Wait()
	b.flush()
	if n := b.found(`"cấy lúa"`, storage.AudiencePublic); n != 1 || len(b.keys("documents/")) != 1 || len(b.keys("originals/")) != 1 || len(b.keys("texts/")) != 1 {
		t.Errorf("%d found of %q", n, b.keys(""))
	}
	for record, err := range b.library.Documents(t.Context()) {
		if err != nil || actions(record) != "import read" {
			t.Errorf("history %s, %v", actions(record), err)
		}
	}
	imported := slices.DeleteFunc(outcomes, func(o indexer.Outcome) bool { return o != indexer.Imported })
	if len(imported) != 1 {
		t.Errorf("%d imports say that they made the document", len(imported))
	}
	if err := b.agree(); err != nil {
		t.Error(err)
	}
}

// Of a secret nothing is kept: no object but what the audit trail says of the
// refusal, and no word of it in the log.
func TestSecretsLeaveNothing(t *testing.T) {
	b := newBench(t)
	for _, name := range []string{"secret.txt", "secret.docx", "secret-ocr.txt"} {
		record, outcome, err := b.writer.Import(t.Context(), upload(name, badSample(t, name)))
		var refusal *indexer.InputError
		if !errors.Is(err, storage.ErrSecret) || !errors.As(err, &refusal) || !strings.Contains(refusal.Reason, "độ mật") || outcome != "" || record.ID != "" {
			t.Errorf("%s: %s, %v", name, outcome, err)
		}
	}
	if keys, audit := b.keys(""), b.keys("audit/"); len(keys) != 3 || len(audit) != 3 {
		t.Errorf("the store holds %q", keys)
	}
	for event, err := range b.library.Audit(t.Context(), time.Now()) {
		if err != nil || event.Action != "refuse" || event.By != tester.Name || storage.CheckSHA256(event.Subject) != nil || !strings.Contains(event.Note, "rule") {
			t.Errorf("%+v, %v", event, err)
		}
	}
	if log := b.log.String(); strings.Contains(log, "secret.") || strings.Count(log, "sha256=") != 3 || strings.Count(log, "rule=") != 3 {
		t.Errorf("the log says\n%s", log)
	}
	if _, outcome := b.importOne(upload("not-secret.txt", badSample(t, "not-secret.txt"))); outcome != indexer.Imported {
		t.Errorf("a text about secrets: %s", outcome)
	}
}

func TestACirculationMarkIsForMembers(t *testing.T) {
	b := newBench(t)
	const name = "tai-lieu-sinh-hoat-chi-bo-11-2026.pdf"
	record, _ := b.importOne(upload(name, sample(t, name)))
	b.flush()
	if record.Audience != storage.AudienceMembers || record.Facts.Circulation == "" {
		t.Errorf("audience %s, circulation %q", record.Audience, record.Facts.Circulation)
	}
	if public, members := b.found("gợi ý thảo luận", storage.AudiencePublic), b.found("gợi ý thảo luận", storage.AudienceMembers); public != 0 || members != 1 {
		t.Errorf("found by the public: %d, by members: %d", public, members)
	}
}

// refusedUploads are files that can never be documents.
func refusedUploads(t *testing.T) map[string]struct {
	up   indexer.Upload
	want error
} {
	text := []byte("Đảng viên")
	damaged := sample(t, "cong-van-2096-snv-xdcq-2026.docx")
	return map[string]struct {
		up   indexer.Upload
		want error
	}{
		"no byte":           {upload("rỗng.txt", nil), storage.ErrInvalid},
		"negative":          {indexer.Upload{Name: "a.txt", Size: -1, Content: bytes.NewReader(text), By: tester}, storage.ErrInvalid},
		"too large":         {indexer.Upload{Name: "a.txt", Size: indexer.MaxOriginal + 1, Content: bytes.NewReader(text), By: tester}, storage.ErrTooLarge},
		"empty.pdf":         {upload("empty.pdf", badSample(t, "empty.pdf")), storage.ErrInvalid},
		"truncated.pdf":     {upload("truncated.pdf", badSample(t, "truncated.pdf")), storage.ErrInvalid},
		"encrypted.pdf":     {upload("encrypted.pdf", badSample(t, "encrypted.pdf")), storage.ErrEncrypted},
		"archive.pdf":       {upload("archive.pdf", badSample(t, "archive.pdf")), storage.ErrUnsupported},
		"picture.pdf":       {upload("picture.pdf", badSample(t, "picture.pdf")), storage.ErrUnsupported},
		"bomb-declared":     {upload("b.docx", badSample(t, "bomb-declared.docx")), storage.ErrTooLarge},
		"bomb-hidden":       {upload("b.docx", badSample(t, "bomb-hidden.docx")), nil},
		"a program":         {upload("a.pdf", append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 600)...)), storage.ErrUnsupported},
		"half a word file":  {upload("a.docx", damaged[:len(damaged)/2]), storage.ErrInvalid},
		"a word file of 4B": {upload("a.docx", damaged[:4]), nil},
	}
}

func TestWhatIsNoDocumentLeavesNothing(t *testing.T) {
	b := newBench(t)
	for name, test := range refusedUploads(t) {
		record, outcome, err := b.writer.Import(t.Context(), test.up)
		if err == nil || test.want != nil && !errors.Is(err, test.want) || outcome != "" || record.ID != "" {
			t.Errorf("%s: %s, %v, want %v", name, outcome, err, test.want)
			continue
		}
		var input *indexer.InputError
		var unread *extract.Error
		reason := ""
		if errors.As(err, &input) {
			reason = input.Reason
		} else if errors.As(err, &unread) {
			reason = unread.Reason
		}
		if !strings.HasSuffix(reason, ".") || !strings.ContainsAny(reason, "ệảượớđịôậừ") {
			t.Errorf("%s: the reason is %q", name, reason)
		}
	}
	if keys := b.keys(""); len(keys) > 0 {
		t.Errorf("the store holds %q", keys)
	}
	// What a file is, its bytes say.
	if record, outcome := b.importOne(upload("really-pdf.docx", badSample(t, "really-pdf.docx"))); outcome != indexer.Imported || record.Original.MediaType != "application/pdf" {
		t.Errorf("%s, %s", outcome, record.Original.MediaType)
	}
}

func TestAScanWaitsForOCR(t *testing.T) {
	b := newBench(t)
	record, outcome := b.importOne(upload("scan.pdf", scan(t)))
	if outcome != indexer.Pictures || record.State != storage.StateDraft || record.Reading.Status != storage.ReadingNeedsOCR || !strings.Contains(record.Reading.Reason, "OCR") {
		t.Errorf("%s, %+v", outcome, record.Document)
	}
	before := b.keys("")
	if _, err := b.writer.Publish(t.Context(), record.ID, storage.Version{}, tester); !errors.Is(err, storage.ErrConflict) {
		t.Errorf("Publish: %v", err)
	}
	if _, outcome := b.importOne(upload("scan.pdf", scan(t))); outcome != indexer.Pictures {
		t.Errorf("again: %s", outcome)
	}
	same(t, "a scan again", before, b.keys(""))
	b.repair()
	if err := b.agree(); err != nil {
		t.Error(err)
	}
}

func TestNames(t *testing.T) {
	b := newBench(t)
	for i, test := range []struct{ name, want string }{
		{"quy định.txt", "quy định.txt"},
		{"/home/an/quy định.txt", "quy định.txt"},
		{`C:\văn bản\quy định.txt`, "quy định.txt"},
		{"../../etc/passwd", "passwd"},
		{"quy\x00 đị\x1bnh\r\n.txt\x7f", "quy định.txt"},
		{"quy \u202etxt.định", "quy txt.định"},
		{"quy \xffđịnh\xe1.txt", "quy định.txt"},
		{"quy đi\u0323nh.txt", "quy định.txt"}, // decomposed, as a Mac sends it
		{strings.Repeat("ễ", 5000) + ".txt", strings.Repeat("ễ", 196) + ".txt"},
		{"a." + strings.Repeat("b", 5000), "a." + strings.Repeat("b", 178) + "." + strings.Repeat("b", 19)},
		{"", ""}, {".", ""}, {"..", ""}, {"/", ""}, {"a/", "a"}, {" \t\n", ""},
	} {
		record, _ := b.importOne(upload(test.name, fmt.Appendf(nil, "Đảng viên số %d", i)))
		if got := record.Original.Name; got != test.want || !utf8.ValidString(got) {
			t.Errorf("%.40q: %q", test.name, got)
		}
		if indexer.DisplayTitle(record.Document) == "" {
			t.Errorf("%.40q: no title", test.name)
		}
	}
}

// A reader that fails while the file is looked at is no document either.
func TestAFileThatCannotBeReadToItsEnd(t *testing.T) {
	b := newBench(t)
	data := sample(t, resolution)
	up := upload(resolution, data)
	up.Content = brokenReader{bytes.NewReader(data), int64(len(data) / 2)}
	if _, _, err := b.writer.Import(t.Context(), up); !errors.Is(err, errFault) {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := b.writer.Import(ctx, upload(resolution, data)); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context: %v", err)
	}
	if keys := b.keys(""); len(keys) > 0 {
		t.Errorf("the store holds %q", keys)
	}
}

type brokenReader struct {
	*bytes.Reader
	until int64
}

func (r brokenReader) ReadAt(p []byte, offset int64) (int, error) {
	if offset+int64(len(p)) > r.until {
		return 0, errFault
	}
	return r.Reader.ReadAt(p, offset)
}
