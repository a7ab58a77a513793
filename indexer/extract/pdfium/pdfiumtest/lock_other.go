//go:build !unix

package pdfiumtest

// lock does nothing: several processes may compile then.
func lock(string) (unlock func(), err error) { return func() {}, nil }
