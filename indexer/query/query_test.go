package query

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

func TestQuotes(t *testing.T) {
	for _, test := range []struct {
		name, typed, words string
		phrases            []string
	}{
		{"plain words", "sinh hoạt chi bộ", "sinh hoạt chi bộ", nil},
		{"blanks", "  sinh \t hoạt\n\nchi bộ ", "sinh hoạt chi bộ", nil},
		{"straight quotes", `nghị quyết "sinh hoạt chi bộ" 2026`, "nghị quyết sinh hoạt chi bộ 2026", []string{"sinh hoạt chi bộ"}},
		{"curly quotes", "“sinh hoạt” chi bộ", "sinh hoạt chi bộ", []string{"sinh hoạt"}},
		{"German quotes", "„sinh hoạt“ „chi bộ”", "sinh hoạt chi bộ", []string{"sinh hoạt", "chi bộ"}},
		{"guillemets", "«sinh hoạt» chi bộ", "sinh hoạt chi bộ", []string{"sinh hoạt"}},
		{"full-width quotes", "＂sinh hoạt＂", "sinh hoạt", []string{"sinh hoạt"}},
		{"closing quotes on both sides", "”sinh hoạt” chi bộ", "sinh hoạt chi bộ", []string{"sinh hoạt"}},
		{"a curly quote closed by a straight one", "“sinh hoạt\" chi bộ", "sinh hoạt chi bộ", []string{"sinh hoạt"}},
		{"two phrases", `"sinh hoạt" "chi bộ"`, "sinh hoạt chi bộ", []string{"sinh hoạt", "chi bộ"}},
		{"no blank around a phrase", `a"b"c`, "a b c", []string{"b"}},
		{"a quote that is not closed", `"sinh hoạt chi bộ`, "sinh hoạt chi bộ", nil},
		{"one kind not closed, another closed", `«sinh hoạt "chi bộ"`, "sinh hoạt chi bộ", []string{"chi bộ"}},
		{"one closed, one not", `"sinh hoạt" chi "bộ`, "sinh hoạt chi bộ", []string{"sinh hoạt"}},
		{"a guillemet that closes nothing", "sinh» hoạt", "sinh hoạt", nil},
		{"quotes within quotes", "“sinh «hoạt» chi” bộ", "sinh hoạt chi bộ", []string{"sinh hoạt chi"}},
		{"nothing in quotes", `"" " " sinh`, "sinh", nil},
		{"nothing", "", "", nil},
		{"only quotes", `"""""`, "", nil},
		{"control characters", "sinh\x00hoạt\x1b chi\u0085bộ\x7f", "sinh hoạt chi bộ", nil},
		{"broken bytes", "sinh\xff hoạt\xe1\xba", "sinh hoạt", nil},
		{"invisible characters", "lo\u200bại\ufeff văn bản", "loại văn bản", nil},
		{"decomposed letters", norm.NFD.String("nghị quyết"), "nghị quyết", nil},
		{"an apostrophe is no quote", "l'ordre d’un", "l'ordre d’un", nil},
	} {
		got := Parse(test.typed)
		if diff := cmp.Diff(test.phrases, got.Phrases); diff != "" || got.Words != test.words {
			t.Errorf("%s: %q is words %q, want %q; phrases (-want +got):\n%s", test.name, test.typed, got.Words, test.words, diff)
		}
	}
}

func TestNumbersInAQuery(t *testing.T) {
	for typed, want := range map[string]struct {
		numbers string
		whole   bool
	}{
		"21-NQ/TW":                          {"21-NQ/TW", true},
		"  nghị quyết số 21 – nq/tw ":       {"21-NQ/TW", true},
		"nq 21":                             {"21-NQ", true},
		`"21-NQ/TW"`:                        {"21-NQ/TW", true},
		"(21-NQ/TW)":                        {"21-NQ/TW", true},
		"tổ chức đảng 21-NQ/TW":             {"21-NQ/TW", false},
		"21-NQ/TW về tổ chức đảng":          {"21-NQ/TW", false},
		"21-NQ/TW, 50-CT/TW":                {"21-NQ/TW 50-CT/TW", false},
		"21-NQ/TW năm:2022":                 {"21-NQ/TW", true},
		"nhiệm kỳ 2020 - 2025":              {"", false},
		"huy hiệu 30 năm":                   {"", false},
		"tài liệu sinh hoạt tháng 11, 2026": {"", false},
	} {
		got := Parse(typed)
		var numbers []string
		for _, c := range got.Citations {
			numbers = append(numbers, c.Number.String())
		}
		if strings.Join(numbers, " ") != want.numbers || got.Whole != want.whole {
			t.Errorf("%q: numbers %q, whole %v", typed, numbers, got.Whole)
		}
	}
}

func TestEmpty(t *testing.T) {
	for typed, want := range map[string]bool{
		"": true, " \n": true, `""`: true, "?!": true, "()": true,
		"x": false, "5": false, "loại:NQ": false, `-"phát thanh"`: false, "loại:": false,
	} {
		if got := Parse(typed).Empty(); got != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
}

// What is typed beyond the limits is searched as plain words.
func TestLimits(t *testing.T) {
	many := func(format string) string {
		var b strings.Builder
		for i := range 40 {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for _, test := range []struct {
		name, typed, kept string // the last one, still in the words
		count             func(Query) int
		limit             int
	}{
		{"phrases", many(`"câu %d" `), "câu 39", func(q Query) int { return len(q.Phrases) }, MaxPhrases},
		{"exclusions", many(`a -"câu %d" `), "câu 39", func(q Query) int { return len(q.Without) }, MaxWithout},
		{"fields", many(`a trích:%d-NQ/TW `), "trích:39-NQ/TW", func(q Query) int { return len(q.Fields) }, MaxFields},
		{"groups", many(`"a" OR "câu %d" , `), "câu 39", func(q Query) int { return len(q.Must) }, MaxGroups},
		{"operands", many(`"câu %d" OR `) + "x", "câu 39", func(q Query) int { return len(q.Must[0]) }, MaxOperands},
		{"values", "trích:" + many(`%d-NQ/TW,`), "39-NQ/TW", func(q Query) int { return len(q.Fields[0].Values) }, MaxValues},
		{"senses", strings.Join([]string{"BCH BTV BCT BBT BTC BTG BDV BNC BCS UBKT UBND HĐND MTTQ XDĐ TCĐ ĐCS CBCC SHCB KTGS CTTT"}, " "), "CTTT",
			func(q Query) int { return len(q.Senses) }, MaxSenses},
	} {
		got := Parse(test.typed)
		if n := test.count(got); n != test.limit || !strings.Contains(got.Words, test.kept) {
			t.Errorf("%s: %d, want %d; words %q", test.name, n, test.limit, got.Words)
		}
	}
}

func TestMonthOfTheYear(t *testing.T) {
	for _, test := range []struct{ typed, today, from, to string }{
		{"tài liệu sinh hoạt chi bộ tháng 11", "2026-11-22", "2026-10-17", "2026-11-30"},
		{"tài liệu sinh hoạt chi bộ tháng 12", "2026-11-22", "2026-11-16", "2026-12-31"},
		{"tài liệu sinh hoạt chi bộ tháng 1", "2026-11-22", "2025-12-17", "2026-01-31"},
		{"tài liệu sinh hoạt chi bộ tháng 1", "2026-12-31", "2026-12-17", "2027-01-31"},
		{"tài liệu sinh hoạt chi bộ tháng 11 năm 2024", "2026-11-22", "2024-11-01", "2024-11-30"},
		{"tài liệu sinh hoạt chi bộ", "2026-11-22", "", ""},
	} {
		today, err := time.Parse(time.DateOnly, test.today)
		if err != nil {
			t.Fatal(err)
		}
		if got := Parse(test.typed).Hints.At(today); got.From != test.from || got.To != test.to {
			t.Errorf("%q on %s: %s to %s", test.typed, test.today, got.From, got.To)
		}
	}
}

// hostile are queries made to be slow, or to break.
var hostile = []string{`"a" `, `"`, "«", "“a„", "a OR ", `"a" OR `, "NOT a ", `-"a" `, " -a", "loại:", "loại:NQ ", "loại:a,", "năm:2020..", "trích yếu:a ", "tiêu đề:",
	"a:", ":", ",", "(", ")", "()", "(a OR ", "21-NQ/TW ", "nghị quyết ", "đại hội ", "trung ương ", "2020 ", "2020-", "từ 2020 đến ", "khóa ", "không có ",
	"KHÔNG CÓ ", "BCH ", "nghij ", "ban chấp hành ", "a", "ạ", "a\u0323\u0302", "Đ ", "\xff", "\n-a", "1/", "AND ", "co_quan:Ban "}

// Eight times as much text costs eight times the memory, more or less:
// counted, not timed.
func TestLinear(t *testing.T) {
	for _, unit := range hostile {
		allocated := func(n int) float64 {
			typed := strings.Repeat(unit, n/len(unit)+1)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			Parse(typed)
			runtime.ReadMemStats(&after)
			return float64(after.TotalAlloc - before.TotalAlloc)
		}
		allocated(100)
		if small, large := allocated(4<<10), allocated(32<<10); large > 16*small+1<<20 {
			t.Errorf("%q: %.0f bytes for 4 KB, %.0f for 32 KB", unit, small, large)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`"sinh hoạt" chi «bộ`, "“a„b”c“", "nq 21\x00", "\xff\"\xe1", `"" "a`, "loại:NQ OR loại:CT -năm:2020..2023",
		`(a OR "b c") NOT d không có "e"`, "cơ quan : Ban Bí thư, BCT", "từ tháng 3/2020 đến nay", "nghij quyeets 21", "NQTW4 khóa XII, BTC", "số:21,37-QĐ/TW trích yếu:x"} {
		f.Add(seed)
	}
	for _, unit := range hostile {
		f.Add(strings.Repeat(unit, 40))
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got := Parse(typed)
		if diff := cmp.Diff(got, Parse(typed)); diff != "" {
			t.Errorf("%q is read in two ways:\n%s", typed, diff)
		}
		for _, text := range texts(got) {
			if !utf8.ValidString(text) || strings.Join(strings.Fields(text), " ") != text ||
				strings.ContainsFunc(text, func(r rune) bool { return isQuote(r) || unicode.IsControl(r) }) {
				t.Errorf("%q: %q is not clean", typed, text)
			}
		}
		for _, phrase := range got.Phrases {
			if phrase == "" || !strings.Contains(got.Words, phrase) {
				t.Errorf("%q: phrase %q is not in %q", typed, phrase, got.Words)
			}
		}
		if len(got.Words) > 3*len(typed)+1 || len(got.Phrases) > MaxPhrases || len(got.Must) > MaxGroups || len(got.Without) > MaxWithout ||
			len(got.Fields) > MaxFields || len(got.Senses) > MaxSenses {
			t.Errorf("%q: too much: %+v", typed, got)
		}
		for _, c := range got.Citations {
			if got.Text()[c.Start:c.End] != c.Raw {
				t.Errorf("%q: %q is not at %d", typed, c.Raw, c.Start)
			}
		}
		for _, field := range got.Fields {
			if len(field.Values) == 0 == (field.From == "" && field.To == "") || len(field.Values) > MaxValues || field.To != "" && field.From > field.To {
				t.Errorf("%q: %+v", typed, field)
			}
		}
		if h := got.Hints; h.To != "" && h.From > h.To || h.Month < 0 || h.Month > 12 {
			t.Errorf("%q: %+v", typed, h)
		}
		// What nothing was taken out of is searched with all its letters.
		if len(got.Fields)+len(got.Without)+len(got.Must) == 0 && !strings.Contains(typed, "AND") && !strings.Contains(typed, "OR") && !strings.Contains(typed, "HOẶC") {
			if want, kept := letters(norm.NFC.String(strings.ToValidUTF8(strings.Map(visible, typed), " "))), letters(got.Words); want != kept {
				t.Errorf("%q: %q of %q are kept", typed, kept, want)
			}
		}
	})
}

// texts are all the texts of a tree.
func texts(q Query) []string {
	all := slices.Concat([]string{q.Words, q.Decoded, q.Hints.Topic}, q.Phrases, q.Without, q.Hints.Kinds, q.Hints.Issuers, slices.Concat(q.Must...))
	for _, field := range q.Fields {
		all = append(all, field.Values...)
	}
	for _, s := range q.Senses {
		all = append(append(all, s.Typed), s.Expansions...)
	}
	return all
}

func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

func BenchmarkParse(b *testing.B) {
	for name, typed := range map[string]string{
		"short": "sinh hoạt chi bộ", "number": "nq 21",
		"question": "đảng viên dự bị vắng mặt ở nơi cư trú bao lâu thì phải làm thủ tục chuyển sinh hoạt đảng tạm thời theo quy định",
		"fields":   `nghị quyết "nông thôn mới" loại:NQ năm:2020..2023 NOT dự thảo`,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Parse(typed)
			}
		})
	}
}
