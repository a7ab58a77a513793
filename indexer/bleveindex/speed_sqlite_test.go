package bleveindex

import (
	"bufio"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vankien/analyzers"
	"vankien/indexer"
)

// sqliteTimes has the program in fts5 (a module of its own, so that the product
// does not carry SQLite) search the same passages, and returns its times by
// kind of query.
func sqliteTimes(b *testing.B, s *speedBench, queries []speedQueries) map[string]times {
	b.Helper()
	program := filepath.Join(s.dir, "fts5")
	build := exec.Command("go", "build", "-o", program, ".")
	build.Dir = "fts5"
	if out, err := build.CombinedOutput(); err != nil {
		b.Skipf("fts5 cannot be built: %v\n%s", err, out)
	}
	library := filepath.Join(s.dir, "fts5.db")
	run := exec.CommandContext(b.Context(), program, library)
	run.Stderr = os.Stderr
	into, err := run.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := run.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := run.Start(); err != nil {
		b.Fatal(err)
	}
	tell(b, into, s, queries)
	found := make(map[string]times)
	for decoder := json.NewDecoder(out); ; {
		var answer struct {
			Kind        string
			Nanoseconds []time.Duration
		}
		if err := decoder.Decode(&answer); err == io.EOF {
			break
		} else if err != nil {
			b.Fatal(err)
		}
		slices.Sort(answer.Nanoseconds)
		found[answer.Kind] = answer.Nanoseconds
	}
	if err := run.Wait(); err != nil {
		b.Fatal(err)
	}
	return found
}

// tell writes passages and queries, a JSON object a line, as fts5 reads them.
func tell(b *testing.B, into io.WriteCloser, s *speedBench, queries []speedQueries) {
	out := bufio.NewWriter(into)
	encoder := json.NewEncoder(out)
	say := func(line any) {
		if err := encoder.Encode(line); err != nil {
			b.Fatal(err)
		}
	}
	newSpeedLibrary(b).upTo(s.passages, func(entries []indexer.Entry) {
		for _, e := range entries {
			facts := e.Document.Facts
			for _, p := range e.Passages {
				say(map[string]string{
					"document": string(e.Document.ID), "kind": string(facts.Kind), "issuer": string(facts.Issuer), "year": string(facts.Issued)[:4],
					"terms": strings.Join(sqliteTerms(p.Title+"\n\n"+p.Text), " "),
				})
			}
		}
	})
	for _, kind := range queries {
		for _, text := range kind.queries[:otherQueries] {
			if kind.folded {
				terms := sqliteTerms(text)
				slices.Sort(terms)
				say(map[string]string{"ask": kind.name, "match": `"` + strings.Join(slices.Compact(terms), `" OR "`) + `"`})
			}
		}
	}
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := into.Close(); err != nil {
		b.Fatal(err)
	}
}

// sqliteTerms are a text's folded syllables and pairs, without spaces.
func sqliteTerms(text string) []string {
	terms := analyzers.FoldTerms(text)
	for i := range terms {
		terms[i] = strings.ReplaceAll(terms[i], analyzers.PairSeparator, "_")
	}
	return terms
}
