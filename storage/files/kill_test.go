package files_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vankien/storage"
	"vankien/storage/files"
)

// writeForEver puts objects that prove themselves whole (sealed), small and
// large, new and over old ones, and prints each after it was acknowledged.
func writeForEver(s *files.Store) error {
	for n := 1; ; n++ {
		size := rand.IntN(3000)
		if n%10 == 0 {
			size = 1<<20 + rand.IntN(1<<20)
		}
		for _, key := range []string{fmt.Sprintf("new/%d/%d", n%7, n), "old"} {
			if _, err := s.Put(context.Background(), key, bytes.NewReader(sealed(n, size)), storage.PutOptions{}); err != nil {
				return err
			}
			if _, err := fmt.Println(n, key); err != nil {
				return err
			}
		}
	}
}

// sealed is a content with its number and hash in front.
func sealed(n, size int) []byte {
	content := fmt.Appendf(nil, "%d\n%s", n, bytes.Repeat([]byte{byte(n)}, size))
	sum := sha256.Sum256(content)
	return append(append([]byte(hex.EncodeToString(sum[:])), '\n'), content...)
}

// unsealed is the number of a sealed content, an error unless it is whole.
func unsealed(data []byte) (n int, err error) {
	sum, content, _ := bytes.Cut(data, []byte("\n"))
	if got := sha256.Sum256(content); hex.EncodeToString(got[:]) != string(sum) {
		return 0, fmt.Errorf("%d bytes that are not whole", len(data))
	}
	_, err = fmt.Sscanf(string(content[:min(len(content), 20)]), "%d\n", &n)
	return n, err
}

// A process that is killed in the middle of its writes loses nothing that was
// acknowledged and leaves nothing half-written.
func TestKilledWriter(t *testing.T) {
	for range 6 {
		dir := t.TempDir()
		acknowledged := killedWriter(t, dir)
		s := open(t, dir)
		last := 0
		for key, n := range acknowledged {
			data, _, err := read(s, key)
			if err != nil {
				t.Fatalf("%s was acknowledged: %v", key, err)
			}
			got, err := unsealed(data)
			if err != nil || got < n || got != n && key != "old" {
				t.Errorf("%s was acknowledged as %d, is %d, %v", key, n, got, err)
			}
			last = max(last, n)
		}
		seen := 0
		for obj, err := range s.List(t.Context(), "", "") {
			if err != nil {
				t.Fatal(err)
			}
			data, _, err := read(s, obj.Key)
			if err == nil {
				_, err = unsealed(data)
			}
			if err != nil {
				t.Errorf("%s: %v", obj.Key, err)
			}
			seen++
		}
		if seen < len(acknowledged) || seen > len(acknowledged)+2 {
			t.Errorf("%d objects, %d were acknowledged", seen, len(acknowledged))
		}
		if left := temporaries(t, dir); left != 0 {
			t.Errorf("%d temporary files are left after Open", left)
		}
		t.Logf("killed after object %d", last)
	}
}

// killedWriter runs writeForEver for a random while and returns the number
// that each key was last acknowledged with.
func killedWriter(t *testing.T, dir string) map[string]int {
	t.Helper()
	writer := child(t, "write", dir)
	output, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	acknowledged := map[string]int{}
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if len(acknowledged) == 0 { // from the first line on
			time.AfterFunc(rand.N(300*time.Millisecond), func() { writer.Process.Kill() })
		}
		number, key, _ := strings.Cut(lines.Text(), " ")
		var n int
		if _, err := fmt.Sscan(number, &n); err != nil || key == "" {
			continue // cut in the middle of a line: not acknowledged
		}
		acknowledged[key] = n
	}
	if err := writer.Wait(); err == nil {
		t.Fatal("the writer was not killed")
	}
	return acknowledged
}

// temporaries counts the bodies on their way in.
func temporaries(t *testing.T, dir string) (count int) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(dir, ".tmp"), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.HasSuffix(path, ".alive") {
			count++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return count
}
