package api

import (
	"os"
	"testing"

	"vankien/indexer/extract/pdfium/pdfiumtest"
)

func TestMain(m *testing.M) {
	if _, err := pdfiumtest.Use(); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}
