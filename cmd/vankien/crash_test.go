package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vankien/storage/s3/s3test"
)

// TestCrash kills the server at random moments while clients upload, edit and
// decide, and holds after each start that nothing acknowledged is lost, nothing
// is there twice, and searches agree with the records. VANKIEN_CRASH_ROUNDS
// says how often, VANKIEN_CRASH_SEED what happens.
func TestCrash(t *testing.T) {
	data := crashFolder(t)
	run := newCrashRun(t, data, filepath.Join(data, "store"), "--data", data)
	run.rounds(t, crashRounds(t, 6))
}

// TestCrashS3 is TestCrash with the library in a bucket.
func TestCrashS3(t *testing.T) {
	s3 := s3test.Start(t)
	bucket := s3.Bucket(t)
	data := crashFolder(t)
	t.Setenv("VANKIEN_S3_ACCESS_KEY", s3.AccessKey)
	t.Setenv("VANKIEN_S3_SECRET_KEY", s3.SecretKey)
	t.Cleanup(func() {
		if t.Failed() { // the server's folder goes with the test
			if err := os.CopyFS(filepath.Join(data, "bucket"), os.DirFS(s3.Dir(bucket))); err != nil {
				t.Error(err)
			}
		}
	})
	run := newCrashRun(t, data, s3.Dir(bucket), "--data", data, "--store", "s3://"+bucket, "--s3-endpoint", s3.URL)
	run.rounds(t, crashRounds(t, 3))
}

func crashRounds(t *testing.T, otherwise int) int {
	return numberFrom(t, "VANKIEN_CRASH_ROUNDS", otherwise)
}

func numberFrom(t testing.TB, variable string, otherwise int) int {
	text := os.Getenv(variable)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("%s=%s", variable, text)
	}
	return n
}

// crashFolder is a folder that is kept where the test fails.
func crashFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "vankien-crash-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the library and the server's log are kept in %s", folder)
			return
		}
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	return folder
}

// crashRun is a library whose server is killed again and again.
type crashRun struct {
	seed    int
	rng     *rand.Rand
	begun   time.Time
	args    []string
	server  *leashed
	wire    *wire
	ledger  *ledger
	checker *checker
	clients []*clerk
	killed  atomic.Bool
	kills   int
	slowest time.Duration // start
	index   string
}

const crashClients = 4

func newCrashRun(t *testing.T, data, store string, args ...string) *crashRun {
	t.Helper()
	seed := numberFrom(t, "VANKIEN_CRASH_SEED", int(time.Now().UnixNano()%1_000_000_007))
	run := &crashRun{seed: seed, rng: rand.New(rand.NewPCG(uint64(seed), 1)), begun: time.Now(), args: args, ledger: newLedger(), index: filepath.Join(data, "index")}
	spools := filepath.Join(data, "tmp")
	if err := os.Mkdir(spools, 0o700); err != nil {
		t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(data, "server.log"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	users := map[string]user{}
	for name, role := range map[string]string{"quản trị": "admin", "công bố 1": "publisher", "công bố 2": "publisher", "biên tập 1": "editor", "biên tập 2": "editor", "biên tập 3": "editor", "biên tập 4": "editor"} {
		token := vankien(t, exitDone, append([]string{"token", "add", "--role", role, "--name", name}, args...)...)
		users[name] = user{name, strings.TrimSpace(token)}
	}
	run.server = &leashed{binary: os.Args[0], args: append([]string{"--proxies", "127.0.0.1/32"}, args...), env: []string{"TMPDIR=" + spools, "GORACE=atexit_sleep_ms=0"}, log: log}
	run.wire = newWire(run.server)
	run.checker = &checker{wire: run.wire, ledger: run.ledger, admin: users["quản trị"], store: store, index: run.index, spools: spools, read: map[string]bool{}, trail: map[event]bool{}}
	for i := range crashClients {
		run.clients = append(run.clients, &clerk{
			wire: run.wire, ledger: run.ledger, killed: &run.killed, admin: users["quản trị"],
			rng:    rand.New(rand.NewPCG(uint64(seed), uint64(2+i))),
			editor: users[fmt.Sprintf("biên tập %d", 1+i)], colleague: users[fmt.Sprintf("biên tập %d", 1+(i+1)%crashClients)],
			publisher: users[fmt.Sprintf("công bố %d", 1+i%2)],
		})
	}
	return run
}

// startTimeout guards against a start that hangs.
const startTimeout = 2 * time.Minute

// rounds is the test.
func (run *crashRun) rounds(t *testing.T, rounds int) {
	t.Logf("VANKIEN_CRASH_SEED=%d", run.seed)
	run.start(t)
	t.Cleanup(func() { run.server.kill() })
	run.takeSamples(t)
	for round := 1; round <= rounds; round++ {
		run.round(t, round)
		run.checker.deep = round == rounds || round%25 == 0
		run.checker.run()
		run.complainIn(t, round)
		if round%25 == 0 {
			t.Logf("after %d rounds: 0 lost, 0 duplicates, %s", round, run)
		}
	}
	run.end(t)
	t.Logf("%d rounds: 0 lost, 0 duplicates, %s", rounds, run)
}

func (run *crashRun) String() string {
	return fmt.Sprintf("%d kills, %d documents, %d acknowledged changes, %d in doubt (%d of them stored, %d of these not in the audit trail), %d refused, slowest start %v, %v in all",
		run.kills, run.ledger.size(), run.ledger.changes, run.ledger.doubts, run.checker.kept, run.checker.untold, run.ledger.refused, run.slowest.Round(time.Millisecond), time.Since(run.begun).Round(time.Second))
}

// round lets clients work, kills the server in the middle, in some rounds again
// while it starts or as soon as it is ready, and starts it.
func (run *crashRun) round(t *testing.T, round int) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	run.killed.Store(false)
	var group sync.WaitGroup
	for _, c := range run.clients {
		group.Go(func() { c.work(ctx) })
	}
	work := time.Duration(300+run.rng.IntN(1700)) * time.Millisecond
	if round%3 == 0 {
		part := work * time.Duration(run.rng.IntN(100)) / 100
		time.Sleep(part)
		work -= part
		group.Go(func() { run.reindex() })
	}
	time.Sleep(work)
	run.killed.Store(true)
	run.kill()
	cancel()
	group.Wait()
	run.wire.client.CloseIdleConnections()
	switch round % 4 {
	case 1:
		for range 1 + run.rng.IntN(3) { // while it starts
			run.begin(t)
			time.Sleep(time.Duration(run.rng.IntN(700)) * time.Millisecond)
			run.kill()
		}
	case 2:
		run.start(t)
		time.Sleep(time.Duration(run.rng.IntN(100)) * time.Millisecond) // while it reads what is queued
		run.kill()
	}
	if round%20 == 7 { // the cache is lost as well
		if err := os.RemoveAll(run.index); err != nil {
			t.Fatal(err)
		}
	}
	run.start(t)
}

func (run *crashRun) kill() {
	run.kills++
	run.server.kill()
}

func (run *crashRun) begin(t *testing.T) {
	if err := run.server.start(); err != nil {
		t.Fatal(err)
	}
}

func (run *crashRun) start(t *testing.T) {
	t.Helper()
	began := time.Now()
	run.begin(t)
	if err := run.server.await(startTimeout); err != nil {
		t.Fatalf("seed %d: %v\n%s", run.seed, err, tail(run.server.log.Name()))
	}
	run.slowest = max(run.slowest, time.Since(began))
}

func (run *crashRun) reindex() {
	admin := run.checker.admin
	if r := run.wire.do(admin, http.MethodPost, "/api/v1/reindex", nil, nil); r.status != http.StatusAccepted && !run.killed.Load() {
		run.ledger.problem("reindex: %v", r)
	}
}

// takeSamples uploads real documents beside those that the clients make.
func (run *crashRun) takeSamples(t *testing.T) {
	files, err := filepath.Glob("../../testdata/documents/*.pdf")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files[:4] {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		e, err := run.ledger.add(paper{name: filepath.Base(file), content: content})
		if err != nil {
			t.Fatal(err)
		}
		run.clients[0].upload(e, run.clients[0].editor)
		run.ledger.release(e)
	}
}

// complainIn fails the test where a round has shown problems.
func (run *crashRun) complainIn(t *testing.T, round int) {
	t.Helper()
	problems := run.ledger.problems
	log, err := os.ReadFile(run.server.log.Name())
	if err != nil {
		t.Fatal(err)
	}
	for _, sign := range []string{"DATA RACE", "panic:", "fatal error:"} {
		if strings.Contains(string(log), sign) {
			problems = append(problems, "the server's log has "+sign)
		}
	}
	if len(problems) > 0 {
		t.Fatalf("seed %d, round %d (%s):\n%s", run.seed, round, run, strings.Join(problems, "\n"))
	}
}

// end stops the server in good order, with the audit trail shown in full and
// nothing for verify to find.
func (run *crashRun) end(t *testing.T) {
	if err := run.checker.trailIsShown(run.begun); err != nil {
		t.Errorf("seed %d: %v", run.seed, err)
	}
	vankien(t, exitDone, append([]string{"verify"}, run.args...)...)
	if err := run.server.stop(); err != nil {
		t.Errorf("the server ended with %v\n%s", err, tail(run.server.log.Name()))
	}
}

// tail is the end of a file.
func tail(path string) string {
	content, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return string(content[max(0, len(content)-4000):])
}
