package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

func choiceOf(number, issued, title string) storage.Document {
	return storage.Document{
		ID: storage.ID(number + "@" + issued), Validity: storage.Unverified,
		Facts: storage.Facts{Number: storage.Printed(number), Kind: "Nghị quyết", Issued: storage.Date(issued), Title: storage.Printed(title)},
	}
}

func candidatesOf(documents ...storage.Document) (all []indexer.Candidate) {
	for _, d := range documents {
		all = append(all, indexer.Candidate{Document: d})
	}
	return all
}

func asked(text string) indexer.Query { return indexer.Query{Text: text}.Normalize() }

// A page asks which document is meant, and lists below it only what is not
// asked about.
func TestChoice(t *testing.T) {
	grassroots, population := choiceOf("21-NQ/TW", "2022-06-16", "tổ chức cơ sở đảng"), choiceOf("21-NQ/TW", "2017-10-25", "công tác dân số")
	province, other := choiceOf("21-NQ/TU", "2019-06-16", "của tỉnh"), choiceOf("45-CT/TW", "2019-01-01", "nhắc đến nghị quyết 21")
	hits := []indexer.Hit{{Document: grassroots}, {Document: population}, {Document: other}}
	for _, test := range []struct {
		name  string
		found Found
		want  string
	}{
		{"one number", Found{Query: asked("21-NQ/TW"), Result: indexer.Result{Total: 3, Hits: hits, Candidates: candidatesOf(grassroots, population)}},
			"Có 2 văn bản cùng số 21-NQ/TW. Bạn cần văn bản nào? [Nghị quyết số 21-NQ/TW ngày 16/6/2022: Tổ chức cơ sở đảng] [Nghị quyết số 21-NQ/TW ngày 25/10/2017: Công tác dân số] Văn bản khác: 45-CT/TW"},
		{"several numbers", Found{Query: asked("nq 21"), Result: indexer.Result{Total: 2, Candidates: candidatesOf(grassroots, province)}},
			"Có 2 văn bản đúng với câu tìm. Bạn cần văn bản nào? [Nghị quyết số 21-NQ/TW ngày 16/6/2022: Tổ chức cơ sở đảng] [Nghị quyết số 21-NQ/TU ngày 16/6/2019: Của tỉnh] Văn bản khác:"},
		{"a number that is missing", Found{Query: asked("22-NQ/TW"), Missing: "22-NQ/TW", Result: indexer.Result{Total: 1, Hits: hits[2:], Nearest: candidatesOf(population)}},
			"Không có văn bản số 22-NQ/TW trong kho. Các số gần giống – có phải bạn cần một trong các văn bản này? [Nghị quyết số 21-NQ/TW ngày 25/10/2017: Công tác dân số] Văn bản có những chữ đã gõ: 45-CT/TW"},
		{"one that cannot be told", Found{Query: asked("22"), Result: indexer.Result{Nearest: candidatesOf(population)}},
			"Không có văn bản mang số này trong kho. Các số gần giống – có phải bạn cần một trong các văn bản này? [Nghị quyết số 21-NQ/TW ngày 25/10/2017: Công tác dân số] Văn bản có những chữ đã gõ:"},
		{"nothing to choose", Found{Query: asked("21"), Result: indexer.Result{Total: 3, Hits: hits}}, "none: 21-NQ/TW 21-NQ/TW 45-CT/TW"},
		{"the next page", Found{Query: indexer.Query{Text: "21", Page: 2}.Normalize(), Result: indexer.Result{Total: 13, Hits: hits, Candidates: candidatesOf(grassroots, population)}},
			"none: 21-NQ/TW 21-NQ/TW 45-CT/TW"},
		{"newest first", Found{Query: indexer.Query{Text: "21", Sort: indexer.Newest}.Normalize(), Result: indexer.Result{Total: 3, Hits: hits, Candidates: candidatesOf(grassroots, population)}},
			"none: 21-NQ/TW 21-NQ/TW 45-CT/TW"},
	} {
		v := NewSearchPage(Frame{}, test.found)
		got := "none"
		if c := v.Choice; c != nil {
			got = c.Heading.Before + c.Heading.Number + c.Heading.After + " " + c.Question
			for _, card := range c.Cards {
				got += fmt.Sprintf(" [%s ngày %s: %s]", card.Name, card.Date, card.Heading)
			}
			got += " " + v.HitsHeading
		}
		got += ":"
		for _, hit := range v.Hits {
			got += " " + hit.Number
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestChoiceOfMany(t *testing.T) {
	var all []storage.Document
	for i := range 25 {
		all = append(all, choiceOf("21-NQ/TU", fmt.Sprintf("2020-01-%02d", i+1), "của tỉnh"))
	}
	c := NewSearchPage(Frame{}, Found{Query: asked("21-NQ/TU"), Result: indexer.Result{Total: 25, Candidates: candidatesOf(all...)}}).Choice
	if len(c.Cards) != maxCards || !strings.Contains(c.More, "10 văn bản đầu") || c.Heading.Before != "Có 25 văn bản cùng số " {
		t.Errorf("%d cards, %+v", len(c.Cards), c)
	}
}

// A card opens at the place that was asked for, and says what has replaced its
// document.
func TestCards(t *testing.T) {
	old, successor := choiceOf("232-QĐ/TW", "2025-01-20", "thi hành Điều lệ Đảng"), choiceOf("294-QĐ/TW", "2025-05-26", "thi hành Điều lệ Đảng")
	old.Validity, old.ReplacedBy, old.Reading.Pages = storage.Replaced, []storage.ID{successor.ID, "hidden"}, 9
	bare := storage.Document{ID: "bare", Facts: storage.Facts{Title: "báo cáo"}}
	passages := []indexer.MatchedPassage{{Page: 4, Section: "Điều 3", Text: "Độ tuổi của người vào Đảng"}}
	v := NewSearchPage(Frame{}, Found{
		Query: asked("điều 3 quy định 232"), Successors: map[storage.ID]storage.Document{successor.ID: successor},
		Result: indexer.Result{Total: 2, Candidates: candidatesOf(old, bare), Hits: []indexer.Hit{{Document: old, Passages: passages, Place: 4}}},
	})
	card := v.Choice.Cards[0]
	if card.Validity.Label != "Đã được thay thế" || len(card.Successors.Links) != 1 || card.Successors.Links[0].Label != "Nghị quyết số 294-QĐ/TW" {
		t.Errorf("the replaced document is shown as %+v", card)
	}
	if card.Place == nil || card.Place.Page != 4 || !strings.HasSuffix(card.URL, "#trang-4") {
		t.Errorf("the card opens at %+v", card.Place)
	}
	if bare := v.Choice.Cards[1]; bare.Name != "Báo cáo" || bare.Heading != "" || bare.Place != nil {
		t.Errorf("a document without a number is shown as %+v", bare)
	}
}

func TestSpellings(t *testing.T) {
	for _, test := range []struct {
		name                string
		result              indexer.Result
		corrections, advice string
	}{
		{"with results", indexer.Result{Total: 3, Corrections: []string{"sổ tay", "số tay"}}, "sổ tay, số tay", ""},
		{"without results, some find something", indexer.Result{Corrections: []string{"a", "b"}, Advice: []string{"b", "c"}}, "b", "c"},
		{"without results or advice", indexer.Result{Corrections: []string{"a"}}, "a", ""},
		{"advice alone", indexer.Result{Advice: []string{"c"}}, "", "c"},
	} {
		corrections, advice := spellings(test.result)
		if got := strings.Join(corrections, ", ") + "|" + strings.Join(advice, ", "); got != test.corrections+"|"+test.advice {
			t.Errorf("%s: %s", test.name, got)
		}
	}
	q := indexer.Query{Text: "a", Filters: map[indexer.Facet][]string{"kind": {"nghi-quyet"}}, Page: 3}.Normalize()
	if links := narrowed(q, []string{"b"}); !slices.Equal(links, []Link{{Label: "b", URL: "/?kind=nghi-quyet&q=b"}}) {
		t.Errorf("another query is searched at %+v", links)
	}
}

// What was understood stands on the page once.
func TestUnderstood(t *testing.T) {
	near := candidatesOf(choiceOf("21-NQ/TW", "2017-10-25", "công tác dân số"))
	for _, test := range []struct {
		name  string
		found Found
		want  string
	}{
		{"as the index says it", Found{Query: asked("nq 21"), Result: indexer.Result{ReadAs: "văn bản số 21-NQ"}}, "văn bản số 21-NQ"},
		{"the choice says it", Found{Query: asked("22-NQ/TW"), Missing: "22-NQ/TW", Result: indexer.Result{Nearest: near, ReadAs: "văn bản số 22-NQ/TW (không có trong kho), theo các chữ đã gõ"}}, ""},
		{"the choice does not say all", Found{Query: asked("22-NQ/TW UBKT"), Missing: "22-NQ/TW", Result: indexer.Result{Nearest: near, ReadAs: "văn bản số 22-NQ/TW (không có trong kho); UBKT: ủy ban kiểm tra"}},
			"văn bản số 22-NQ/TW (không có trong kho); UBKT: ủy ban kiểm tra"},
	} {
		if got := NewSearchPage(Frame{}, test.found).ReadAs; got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
