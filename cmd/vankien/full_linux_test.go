package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// smallDisk mounts a file system of so many bytes; only root may.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "mode=700,size="+size); err != nil {
		t.Skipf("cannot mount a file system to fill: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// onFullDisk runs a command as a process of its own and tells its exit code;
// one that fails must have said why.
func onFullDisk(t *testing.T, args ...string) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	out, err := program(ctx, args...).CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return exitDone
	case !errors.As(err, &exit) || exit.ExitCode() != exitFailed ||
		!strings.Contains(string(out), "vankien: Hết dung lượng đĩa") || strings.Contains(string(out), "goroutine "):
		t.Errorf("%s: %v, printed\n%s", args[0], err, out)
	}
	return exitFailed
}

// fill leaves no byte on the disk of dir.
func fill(t *testing.T, dir string) {
	t.Helper()
	file, err := os.Create(filepath.Join(dir, "filler"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for err == nil {
		_, err = file.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}

// TestFullDisk: wherever the disk is full, in the store or in the index, each
// command says so and ends, and once there is room the work goes on.
func TestFullDisk(t *testing.T) {
	folder := sampleFolder(t)
	sizes := []string{"100k", "600k"}
	if os.Getenv("VANKIEN_SOAK") != "" {
		sizes = []string{"100k", "200k", "300k", "400k", "600k", "800k", "1m"}
	}
	for _, size := range sizes {
		t.Run(size, func(t *testing.T) {
			disk := smallDisk(t, size)
			data := filepath.Join(disk, "data")
			if onFullDisk(t, "import", "--publish", "--data", data, folder) != exitFailed {
				t.Fatal("all samples fit")
			}
			fill(t, disk)
			for _, args := range [][]string{
				{"import", "--publish", "--data", data, folder},
				{"reindex", "--data", data},
				{"serve", "--data", data, "--listen", "127.0.0.1:0"},
				{"token", "add", "--data", data, "--role", "reader", "--name", "thử"},
			} {
				if onFullDisk(t, args...) != exitFailed {
					t.Errorf("%s did what it was told without room", args[0])
				}
			}
			onFullDisk(t, "search", "--data", data, "đảng viên") // where nothing is to be written, it may answer
			if err := syscall.Mount("none", disk, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
				t.Fatal(err)
			}
			vankien(t, exitDone, "import", "--publish", "--data", data, folder)
			if found, kept := all(t, data), stored(t, data); len(found) != kept["documents"] || len(found) < 14 {
				t.Errorf("%d found of %v", len(found), kept)
			}
		})
	}
}
