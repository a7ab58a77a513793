package api

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden holds got against testdata/name.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (run with -update to accept, -want +got):\n%s", name, diff)
	}
}

// The documents of the shelf.
const (
	idGrassroots = storage.ID("d-grassroots") // public PDF, replaces nothing
	idPopulation = storage.ID("d-population") // public DOCX of the same number
	idCharter    = storage.ID("d-charter")    // public, replaced by the next two
	idSuccessor  = storage.ID("d-successor")  // public HTML
	idGuide      = storage.ID("d-guide")      // members
	idInternal   = storage.ID("d-internal")   // staff
	idDraft      = storage.ID("d-draft")      // public, not yet published
)

var when = time.Date(2026, 11, 1, 8, 30, 0, 0, time.UTC)

func (s *shelf) add(id storage.ID, facts storage.Facts, name, media string, change func(*storage.Document), pages ...string) {
	body := []byte("%PDF-1.7\n" + string(id) + strings.Repeat("\nnội dung", 200))
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	d := storage.Document{
		ID: id, Revision: 3, State: storage.StatePublished, Audience: storage.AudiencePublic,
		Reading: storage.Reading{Status: storage.ReadingReady, Engine: "ledongthuc", Score: .98, Pages: len(pages), Reader: "r1"},
		Facts:   facts, Validity: storage.Unverified,
		Original: storage.Original{Name: name, MediaType: media, Size: 1_234_567, SHA256: hash},
		Created:  when, Updated: when.Add(time.Hour), Published: &when,
	}
	if change != nil {
		change(&d)
	}
	text := storage.Text{MediaType: media}
	for i, page := range pages {
		text.Pages = append(text.Pages, storage.Page{Number: i + 1, Text: page, Engine: "ledongthuc", Score: .98, OCR: i == 1})
	}
	s.records[id] = storage.Record{Document: d}
	s.texts[hash], s.originals[hash] = text, body
}

// fill adds so many more documents, enough to have pages of results.
func (s *shelf) fill(n int) *shelf {
	for i := range n {
		s.add(storage.ID(fmt.Sprintf("d-more-%02d", i)), storage.Facts{
			Number: storage.Printed(fmt.Sprintf("%02d-KL/TW", i+1)), Kind: "Kết luận", Issuer: "Ban Bí thư",
			Issued: storage.Date(fmt.Sprintf("2021-%02d-10", i%12+1)), Title: "tiếp tục củng cố tổ chức cơ sở đảng",
		}, "kl.pdf", pdfType, nil, "Ban Bí thư yêu cầu tiếp tục củng cố tổ chức cơ sở đảng.")
	}
	return s
}

func newShelf() *shelf {
	s := &shelf{
		records: map[storage.ID]storage.Record{}, texts: map[string]storage.Text{}, originals: map[string][]byte{},
		tokens: map[string]storage.Token{},
	}
	for _, role := range storage.Roles {
		s.tokens["secret-"+string(role)] = storage.Token{Name: "Nguyễn Văn A", Role: role}
	}
	const pdf, docx = pdfType, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	s.add(idGrassroots, storage.Facts{
		Number: "21-NQ/TW", Kind: "Nghị quyết", KindSymbol: "NQ", Issuer: "Ban Chấp hành Trung ương", IssuerSymbol: "TW",
		Issued: "2022-06-16", Place: "Hà Nội", Signer: "Nguyễn Phú Trọng", SignerRole: "T/M BAN CHẤP HÀNH TRUNG ƯƠNG – TỔNG BÍ THƯ",
		Title:     "tăng cường củng cố, xây dựng tổ chức cơ sở đảng và nâng cao chất lượng đội ngũ đảng viên trong giai đoạn mới",
		Relations: []storage.Relation{{Kind: storage.Implements, Target: "22-NQ/TW", Date: "2008-02-02", Explicit: true}},
	}, "Nghị quyết 21 (bản chính).pdf", pdf, nil,
		"ĐẢNG CỘNG SẢN VIỆT NAM\n\nI- TÌNH HÌNH VÀ NGUYÊN NHÂN\n\nTổ chức cơ sở đảng là nền tảng của Đảng, là cầu nối giữa Đảng với nhân\ndân. Nghị quyết này tập trung củng cố tổ chức cơ sở đảng, nâng cao chất lượng\nđội ngũ đảng viên.",
		"II- QUAN ĐIỂM, MỤC TIÊU\n\n1. Củng cố, xây dựng tổ chức cơ sở đảng phải gắn với xây dựng hệ thống chính trị ở cơ sở.\n\n2. Lấy chất lượng đảng viên làm gốc.",
		"III- NHIỆM VỤ, GIẢI PHÁP\n\nĐổi mới nội dung sinh hoạt chi bộ, bảo đảm tính lãnh đạo, tính giáo dục, tính chiến đấu.")
	s.add(idPopulation, storage.Facts{
		Number: "21-NQ/TW", Kind: "Nghị quyết", KindSymbol: "NQ", Issuer: "Ban Chấp hành Trung ương", IssuerSymbol: "TW",
		Issued: "2017-10-25", Title: "công tác dân số trong tình hình mới",
	}, "21-NQ-TW.docx", docx, nil, "Công tác dân số là nhiệm vụ chiến lược, vừa cấp thiết vừa lâu dài.")
	s.add(idCharter, storage.Facts{
		Number: "232-QĐ/TW", Kind: "Quy định", KindSymbol: "QĐ", Issuer: "Ban Chấp hành Trung ương", IssuerSymbol: "TW",
		Issued: "2025-01-20", Title: "thi hành Điều lệ Đảng",
	}, "232.pdf", pdf, func(d *storage.Document) {
		d.Validity, d.ReplacedBy = storage.Replaced, []storage.ID{idDraft, idSuccessor}
	}, "Quy định về tuổi đời và trình độ học vấn của người vào Đảng.")
	s.add(idSuccessor, storage.Facts{
		Number: "294-QĐ/TW", Kind: "Quy định", KindSymbol: "QĐ", Issuer: "Ban Chấp hành Trung ương", IssuerSymbol: "TW",
		Issued: "2025-05-26", Effective: "2025-07-01", Title: "thi hành Điều lệ Đảng", Signer: "Tô Lâm",
		Relations: []storage.Relation{{Kind: storage.Replaces, Target: "232-QĐ/TW", Date: "2025-01-20", Explicit: true}},
	}, "294.html", "text/html", func(d *storage.Document) { d.Validity = storage.InForce },
		"Quy định này có hiệu lực từ ngày 01/7/2025.\n\nQuy định này thay thế Quy định số 232-QĐ/TW,\nngày 20/01/2025 và Quy định số 231-QĐ/TW, ngày 20/01/2025.")
	s.add(idGuide, storage.Facts{
		Number: "12-HD/BTCTW", Kind: "Hướng dẫn", KindSymbol: "HD", Issuer: "Ban Tổ chức Trung ương", IssuerSymbol: "BTCTW",
		Issued: "2018-07-06", Title: "một số vấn đề về nâng cao chất lượng sinh hoạt chi bộ", Circulation: "LƯU HÀNH NỘI BỘ",
	}, "12.pdf", pdf, func(d *storage.Document) { d.Audience = storage.AudienceMembers },
		"Chi bộ sinh hoạt thường kỳ mỗi tháng một lần.")
	s.add(idInternal, storage.Facts{Kind: "Báo cáo", Title: "rà soát hồ sơ"}, "bao-cao.pdf", pdf,
		func(d *storage.Document) { d.Audience = storage.AudienceStaff }, "Báo cáo nội bộ của Tổ Thư ký.")
	s.add(idDraft, storage.Facts{Number: "300-QĐ/TW", Kind: "Quy định", Title: "bản đang soạn"}, "nhap.pdf", pdf,
		func(d *storage.Document) { d.State, d.Published = storage.StateDraft, nil }, "Bản nháp.")
	return s
}

func ready() Readiness { return Readiness{Status: StatusReady, Detail: "Đã sẵn sàng."} }

func stopped() <-chan struct{} {
	stopping := make(chan struct{})
	close(stopping)
	return stopping
}

// serveShelf is a server over s; change may alter its configuration.
func serveShelf(t testing.TB, s *shelf, change func(*Config)) http.Handler {
	t.Helper()
	cfg := Config{
		Index: s, Library: s, OpenOriginal: s.OpenOriginal,
		Ready:    ready,
		Stopping: stopped(), // event streams tell what is and end
		Version:  "0.0.0-test", RatePerSecond: -1, Logger: slog.New(slog.DiscardHandler),
	}
	if change != nil {
		change(&cfg)
	}
	h, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// ask sends a request with the given headers ("Name: value").
func ask(h http.Handler, method, target string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://vankien.test/", nil)
	path, query, _ := strings.Cut(target, "?")
	r.URL.Path, r.URL.RawQuery, r.RequestURI = path, query, target
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func bearer(role storage.Role) string {
	if role == "" {
		return "X-Nothing: here"
	}
	return "Authorization: Bearer secret-" + string(role)
}
