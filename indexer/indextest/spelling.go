package indextest

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"vankien/indexer"
	"vankien/storage"
)

// However a question is typed, the same document comes first.
func testSpelling(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newShelf(t, open,
		paper("khoa", page1("Đảng ủy phải chủ trì hòa giải ở cơ sở; kết quả báo cáo trước khi hết nhiệm kỳ khóa XIII")),
		paper("uy", page1("Cấp uỷ, uỷ ban kiểm tra và tổ chức đảng có thẩm quyền thi hành kỷ luật")),
		paper("theo", page1("Đoàn viên thanh niên làm theo tấm gương Bác, tiết kiệm từ việc nhỏ")),
		paper("trap", page1("Dáng vẻ quả thị, cá kho, hóa chất, cơ thể, thí nghiệm, quý luật, uy lực")),
		paper("nfd", page1(norm.NFD.String("Nghĩa vụ quân sự của công dân nhập ngũ"))),
	)
	for _, question := range []struct {
		want storage.ID
		text string
	}{
		{"khoa", "chủ trì hòa giải ở cơ sở"},
		{"uy", "ủy ban kiểm tra thi hành kỷ luật"},
		{"theo", "làm theo tấm gương Bác"},
		{"nfd", "nghĩa vụ quân sự"},
	} {
		for name, typed := range spellings(question.text) {
			hits := ids(s.search(text(typed)))
			if len(hits) == 0 || hits[0] != question.want {
				t.Errorf("%s “%s” finds %v, want %s first", name, typed, hits, question.want)
			}
		}
	}
	exact := newShelf(t, open, paper("bare", page1("quy dinh chung, quy dinh rieng")), paper("accented", page1("quy định chung, quy định riêng")))
	if got := ids(exact.search(text("quy định"))); got[0] != "accented" {
		t.Errorf("typed with accents the accented document comes first, not %v", got)
	}
	exact.finds(text("quy dinh"), "accented", "bare")
}

// spellings are the ways in which one question is typed.
func spellings(question string) map[string]string {
	words := strings.Fields(question)
	half := make([]string, len(words))
	for i, word := range words {
		half[i] = word
		if i%2 == 0 {
			half[i] = unaccented(word)
		}
	}
	return map[string]string{
		"accented":      question,
		"unaccented":    unaccented(question),
		"half accented": strings.Join(half, " "),
		"decomposed":    norm.NFD.String(question),
		"upper case":    strings.ToUpper(question),
		"new tones":     strings.NewReplacer("hòa", "hoà", "ủy", "uỷ", "khóa", "khoá").Replace(question),
		"old tones":     strings.NewReplacer("hoà", "hòa", "uỷ", "ủy", "khoá", "khóa").Replace(question),
		"spaced out":    "  " + strings.Join(words, " \t\n ") + " ",
	}
}

// unaccented is what a keyboard without Vietnamese would give; it shares
// nothing with the code under test.
func unaccented(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= '\u0300' && r <= '\u036f' {
			return -1
		}
		return r
	}, norm.NFD.String(s))
	return strings.NewReplacer("đ", "d", "Đ", "D").Replace(s)
}

func testPhrases(t *testing.T, open func(*testing.T) indexer.Index) {
	s := newShelf(t, open,
		paper("whole", page1("Việc thi hành kỷ luật đảng do chi bộ quyết định.")),
		paper("apart", page1("Thi đua lập thành tích, chấp hành kỷ cương; đảng có luật của đảng")),
		paper("across", page1("Mọi đảng viên phải thi hành. Kỷ luật đảng là tự giác")),
		paper("comma", page1("Khi thi hành, kỷ luật và khen thưởng phải công bằng")),
		paper("two", []string{"bản án phải thi hành", "kỷ luật đảng"}),
		paper("titled", page1("Điều này nói về kỷ luật."), func(e *indexer.Entry) { e.Passages[0].Title = "Thi hành" }),
		paper("wrapped", page1("cấp ủy thi\nhành kỷ\nluật theo thẩm quyền")),
	)
	for _, test := range []struct {
		name, query string
		want        []storage.ID
	}{
		{"straight quotes", `"thi hành kỷ luật"`, []storage.ID{"whole", "wrapped"}},
		{"curly quotes", `“thi hành kỷ luật”`, []storage.ID{"whole", "wrapped"}},
		{"guillemets", `«thi hành kỷ luật»`, []storage.ID{"whole", "wrapped"}},
		{"low and high", `„thi hành kỷ luật“`, []storage.ID{"whole", "wrapped"}},
		{"without accents", `"thi hanh ky luat"`, []storage.ID{"whole", "wrapped"}},
		{"upper case", `"THI HÀNH KỶ LUẬT"`, []storage.ID{"whole", "wrapped"}},
		{"not closed: its words", `"tự giác`, []storage.ID{"across"}},
		{"one word", `"quyết"`, []storage.ID{"whole"}},
		{"a phrase and words", `"chấp hành" thi đua`, []storage.ID{"apart"}},
		{"two phrases in one document", `"bản án" "kỷ luật đảng"`, []storage.ID{"two"}},
		{"as one of two alternatives", `"bản án" OR "chi bộ" "kỷ luật đảng"`, []storage.ID{"two", "whole"}},
		{"two phrases both hold", `"kỷ luật đảng" "tự giác"`, []storage.ID{"across"}},
		{"as printed, with its comma", `"thi hành, kỷ luật"`, []storage.ID{"across", "comma"}},
		{"a repeated word", `"luật của luật"`, nil},
		{"nothing like it", `"kỷ luật thi hành"`, nil},
		{"unknown words", `"xyzzy plugh"`, nil},
		{"an empty phrase asks for nothing", `"" tự giác`, []storage.ID{"across"}},
		{"a phrase of signs asks for nothing", `"…" tự giác`, []storage.ID{"across"}},
		{"two phrases, one of signs", `"tự giác" "-"`, []storage.ID{"across"}},
	} {
		t.Run(test.name, func(t *testing.T) { shelf{s.Index, t}.finds(text(test.query), test.want...) })
	}
	t.Run("other accents are said", func(t *testing.T) {
		if got := (shelf{s.Index, t}).search(text(`"chi bổ"`)); got.Total != 1 || !strings.Contains(got.ReadAs, "không phân biệt dấu") {
			t.Errorf("%d hits, read as %q", got.Total, got.ReadAs)
		}
		if got := (shelf{s.Index, t}).search(text(`"chi bộ"`)); strings.Contains(got.ReadAs, "dấu") {
			t.Errorf("read as %q", got.ReadAs)
		}
	})
	t.Run("the phrase is what is marked", func(t *testing.T) {
		hits := shelf{s.Index, t}.search(text(`"kỷ luật đảng"`)).Hits
		if len(hits) == 0 {
			t.Fatal("nothing found")
		}
		for _, hit := range hits {
			for _, passage := range hit.Passages {
				for _, word := range markedWords(t, passage) {
					if !strings.EqualFold(word, "kỷ luật đảng") {
						t.Errorf("%s marks %q", hit.Document.ID, word)
					}
				}
			}
		}
	})
	for _, only := range []string{`"`, `""`, `“`, `”`, `“”“`, `"""`, `" "`, `« “ "`, `"…"`} {
		shelf{s.Index, t}.finds(text(only), "whole", "apart", "across", "comma", "two", "titled", "wrapped")
	}
}
