//go:build !unix

package pdfium

import "io/fs"

// ours cannot be told where files have no owner of this kind; the folders that
// such systems give a user are that user's alone.
func ours(fs.FileInfo) bool { return true }

func reserve(size int) []byte { return make([]byte, size) }

func release([]byte) {}

// theirs is not known where there are no such owners.
func theirs(fs.FileInfo) bool { return false }
