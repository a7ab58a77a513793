package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vankien/indexer/bodies"
)

// An operator's bodies.json in the data directory adds to the register of
// bodies; what is wrong with it is said, and nothing starts.
func TestBodiesOfTheOperator(t *testing.T) {
	t.Cleanup(func() { bodies.Use(nil) })
	data := filepath.Join(t.TempDir(), "kho")
	if err := os.MkdirAll(filepath.Join(data, "store"), 0o700); err != nil {
		t.Fatal(err)
	}
	put := func(text string) {
		if err := os.WriteFile(filepath.Join(data, "bodies.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(`{"bodies": [{"id": "hoc-vien-ba-sao", "name": "Học viện Ba Sao", "level": "cap-bo"}]}`)
	said := complaint(t, exitFailed, "search", "--data", data, "chi bộ")
	for _, want := range []string{"bodies.json: bodies, mục thứ 1 (“hoc-vien-ba-sao”): level “cap-bo” không có", "Hãy sửa tệp này"} {
		if !strings.Contains(said, want) {
			t.Errorf("a wrong file is answered %q, want %q", said, want)
		}
	}
	put(`{"bodies": [{"id": "hoc-vien-ba-sao", "name": "Học viện Ba Sao", "level": "bo"}]}`)
	vankien(t, 0, "search", "--data", data, "chi bộ")
	if _, known := bodies.Default().ByName("hoc vien ba sao", ""); !known {
		t.Error("the operator's body is not known")
	}
	if err := os.Remove(filepath.Join(data, "bodies.json")); err != nil {
		t.Fatal(err)
	}
	vankien(t, 0, "search", "--data", data, "chi bộ")
	if _, known := bodies.Default().ByName("hoc vien ba sao", ""); known {
		t.Error("the operator's body stays when the file is gone")
	}
}
