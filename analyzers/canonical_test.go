package analyzers

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

func TestCanonicalIsOneFormOfAllSpellings(t *testing.T) {
	tests := []struct {
		want      string
		spellings []string
	}{
		{"hòa", []string{"hoà", "HÒA", "Hoà", "hoa\u0300", "ho\u0300a"}},
		{"khỏe", []string{"khoẻ", "KHỎE"}},
		{"thủy", []string{"thuỷ", "THUỶ"}},
		{"ủy", []string{"uỷ", "Uỷ"}},
		{"quý", []string{"qúy", "QUÝ"}}, // u belongs to q
		{"quả", []string{"qủa"}},
		{"giá", []string{"gía"}}, // i belongs to g …
		{"gì", []string{"GÌ"}},   // … where another vowel follows
		{"gìn", []string{"GÌN"}},
		{"giếng", []string{"gíêng"}},
		{"toán", []string{"tóan"}}, // a final consonant: the tone is not open
		{"khoái", []string{"khóai"}},
		{"được", []string{"đựơc", "ĐƯỢC", "Ðược", "Ɖược"}},
		{"thuở", []string{"thủơ"}},
		{"mía", []string{"MÍA"}},
		{"cửa", []string{"CỬA"}},
		{"nguyễn", []string{"NGUYỄN", norm.NFD.String("Nguyễn")}},
		{"việt", []string{"vi\u00ea\u0323t", "vie\u0323\u0302t", "vie\u0302\u0323t", "vi\u1eb9\u0302t"}},
		{"số", []string{"s\u00f3\u0302", "ѕố", "S\u00adố", "s\u200bố"}}, // tone before hat; Cyrillic ѕ; invisible characters
		{"ngày", []string{"ngàу", "\ufeffngày"}},
		{"đảng", []string{"Ðảng", "ÐẢNG", "ðảng", "Ɖảng", "ɖảng"}},
		{"văn", []string{"vӑn", "ＶĂN"}},
		{"office", []string{"oﬃce", "Ｏｆｆｉｃｅ"}},
		{"vptw", []string{"VPTƯ", "vptư", "VPTW"}},
		{"qđtw", []string{"QĐTƯ"}},
		{"đầutư", []string{"ĐẦUTƯ"}},   // glued, no abbreviation
		{"москва", []string{"МОСКВА"}}, // no Latin letter beside: another language, not a look-alike
		{"beyoncé", []string{"Beyoncé"}},
		{"kĩ", []string{"KĨ"}},
		{"kỹ", []string{"KỸ"}},
	}
	for _, test := range tests {
		for _, spelling := range append(test.spellings, test.want) {
			if got := Canonical(spelling); got != test.want {
				t.Errorf("Canonical(%q) = %q, want %q", spelling, got, test.want)
			}
		}
	}
}

func TestVowelsIAndYAreNotExchanged(t *testing.T) {
	for _, pair := range [][2]string{{"kĩ", "kỹ"}, {"lí", "lý"}, {"mĩ", "mỹ"}, {"qui", "quy"}} {
		if Canonical(pair[0]) == Canonical(pair[1]) {
			t.Errorf("%q and %q have one canonical form; they tell names apart", pair[0], pair[1])
		}
	}
}

// allSyllables are all toneless syllables of the grammar with each tone.
func allSyllables() []string {
	var out []string
	for rime := range rimes {
		for onset := range onsets {
			if !fits([]byte(onset), []byte(rime)) {
				continue
			}
			letters := []rune(onset + rime)
			for t := level; t <= nang; t++ {
				syllable := append([]rune(nil), letters...)
				place := tonePlace(syllable)
				syllable[place] = withTone(syllable[place], t)
				out = append(out, string(syllable))
			}
		}
	}
	return out
}

func TestCanonicalOfEverySyllable(t *testing.T) {
	for _, syllable := range allSyllables() {
		if got := Canonical(syllable); got != syllable {
			t.Fatalf("Canonical(%q) = %q, want it unchanged", syllable, got)
		}
		for _, other := range []string{norm.NFD.String(syllable), strings.ToUpper(syllable), strings.ToUpper(norm.NFD.String(syllable)), moved(syllable)} {
			if got := Canonical(other); got != syllable {
				t.Fatalf("Canonical(%q) = %q, want %q", other, got, syllable)
			}
		}
		folded := Fold(syllable)
		if !plain(folded) || !PlausibleFolded(folded) {
			t.Fatalf("Fold(%q) = %q is no plausible folded syllable", syllable, folded)
		}
	}
}

// moved puts the tone of an open oa, oe, uy where the newer rule has it.
func moved(syllable string) string {
	if strings.HasPrefix(syllable, "q") {
		return syllable
	}
	for _, vowels := range []string{"oa", "oe", "uy"} {
		for t := huyen; t <= nang; t++ {
			first, second := rune(vowels[0]), rune(vowels[1])
			classic := string([]rune{withTone(first, t), second})
			if strings.HasSuffix(syllable, classic) {
				return strings.TrimSuffix(syllable, classic) + string([]rune{first, withTone(second, t)})
			}
		}
	}
	return syllable
}

func TestFold(t *testing.T) {
	for word, want := range map[string]string{
		"nghị": "nghi", "đảng": "dang", "ương": "uong", "tw": "tw", "21": "21", "café": "cafe", "straße": "straße", "한국": "한국", "": "",
	} {
		if got := Fold(word); got != want {
			t.Errorf("Fold(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestFoldText(t *testing.T) {
	for text, want := range map[string]string{
		"  BAN CHẤP HÀNH\n\tTRUNG ƯƠNG ":           "ban chap hanh trung uong",
		norm.NFD.String("Bảo vệ bí mật: TỐI MẬT!"): "bao ve bi mat: toi mat!",
		"Số 294-QĐ/TW\u00a0ngày":                   "so 294-qd/tw ngay",
		"\u200b \ufeff":                            "",
	} {
		if got := FoldText(text); got != want {
			t.Errorf("FoldText(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSlug(t *testing.T) {
	for label, want := range map[string]string{
		"Nghị quyết": "nghi-quyet", "Ban Bí thư": "ban-bi-thu", "khóa XIII": "khoa-xiii", "2022": "2022",
		"Đảng ủy – khối (các cơ quan)": "dang-uy-khoi-cac-co-quan", "  ": "", "…": "", "QĐ/TW": "qd-tw",
	} {
		if got := Slug(label); got != want {
			t.Errorf("Slug(%q) = %q, want %q", label, got, want)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{"hoà", "ѕố", "vie\u0323\u0302t", "ÐẢNG", "VPTƯ", "\xff\xfe", "ﬁ", "ＶĂＮ", "İ", "UӀ", "ο\u0301x", "한", "q\u0301u"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Canonical(s)
		if twice := Canonical(once); twice != once {
			t.Fatalf("Canonical(%q) = %q, of that %q", s, once, twice)
		}
		if composed, decomposed := Canonical(norm.NFC.String(s)), Canonical(norm.NFD.String(s)); composed != once || decomposed != once {
			t.Fatalf("Canonical(%q) = %q, composed %q, decomposed %q", s, once, composed, decomposed)
		}
		folded := Fold(once)
		if Fold(folded) != folded {
			t.Fatalf("Fold(%q) = %q, of that %q", once, folded, Fold(folded))
		}
		if text := FoldText(s); FoldText(text) != text {
			t.Fatalf("FoldText(%q) = %q, of that %q", s, text, FoldText(text))
		}
		for field := range strings.FieldsSeq(s) {
			if quick, slow := string(foldField(nil, field)), Fold(normalize(field)); quick != slow {
				t.Fatalf("foldField(%q) = %q, the slow way %q", field, quick, slow)
			}
		}
		if strings.Trim(Slug(s), "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Fatalf("Slug(%q) = %q", s, Slug(s))
		}
	})
}
