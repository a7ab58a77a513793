package s3

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/minio/minio-go/v7"

	"vankien/storage"
)

// passing marks an error that another try may not meet; it wraps a sentinel.
type passing struct{ error }

func (p passing) Unwrap() error { return p.error }

// unavailable is a failure in passing that is none of S3's own.
func unavailable(format string, args ...any) error {
	return passing{fmt.Errorf("%w: %w", storage.ErrUnavailable, fmt.Errorf(format, args...))}
}

// classify gives an error the sentinel that callers know, and tells whether
// the call may be tried again. The text of what lies below is kept, not the
// error itself: it may wrap the context error of a timeout of our own, which
// must not be taken for the caller's.
func classify(err error) (_ error, again bool) {
	if p, ok := err.(passing); ok {
		return p.error, true
	}
	for _, sentinel := range []error{storage.ErrNotFound, storage.ErrConflict, storage.ErrInvalid, storage.ErrTooLarge, storage.ErrUnavailable, storage.ErrNoSpace, storage.ErrDamaged} {
		if errors.Is(err, sentinel) {
			return err, false
		}
	}
	if answer, ok := asAnswer(err); ok {
		sentinel, again := answered(answer)
		if sentinel == nil {
			return fmt.Errorf("S3 answered %d %s: %s", answer.StatusCode, answer.Code, answer.Error()), false
		}
		return fmt.Errorf("%w: S3 answered %d %s: %s", sentinel, answer.StatusCode, answer.Code, answer.Error()), again
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %w", storage.ErrUnavailable, io.ErrUnexpectedEOF), true
	}
	return fmt.Errorf("%w: %v", storage.ErrUnavailable, err), !untrusted(err)
}

// asAnswer is the server's refusal, if that is what err is.
func asAnswer(err error) (answer minio.ErrorResponse, ok bool) {
	ok = errors.As(err, &answer)
	return answer, ok
}

// answered tells what a refusal means: first by its code, then by its status.
// A sentinel of nil is a request that the server does not understand.
func answered(answer minio.ErrorResponse) (sentinel error, again bool) {
	switch answer.Code {
	case "NoSuchKey":
		return storage.ErrNotFound, false
	case "NoSuchBucket", "NoSuchUpload", "NotImplemented", "MethodNotAllowed":
		return storage.ErrUnavailable, false
	case "PreconditionFailed":
		return storage.ErrConflict, false
	case "ConditionalRequestConflict":
		return storage.ErrConflict, true
	case "InvalidRange":
		return storage.ErrInvalid, false
	case "KeyTooLongError":
		return storage.ErrInvalid, false
	case "EntityTooLarge":
		return storage.ErrTooLarge, false
	case "QuotaExceeded", "InsufficientStorage", "XMinioStorageFull", "XMinioAdminBucketQuotaExceeded", "ServiceQuotaExceeded":
		return storage.ErrNoSpace, false
	case "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch", "InvalidDigest", "IncompleteBody", "RequestTimeout", "OperationAborted", "InternalError", "SlowDown":
		return storage.ErrUnavailable, true // the wire altered or cut the request, or the server is busy
	}
	switch code := answer.StatusCode; {
	case code == http.StatusConflict, code == http.StatusPreconditionFailed:
		return storage.ErrConflict, false
	case code == http.StatusRequestedRangeNotSatisfiable:
		return storage.ErrInvalid, false
	case code == http.StatusInsufficientStorage:
		return storage.ErrNoSpace, false
	case code == http.StatusUnauthorized, code == http.StatusForbidden, code == http.StatusNotFound, code == http.StatusNotImplemented, code >= 300 && code < 400:
		return storage.ErrUnavailable, false // what the operator must mend: keys, rights, region, bucket
	case code == http.StatusRequestTimeout, code == http.StatusTooManyRequests, code >= 500, code < 300:
		return storage.ErrUnavailable, true
	default:
		return nil, false
	}
}

// refused tells whether a write was not done because its condition failed:
// nothing of this request was or will be stored. A multipart upload that is
// gone was completed, by a request whose answer was lost, or aborted.
func refused(err error, conditional bool) bool {
	answer, ok := asAnswer(err)
	if !ok {
		return false
	}
	switch answer.Code {
	case "PreconditionFailed", "NoSuchUpload":
		return true
	case "NoSuchKey":
		return conditional
	case "ExistingObjectIsDirectory", "ObjectParentIsFile", "ConditionalRequestConflict", "OperationAborted", "NoSuchBucket":
		return false
	}
	return answer.StatusCode == http.StatusPreconditionFailed || conditional && answer.StatusCode == http.StatusConflict
}

// doubtful tells whether a write may have been done although it failed: no
// answer came, or one of a server, or of a gateway before it, in trouble.
func doubtful(err error) bool {
	answer, ok := asAnswer(err)
	return !ok || answer.StatusCode < 400 || answer.StatusCode >= 500
}

// untrusted tells whether the server's certificate is what failed.
func untrusted(err error) bool {
	var verification *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	var invalid x509.CertificateInvalidError
	return errors.As(err, &verification) || errors.As(err, &authority) || errors.As(err, &host) || errors.As(err, &invalid)
}

// StartError is a store that cannot be opened. Reason is one Vietnamese
// sentence for the operator; Err tells the cause and holds no secret.
type StartError struct {
	Reason string
	Err    error
}

func (e *StartError) Error() string { return e.Err.Error() + ": " + e.Reason }

// Unwrap returns Err.
func (e *StartError) Unwrap() error { return e.Err }

func cannotStart(reason string, err error) error { return &StartError{Reason: reason, Err: err} }
