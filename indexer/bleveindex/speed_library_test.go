package bleveindex

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/indexer/eval"
	"vankien/storage"
)

// speedLibrary makes the library that speed is measured with, document after
// document: the passages are law articles with their sentences shuffled where
// VANKIEN_DATA names the measuring data, cut where they are longer than passages
// are (some have 290 KB), else generated syllables. The same seed makes the same
// library.
type speedLibrary struct {
	random    *rand.Rand
	made      *writer
	articles  *articles       // nil without VANKIEN_DATA
	rest      indexer.Passage // of an article, behind what is a passage already
	questions []string        // real ones, with VANKIEN_DATA
	number    int             // of the next document
	passages  int             // made so far
}

// maxSpeedPassages is how many passages a document has at most.
const maxSpeedPassages = 40

func newSpeedLibrary(t testing.TB) *speedLibrary {
	t.Helper()
	l := &speedLibrary{random: rand.New(rand.NewPCG(7, 0)), made: newWriter(7)}
	l.made.syllables = 330 // 1.6 KB
	data := os.Getenv("VANKIEN_DATA")
	if data == "" {
		return l
	}
	l.articles = newArticles(t, filepath.Join(data, "relevance", "corpus.jsonl.gz"))
	err := eval.ReadLines(filepath.Join(data, "relevance", "dev.jsonl.gz"), func(q eval.Question) error {
		l.questions = append(l.questions, q.Text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// zipf is a number below n, the small ones far more often.
func (l *speedLibrary) zipf(n int) int {
	return int(rand.NewZipf(l.random, 1.2, 2, uint64(n-1)).Uint64())
}

var speedKinds = strings.Split("Nghị quyết|Quyết định|Quy định|Chỉ thị|Kết luận|Hướng dẫn|Thông tri|Kế hoạch|Báo cáo|Thông báo|Công văn|Quy chế", "|")

// next makes one document, or a part of one where no more than most passages
// are wanted.
func (l *speedLibrary) next(most int) indexer.Entry {
	n := l.number
	l.number++
	year := 2025 - l.zipf(40)
	e := indexer.Entry{Document: storage.Document{
		ID: storage.ID(fmt.Sprintf("speed%06d", n)), Revision: 1, State: storage.StatePublished, Audience: storage.AudiencePublic,
		Reading: storage.Reading{Status: storage.ReadingReady}, Validity: storage.Unverified, Created: time.Unix(int64(n), 0).UTC(),
		Facts: storage.Facts{
			Number: storage.Printed(fmt.Sprintf("%02d-QĐ/TU", 1+n%400)), Kind: storage.Printed(speedKinds[l.zipf(len(speedKinds))]),
			Issuer: storage.Printed(fmt.Sprintf("Huyện ủy số %d", l.zipf(60))), Issued: storage.Date(fmt.Sprintf("%d-%02d-01", year, 1+n%12)),
		},
	}}
	for i := range min(most, 1+l.random.IntN(maxSpeedPassages)) {
		p := l.passage()
		p.Section, p.Pages = fmt.Sprintf("Điều %d", i+1), []indexer.PageMark{{Page: 1 + i/2}}
		e.Passages = append(e.Passages, p)
		l.passages++
	}
	words := strings.Fields(e.Passages[0].Title + " " + e.Passages[0].Text)
	e.Document.Facts.Title = storage.Printed(strings.Join(words[:min(12, len(words))], " "))
	return e
}

func (l *speedLibrary) passage() indexer.Passage {
	if l.articles == nil {
		return indexer.Passage{Title: "Điều. " + l.made.text(8), Text: l.made.text(l.made.syllables/2 + l.random.IntN(l.made.syllables))}
	}
	if l.rest.Text == "" {
		record := l.articles.record(l.passages)
		l.rest = indexer.Passage{Title: record.Title, Text: record.Text}
	}
	p := l.rest
	p.Text, l.rest.Text = cutLong(p.Text)
	return p
}

// cutLong cuts a text that is longer than the passages of a library are
// (indexer.Passages) where a line or a sentence ends.
func cutLong(text string) (passage, rest string) {
	const longest = 450
	tokens := analyzers.AppendFirstTokens(nil, text, longest+1)
	if len(tokens) <= longest {
		return text, ""
	}
	most := tokens[longest-1].End
	end := max(strings.LastIndex(text[:most], "\n"), strings.LastIndex(text[:most], ". ")+1, strings.LastIndex(text[:most], "; ")+1)
	if end < most/2 {
		end = most
	}
	return text[:end], strings.TrimLeft(text[end:], " \n.,;")
}

// upTo gives all documents that make up so many passages to use, in batches.
func (l *speedLibrary) upTo(passages int, use func([]indexer.Entry)) {
	for l.passages < passages {
		var batch []indexer.Entry
		for from := l.passages; l.passages < min(from+batchPassages*2, passages); {
			batch = append(batch, l.next(passages-l.passages))
		}
		use(batch)
	}
}

// speedQueries are the queries of one kind.
type speedQueries struct {
	name    string
	queries []string
	folded  bool // typed without accents: these are also put to the other engines
	suggest bool // to be completed, not searched
}

// queriesOfEach is how many queries there are of each kind.
const queriesOfEach = 100

// newSpeedQueries takes the queries from a library of its own, made like the
// one that is searched.
func newSpeedQueries(t testing.TB) []speedQueries {
	l := newSpeedLibrary(t)
	l.random, l.passages = rand.New(rand.NewPCG(8, 0)), 1<<30 // none of the articles as they are
	if l.articles != nil {
		l.articles.random = l.random
	}
	var runs [4][]string
	var numbers, titles []string
	lengths := []int{1, 3, 8, 20}
	for len(numbers) < queriesOfEach {
		e := l.next(1)
		tokens := analyzers.Tokenize(e.Passages[0].Text)
		if len(tokens) < 60 {
			continue
		}
		for i, length := range lengths {
			from := l.random.IntN(len(tokens) - length)
			for try := 0; try < 20 && length < 8 && tokens[from+length-1].Position != tokens[from].Position+length-1; try++ {
				from = l.random.IntN(len(tokens) - length)
			}
			runs[i] = append(runs[i], e.Passages[0].Text[tokens[from].Start:tokens[from+length-1].End])
		}
		numbers = append(numbers, string(e.Document.Facts.Number))
		words := strings.Fields(string(e.Document.Facts.Title))
		titles = append(titles, strings.Join(words[:1+l.random.IntN(min(4, len(words)))], " "))
	}
	questions := runs[3]
	if l.questions != nil {
		l.random.Shuffle(len(l.questions), func(i, j int) { l.questions[i], l.questions[j] = l.questions[j], l.questions[i] })
		questions = l.questions[:queriesOfEach]
	}
	quoted := make([]string, queriesOfEach)
	for i, run := range runs[1] {
		quoted[i] = "“" + strings.Map(func(r rune) rune {
			if strings.ContainsRune("“”\"", r) {
				return ' '
			}
			return r
		}, run) + "”"
	}
	return []speedQueries{
		{name: "1 syllable", queries: runs[0]}, {name: "1 syllable, bare", queries: folds(runs[0]), folded: true},
		{name: "3 syllables", queries: runs[1]}, {name: "3 syllables, bare", queries: folds(runs[1]), folded: true},
		{name: "8 syllables", queries: runs[2]}, {name: "8 syllables, bare", queries: folds(runs[2]), folded: true},
		{name: "question", queries: questions}, {name: "question, bare", queries: folds(questions), folded: true},
		{name: "phrase", queries: quoted}, {name: "number", queries: numbers}, {name: "suggest", queries: titles, suggest: true},
	}
}

func folds(texts []string) []string {
	folded := make([]string, len(texts))
	for i, text := range texts {
		folded[i] = analyzers.FoldText(text)
	}
	return folded
}
