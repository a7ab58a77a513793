package citation

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// table reads a file of the private measuring data.
func table(t *testing.T, name string) [][]string {
	t.Helper()
	dir := os.Getenv("VANKIEN_DATA")
	if dir == "" {
		t.Skip("VANKIEN_DATA is not set: it names the directory of the measuring data")
	}
	data, err := os.ReadFile(filepath.Join(dir, "domain", name))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, line := range strings.Split(strings.TrimRight(string(data), "\n"), "\n")[1:] {
		rows = append(rows, strings.Split(line, "\t"))
	}
	return rows
}

// TestMeasuredCitations reads real citation strings; a normal form in brackets
// has no number.
func TestMeasuredCitations(t *testing.T) {
	right, rows := 0, table(t, "citations.tsv")
	for _, row := range rows {
		want := row[2]
		if strings.HasPrefix(want, "(") && want != "(list)" {
			want = ""
		}
		got := []string{}
		for _, c := range Find(row[1]) {
			got = append(got, c.Number.String())
		}
		if strings.Join(got, "|") == want || want == "(list)" && len(got) == 4 {
			right++
			continue
		}
		t.Logf("%s: got %v, want %s", row[1], got, row[2])
	}
	t.Logf("right: %d of %d", right, len(rows))
	if right < len(rows)*9/10 {
		t.Errorf("only %d of %d citations are read right", right, len(rows))
	}
}

func TestMeasuredNumbersAndTerms(t *testing.T) {
	for _, row := range table(t, "documents.tsv") {
		number, date, term := row[1], row[6], row[7]
		want := strings.ReplaceAll(number, "QĐi", "QĐ")
		if found := Find(number); len(found) != 1 || found[0].Number.String() != want {
			t.Errorf("%s is read as %v", number, found)
		}
		if strings.HasSuffix(number, "TW") && date != "" && TermOf(date) != term {
			t.Errorf("%s of %s: term %s, want %s", number, date, TermOf(date), term)
		}
	}
}
