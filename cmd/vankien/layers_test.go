package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layers is the architecture: which packages of ours a package may import
// (ARCHITECTURE.md). A package that is not listed fails the test, so that a new
// one is placed on purpose. cmd may import everything.
var layers = map[string][]string{
	"storage":                {},
	"storage/files":          {"storage"},
	"storage/storagetest":    {"storage"},
	"storage/s3":             {"storage"},
	"storage/s3/s3test":      {},
	"storage/verify":         {"storage"},
	"storage/backup":         {"storage"},
	"analyzers":              {},
	"indexer/citation":       {"analyzers"},
	"indexer/query":          {"indexer/citation", "analyzers", "indexer/bodies"},
	"indexer/relations":      {"storage", "indexer/citation", "analyzers"},
	"indexer/bodies":         {"storage", "analyzers"},
	"indexer/suggest":        {"analyzers"},
	"indexer/spelling":       {"analyzers"},
	"indexer/confine":        {},
	"indexer/extract":        {"storage", "analyzers", "indexer/confine", "indexer/extract/pdfium", "indexer/extract/word", "indexer/extract/rtf"},
	"indexer/extract/pdfium": {},
	"indexer/extract/word":   {"analyzers"},
	"indexer/extract/rtf":    {"analyzers"},
	"indexer/ocr":            {"storage", "analyzers", "indexer/confine", "indexer/extract"},
	"indexer/facts":          {"storage", "indexer/citation", "analyzers", "indexer/bodies"},
	"indexer":                {"storage", "analyzers", "indexer/extract", "indexer/facts", "indexer/citation", "indexer/query", "indexer/bodies"},
	"indexer/bleveindex":     {"indexer", "indexer/citation", "indexer/query", "indexer/relations", "indexer/suggest", "indexer/spelling", "storage", "analyzers", "indexer/bodies"},
	"indexer/indextest":      {"indexer", "storage", "analyzers"},
	"indexer/eval":           {"indexer", "storage", "analyzers"},
	"indexer/bibliography":   {"indexer", "indexer/bodies", "indexer/citation", "storage", "analyzers"},
	"api/auth":               {"storage"},
	"api/web":                {"storage", "indexer", "indexer/query", "indexer/bibliography", "analyzers"},
	"api":                    {"api/auth", "api/web", "storage", "indexer", "indexer/citation", "indexer/bibliography", "analyzers"},
	"testdata":               {},

	"indexer/extract/pdfium/pdfiumtest": {"indexer/extract/pdfium"},
}

const module = "vankien/"

func TestLayers(t *testing.T) {
	for _, pkg := range listPackages(t) {
		name := strings.TrimPrefix(pkg.ImportPath, module)
		if strings.HasPrefix(name, "cmd/") || name == "testdata/make" {
			continue
		}
		allowed, known := layers[name]
		if !known {
			t.Errorf("package %s has no place in the layers", name)
			continue
		}
		for _, imported := range pkg.Imports {
			if inner, ours := strings.CutPrefix(imported, module); ours && !slices.Contains(allowed, inner) {
				t.Errorf("%s may not import %s", name, inner)
			}
		}
	}
}

// TestTopLevel holds the fixed top level of the module.
func TestTopLevel(t *testing.T) {
	tracked, err := exec.Command("git", "-C", "../..", "ls-files").Output()
	if err != nil {
		t.Skipf("no git checkout: %v", err)
	}
	allowed := []string{"cmd", "indexer", "api", "storage", "analyzers", "testdata", "docs", "scripts", ".ci"}
	for file := range strings.Lines(string(tracked)) {
		if folder, _, inside := strings.Cut(strings.TrimSpace(file), "/"); inside && !slices.Contains(allowed, folder) {
			t.Errorf("%s: no folder %s at the top level", file, folder)
		}
	}
}

type goPackage struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	list := exec.Command("go", "list", "-json=ImportPath,Imports", "./...", "./testdata")
	list.Dir = "../.."
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var pkg goPackage
		switch err := decoder.Decode(&pkg); {
		case errors.Is(err, io.EOF):
			return packages
		case err != nil:
			t.Fatal(err)
		}
		packages = append(packages, pkg)
	}
}
