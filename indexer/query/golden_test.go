package query

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write testdata/queries.golden anew")

// The golden file is what each line of queries.txt is understood as: a change
// of the grammar is a readable diff.
func TestGolden(t *testing.T) {
	typed, err := os.ReadFile("testdata/queries.txt")
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	n := 0
	for line := range strings.Lines(string(typed)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "#") {
			fmt.Fprintf(&got, "%s\n\n", line)
			continue
		}
		n++
		fmt.Fprintf(&got, "> %s\n%s\n", line, describe(line, Parse(line)))
	}
	if n < 150 {
		t.Errorf("only %d queries", n)
	}
	const golden = "testdata/queries.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got.String(), "\n")); diff != "" {
		t.Errorf("(-want +got); go test -update writes it anew:\n%s", diff)
	}
}

// describe is a tree as text, a line for each part that says something.
func describe(typed string, q Query) string {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "  %-9s %s\n", name, fmt.Sprintf(format, args...))
	}
	if q.Empty() {
		line("empty", "")
	}
	if q.Words != typed {
		line("words", "%s", q.Words)
	}
	for _, phrase := range q.Phrases {
		line("phrase", "%s", phrase)
	}
	for _, group := range q.Must {
		line("one of", "%s", strings.Join(group, " | "))
	}
	for _, without := range q.Without {
		line("without", "%s", without)
	}
	for _, f := range q.Fields {
		not := ""
		if f.Not {
			not = "not "
		}
		line("field", "%s%s", not, strings.TrimSpace(fmt.Sprintf("%s %s %s", f.Name, strings.Join(f.Values, " | "), days(f.From, f.To))))
	}
	if q.Decoded != "" {
		line("decoded", "%s", q.Decoded)
	}
	for _, c := range q.Citations {
		line("number", "%s%s", c.Number, map[bool]string{true: " (whole)"}[q.Whole])
	}
	for _, kind := range q.Hints.Kinds {
		line("kind", "%s", kind)
	}
	for _, issuer := range q.Hints.Issuers {
		line("issuer", "%s", issuer)
	}
	if q.Hints.From+q.Hints.To != "" {
		line("issued", "%s", days(q.Hints.From, q.Hints.To))
	}
	if q.Hints.Month != 0 {
		line("month", "%d", q.Hints.Month)
	}
	if q.Hints.Term != "" {
		line("term", "%s", q.Hints.Term)
	}
	if q.Hints.Plenum != 0 {
		line("plenum", "%d", q.Hints.Plenum)
	}
	if q.Hints.Topic != q.Words {
		line("topic", "%s", q.Hints.Topic)
	}
	for _, s := range q.Senses {
		line("sense", "%s = %s", s.Typed, strings.Join(s.Expansions, " | "))
	}
	return b.String()
}

func days(from, to string) string {
	if from+to == "" {
		return ""
	}
	return from + ".." + to
}
