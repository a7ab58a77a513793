package web

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// regulation is a document of so many Chương of so many Điều each, a Chương a page.
func regulation(chapters, articles int) []storage.Page {
	pages := make([]storage.Page, chapters)
	article := 0
	for i := range pages {
		var text strings.Builder
		fmt.Fprintf(&text, "%d\n\nQuy chế làm việc của Đảng ủy\n\nChương %d\nNHIỆM VỤ CỦA CHI BỘ %d\n", i+1, i+1, i+1)
		for range articles {
			article++
			fmt.Fprintf(&text, "Điều %d. Việc thứ %d\n1. Chi bộ làm việc thứ %d cùng các chi bộ khác trong đảng bộ cơ sở của xã, và\nbáo cáo đảng ủy.\n", article, article, article)
		}
		fmt.Fprintf(&text, "Trang %d", i+1)
		pages[i] = storage.Page{Number: i + 1, Text: text.String()}
	}
	return pages
}

// shown writes the paragraphs of a page: (running) in brackets, anchors before a colon.
func shown(pages []storage.Page, at int, query string) string {
	var out []string
	for _, p := range paragraphs(pages[at], indexer.Bodies(pages)[at], indexer.Sections(pages), query) {
		line := brackets(p.Pieces)
		if p.Running {
			line = "(" + line + ")"
		}
		if len(p.Anchors) > 0 {
			line = strings.Join(p.Anchors, "+") + ": " + line
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func TestAPageAsItIsShown(t *testing.T) {
	want := `(2)
(Quy chế làm việc của Đảng ủy)
muc-4: Chương 2
NHIỆM VỤ CỦA CHI BỘ 2
muc-5: Điều 2. Việc thứ 2
muc-6: 1. Chi bộ làm việc thứ 2 cùng các chi bộ khác trong đảng bộ cơ sở của xã, và báo cáo [đảng ủy].
(Trang 2)`
	if diff := cmp.Diff(want, shown(regulation(3, 1), 1, "đảng ủy")); diff != "" {
		t.Errorf("page (-want +got):\n%s", diff)
	}
}

func TestContents(t *testing.T) {
	list := func(pages []storage.Page, page int) []string {
		view := contents("id", pages, indexer.Sections(pages), page, "chi bộ")
		if view == nil {
			return nil
		}
		out := []string{}
		for _, e := range view.Entries {
			current := ""
			if e.Current {
				current = " *"
			}
			out = append(out, fmt.Sprintf("%d %s (%d) %s%s", e.Depth, e.Label, e.Page, e.URL, current))
		}
		if view.More != "" {
			out = append(out, "…")
		}
		return out
	}
	for _, test := range []struct {
		name  string
		pages []storage.Page
		want  []string
	}{
		{"nothing was read", nil, nil},
		{"hardly any sections", []storage.Page{{Number: 1, Text: "Điều 1. Một\nHọp.\nĐiều 2. Hai\nHọp."}}, nil},
		{"one page: no page numbers, no place that is read", []storage.Page{{Number: 1, Text: "Điều 1. Một\n1. Họp.\nĐiều 2. Hai\nHọp.\nĐiều 3. Ba\nHọp."}}, []string{
			"1 Điều 1. Một (0) /van-ban/id?q=chi+b%E1%BB%99&trang=1#muc-1",
			"1 Điều 2. Hai (0) /van-ban/id?q=chi+b%E1%BB%99&trang=1#muc-3",
			"1 Điều 3. Ba (0) /van-ban/id?q=chi+b%E1%BB%99&trang=1#muc-4",
		}},
		{"pages, the second is read", regulation(3, 1), []string{
			"1 Chương 1. NHIỆM VỤ CỦA CHI BỘ 1 (1) /van-ban/id?q=chi+b%E1%BB%99&trang=1#muc-1",
			"2 Điều 1. Việc thứ 1 (1) /van-ban/id?q=chi+b%E1%BB%99&trang=1#muc-2",
			"1 Chương 2. NHIỆM VỤ CỦA CHI BỘ 2 (2) /van-ban/id?q=chi+b%E1%BB%99&trang=2#muc-4 *",
			"2 Điều 2. Việc thứ 2 (2) /van-ban/id?q=chi+b%E1%BB%99&trang=2#muc-5 *",
			"1 Chương 3. NHIỆM VỤ CỦA CHI BỘ 3 (3) /van-ban/id?q=chi+b%E1%BB%99&trang=3#muc-7",
			"2 Điều 3. Việc thứ 3 (3) /van-ban/id?q=chi+b%E1%BB%99&trang=3#muc-8",
		}},
	} {
		if diff := cmp.Diff(test.want, list(test.pages, 2)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	long := list(regulation(20, 30), 7)
	if len(long) != 20+30+1 || !strings.Contains(long[7], "Điều 181.") {
		t.Errorf("a long document has %d entries, the eighth is %s", len(long), long[7])
	}
}

// Every section of a page has its place there, and nothing of the page is lost.
func FuzzParagraphs(f *testing.F) {
	f.Add("1\n\nChương I\nTÊN\nĐiều 1. A\n\n  1. b c d e f g h i k l m n o p\nĐiều 2. B", "2\nĐiều 3. C")
	f.Add("\n\xff\n", "Điều 1. a\u0323\n\n\n")
	f.Fuzz(func(t *testing.T, first, second string) {
		pages := []storage.Page{{Number: 1, Text: strings.ToValidUTF8(first, "?")}, {Number: 2, Text: strings.ToValidUTF8(second, "?")}}
		sections, bodies := indexer.Sections(pages), indexer.Bodies(pages)
		anchors := map[string]bool{}
		for i, page := range pages {
			var text strings.Builder
			for _, p := range paragraphs(page, bodies[i], sections, "điều a") {
				for _, piece := range p.Pieces {
					text.WriteString(piece.Text)
				}
				for _, anchor := range p.Anchors {
					anchors[anchor] = true
				}
			}
			if got, want := strings.Join(strings.Fields(text.String()), ""), strings.Join(strings.Fields(page.Text), ""); got != want {
				t.Errorf("%q is shown as %q", want, got)
			}
		}
		if len(anchors) != len(sections) {
			t.Errorf("%d of %d sections have a place", len(anchors), len(sections))
		}
	})
}
