package bleveindex

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/citation"
	"vankien/indexer/eval"
	"vankien/storage"
)

// gazetteTitle is a title of the official gazette.
type gazetteTitle struct {
	Title  string `json:"title"`
	Kind   string `json:"doc_type"`
	Number string `json:"number"`
	Issued string `json:"issued"` // 22/12/2021
}

// The titles of the gazette as a library: whoever types a number, in whatever
// form, gets the document first or a choice that holds it; whoever types a
// title without its accents and without two of its words gets it first.
func TestGazetteTitles(t *testing.T) {
	data := os.Getenv("VANKIEN_DATA")
	if data == "" {
		t.Skip("VANKIEN_DATA is not set: it names the directory of the measuring data")
	}
	var titles []gazetteTitle
	err := eval.ReadLines(filepath.Join(data, "relevance", "congbao_titles.jsonl.gz"), func(g gazetteTitle) error { titles = append(titles, g); return nil })
	if err != nil {
		t.Fatal(err)
	}
	if os.Getenv("VANKIEN_SOAK") == "" { // fewer, and so fewer of one number
		titles = slices.DeleteFunc(titles, func(g gazetteTitle) bool { return g.Issued[len(g.Issued)-4:] < "2024" })
	}
	x := open(t, t.TempDir())
	defer closing(t, x)
	var batch indexer.Batch
	for i, g := range titles {
		batch.Put = append(batch.Put, g.entry(i))
	}
	apply(t, x, batch)

	asked := sampled(len(titles))
	for _, way := range numberWays {
		held, first, chooser := 0, 0, 0
		var missed []string
		for _, i := range asked {
			g := titles[i]
			typed := way.typed(g)
			result := find(t, x, indexer.Query{Text: typed})
			id := gazetteID(i)
			switch {
			case len(result.Hits) > 0 && result.Hits[0].Document.ID == id:
				first++
				held++
			case slices.ContainsFunc(result.Candidates, func(c indexer.Candidate) bool { return c.Document.ID == id }):
				chooser++
				held++
			default:
				missed = append(missed, typed)
			}
		}
		t.Logf("%-24s %5d first, %5d in the choice, %d missed %q", way.name, first, chooser, len(missed), missed)
		if held < len(asked) {
			t.Errorf("%s: %d of %d numbers find their document", way.name, held, len(asked))
		}
	}

	random := rand.New(rand.NewPCG(4, 8))
	found := 0
	var missed []string
	for _, i := range asked {
		g := titles[i]
		typed := withoutTwoWords(random, analyzers.FoldText(g.Title))
		result := find(t, x, indexer.Query{Text: clipped(typed)})
		if len(result.Hits) > 0 && (result.Hits[0].Document.ID == gazetteID(i) || string(result.Hits[0].Document.Facts.Title) == g.Title) {
			found++
		} else {
			missed = append(missed, typed)
		}
	}
	share := float64(found) / float64(len(asked))
	t.Logf("titles without accents and two words: %.4f first, missed %.8q", share, missed)
	if share < .97 {
		t.Errorf("%.4f of the titles find their document, want .97", share)
	}
}

// sampled are the titles that are asked for: all where VANKIEN_SOAK is set, else
// one in sixteen, for the race detector makes each query ten times slower.
func sampled(titles int) (asked []int) {
	step := 8
	if os.Getenv("VANKIEN_SOAK") != "" {
		step = 1
	}
	for i := 0; i < titles; i += step {
		asked = append(asked, i)
	}
	return asked
}

func clipped(text string) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), indexer.MaxQueryText)])
}

func withoutTwoWords(random *rand.Rand, text string) string {
	words := strings.Fields(text)
	for range 2 {
		if at := random.IntN(len(words)); len(words) > 3 {
			words = slices.Delete(words, at, at+1)
		}
	}
	return strings.Join(words, " ")
}

var numberWays = []struct {
	name  string
	typed func(gazetteTitle) string
}{
	{"as printed", func(g gazetteTitle) string { return g.Number }},
	{"lower, no accents", func(g gazetteTitle) string { return analyzers.FoldText(g.Number) }},
	{"spaces for signs", func(g gazetteTitle) string { return strings.NewReplacer("/", " ", "-", " ").Replace(g.Number) }},
	{"glued", func(g gazetteTitle) string { return strings.NewReplacer("/", "", "-", "", " ", "").Replace(g.Number) }},
	{"kind word and number", func(g gazetteTitle) string { return strings.ToLower(g.Kind) + " " + serialOf(g.Number) }},
	{"with a year", func(g gazetteTitle) string { return g.Number + " năm " + g.Issued[len(g.Issued)-4:] }},
}

func serialOf(number string) string {
	serial, _, _ := strings.Cut(number, "/")
	serial, _, _ = strings.Cut(serial, "-")
	return serial
}

func gazetteID(i int) storage.ID { return storage.ID(fmt.Sprintf("gazette%013d", i)) }

func (g gazetteTitle) entry(i int) indexer.Entry {
	doc := storage.Document{
		ID: gazetteID(i), Revision: 1, State: storage.StatePublished, Audience: storage.AudiencePublic,
		Reading: storage.Reading{Status: storage.ReadingReady}, Validity: storage.Unverified,
		Facts: storage.Facts{Kind: storage.Printed(g.Kind), Number: storage.Printed(g.Number), Title: storage.Printed(g.Title)},
	}
	if dates := citation.Dates(g.Issued); len(dates) == 1 {
		doc.Facts.Issued = storage.Date(dates[0].ISO)
	}
	return indexer.Entry{Document: doc, Passages: indexer.SplitPassages(doc, []storage.Page{{Number: 1, Text: g.Title}})}
}
