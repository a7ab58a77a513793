package bleveindex

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOneFileKnowsSegments: Bleve's segment API is not promised stable, so one
// file of ours speaks it.
func TestOneFileKnowsSegments(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var knowing []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(file, "_test.go") && strings.Contains(string(text), "/scorch_segment_api/") {
			knowing = append(knowing, file)
		}
	}
	if len(knowing) != 1 || knowing[0] != "segments.go" {
		t.Errorf("%v import the segment API, want segments.go alone", knowing)
	}
}
