package s3

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"net"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"vankien/storage"
)

// probePrefix is where Open tries out what the server can; no list of the
// library begins with it.
const probePrefix = "probe/"

// abandoned is the age from which a multipart upload, and a probe, has nobody
// behind it any more.
const abandoned = 24 * time.Hour

// start makes sure that the bucket can serve as a store.
func (s *Store) start(ctx context.Context) error {
	var stale []storage.Object
	var raw error // the server's own refusal
	err := s.try(ctx, "open the bucket "+s.bucket, func(ctx context.Context) error {
		stale, raw = s.page(ctx, probePrefix, "", pageSize)
		return raw
	})
	if err != nil {
		return s.explainStart(ctx, err, raw)
	}
	if err := s.probe(ctx); err != nil {
		return err
	}
	if at := s.client.EndpointURL(); at.Scheme == "http" && !loopback(at.Hostname()) {
		s.log.WarnContext(ctx, "the S3 server is reached without TLS: keys are signed, but listings and parts of objects can be altered on the way", "server", at.Host)
	}
	s.sweep(ctx, stale)
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// probe puts an object and then tries what the server must refuse.
func (s *Store) probe(ctx context.Context) error {
	key := probePrefix + strings.ToLower(ulid.Make().String())
	first := []byte("probe")
	put := func(data []byte, opt storage.PutOptions) (storage.Object, error) {
		return s.Put(ctx, key, bytes.NewReader(data), opt)
	}
	obj, err := put(first, storage.PutOptions{IfNoneMatch: true})
	if err != nil {
		return cannotStart("Không ghi được vào bucket "+s.bucket+": khóa truy cập cần quyền đọc, ghi và xóa.", err)
	}
	defer s.tidy(ctx, func(ctx context.Context) {
		if err := s.remove(ctx, key, ""); err != nil {
			s.log.WarnContext(ctx, "a probe stays in the bucket", "key", key, "error", err)
		}
	})
	sum := md5.Sum(first)
	s.plainETags = obj.ETag == hex.EncodeToString(sum[:])
	for _, opt := range []storage.PutOptions{{IfNoneMatch: true}, {IfMatch: strings.Repeat("0", 32)}} {
		switch _, err := put([]byte("other"), opt); {
		case err == nil, !errors.Is(err, storage.ErrConflict) && !errors.Is(err, storage.ErrUnavailable):
			return cannotStart("Máy chủ S3 không giữ điều kiện khi ghi (If-Match, If-None-Match), hai người sửa cùng lúc sẽ mất dữ liệu; hãy dùng máy chủ khác hoặc bản mới hơn.",
				errors.Join(errors.New("the server does not keep conditions on writes"), err))
		case !errors.Is(err, storage.ErrConflict):
			return s.explainStart(ctx, err, err)
		}
	}
	if _, err := put([]byte("again"), storage.PutOptions{IfMatch: obj.ETag}); err != nil {
		return cannotStart("Máy chủ S3 từ chối ghi có điều kiện If-Match đúng; hãy dùng máy chủ khác hoặc bản mới hơn.", err)
	}
	return nil
}

// sweep removes what processes that died left behind. What cannot be removed
// now is tried again by the next Open.
func (s *Store) sweep(ctx context.Context, probes []storage.Object) {
	s.tidy(ctx, func(ctx context.Context) {
		for _, probe := range probes {
			if time.Since(probe.Modified) > abandoned {
				if err := s.remove(ctx, probe.Key, probe.ETag); err != nil {
					s.log.WarnContext(ctx, "an old probe stays in the bucket", "key", probe.Key, "error", err)
				}
			}
		}
		uploads, err := s.client.ListMultipartUploads(ctx, s.bucket, "", "", "", "", pageSize)
		if err != nil {
			s.log.WarnContext(ctx, "unfinished uploads cannot be listed", "error", err)
		}
		for _, upload := range uploads.Uploads {
			ours := storage.CheckKey(upload.Key) == nil // others may use the bucket as well
			if ours && time.Since(upload.Initiated) > abandoned {
				s.abort(ctx, upload.Key, upload.UploadID)
			}
		}
	})
}

// reasons are the sentences for what a server answers at the start, by code.
var reasons = map[string]string{
	"InvalidAccessKeyId":                 "Máy chủ S3 không biết khóa truy cập này.",
	"SignatureDoesNotMatch":              "Khóa bí mật S3 không đúng.",
	"XAdminUserNotFound":                 "Máy chủ S3 không biết khóa truy cập này.", // versitygw
	"InvalidToken":                       "Mã phiên (session token) S3 không hợp lệ.",
	"ExpiredToken":                       "Khóa truy cập S3 tạm thời đã hết hạn.",
	"RequestTimeTooSkewed":               "Đồng hồ của máy này lệch quá xa so với máy chủ S3; hãy chỉnh lại giờ.",
	"RequestExpired":                     "Đồng hồ của máy này lệch quá xa so với máy chủ S3; hãy chỉnh lại giờ.",
	"AuthorizationHeaderMalformed":       "Vùng (region) cấu hình không đúng với máy chủ S3.",
	"IncorrectRegion":                    "Vùng (region) cấu hình không đúng với máy chủ S3.",
	"InvalidRegion":                      "Vùng (region) cấu hình không đúng với máy chủ S3.",
	"IllegalLocationConstraintException": "Vùng (region) cấu hình không đúng với máy chủ S3.",
	"PermanentRedirect":                  "Bucket nằm ở vùng (region) khác; hãy sửa vùng trong cấu hình.",
}

// explainStart makes a *StartError of what the first call met.
func (s *Store) explainStart(ctx context.Context, err, raw error) error {
	if ctx.Err() != nil {
		return err
	}
	answer, answered := asAnswer(raw)
	reason, known := reasons[answer.Code]
	switch {
	case known:
	case answer.Code == "NoSuchBucket":
		reason = "Không có bucket tên " + s.bucket + " trên máy chủ S3; hãy tạo bucket trước."
	case answered && (answer.StatusCode == 401 || answer.StatusCode == 403):
		reason = "Khóa truy cập không có quyền dùng bucket " + s.bucket + "."
	case answered && answer.StatusCode >= 300 && answer.StatusCode < 400:
		reason = reasons["PermanentRedirect"]
	case answered:
		reason = "Máy chủ S3 trả lời lỗi khi mở bucket " + s.bucket + "; hãy kiểm tra địa chỉ và nhật ký của máy chủ."
	case untrusted(raw):
		reason = "Chứng thư TLS của máy chủ S3 không được tin cậy; hãy chỉ ra tệp chứng thư gốc."
	default:
		reason = "Không kết nối được máy chủ S3 " + s.client.EndpointURL().Host + "; hãy kiểm tra địa chỉ, mạng và máy chủ."
	}
	return cannotStart(reason, err)
}
