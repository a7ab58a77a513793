package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"vankien/api/auth"
	"vankien/indexer"
	"vankien/storage"
)

// Problem is an RFC 9457 problem document. Title and detail are Vietnamese.
type Problem struct {
	Type      string     `json:"type"` // a path of this site, "about:blank" where the status says it all
	Title     string     `json:"title"`
	Status    int        `json:"status"`
	Detail    string     `json:"detail"`
	RequestID string     `json:"request_id"`         // what the log calls the request
	Document  storage.ID `json:"document,omitempty"` // the document that has the bytes of an upload

	Citation *CitationRead `json:"citation,omitempty"` // of a look-up: what was read of it
	Nearest  []Candidate   `json:"nearest,omitzero"`   // of a look-up: numbers like the one that no document has, as a question
}

// The errors that only HTTP knows.
var (
	errTooMany      = errors.New("too many requests")
	errMethod       = errors.New("method not allowed")
	errReadOnly     = errors.New("the server only reads")
	errRange        = errors.New("range beyond the end")
	errOrigin       = errors.New("request from another site")
	errPrecondition = errors.New("no If-Match")
	errSlow         = errors.New("the body comes too slowly")
	errReindexing   = errors.New("a reindex runs")
	errUnreadable   = errors.New("unreadable file")
	errLost         = errors.New("lost by the store") // of what a record says that it is there
)

const problemBase = "/problems"

// problems is the one table from errors to answers; the first that errors.Is
// holds. Whatever is not in it is a fault of ours (500), and its text stays in
// the log.
var problems = []struct {
	err    error
	status int
	slug   string
	title  string
	detail string
}{
	{errLost, http.StatusInternalServerError, "lost", "Chưa đọc được từ kho", "Kho chưa đọc được nội dung của văn bản này. Hãy báo cho người quản trị kèm mã yêu cầu."},
	{storage.ErrDamaged, http.StatusInternalServerError, "damaged", "Dữ liệu bị hỏng", "Dữ liệu của văn bản này trong kho không còn nguyên vẹn nên không được phục vụ. Hãy báo cho người quản trị kèm mã yêu cầu."},
	{auth.ErrUnauthorized, http.StatusUnauthorized, "unauthorized", "Cần mã truy cập", "Nội dung này cần mã truy cập hợp lệ. Hãy xin mã ở Ban Biên tập."},
	{storage.ErrForbidden, http.StatusForbidden, "forbidden", "Không có quyền", "Mã truy cập của bạn không đủ quyền làm việc này."},
	{errOrigin, http.StatusForbidden, "cross-origin", "Yêu cầu bị từ chối", "Yêu cầu này đến từ một trang khác nên không được thực hiện."},
	{storage.ErrNotFound, http.StatusNotFound, "not-found", "Không tìm thấy", "Không có nội dung nào ở địa chỉ này, hoặc nội dung không dành cho bạn."},
	{errMethod, http.StatusMethodNotAllowed, "method-not-allowed", "Phương thức không dùng được", "Địa chỉ này không nhận phương thức vừa gửi."},
	{errReadOnly, http.StatusMethodNotAllowed, "read-only", "Máy chủ chỉ để đọc", "Máy chủ này chỉ phục vụ đọc và tìm, không nhận thay đổi."},
	{errRange, http.StatusRequestedRangeNotSatisfiable, "range", "Khoảng yêu cầu nằm ngoài tệp", "Tệp gốc ngắn hơn khoảng byte mà yêu cầu nêu."},
	{errPrecondition, http.StatusPreconditionRequired, "precondition-required", "Thiếu If-Match", "Hãy gửi kèm If-Match với ETag của văn bản mà bạn đã xem, để không ghi đè lên thay đổi của người khác."},
	{errSlow, http.StatusRequestTimeout, "slow", "Dữ liệu gửi lên quá chậm", "Đường truyền bị ngắt quãng quá lâu nên việc tải lên đã dừng; không có gì được lưu lại. Hãy thử lại."},
	{errReindexing, http.StatusConflict, "conflict", "Không thực hiện được lúc này", "Chỉ mục đang được lập lại. Hãy chờ việc ấy xong."},
	{indexer.ErrUnconfirmed, http.StatusConflict, "unconfirmed", "Cần người xem ảnh các trang đầu", "Hãy xem ảnh các trang đầu rồi gửi lại kèm xác nhận."},
	{storage.ErrConflict, http.StatusConflict, "conflict", "Không thực hiện được lúc này", "Nội dung đã được người khác thay đổi. Hãy xem lại rồi thử lại."},
	{storage.ErrTooLarge, http.StatusRequestEntityTooLarge, "too-large", "Dữ liệu quá lớn", "Dữ liệu gửi lên vượt quá giới hạn cho phép."},
	{storage.ErrUnsupported, http.StatusUnsupportedMediaType, "unsupported", "Định dạng chưa được hỗ trợ", "Thư viện chưa đọc được định dạng tệp này."},
	{storage.ErrSecret, http.StatusUnprocessableEntity, "secret", "Tài liệu có dấu hiệu mật", "Tài liệu mang dấu chỉ độ mật không được đưa lên máy nối mạng. Không có gì được lưu lại."},
	{storage.ErrEncrypted, http.StatusUnprocessableEntity, "encrypted", "Tệp có mật khẩu", "Tệp được bảo vệ bằng mật khẩu nên không đọc được. Hãy gỡ mật khẩu rồi gửi lại."},
	{errUnreadable, http.StatusUnprocessableEntity, "unreadable", "Tệp không đọc được", "Tệp rỗng, bị hỏng hoặc chưa tải lên đủ. Không có gì được lưu lại."},
	{errTooMany, http.StatusTooManyRequests, "too-many-requests", "Quá nhiều yêu cầu", "Bạn gửi quá nhiều yêu cầu trong thời gian ngắn. Hãy thử lại sau ít giây."},
	{storage.ErrInvalid, http.StatusBadRequest, "invalid", "Yêu cầu không hợp lệ", "Yêu cầu có giá trị không hợp lệ."},
	{storage.ErrNoSpace, http.StatusInsufficientStorage, "no-space", "Hết dung lượng lưu trữ", "Thư viện đã hết chỗ lưu trữ. Hãy báo cho người quản trị."},
	{storage.ErrUnavailable, http.StatusServiceUnavailable, "unavailable", "Tạm thời chưa phục vụ được", "Thư viện đang bận hoặc đang khởi động. Hãy thử lại sau ít giây."},
	{storage.ErrLocked, http.StatusServiceUnavailable, "unavailable", "Tạm thời chưa phục vụ được", "Thư viện đang bận hoặc đang khởi động. Hãy thử lại sau ít giây."},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "timeout", "Quá thời gian xử lý", "Yêu cầu mất quá nhiều thời gian. Hãy thu hẹp câu tìm hoặc thử lại sau ít giây."},
	{context.Canceled, statusClientClosed, "canceled", "Yêu cầu đã bị hủy", "Kết nối đã đóng trước khi có câu trả lời."},
}

// statusClientClosed is what logs call a request whose client went away
// (nginx's 499); nobody reads the answer.
const statusClientClosed = 499

// failedCondition is a storage.ErrConflict that an If-Match of the client
// caused: 412 rather than 409.
type failedCondition struct{ err error }

func (e failedCondition) Error() string { return "if-match: " + e.err.Error() }
func (e failedCondition) Unwrap() error { return e.err }

// problemFor describes err to its sender.
func problemFor(err error) Problem {
	p := Problem{
		Type: "about:blank", Status: http.StatusInternalServerError, Title: "Lỗi hệ thống",
		Detail: "Đã có lỗi ngoài dự kiến. Hãy thử lại; nếu vẫn lỗi, hãy báo cho người quản trị kèm mã yêu cầu.",
	}
	for _, row := range problems {
		if errors.Is(err, row.err) {
			p = Problem{Type: problemBase + "/" + row.slug, Status: row.status, Title: row.title, Detail: row.detail}
			break
		}
	}
	if p.Status == http.StatusInternalServerError {
		return p
	}
	if reason := indexer.ReasonOf(err); reason != "" {
		p.Detail = reason
	}
	if errors.As(err, new(failedCondition)) {
		p.Status, p.Type, p.Title = http.StatusPreconditionFailed, problemBase+"/precondition-failed", "Nội dung đã thay đổi"
	}
	var unknown unknownCitation
	if errors.As(err, &unknown) {
		unknown.describe(&p)
	}
	var there *indexer.PresentError
	if errors.As(err, &there) {
		p.Type, p.Title, p.Document = problemBase+"/present", "Tệp đã có trong thư viện", there.ID
		p.Detail = "Thư viện đã có đúng tệp này."
		if there.Deleted {
			p.Detail = "Thư viện đã có đúng tệp này, nhưng văn bản đã bị xóa; hãy khôi phục văn bản thay vì tải lại."
		}
	}
	return p
}

// retryAfter is after how many seconds to try again what is out for now.
const retryAfter = "5"

// errorHeaders sets what a client should know of the refusal beside its body.
func errorHeaders(h http.Header, status int) {
	h.Set("Cache-Control", "no-store")
	h.Del("ETag")
	switch status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="vankien"`)
	case http.StatusMethodNotAllowed:
		if h["Allow"] == nil { // of a server that only reads
			h.Set("Allow", "")
		}
	case http.StatusTooManyRequests:
		h.Set("Retry-After", "2")
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", retryAfter)
	}
}

func writeProblem(w http.ResponseWriter, p Problem) error {
	errorHeaders(w.Header(), p.Status)
	w.Header().Set("Content-Type", "application/problem+json; charset=utf-8")
	w.WriteHeader(p.Status)
	return json.NewEncoder(w).Encode(p)
}
