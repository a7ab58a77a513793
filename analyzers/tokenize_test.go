package analyzers

import (
	"maps"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

// phrases writes the terms of a text, "|" where phrases stop.
func phrases(tokens []Token) string {
	var out strings.Builder
	for i, token := range tokens {
		if i > 0 {
			out.WriteByte(' ')
			if token.Position > tokens[i-1].Position+1 {
				out.WriteString("| ")
			}
		}
		out.WriteString(token.Term)
	}
	return out.String()
}

func TestTokenizePartyText(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"a sentence", "Căn cứ Điều lệ Đảng; căn cứ Quy chế làm việc.", "căn cứ điều lệ đảng | căn cứ quy chế làm việc"},
		{"a document number is one phrase", "Nghị quyết số 21-NQ/TW, ngày 16/6/2022", "nghị quyết số 21 nq tw | ngày 16 6 2022"},
		{"written with blanks and dashes", "34 - CT/TW, 21–nq/tw, 37-QĐ-TW", "34 ct tw | 21 nq tw | 37 qđ tw"},
		{"a State number", "Nghị định 30/2020/NĐ-CP; Luật 45/2019/QH14", "nghị định 30 2020 nđ cp | luật 45 2019 qh14"},
		{"a wrapped line goes on", "Ban Chấp hành\nTrung ương\r\nĐảng", "ban chấp hành trung ương đảng"},
		{"a blank line ends it", "QUY ĐỊNH\n \nThi hành\r\n\r\nĐiều lệ", "quy định | thi hành | điều lệ"},
		{"bullets", "gồm\n- chi bộ\n+ đảng bộ\n– tổ đảng\n• đảng ủy", "gồm | chi bộ | đảng bộ | tổ đảng | đảng ủy"},
		{"a rule", "Trung ương\n-----\nSố", "trung ương | số"},
		{"a dash within a line joins", "chính trị - xã hội, kinh tế-xã hội, 2020 - 2025", "chính trị xã hội | kinh tế xã hội | 2020 2025"},
		{"an em dash does not", "Độc lập — Tự do", "độc lập | tự do"},
		{"quotes and brackets", "gọi là “Đảng ta” (sau đây)", "gọi là | đảng ta | sau đây"},
		{"underscores of a segmenter", "xã_hội chủ_nghĩa", "xã hội chủ nghĩa"},
		{"numbers stay together", "mục 1.1 có 1.000.000 đồng, 85,5% vào 16.6.2022.", "mục 1 1 có 1 000 000 đồng | 85 5 vào 16 6 2022"},
		{"abbreviations with dots", "BCH.TW, TP.HCM, điểm B.I.1", "bch tw | tp hcm | điểm b i 1"},
		{"a lost blank behind a full stop", "xem xét, quyết định.Ban Bí thư", "xem xét | quyết định | ban bí thư"},
		{"pinpoints", "điểm 4.3.1(d) mục II", "điểm 4 3 1 | d | mục ii"},
		{"an apostrophe", "Cote d'Ivoire", "cote d ivoire"},
		{"joined columns", "số31-QĐ/TW", "số31 qđ tw"},
		{"Telex and VNI residue is one token", "nghij quye61t", "nghij quye61t"},
		{"soft hyphen and zero width space", "Trung\u00ad ươ\u200bng", "trung ương"},
		{"no words", "-- … \x00 \n\n", ""},
		{"bytes that are no UTF-8", "Đảng\xffviên", "đảng | viên"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := phrases(Tokenize(test.text)); got != test.want {
				t.Errorf("Tokenize(%q)\n got %s\nwant %s", test.text, got, test.want)
			}
		})
	}
}

func TestTrungUongIsNotAProvince(t *testing.T) {
	tests := []struct{ text, want string }{
		{"296-QĐ/TƯ", "296 qđ tw"},
		{"296-qđ/tư", "296 qđ tw"},
		{"Nghị quyết T.Ư 4, khóa XI", "nghị quyết tw 4 | khóa xi"},
		{"nghị quyết t.ư 4", "nghị quyết tw 4"},
		{"BCH T.W Đảng", "bch tw đảng"},
		{norm.NFD.String("T.Ư Đoàn"), "tw đoàn"},
		{"Nghị quyết TƯ4; nghị quyết TW4", "nghị quyết tw 4 | nghị quyết tw 4"},
		{"Hội nghị TƯ 5", "hội nghị tw 5"},
		{"các ban TƯ.", "các ban tw"},
		{"BCH TƯ ĐẢNG", "bch tw đảng"},
		{"Văn phòng TƯ Đảng", "văn phòng tw đảng"},
		{"VPTƯ, BCH.TƯ, ĐA/TƯ", "vptw | bch tw | đa tw"},
		{"TƯ", "tw"},
		// the syllable
		{"TƯ TƯỞNG HỒ CHÍ MINH", "tư tưởng hồ chí minh"},
		{"Học tập TƯ TƯỞNG", "học tập tư tưởng"},
		{"Tư tưởng, thứ tư 5", "tư tưởng | thứ tư 5"},
		{"THỨ TƯ 5", "thứ tư 5"},
		{"DN TƯ NHÂN, DN tư nhân", "dn tư nhân | dn tư nhân"},
		{"LUẬT ĐẦU TƯ", "luật đầu tư"},
		{"đầu-tư, công/tư", "đầu tư | công tư"},
		{"vốn đầu tư1", "vốn đầu tư 1"}, // a footnote
		// the province
		{"05-QĐ/TU", "05 qđ tu"},
		{"Tỉnh ủy (TU)", "tỉnh ủy | tu"},
	}
	for _, test := range tests {
		if got := phrases(Tokenize(test.text)); got != test.want {
			t.Errorf("Tokenize(%q)\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func TestOffsetsAreOfTheOriginal(t *testing.T) {
	text := "\ufeffSố " + norm.NFD.String("Quyết") + " T.Ư\u00ad, ѕố"
	var got []string
	for _, token := range Tokenize(text) {
		got = append(got, text[token.Start:token.End])
	}
	want := []string{"Số", norm.NFD.String("Quyết"), "T.Ư", "ѕố"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the text at the offsets (-want +got):\n%s", diff)
	}
}

func TestLongRunsAreCutNotLost(t *testing.T) {
	tokens := Tokenize(strings.Repeat("x", 3*maxTokenLetters+1))
	if len(tokens) != 4 || len(tokens[0].Term) != maxTokenLetters || tokens[3].Position != 4 {
		t.Errorf("%d tokens, first of %d letters", len(tokens), len(tokens[0].Term))
	}
	for _, token := range Tokenize("a" + strings.Repeat("\u0301", 1e5) + " đảng") {
		if len(token.Term) > 2*maxTokenBytes {
			t.Errorf("a term of %d bytes", len(token.Term))
		}
	}
}

const partyText = `BAN CHẤP HÀNH TRUNG ƯƠNG
*
Số 294-QĐ/TW
Hà Nội, ngày 26 tháng 5 năm 2025
QUY ĐỊNH THI HÀNH ĐIỀU LỆ ĐẢNG

- Căn cứ Quy chế làm việc của Ban Chấp hành Trung ương, Bộ Chính trị và Ban Bí thư khoá XIII;
- Tỉnh uỷ, thành uỷ, các đảng uỷ trực thuộc TW (sau đây gọi tắt là cấp uỷ) chịu trách nhiệm
phổ biến, quán triệt; hoà giải, bảo vệ sức khoẻ, kinh tế - xã hội, quý I/2026, gìn giữ.`

func TestSameTermsHoweverSpelled(t *testing.T) {
	want := TextTerms(partyText)
	newPlace := strings.NewReplacer("khoá", "khóa", "uỷ", "ủy", "hoà ", "hòa ", "khoẻ", "khỏe").Replace(partyText)
	if newPlace == partyText {
		t.Fatal("the text has no tone to move")
	}
	for name, text := range map[string]string{
		"decomposed": norm.NFD.String(partyText), "capitals": strings.ToUpper(partyText), "small letters": strings.ToLower(partyText),
		"decomposed capitals": norm.NFD.String(strings.ToUpper(partyText)), "tones placed the other way": newPlace,
		"the Icelandic letter": strings.NewReplacer("Đ", "Ð", "đ", "ð").Replace(partyText),
	} {
		if diff := cmp.Diff(want, TextTerms(text)); diff != "" {
			t.Errorf("%s: terms differ (-as printed +so spelled):\n%s", name, diff)
		}
	}
}

func TestPairsStopAtGaps(t *testing.T) {
	var got []string
	for _, pair := range Pairs(Tokenize("Đảng viên, chi bộ cơ sở")) {
		got = append(got, pair.Term)
	}
	if diff := cmp.Diff([]string{"đảng viên", "chi bộ", "bộ cơ", "cơ sở"}, got); diff != "" {
		t.Errorf("pairs (-want +got):\n%s", diff)
	}
}

func TestAccents(t *testing.T) {
	marked, unmarked := Accents(Tokenize("Nghị quyet 21 đ nam qh15 của TW"))
	if marked != 3 || unmarked != 3 {
		t.Errorf("marked %d, unmarked %d, want 3 and 3", marked, unmarked)
	}
}

func FuzzTokenize(f *testing.F) {
	for _, seed := range []string{partyText, "T.Ư", "t.", "T.\u0301", "TƯ4", "\xff\x00a\xc3", "a\u00ad\u0301.\u00ad", "1.,2", "ѕố x́ố", "vptư.ư", "\n-\n--\n\n+", "한국 日本語"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tokens := Tokenize(text)
		end, position := 0, 0
		for _, token := range tokens {
			if token.Start < end || token.End <= token.Start || token.End > len(text) {
				t.Fatalf("%+v behind %d in %d bytes", token, end, len(text))
			}
			if !utf8.ValidString(text[token.Start:token.End]) || !utf8.ValidString(token.Term) {
				t.Fatalf("%+v cuts a rune", token)
			}
			if token.Term == "" || strings.Contains(token.Term, PairSeparator) || Canonical(token.Term) != token.Term {
				t.Fatalf("%+v is no canonical term", token)
			}
			if token.Position <= position || token.Position > position+2 {
				t.Fatalf("%+v behind position %d", token, position)
			}
			end, position = token.End, token.Position
		}
		checkTerms(t, text, tokens)
		checkAnalyzers(t, text)
		q := Judge(text)
		if !(q.Score >= 0 && q.Score <= 1) || q.Valid > q.Syllables || q.Syllables > q.Tokens {
			t.Fatalf("Judge: %+v", q)
		}
	})
}

// checkTerms holds TextTerms and FoldTerms against tokens, pairs and Fold.
func checkTerms(t *testing.T, text string, tokens []Token) {
	t.Helper()
	count := make(map[string]int)
	folded := make(map[string]int)
	for _, token := range append(tokens[:len(tokens):len(tokens)], Pairs(tokens)...) {
		count[token.Term]++
		parts := strings.Split(token.Term, PairSeparator)
		for i := range parts {
			parts[i] = Fold(parts[i])
		}
		folded[strings.Join(parts, PairSeparator)]++
	}
	if diff := difference(count, multiset(TextTerms(text))); diff != "" {
		t.Fatalf("TextTerms(%q) differ from tokens and pairs:\n%s", text, diff)
	}
	if diff := difference(folded, multiset(FoldTerms(text))); diff != "" {
		t.Fatalf("FoldTerms(%q) differ from the folded tokens and pairs:\n%s", text, diff)
	}
}

func multiset(terms []string) map[string]int {
	count := make(map[string]int)
	for _, term := range terms {
		count[term]++
	}
	return count
}

// difference spares a fuzzer the work of cmp.Diff where there is none.
func difference(want, got map[string]int) string {
	if maps.Equal(want, got) {
		return ""
	}
	return cmp.Diff(want, got)
}
