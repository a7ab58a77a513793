package spelling_test

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"vankien/analyzers"
	"vankien/indexer/spelling"
)

// handbook is a library of a few sentences, each in many passages.
func handbook() *spelling.Vocabulary {
	var passages []string
	for _, sentence := range []string{
		"Sổ tay đảng viên điện tử",
		"Nghị quyết về công tác cán bộ của Đảng",
		"Đảng viên phải thi hành nghị quyết, chỉ thị của chi bộ",
		"Tổ chức cơ sở đảng và sinh hoạt chi bộ hằng tháng",
		"Công tác kiểm tra, giám sát và kỷ luật của Đảng",
		"Hướng dẫn nghiệp vụ công tác đảng viên",
		"Thu, nộp và quản lý đảng phí của đảng viên",
		"số lượng đảng viên đang làm việc",
		"tay nghề của công nhân và quyền của người lao động",
		"Đang viết một chỉ số khác",
	} {
		passages = append(passages, slices.Repeat([]string{sentence}, 60)...)
	}
	return count(passages).vocabulary()
}

func TestCorrect(t *testing.T) {
	v := handbook()
	for _, test := range []struct {
		name, typed string
		want        string // the first, "" for none
	}{
		{"another tone", "số tay đảng viên", "sổ tay đảng viên"},
		{"a tone left out", "nghị quyêt về công tác cán bộ", "nghị quyết về công tác cán bộ"},
		{"a tone left out of a word that is one", "đang viên phải thi hành", "đảng viên phải thi hành"},
		{"accents left out of one word", "sổ tay dang viên", "sổ tay đảng viên"},
		{"a letter left out", "ngị quyết", "nghị quyết"},
		{"a letter doubled", "đảnng viên", "đảng viên"},
		{"two letters exchanged", "đảng vỉên, sinh haọt chi bộ", "đảng viên, sinh hoạt chi bộ"},
		{"another letter", "kiểm tra, giám xát", "kiểm tra, giám sát"},
		{"Telex", "nghij quyeets", "nghị quyết"},
		{"VNI", "d9ang3 viên", "đảng viên"},
		{"no space", "nghịquyết về công tác", "nghị quyết về công tác"},
		{"no space, and a slip elsewhere", "nghịquyết về công tắc cán bộ", "nghị quyết về công tác cán bộ"},
		{"two slips", "số tay đảng vién", "sổ tay đảng viên"},

		{"case stays", "SỐ TAY Đảnng Viên", "SỔ TAY Đảng Viên"},
		{"all else stays", "  “số  tay đảng viên” 21-NQ/TW, năm 2022!", "  “sổ  tay đảng viên” 21-NQ/TW, năm 2022!"},
		{"old tone places stay", "Số tay đảng viên, hoà", "Sổ tay đảng viên, hoà"},
		{"decomposed", norm.NFD.String("đang viên phải"), "đảng" + norm.NFD.String(" viên phải")},

		{"good as it stands", "sổ tay đảng viên điện tử", ""},
		{"good, though another is commoner", "đang làm việc", ""},
		{"numbers", "21-NQ/TW 2022 9999 30/2020/NĐ-CP", ""},
		{"abbreviations", "UBKTTW BTC BCH TƯ CO2", ""},
		{"foreign words", "facebook covid website Washington", ""},
		{"names", "Nguyễn Thị Bống ở Ngòi Rôm", ""},
		{"without accents is no error", "chi thi cua dang", ""},
		{"without accents, a slip of letters", "ngi quyet ve cong tac", "nghi quyet ve cong tac"},
		{"symbols have their Đ, though nothing else has accents", "dang vien 37-QĐ/TW", ""},
		{"nothing", "", ""},
		{"signs", "… – “”", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := v.Correct(test.typed, false)
			first := ""
			if len(got) > 0 {
				first = got[0]
			}
			if diff := cmp.Diff(test.want, first); diff != "" {
				t.Errorf("“%s” (-want +got):\n%s", test.typed, diff)
			}
			if first != "" {
				if again := v.Correct(first, false); len(again) > 0 {
					t.Errorf("“%s” is corrected again: %q", first, again)
				}
			}
		})
	}
}

func TestAccentsAreRestoredWhenAskedFor(t *testing.T) {
	v := handbook()
	for typed, want := range map[string]string{
		"so tay dang vien":               "sổ tay đảng viên",
		"NGHI QUYET ve cong tac can bo":  "NGHỊ QUYẾT về công tác cán bộ",
		"ngi quyet cua dang 21-nq/tw":    "nghị quyết của đảng 21-nq/tw",
		"kiem tra, giam sat va ky luat?": "kiểm tra, giám sát và kỷ luật?",
	} {
		if got := v.Correct(typed, true); len(got) == 0 || got[0] != want {
			t.Errorf("“%s”: %q, want “%s”", typed, got, want)
		}
	}
}

// A library of a few documents has few pairs, and they count for more.
func TestSmallLibrary(t *testing.T) {
	passages := append(slices.Repeat([]string{"Sổ tay đảng viên Sơn Lam"}, 3), slices.Repeat([]string{"đảng viên được miễn sinh hoạt", "số lượng đảng viên, số văn bản", "nghề tay trái", "miền núi, sinh hoạt chi bộ"}, 2)...)
	v := count(passages).vocabulary()
	for typed, want := range map[string]string{"số tay đảng viên": "sổ tay đảng viên", "số tay": "sổ tay", "miển sinh hoạt": "miễn sinh hoạt", "số lượng đảng viên": "", "sinh hoạt chi bộ": ""} {
		got := strings.Join(append(v.Correct(typed, false), "")[:1], "")
		if got != want {
			t.Errorf("“%s” is corrected to “%s”, want “%s”", typed, got, want)
		}
	}
}

func TestNoVocabulary(t *testing.T) {
	none := func(func(string, int) bool) {}
	if got := spelling.New(none, none).Correct("số tay đảng viên", true); len(got) > 0 {
		t.Errorf("of nothing: %q", got)
	}
}

func FuzzCorrect(f *testing.F) {
	v := handbook()
	for _, typed := range []string{"số tay đảng viên", "nghịquyết", "đ\xff\x00ang3", strings.Repeat("đảng vien ", 70), "a\u0301\u0302", "\u202eĐẢNNG", "ŉǅİß", "nghij quyeets 21-NQ/TW"} {
		f.Add(typed, true)
		f.Add(typed, false)
	}
	f.Fuzz(func(t *testing.T, typed string, accents bool) {
		got := v.Correct(typed, accents)
		if len(got) > spelling.MaxCorrections {
			t.Fatalf("%q: %q", typed, got)
		}
		for i, text := range got {
			if !utf8.ValidString(text) || text == typed || slices.Contains(got[:i], text) {
				t.Fatalf("%q: %q", typed, got)
			}
			if digits(text) != digits(typed) && !residue(typed) {
				t.Fatalf("%q: the numbers of %q", typed, text)
			}
			if marked, _ := analyzers.Accents(analyzers.Tokenize(typed)); marked == 0 && !accents && !residue(typed) && analyzers.FoldText(text) != strings.ToLower(strings.Join(strings.Fields(text), " ")) && isASCII(typed) {
				t.Fatalf("%q: accents that were not asked for: %q", typed, text)
			}
		}
	})
}

// residue tells whether a text may have words that Telex or VNI left: of these
// digits go, and accents come.
func residue(typed string) bool {
	return slices.ContainsFunc(analyzers.Tokenize(typed), func(token analyzers.Token) bool {
		_, ok := analyzers.TelexDecode(token.Term)
		return ok
	})
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// BenchmarkNew makes the vocabulary of a large library: 20,000 syllables and
// 400,000 pairs, of which 340,000 stand in more than one passage.
func BenchmarkNew(b *testing.B) {
	random := rand.New(rand.NewPCG(1, 1))
	syllables, pairs := make(map[string]int), make(map[string]int)
	name := func(i int) string {
		letters := "abcdeghiklmnopqrstuvxy"
		return string([]byte{letters[i%22], letters[i/22%22], letters[i/484%22], letters[i/10648%22]})
	}
	for i := range 20_000 {
		syllables[name(i)] = 2 + random.IntN(1000)
	}
	for len(pairs) < 400_000 {
		pairs[name(random.IntN(20_000))+analyzers.PairSeparator+name(random.IntN(20_000))] = max(1, random.IntN(20)-2)
	}
	one, two := each(syllables), each(pairs)
	var before, after runtime.MemStats
	var v *spelling.Vocabulary
	runtime.GC()
	runtime.ReadMemStats(&before)
	for b.Loop() {
		v = spelling.New(one, two)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
	for _, kept := range []any{v, syllables, pairs, one, two} {
		runtime.KeepAlive(kept)
	}
}
