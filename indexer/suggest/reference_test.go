package suggest_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"

	"vankien/analyzers"
	"vankien/indexer/suggest"
)

// reference finds documents by looking at every word of every item; it knows
// titles without numbers only.
func reference(items []spelt, typed string) []suggest.Document {
	words := analyzers.Tokenize(typed)
	marked, _ := analyzers.Accents(words)
	var found []suggest.Document
	for i, item := range items {
		item := slices.Concat(item.title, item.more)
		score, has := 0, len(words) > 0
		for _, word := range words {
			begun, whole, spelled := 0, 0, 0
			for _, of := range item {
				if begunBy(of, word) {
					begun = 1
					if analyzers.Fold(of.Term) == analyzers.Fold(word.Term) {
						whole = 1
					}
					if marked > 0 && strings.HasPrefix(of.Term, word.Term) {
						spelled = 1
					}
				}
			}
			has, score = has && begun == 1, score+whole+spelled
		}
		if has {
			found = append(found, suggest.Document{Item: i, Score: score << 5})
		}
	}
	best := func(a, b suggest.Document) int { return cmp.Compare(b.Score, a.Score) }
	slices.SortStableFunc(found, best)
	first := found[:min(256, len(found))]
	for i := range first {
		item := items[first[i].Item]
		first[i].Score += following(slices.Concat(item.title, item.more), words)
		if begins(item.title, words) || begins(item.more, words) || slices.ContainsFunc([]int{1, 2}, func(kind int) bool {
			return kind < len(words) && begins(item.more, words[:kind]) && begins(item.title, words[kind:])
		}) {
			first[i].Score += 16
		}
	}
	slices.SortStableFunc(first, best)
	return found
}

// spelt is an item in words.
type spelt struct{ title, more []analyzers.Token }

// begins tells whether words begin with the typed ones; no synthetic title
// begins with a loose word.
func begins(words, typed []analyzers.Token) bool {
	for i, word := range typed {
		if i >= len(words) || !begunBy(words[i], word) {
			return false
		}
	}
	return true
}

// following counts the typed words that stand behind the one typed before them.
func following(item, typed []analyzers.Token) int {
	n := 0
	for i := 1; i < len(typed); i++ {
		for j := 1; j < len(item); j++ {
			if begunBy(item[j-1], typed[i-1]) && begunBy(item[j], typed[i]) {
				n++
				break
			}
		}
	}
	return n
}

func begunBy(word, typed analyzers.Token) bool {
	return strings.HasPrefix(analyzers.Fold(word.Term), analyzers.Fold(typed.Term))
}

// Rare words and common ones, few matches and many are found by different
// ways; looking at everything gives the same.
func TestManyItems(t *testing.T) {
	items := synthetic(1000)
	for i := range items {
		items[i].Number = ""
		items[i].Text = strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return 'x'
			}
			return r
		}, items[i].Text)
	}
	s := suggest.New(items)
	var words []spelt
	for _, item := range items {
		words = append(words, spelt{analyzers.Tokenize(item.Text), analyzers.Tokenize(item.More)})
	}
	random := rand.New(rand.NewPCG(5, 6))
	typed := keystrokes(items, 20)
	random.Shuffle(len(typed), func(i, j int) { typed[i], typed[j] = typed[j], typed[i] })
	typed = append(typed[:120], "n", "đ", "d", "t", "th tr", "đ t c", "công tác đ", "a b c d", "cong tac k", "dảng", "xã h")
	for _, text := range typed {
		if len(analyzers.Tokenize(text)) > 16 || strings.ContainsFunc(text, func(r rune) bool { return r < utf8.RuneSelf && r >= '0' && r <= '9' }) {
			continue
		}
		want := reference(words, text)
		for _, size := range []int{1, 8, 5000} {
			if diff := gocmp.Diff(want[:min(size, len(want))], s.Documents(text, size, everyone)); diff != "" {
				t.Fatalf("“%s”, %d (-want +got):\n%s", text, size, diff)
			}
		}
	}
}

// A number is found while it is typed, in every form, however many there are.
func TestManyNumbers(t *testing.T) {
	items := synthetic(3000)
	s := suggest.New(items)
	random := rand.New(rand.NewPCG(7, 8))
	for range 200 {
		item := random.IntN(len(items))
		serial, symbol, _ := strings.Cut(items[item].Number, "-")
		kind, issuer, _ := strings.Cut(symbol, "/")
		for _, typed := range []string{items[item].Number, strings.ToLower(items[item].Number), serial + kind, kind + serial + issuer,
			analyzers.FoldText(kind + " " + serial + " " + issuer), serial + kind + issuer, strings.TrimLeft(serial, "0") + " " + kind + issuer} {
			found := s.Documents(typed, 1000, everyone)
			at := slices.IndexFunc(found, func(d suggest.Document) bool { return d.Item == item })
			if at < 0 || found[at].Score < 2<<12 {
				t.Fatalf("“%s” does not find %s", typed, items[item].Number)
			}
			for _, before := range found[:at] {
				if got, _, _ := strings.Cut(items[before.Item].Number, "-"); got != serial {
					t.Fatalf("“%s” finds %s before %s", typed, items[before.Item].Number, items[item].Number)
				}
			}
		}
	}
}

func FuzzSuggest(f *testing.F) {
	for _, typed := range []string{"đảng viên", "21-nq/tw", "\xff\x00", strings.Repeat("a ", 100), "t.ư", "a\u0301", "đ", "\u202e", "quyeets", "nq21", "công tác k"} {
		f.Add(typed, "Nghị quyết 21-NQ/TW", 3)
		f.Add(typed, typed, 0)
	}
	f.Fuzz(func(t *testing.T, typed, title string, size int) {
		s := suggest.New([]suggest.Item{{Text: "Quy định đảng viên"}, {Text: title}, {Text: title, Number: title, More: title}, {Text: title}})
		seen := func(item int) bool { return item != 2 }
		got := items(s.Documents(typed, size, seen))
		if len(got) > max(size, 0) || len(got) > 3 || slices.Contains(got, 2) {
			t.Fatalf("%q of size %d: %v", typed, size, got)
		}
		phrases := s.Phrases(typed, size, seen)
		if len(phrases) > max(size, 0) {
			t.Fatalf("%q of size %d: %v", typed, size, phrases)
		}
		for _, phrase := range phrases {
			if !utf8.ValidString(phrase.Text) || strings.TrimSpace(phrase.Text) == "" || phrase.Holders < 2 {
				t.Fatalf("%q: %+v", typed, phrase)
			}
		}
		if s.Phrases(typed, size, func(item int) bool { return item == 1 }) != nil {
			t.Fatalf("%q: a phrase of one document", typed)
		}
		words := analyzers.Tokenize(title)
		vni := slices.ContainsFunc(words, func(word analyzers.Token) bool { // "đảng" typed as d9ang3 is not found as d, 9, ang, 3
			_, decodes := analyzers.TelexDecode(word.Term)
			return decodes
		})
		if size > 1 && len(words) > 0 && len(words) <= 8 && len(title) <= 1000 && !vni {
			if got := items(s.Documents(title, 4, seen)); !slices.Contains(got, 1) {
				t.Fatalf("%q does not suggest itself: %v", title, got)
			}
		}
	})
}

func ExampleSuggester_Phrases() {
	s := suggest.New([]suggest.Item{
		{Text: "Kiểm tra, giám sát và kỷ luật của Đảng"},
		{Text: "quy trình kiểm tra, giám sát, kỷ luật đảng"},
		{Text: "kiểm tra tài chính"},
	})
	for _, phrase := range s.Phrases("kiem tra g", 3, everyone) {
		fmt.Println(phrase.Text, phrase.Holders)
	}
	// Output: kiểm tra, giám sát 2
}
