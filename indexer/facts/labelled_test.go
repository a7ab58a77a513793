package facts_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/analyzers"
	"vankien/indexer/extract"
	"vankien/indexer/facts"
	"vankien/storage"
)

// label is what a person read on a document.
type label struct {
	File       string
	Scanned    bool
	Number     *string  `json:"number_normalised"`
	Type       *string  `json:"type"`
	TypeSymbol *string  `json:"type_symbol"`
	Issuer     *string  `json:"issuer"`
	IssuerAlt  []string `json:"issuer_alt"`
	Place      *string  `json:"place"`
	Issued     *string  `json:"issued_date"`
	Title      *string  `json:"title"`
	Signer     *string  `json:"signer"`
	SignerRole *string  `json:"signer_role"`
	Effective  *string  `json:"effective_date"`
	Urgency    *string  `json:"urgency_mark"`
	Secrecy    *string  `json:"secrecy_mark"`
	Notice     *string  `json:"circulation_notice"`
	Relations  []struct{ Kind, Target string }
	Complete   bool `json:"relations_complete"` // else there are more

	Partial     *string `json:"date_partial"`      // 2026-04 where the day is left blank
	Handwritten string  `json:"handwritten"`       // or stamped: "number,day"
	PictureOnly string  `json:"image_only_fields"` // not in the text layer
}

// score counts, for one fact, how many labelled documents were read right.
type score struct{ right, all int }

// mayMiss is of how many documents a fact may be read wrong, 0 where it is not
// named: a change that reads fewer facts of real documents right has to say why.
var mayMiss = map[string]int{"signer_role": 1}

// TestReadLabelledDocuments measures the facts read from real documents with a
// readable text layer against what a person read on them. A fact that is not
// printed counts as right where none was read.
func TestReadLabelledDocuments(t *testing.T) {
	data := os.Getenv("VANKIEN_DATA")
	if data == "" {
		t.Skip("VANKIEN_DATA is not set: the labelled documents are not public")
	}
	tally := tallies{}
	for _, l := range sampledLabels(t, data) {
		if pages, ok := digital(t, filepath.Join(data, "files", l.File)); ok && !l.Scanned {
			tally.add(t, l, facts.Read(pages))
		}
	}
	tally.log(t)
	if len(tally["digital"]) == 0 {
		t.Fatal("no labelled document could be read")
	}
	for fact, s := range tally["digital"] {
		if wrong := s.all - s.right; wrong > mayMiss[fact] {
			t.Errorf("%s: %d of %d wrong", fact, wrong, s.all)
		}
	}
}

// compare gives, for each fact, "" where it was read right, else what was read
// and what is printed.
func (l label) compare(got storage.Facts) map[string]string {
	result := map[string]string{}
	check := func(fact string, read string, printed *string, others ...string) {
		want := ""
		if printed != nil {
			want = *printed
		}
		for _, right := range append([]string{want}, others...) {
			if folded(read) == folded(right) {
				result[fact] = ""
				return
			}
		}
		result[fact] = fmt.Sprintf("read %q, printed %q", read, want)
	}
	if l.byHand("number") {
		check("number by hand", string(got.Number), nil)
	} else {
		check("number", string(got.Number), l.Number)
	}
	check("kind", string(got.Kind), l.Type)
	check("kind_symbol", string(got.KindSymbol), l.TypeSymbol)
	check("issuer", string(got.Issuer), joined(l.Issuer), l.IssuerAlt...)
	check("place", string(got.Place), l.Place)
	if l.byHand("day") {
		check("day by hand", string(got.Issued), nil)
	} else {
		check("issued", string(got.Issued), l.Issued)
	}
	printed := l.Issued
	if printed == nil {
		printed = l.Partial
	}
	if printed != nil && !l.byHand("month") {
		whole := (*printed)[:min(len(*printed), len("2026-04"))]
		check("month", month(got), &whole)
	}
	check("signer", string(got.Signer), l.Signer)
	check("signer_role", string(got.SignerRole), l.SignerRole)
	check("effective", string(got.Effective), l.Effective)
	check("urgency", string(got.Urgency), l.Urgency)
	check("secrecy", string(got.Secrecy), l.Secrecy)
	check("circulation", string(got.Circulation), l.Notice)
	if l.Title == nil || f1(string(got.Title), *l.Title) < 0.9 {
		check("title", string(got.Title), l.Title)
	} else {
		result["title"] = ""
	}
	found := replacedBy(got)
	if !l.Complete { // those that nobody labelled may be right
		found = slices.DeleteFunc(found, func(target string) bool { return !slices.Contains(l.replaced(), target) })
	}
	result["replaces"] = cmp.Diff(l.replaced(), found)
	return result
}

// joined is several issuers as the contract joins them.
func joined(issuers *string) *string {
	if issuers == nil {
		return nil
	}
	s := strings.ReplaceAll(*issuers, " – ", "; ")
	return &s
}

func (l label) replaced() []string {
	found := []string{}
	for _, r := range l.Relations {
		if r.Kind == string(storage.Replaces) && strings.Contains(r.Target, "/") {
			found = append(found, folded(r.Target))
		}
	}
	slices.Sort(found)
	return found
}

// replacedBy are the documents replaced or repealed: the labels make no
// difference.
func replacedBy(f storage.Facts) []string {
	found := []string{}
	for _, r := range f.Relations {
		if r.Kind == storage.Replaces || r.Kind == storage.Repeals {
			found = append(found, folded(r.Target))
		}
	}
	slices.Sort(found)
	return found
}

// folded makes case, white space, dashes and the place of tone marks alike.
func folded(s string) string {
	words := strings.Fields(strings.NewReplacer("–", "-", "—", "-", "“", `"`, "”", `"`).Replace(strings.ToLower(s)))
	for i, w := range words {
		words[i] = analyzers.Canonical(w)
	}
	return strings.Join(words, " ")
}

// f1 is the harmonic mean of precision and recall of the words of got.
func f1(got, want string) float64 {
	left := map[string]int{}
	g, w := analyzers.Tokenize(got), analyzers.Tokenize(want)
	for _, token := range g {
		left[token.Term]++
	}
	shared := 0
	for _, token := range w {
		if left[token.Term] > 0 {
			left[token.Term]--
			shared++
		}
	}
	return 2 * float64(shared) / float64(max(len(g)+len(w), 1))
}

// sampledLabels are one in three, all where VANKIEN_SOAK is set.
func sampledLabels(t *testing.T, data string) (some []label) {
	t.Helper()
	for i, l := range labels(t, filepath.Join(data, "files", "labels.jsonl")) {
		if i%3 == 0 || os.Getenv("VANKIEN_SOAK") != "" {
			some = append(some, l)
		}
	}
	return some
}

func labels(t *testing.T, file string) (all []label) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l label
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// digital reads a file; ok is false where its format is not read, or where
// only OCR can read it: as pictures or in fonts that do not say their letters.
func digital(t *testing.T, file string) (pages []storage.Page, ok bool) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	text, err := extract.Read(context.Background(), extract.File{Name: filepath.Base(file), Size: info.Size(), ReaderAt: f})
	if err != nil {
		return nil, false
	}
	return text.Pages, !extract.NeedsOCR(text)
}

func sorted(scores map[string]*score) []string {
	names := make([]string, 0, len(scores))
	for name := range scores {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
