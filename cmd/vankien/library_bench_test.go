package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vankien/api"
	"vankien/storage/s3/s3test"
)

// BenchmarkLibrary20000 takes a library of 20,000 made-up papers of 1–8 KB
// (VANKIEN_BENCH_DOCUMENTS says otherwise) through its life with the real
// program, and prints how long each part took and how much memory it needed.
// It takes about an hour and 3 GB of disk.
func BenchmarkLibrary20000(b *testing.B) {
	for b.Loop() {
		l := newBigLibrary(b)
		l.importPapers()
		l.addToken()
		l.startAgain("Start to ready, the index present")
		l.searchAlone()
		l.reindexBeside()
		l.command("verify beside the running server", "verify")
		l.backUp()
		l.loseIndex()
		for _, huge := range []hugeFile{hugeDOCX, hugePDF} {
			l.uploadHuge(huge)
		}
		l.stop()
		l.print(fmt.Sprintf("%d documents", l.documents))
	}
}

// BenchmarkHugeUploadS3 uploads two files of 500 MB into a bucket.
func BenchmarkHugeUploadS3(b *testing.B) {
	s3 := s3test.Start(b)
	b.Setenv("VANKIEN_S3_ACCESS_KEY", s3.AccessKey)
	b.Setenv("VANKIEN_S3_SECRET_KEY", s3.SecretKey)
	for b.Loop() {
		l := newBigLibrary(b, "--store", "s3://"+s3.Bucket(b), "--s3-endpoint", s3.URL)
		l.addToken()
		l.documents = 0
		l.startAgain("Start to ready, the library empty")
		for _, huge := range []hugeFile{hugeDOCX, hugePDF} {
			l.uploadHuge(huge)
		}
		l.stop()
		l.print("A library in a bucket")
	}
}

// bigLibrary is a library with the program that it is measured with.
type bigLibrary struct {
	b         *testing.B
	documents int
	dir, data string
	args      []string // which library the program is to work on
	program   string
	wire      *wire
	admin     user
	begun     time.Time
	table     [][2]string
}

func newBigLibrary(b *testing.B, args ...string) *bigLibrary {
	b.Helper()
	dir := b.TempDir()
	data := filepath.Join(dir, "data")
	l := &bigLibrary{b: b, dir: dir, data: data, args: append([]string{"--data", data}, args...), program: filepath.Join(dir, "vankien"), begun: time.Now()}
	l.documents = numberFrom(b, "VANKIEN_BENCH_DOCUMENTS", 20_000)
	if out, err := exec.Command("go", "build", "-o", l.program, ".").CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
	log, err := os.Create(filepath.Join(dir, "server.log"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { log.Close() })
	l.wire = newWire(&leashed{binary: l.program, args: append([]string{"--proxies", "127.0.0.1/32"}, l.args...), log: log})
	return l
}

func (l *bigLibrary) addToken() {
	token, _, _ := l.run(append([]string{"token", "add", "--role", "admin", "--name", "đo"}, l.args...)...)
	l.admin = user{"đo", token}
}

// row adds a line to the table, and shows it at once.
func (l *bigLibrary) row(what, format string, args ...any) {
	figure := fmt.Sprintf(format, args...)
	l.table = append(l.table, [2]string{what, figure})
	fmt.Fprintf(os.Stderr, "%8s  %s: %s\n", time.Since(l.begun).Round(time.Second), what, figure)
}

func (l *bigLibrary) print(title string) {
	load, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		load = []byte("?")
	}
	fmt.Printf("\n| %s | |\n|---|---|\n", title)
	for _, row := range l.table {
		fmt.Printf("| %s | %s |\n", row[0], row[1])
	}
	fmt.Printf("\nLoad of the machine at the end, with others at work on it: %s\n", strings.TrimSpace(string(load)))
}

// run runs a command of the program to its end.
func (l *bigLibrary) run(args ...string) (output string, took time.Duration, peak int64) {
	l.b.Helper()
	began := time.Now()
	cmd := exec.CommandContext(l.b.Context(), l.program, args...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		l.b.Fatalf("vankien %s: %v\n%s", strings.Join(args, " "), err, out[max(0, len(out)-4000):])
	}
	return strings.TrimSpace(string(out)), time.Since(began), peakOf(cmd.ProcessState)
}

// command measures a command on the library.
func (l *bigLibrary) command(what string, args ...string) {
	l.b.Helper()
	out, took, peak := l.run(append(args, l.args...)...)
	l.row(what, "%s, peak RSS %s (“%s”)", seconds(took), megabytes(peak), lastLine(out))
}

func lastLine(text string) string { return text[strings.LastIndexByte(text, '\n')+1:] }

func (l *bigLibrary) importPapers() {
	rng := rand.New(rand.NewPCG(20_000, 1))
	var bytes int64
	for i := range l.documents {
		p := newPaper(rng, []string{"txt", "html"}[i%2], 1000+rng.IntN(7000))
		folder := filepath.Join(l.dir, "papers", fmt.Sprintf("%03d", i/200))
		if err := os.MkdirAll(folder, 0o700); err != nil {
			l.b.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, p.name), p.content, 0o600); err != nil {
			l.b.Fatal(err)
		}
		bytes += int64(len(p.content))
	}
	l.row("Files", "%s", megabytes(bytes))
	out, took, peak := l.run("import", "--publish", "--data", l.data, filepath.Join(l.dir, "papers"))
	l.row("import --publish", "%s, %.1f documents a second, peak RSS %s (“%s”)", seconds(took), float64(l.documents)/took.Seconds(), megabytes(peak), lastLine(out))
	for _, folder := range []string{"store", "index"} {
		l.row("Size of "+folder, "%s", megabytes(sizeOf(l.b, filepath.Join(l.data, folder))))
	}
}

// startAgain starts the server and holds that it finds everything.
func (l *bigLibrary) startAgain(what string) {
	l.b.Helper()
	began := time.Now()
	if err := l.wire.server.start(); err != nil {
		l.b.Fatal(err)
	}
	l.b.Cleanup(l.wire.server.kill)
	if err := l.wire.server.await(30 * time.Minute); err != nil {
		l.b.Fatal(err)
	}
	took := time.Since(began)
	m := memoryOf(l.wire.server.pid)
	l.row(what, "%s, RSS then %s, at its peak %s", seconds(took), m, megabytes(m.peak))
	var all api.SearchAnswer
	if err := l.wire.get(l.admin, "/api/v1/search?facets=year,kind,issuer", &all); err != nil {
		l.b.Fatal(err)
	}
	dated, numbered, issued := 0, 0, 0
	for facet, into := range map[string]*int{"year": &dated, "kind": &numbered, "issuer": &issued} {
		for _, value := range all.Facets[facet] {
			*into += value.Count
		}
	}
	if all.Total < l.documents || dated < l.documents || numbered < l.documents || issued < l.documents {
		l.b.Fatalf("%d documents are found, %d with a date, %d with a kind, %d with an issuer", all.Total, dated, numbered, issued)
	}
}

func (l *bigLibrary) stop() {
	if err := l.wire.server.stop(); err != nil {
		l.b.Fatalf("the server ended with %v\n%s", err, tail(l.wire.server.log.Name()))
	}
	l.wire.client.CloseIdleConnections()
}

func (l *bigLibrary) searchAlone() {
	s := l.beginSearches()
	time.Sleep(20 * time.Second)
	l.row("Searches by two readers, nothing else going on", "%s", s.end())
	time.Sleep(5 * time.Second)
	l.row("Memory when idle", "RSS %s", memoryOf(l.wire.server.pid))
}

func (l *bigLibrary) reindexBeside() {
	watch := watchMemory(l.wire.server.pid)
	s := l.beginSearches()
	began := time.Now()
	var status api.ReindexStatus
	r := l.wire.do(l.admin, http.MethodPost, "/api/v1/reindex", nil, nil)
	if err := json.Unmarshal(r.body, &status); err != nil || r.status != http.StatusAccepted {
		l.b.Fatal(err, r)
	}
	for status.Running {
		time.Sleep(100 * time.Millisecond)
		if err := l.wire.get(l.admin, "/api/v1/reindex", &status); err != nil {
			l.b.Fatal(err)
		}
	}
	took := time.Since(began)
	searches := s.end()
	if status.Error != "" || status.Done < l.documents {
		l.b.Fatalf("reindex: %+v", status)
	}
	l.row("reindex beside the running server and its searches", "%s, %s", seconds(took), watch.end())
	l.row("Searches by two readers during the reindex", "%s", searches)
}

// backUp makes a backup, another after some changes, and restores that.
func (l *bigLibrary) backUp() {
	backups := filepath.Join(l.dir, "backups")
	l.command("First backup, beside the running server", "backup", backups)
	rng := rand.New(rand.NewPCG(20_000, 2))
	for range 100 {
		if r := l.wire.upload(l.admin, newPaper(rng, "txt", 4000)); r.status != http.StatusAccepted {
			l.b.Fatal(r)
		}
	}
	l.command("Second backup, after 100 uploads", "backup", backups)
	data := filepath.Join(l.dir, "restored")
	out, took, peak := l.run("restore", backups, "--data", data)
	l.row("restore into an empty folder", "%s, peak RSS %s (“%s”)", seconds(took), megabytes(peak), lastLine(out))
	if err := os.RemoveAll(backups); err != nil {
		l.b.Fatal(err)
	}
}

// loseIndex starts the server without an index.
func (l *bigLibrary) loseIndex() {
	l.stop()
	if err := os.RemoveAll(filepath.Join(l.data, "index")); err != nil {
		l.b.Fatal(err)
	}
	l.startAgain("Start to ready, the index lost")
}
