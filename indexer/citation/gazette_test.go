package citation

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// gazetteTitle is a title of the official gazette.
type gazetteTitle struct {
	Title  string `json:"title"`
	Kind   string `json:"doc_type"`
	Number string `json:"number"`
	Issued string `json:"issued"` // 22/12/2021
}

// sampled are the titles that are typed: all where VANKIEN_SOAK is set, else one
// in four.
func sampled(titles int) (asked []int) {
	step := 4
	if os.Getenv("VANKIEN_SOAK") != "" {
		step = 1
	}
	for i := 0; i < titles; i += step {
		asked = append(asked, i)
	}
	return asked
}

func (g gazetteTitle) year() string { return g.Issued[len(g.Issued)-4:] }

func gazette(t testing.TB) []gazetteTitle {
	t.Helper()
	dir := os.Getenv("VANKIEN_DATA")
	if dir == "" {
		t.Skip("VANKIEN_DATA is not set: it names the directory of the measuring data")
	}
	file, err := os.Open(filepath.Join(dir, "relevance", "congbao_titles.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var titles []gazetteTitle
	for lines := bufio.NewScanner(unzipped); lines.Scan(); {
		var g gazetteTitle
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		titles = append(titles, g)
	}
	return titles
}

func gazetteRegister(titles []gazetteTitle) *Register {
	var known []Known
	for _, g := range titles {
		issued := ""
		if dates := Dates(g.Issued); len(dates) == 1 {
			issued = dates[0].ISO
		}
		known = append(known, Known{Number: Parse(g.Number), Issued: issued, Kind: g.Kind, Title: g.Title})
	}
	return NewRegister(known)
}

// signsAs writes another string for each sign of a number.
func signsAs(number, with string) string {
	return strings.NewReplacer("/", with, "-", with).Replace(number)
}

// ways are the ways in which somebody may type the number of a title. A
// number alone may be that of a document of any kind; "glued" is ambiguous by
// nature.
var ways = []struct {
	name  string
	typed func(g gazetteTitle) string
}{
	{"as printed", func(g gazetteTitle) string { return g.Number }},
	{"as printed, kind and số before", func(g gazetteTitle) string { return g.Kind + " số " + g.Number }},
	{"small letters without accents", func(g gazetteTitle) string { return fold(g.Number) }},
	{"small letters", func(g gazetteTitle) string { return strings.ToLower(g.Number) }},
	{"without accents", func(g gazetteTitle) string { return strings.ToUpper(fold(g.Number)) }},
	{"spaces for signs", func(g gazetteTitle) string { return signsAs(g.Number, " ") }},
	{"spaces for signs, small without accents", func(g gazetteTitle) string { return fold(signsAs(g.Number, " ")) }},
	{"spaces around signs", func(g gazetteTitle) string { return strings.NewReplacer("/", " / ", "-", " - ").Replace(g.Number) }},
	{"hyphens for signs", func(g gazetteTitle) string { return signsAs(g.Number, "-") }},
	{"slashes for signs", func(g gazetteTitle) string { return signsAs(g.Number, "/") }},
	{"glued", func(g gazetteTitle) string { return signsAs(g.Number, "") }},
	{"glued, small without accents", func(g gazetteTitle) string { return fold(signsAs(g.Number, "")) }},
	{"letters glued", func(g gazetteTitle) string { return strings.ReplaceAll(g.Number, "-", "") }},
	{"kind and serial", func(g gazetteTitle) string { return g.Kind + " " + serialOf(g.Number) }},
	{"kind, số and serial", func(g gazetteTitle) string { return g.Kind + " số " + serialOf(g.Number) }},
	{"kind and serial, small without accents", func(g gazetteTitle) string { return fold(g.Kind + " " + serialOf(g.Number)) }},
	{"kind and the number without signs", func(g gazetteTitle) string { return fold(g.Kind + " " + signsAs(g.Number, " ")) }},
	{"kind and the number glued", func(g gazetteTitle) string { return fold(g.Kind + " " + signsAs(g.Number, "")) }},
	{"number and year behind", func(g gazetteTitle) string { return g.Number + " " + g.year() }},
	{"number and năm", func(g gazetteTitle) string { return g.Number + " năm " + g.year() }},
	{"kind, serial and year", func(g gazetteTitle) string { return g.Kind + " " + serialOf(g.Number) + " năm " + g.year() }},
	{"kind, serial, bare year, without accents", func(g gazetteTitle) string { return fold(g.Kind + " " + serialOf(g.Number) + " " + g.year()) }},
	{"kind and serial/year", func(g gazetteTitle) string { return g.Kind + " " + serialOf(g.Number) + "/" + g.year() }},
	{"serial/year", func(g gazetteTitle) string { return serialOf(g.Number) + "/" + g.year() }},
	{"glued and a year", func(g gazetteTitle) string { return fold(signsAs(g.Number, "")) + " " + g.year() }},
	{"spaces and a year", func(g gazetteTitle) string { return fold(signsAs(g.Number, " ")) + " năm " + g.year() }},
	{"number and date", func(g gazetteTitle) string { return g.Number + " ngày " + g.Issued }},
	{"number and title", func(g gazetteTitle) string { return fold(g.Number + " " + g.Title) }},
	{"title", func(g gazetteTitle) string { return g.Title }},
}

func serialOf(number string) string {
	serial, _, _ := strings.Cut(number, "/")
	return serial
}

// TestEveryTypedFormFindsItsDocument types the number of each title in every
// way: its document has to be among the candidates.
func TestEveryTypedFormFindsItsDocument(t *testing.T) {
	titles := gazette(t)
	register := gazetteRegister(titles)
	for _, way := range ways {
		held, first, candidates, missed := 0, 0, 0, []string{}
		asked := sampled(len(titles))
		for _, i := range asked {
			g := titles[i]
			typed := way.typed(g)
			var found []int
			for _, c := range FindTyped(typed) {
				found = append(found, register.Candidates(c, typed)...)
			}
			candidates += len(found)
			switch at := slices.Index(found, i); {
			case at < 0:
				missed = append(missed, strconv.Quote(typed))
				continue
			case at == 0 || titles[found[0]].Number == g.Number:
				first++
			}
			held++
		}
		t.Logf("%-45s held %d of %d, first (or one of the same number) %d, candidates %.1f", way.name, held, len(asked), first, float64(candidates)/float64(len(asked)))
		if len(missed) > 0 {
			t.Errorf("%s: %d missed: %s", way.name, len(missed), strings.Join(missed[:min(8, len(missed))], ", "))
		}
	}
}
