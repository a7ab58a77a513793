package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"vankien/indexer"
	"vankien/indexer/bleveindex"
	"vankien/indexer/extract"
	"vankien/storage"
	"vankien/storage/s3"
)

// explain says in Vietnamese why something failed. What has no Vietnamese
// reason is for the operator, who gets the technical one.
func explain(err error) string {
	var input *indexer.InputError
	var refusal *extract.Error
	var stopped stoppedError
	var path *fs.PathError
	var bucket *s3.StartError
	var held *bleveindex.HeldError
	switch {
	case noSpace(err):
		return "Hết dung lượng đĩa; không có gì bị ghi dở, hãy thêm chỗ rồi chạy lại (" + oneLine(err) + ")."
	case errors.As(err, &input):
		return input.Reason
	case errors.As(err, &refusal):
		return refusal.Reason
	case errors.As(err, &stopped):
		return stopped.Error()
	case errors.Is(err, context.Canceled):
		return "Đã dừng theo yêu cầu; chạy lại lệnh này để làm tiếp."
	case errors.As(err, &bucket):
		return bucket.Reason + " (" + oneLine(bucket.Err) + ")"
	case errors.As(err, &held):
		return "Một tiến trình vankien khác đang dùng thư mục dữ liệu: " + held.Error() + "; hãy dừng nó rồi chạy lại."
	case errors.Is(err, storage.ErrLocked):
		return "Một tiến trình vankien khác đang giữ chỉ mục này (" + err.Error() + "); hãy dừng nó rồi chạy lại."
	case errors.Is(err, storage.ErrUnavailable):
		return "Không dùng được kho hoặc chỉ mục lúc này (" + oneLine(err) + ")."
	case errors.As(err, &path):
		return printableName(path.Path) + ": " + fileReason(err)
	default:
		return err.Error()
	}
}

// oneLine is the technical reason, joined errors side by side.
func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }

// noSpace tells whether a disk is full: the store's, the index's, or that of
// the temporary files.
func noSpace(err error) bool {
	return errors.Is(err, storage.ErrNoSpace) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// fileReason says in Vietnamese why the system does not let a file be read.
// The file's name is not in it: it stands before it.
func fileReason(err error) string {
	var path *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return "không có tệp hay thư mục này"
	case errors.Is(err, fs.ErrPermission):
		return "không có quyền đọc"
	case errors.Is(err, syscall.ELOOP):
		return "liên kết đi vòng, không dẫn tới tệp nào"
	case errors.Is(err, syscall.ENAMETOOLONG):
		return "tên dài quá mức hệ thống cho phép"
	case errors.Is(err, syscall.EISDIR):
		return "là thư mục, không phải tệp"
	case errors.As(err, &path):
		return fmt.Sprintf("không đọc được (%v)", path.Err)
	default:
		return fmt.Sprintf("không đọc được (%v)", err)
	}
}

// fileFault is the reason why a file was not taken, where it is the file's fault.
func fileFault(err error) (string, bool) {
	var input *indexer.InputError
	var read *extract.Error
	var path *fs.PathError
	switch {
	case noSpace(err) || errors.Is(err, context.Canceled) || errors.Is(err, storage.ErrUnavailable):
		return "", false
	case errors.As(err, &input):
		return input.Reason, true
	case errors.As(err, &read):
		return read.Reason, true
	case errors.As(err, &path):
		return fileReason(err), true
	}
	return "", false
}
