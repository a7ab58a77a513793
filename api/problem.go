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
	Type      string `json:"type"` // a path of this site, "about:blank" where the status says it all
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	RequestID string `json:"request_id"` // what the log calls the request
}

// The errors that only HTTP knows.
var (
	errTooMany = errors.New("too many requests")
	errMethod  = errors.New("method not allowed")
	errRange   = errors.New("range beyond the end")
	errOrigin  = errors.New("request from another site")
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
	{auth.ErrUnauthorized, http.StatusUnauthorized, "unauthorized", "Cần mã truy cập", "Nội dung này cần mã truy cập hợp lệ. Hãy xin mã ở Ban Biên tập."},
	{storage.ErrForbidden, http.StatusForbidden, "forbidden", "Không có quyền", "Mã truy cập của bạn không đủ quyền làm việc này."},
	{errOrigin, http.StatusForbidden, "cross-origin", "Yêu cầu bị từ chối", "Yêu cầu này đến từ một trang khác nên không được thực hiện."},
	{storage.ErrNotFound, http.StatusNotFound, "not-found", "Không tìm thấy", "Không có nội dung nào ở địa chỉ này, hoặc nội dung không dành cho bạn."},
	{errMethod, http.StatusMethodNotAllowed, "method-not-allowed", "Phương thức không dùng được", "Địa chỉ này không nhận phương thức vừa gửi."},
	{errRange, http.StatusRequestedRangeNotSatisfiable, "range", "Khoảng yêu cầu nằm ngoài tệp", "Tệp gốc ngắn hơn khoảng byte mà yêu cầu nêu."},
	{storage.ErrConflict, http.StatusConflict, "conflict", "Nội dung đã thay đổi", "Nội dung đã được người khác thay đổi, hoặc đã có trong thư viện."},
	{storage.ErrTooLarge, http.StatusRequestEntityTooLarge, "too-large", "Dữ liệu quá lớn", "Dữ liệu gửi lên vượt quá giới hạn cho phép."},
	{storage.ErrUnsupported, http.StatusUnsupportedMediaType, "unsupported", "Định dạng chưa được hỗ trợ", "Thư viện chưa đọc được định dạng tệp này."},
	{storage.ErrSecret, http.StatusUnprocessableEntity, "secret", "Tài liệu có dấu hiệu mật", "Tài liệu mang dấu chỉ độ mật không được đưa lên máy nối mạng. Không có gì được lưu lại."},
	{storage.ErrEncrypted, http.StatusUnprocessableEntity, "encrypted", "Tệp có mật khẩu", "Tệp được bảo vệ bằng mật khẩu nên không đọc được. Hãy gỡ mật khẩu rồi gửi lại."},
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
	var condition failedCondition
	if errors.As(err, &condition) {
		p.Status, p.Type = http.StatusPreconditionFailed, problemBase+"/precondition-failed"
	}
	var input *indexer.InputError
	if p.Status != http.StatusInternalServerError && errors.As(err, &input) {
		p.Detail = input.Reason
	}
	return p
}

// errorHeaders sets what a client should know of the refusal beside its body.
func errorHeaders(h http.Header, status int) {
	h.Set("Cache-Control", "no-store")
	h.Del("ETag")
	switch status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", `Bearer realm="vankien"`)
	case http.StatusTooManyRequests:
		h.Set("Retry-After", "2")
	case http.StatusServiceUnavailable:
		h.Set("Retry-After", "5")
	}
}

func writeProblem(w http.ResponseWriter, p Problem) error {
	errorHeaders(w.Header(), p.Status)
	w.Header().Set("Content-Type", "application/problem+json; charset=utf-8")
	w.WriteHeader(p.Status)
	return json.NewEncoder(w).Encode(p)
}
