package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"vankien/storage"
	"vankien/storage/files"
)

// libraryIn opens the library of a data directory beside whatever runs there.
func libraryIn(t *testing.T, data string) *storage.Library {
	t.Helper()
	store, err := files.Open(filepath.Join(data, "store"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return storage.NewLibrary(store)
}

// events are today's, as "by action subject".
func events(t *testing.T, data string) string {
	t.Helper()
	var lines strings.Builder
	for event, err := range libraryIn(t, data).Audit(t.Context(), time.Now()) {
		if err != nil {
			t.Fatal(err)
		}
		lines.WriteString(event.By + " " + event.Action + " " + event.Subject + "\n")
	}
	return lines.String()
}

// TestTokens: tokens are made, listed without their secret and taken back, and
// the audit trail tells of it.
func TestTokens(t *testing.T) {
	data := t.TempDir()
	add := func(role, name string) string {
		return strings.TrimSpace(vankien(t, exitDone, "token", "add", "--data", data, "--role", role, "--name", name))
	}
	secrets := []string{add("reader", "sổ tay"), add("editor", "chị Hoa"), add("publisher", "chị Hoa")}
	list := vankien(t, exitDone, "token", "list", "--data", data)
	for _, want := range []string{"TÊN", "sổ tay", "chị Hoa", "reader", "publisher", "3 mã truy cập."} {
		if !strings.Contains(list, want) {
			t.Errorf("no %q in\n%s", want, list)
		}
	}
	for _, secret := range secrets {
		if len(secret) < 20 || strings.Contains(list, secret) {
			t.Errorf("secret %q in\n%s", secret, list)
		}
	}
	if out := vankien(t, exitDone, "token", "remove", "--data", data, "--name", "chị Hoa"); !strings.Contains(out, "Đã thu hồi 2 mã truy cập.") {
		t.Errorf("printed %q", out)
	}
	if _, err := libraryIn(t, data).TokenFor(t.Context(), secrets[1]); err == nil {
		t.Error("a token that was taken back is still good")
	}
	hash := regexp.MustCompile(`[0-9a-f]{8}\n`).FindString(list[strings.Index(list, "sổ tay"):])
	if out := vankien(t, exitDone, "token", "remove", "--data", data, "--hash", strings.ToUpper(strings.TrimSpace(hash))); !strings.Contains(out, "sổ tay") {
		t.Errorf("printed %q", out)
	}
	if out := vankien(t, exitDone, "token", "list", "--data", data); out != "0 mã truy cập.\n" {
		t.Errorf("printed %q", out)
	}
	want := "operator token-add sổ tay\noperator token-add chị Hoa\noperator token-add chị Hoa\n" +
		"operator token-remove chị Hoa\noperator token-remove chị Hoa\noperator token-remove sổ tay\n"
	if got := events(t, data); got != want {
		t.Errorf("the audit trail has\n%s", got)
	}
}

// TestTokensRefused: what names no token or several, and what is no library.
func TestTokensRefused(t *testing.T) {
	data := t.TempDir()
	for range 20 { // two of them begin alike
		vankien(t, exitDone, "token", "add", "--data", data, "--role", "reader", "--name", "sổ tay")
	}
	nowhere := filepath.Join(t.TempDir(), "nowhere")
	for _, test := range []struct {
		code int
		want string
		args []string
	}{
		{exitUsage, "chọn một trong hai", []string{"remove", "--data", data}},
		{exitUsage, "chọn một trong hai", []string{"remove", "--data", data, "--name", "a", "--hash", "b"}},
		{exitFailed, "Không có mã truy cập nào", []string{"remove", "--data", data, "--name", "ai đó"}},
		{exitFailed, "Không có mã truy cập nào", []string{"remove", "--data", data, "--hash", "xyz"}},
		{exitFailed, "Không có kho", []string{"list", "--data", nowhere}},
		{exitFailed, "Không có kho", []string{"remove", "--data", nowhere, "--name", "a"}},
		{exitFailed, "dành riêng cho hệ thống", []string{"add", "--data", data, "--role", "admin", "--name", "operator"}},
	} {
		if out := complaint(t, test.code, append([]string{"token"}, test.args...)...); !strings.Contains(out, test.want) {
			t.Errorf("token %v: printed %q, want %q", test.args, out, test.want)
		}
	}
	ambiguous := false
	for _, digit := range "0123456789abcdef" {
		args := []string{"token", "remove", "--data", data, "--hash", string(digit)}
		if n := strings.Count(vankien(t, exitDone, "token", "list", "--data", data), " "+string(digit)); n > 1 {
			if out := complaint(t, exitFailed, args...); strings.Contains(out, "hãy gõ dài hơn") {
				ambiguous = true
				break
			}
		}
	}
	if !ambiguous {
		t.Error("no prefix was ambiguous")
	}
	if _, err := os.Stat(nowhere); err == nil {
		t.Error("a mistyped folder became a library")
	}
}

// TestDamagedToken: one that cannot be read is told, and can be removed by its
// whole hash.
func TestDamagedToken(t *testing.T) {
	data := t.TempDir()
	vankien(t, exitDone, "token", "add", "--data", data, "--role", "reader", "--name", "sổ tay")
	kept, err := filepath.Glob(filepath.Join(data, "store/tokens/*.json"))
	if err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	if err := os.WriteFile(kept[0], []byte("hỏng"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := complaint(t, exitPartly, "token", "list", "--data", data); !strings.Contains(out, "mã bị hỏng") {
		t.Errorf("printed %q", out)
	}
	hash := strings.TrimSuffix(filepath.Base(kept[0]), ".json")
	vankien(t, exitDone, "token", "remove", "--data", data, "--hash", hash)
	vankien(t, exitDone, "token", "list", "--data", data)
}
