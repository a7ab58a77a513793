package facts_test

import (
	"fmt"
	"os"
	"testing"

	"vankien/indexer/ocr"
)

// asRecognizer makes the test binary the command that recognises a picture.
const asRecognizer = "VANKIEN_TEST_RECOGNISE"

func TestMain(m *testing.M) {
	if os.Getenv(asRecognizer) != "" {
		fmt.Fprintln(os.Stderr, ocr.ServeLimited(os.Args[1:]))
		os.Exit(1)
	}
	os.Exit(m.Run())
}
