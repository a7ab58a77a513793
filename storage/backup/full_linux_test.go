package backup_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/storage/backup"
)

// A full disk ends a backup and harms none that is there; with more room the
// next one goes on.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("none", disk, "tmpfs", 0, "size=600k,mode=700"); err != nil {
		t.Skipf("cannot mount a file system to fill: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	dir := filepath.Join(disk, "sao lưu")
	s, l, _ := library(t, 3)
	before := contents(t, s)
	create(t, s, dir)
	for i := range 10 {
		if _, err := add(t.Context(), l, fmt.Sprint(i, strings.Repeat("x", 100_000))); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		_, err := backup.Create(t.Context(), s, dir, backup.Options{Keep: 1})
		if err == nil || !strings.Contains(err.Error(), syscall.ENOSPC.Error()) {
			t.Fatalf("a megabyte into 600 KiB: %v", err)
		}
		if diff := cmp.Diff(before, contents(t, restore(t, dir, ""))); diff != "" {
			t.Errorf("restored (-store +restored):\n%s", diff)
		}
	}
	copied, err := os.ReadDir(filepath.Join(dir, "objects"))
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("none", disk, "tmpfs", syscall.MS_REMOUNT, "size=4m"); err != nil {
		t.Fatal(err)
	}
	create(t, s, dir)
	if diff := cmp.Diff(contents(t, s), contents(t, restore(t, dir, ""))); diff != "" {
		t.Errorf("restored (-store +restored):\n%s", diff)
	}
	t.Logf("%d folders of objects were there when the disk was full", len(copied))
}
