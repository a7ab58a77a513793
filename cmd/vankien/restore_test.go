package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vankien/storage/backup"
)

// A server, an import or a new token on a store that is half restored would
// spoil the restore.
func TestNothingOpensAStoreThatIsHalfRestored(t *testing.T) {
	data := t.TempDir()
	vankien(t, exitDone, "token", "add", "--data", data, "--role", "reader", "--name", "thử")
	if err := os.WriteFile(filepath.Join(data, "store", backup.RestoringKey), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{
		{"serve", "--listen", "127.0.0.1:0"}, {"import", "../../testdata/documents"}, {"reindex"}, {"search", "đảng viên"},
		{"token", "add", "--role", "reader", "--name", "thử"},
	} {
		if out := complaint(t, exitFailed, append(command, "--data", data)...); !strings.Contains(out, "khôi phục dở") {
			t.Errorf("%s printed %q", command[0], out)
		}
	}
}
