package citation

import (
	"os"
	"path/filepath"
	"slices"
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

// TestMeasuredCitations reads real citation strings and looks them up; a
// normal form in brackets has no number. A key that the table of documents has
// not is none that could be found.
func TestMeasuredCitations(t *testing.T) {
	keys, register := measuredDocuments(t)
	right, held, rows := 0, 0, table(t, "citations.tsv")
	for _, row := range rows {
		text, form := row[1], row[2]
		want := form
		if strings.HasPrefix(want, "(") {
			want = ""
		}
		numbers, candidates, first := []string{}, []string{}, ""
		cited := Cited(text)
		contexts := Contexts(text, cited)
		for i, c := range cited {
			numbers = append(numbers, strings.TrimPrefix(c.Number.String(), "-"))
			for at, known := range register.Candidates(c, contexts[i]) {
				candidates = append(candidates, keys[known])
				if at == 0 {
					first = keys[known]
				}
			}
		}
		targets := slices.DeleteFunc(strings.Split(row[3], "|"), func(key string) bool { return !slices.Contains(keys, key) })
		if strings.Join(numbers, "|") == want || form == "(list)" && len(numbers) == 4 {
			right++
		} else {
			t.Errorf("%s: read as %q, want %s", text, numbers, form)
		}
		if len(targets) > 0 && slices.ContainsFunc(targets, func(key string) bool { return !slices.Contains(candidates, key) }) {
			t.Errorf("%s: candidates %v, want %v", text, candidates, targets)
		} else {
			held++
		}
		if len(targets) == 1 && first != targets[0] {
			t.Errorf("%s: %s is first, want %s", text, first, targets[0])
		}
	}
	t.Logf("normal form right: %d of %d; candidates held: %d of %d", right, len(rows), held, len(rows))
}

// measuredDocuments are the keys of documents.tsv and their register.
func measuredDocuments(t *testing.T) ([]string, *Register) {
	t.Helper()
	var keys []string
	var known []Known
	for _, row := range table(t, "documents.tsv") {
		kind, _ := KindOfTitle(row[8])
		keys = append(keys, row[0])
		known = append(known, Known{Number: Parse(row[1]), Issued: row[6], Kind: kind.Name, Issuer: row[5], Title: row[8], Ended: strings.Contains(row[9], "bị thay thế bởi")})
	}
	return keys, NewRegister(known)
}

// TestEveryMeasuredDocumentIsCited cites each document of the table in the
// ways of prose: it is among the candidates, and first where a date, a term, a
// plenum or the words of its title are there.
func TestEveryMeasuredDocumentIsCited(t *testing.T) {
	keys, register := measuredDocuments(t)
	for _, way := range []struct {
		name  string
		first bool
		text  func(row []string) string
	}{
		{"number", false, func(row []string) string { return "thực hiện " + row[1] + " của Đảng" }},
		{"spaced", false, func(row []string) string { return strings.NewReplacer("-", " - ", "TW", "TƯ").Replace(row[1]) }},
		{"without accents", false, func(row []string) string { return strings.ToLower(fold(row[1])) }},
		{"date", true, func(row []string) string { return "số " + row[1] + ", ngày " + day(row[6]) + " của " + row[5] }},
		{"date before", true, func(row []string) string {
			return "Ngày " + day(row[6]) + ", " + row[5] + " ban hành văn bản số " + row[1]
		}},
		{"term", true, func(row []string) string { return row[1] + " của " + row[5] + " khóa " + row[7] }},
		{"title", true, func(row []string) string { return row[1] + " " + row[8] }},
		{"title without accents", true, func(row []string) string { return fold(row[1] + " " + row[8]) }},
	} {
		held, first, tried := 0, 0, 0
		for i, row := range table(t, "documents.tsv") {
			if strings.Contains(row[3], "NN") && way.name == "spaced" || row[6] == "" || way.name == "term" && (row[7] == "" || strings.Contains(row[7], "(")) {
				continue
			}
			tried++
			text := way.text(row)
			cited := Cited(text)
			if len(cited) == 0 {
				t.Errorf("%s: nothing is found in %q", way.name, text)
				continue
			}
			found := register.Candidates(cited[0], Contexts(text, cited)[0])
			if slices.Contains(found, i) {
				held++
			} else {
				t.Errorf("%s: %s not among %d candidates", way.name, text, len(found))
			}
			if len(found) > 0 && found[0] == i {
				first++
			} else if way.first {
				t.Errorf("%s: %s is first for %q", way.name, keys[found[0]], text)
			}
		}
		t.Logf("%-22s held %d, first %d of %d", way.name, held, first, tried)
	}
}

func day(iso string) string {
	parts := strings.Split(iso, "-")
	return strings.TrimLeft(parts[2], "0") + "/" + strings.TrimLeft(parts[1], "0") + "/" + parts[0]
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
