package query

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
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
		"tổ chức đảng 21-NQ/TW":             {"21-NQ/TW", false},
		"21-NQ/TW về tổ chức đảng":          {"21-NQ/TW", false},
		"21-NQ/TW, 50-CT/TW":                {"21-NQ/TW 50-CT/TW", false},
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

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`"sinh hoạt" chi «bộ`, "“a„b”c“", "nq 21\x00", "\xff\"\xe1", strings.Repeat("«", 600), `"" "a`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got := Parse(typed)
		clean := func(text string) bool {
			return utf8.ValidString(text) && strings.Join(strings.Fields(text), " ") == text &&
				!strings.ContainsFunc(text, func(r rune) bool { return isQuote(r) || unicode.IsControl(r) })
		}
		if !clean(got.Words) {
			t.Errorf("%q: words %q", typed, got.Words)
		}
		rest := got.Words
		for _, phrase := range got.Phrases {
			at := strings.Index(rest, phrase)
			if !clean(phrase) || phrase == "" || at < 0 {
				t.Fatalf("%q: phrase %q is not in order in %q", typed, phrase, got.Words)
			}
			rest = rest[at+len(phrase):]
		}
		// No letter or digit is lost.
		if want, kept := letters(strings.ToValidUTF8(typed, " ")), letters(got.Words); want != kept {
			t.Errorf("%q: %q of %q are kept", typed, kept, want)
		}
		if again := Parse(got.Words); again.Words != got.Words || len(again.Phrases) > 0 {
			t.Errorf("%q: read again, %q is %+v", typed, got.Words, again)
		}
	})
}

func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}
