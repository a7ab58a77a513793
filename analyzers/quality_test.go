package analyzers

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

const goodText = `Căn cứ Quyết định số 66-QĐ/TW, ngày 06/02/2017 của Ban Bí thư; UBND tỉnh và BTGDVTU phối hợp với TTg, HĐND
thực hiện Chương III Nghị quyết 21-NQ/TW, khóa XIII; điểm b và c khoản 2 Điều 11; Bên A giao Bên B 15 m vải, 200 kilôgam axít.
Cổng thông tin điện tử (website, email, Internet) của Văn phòng T.Ư Đảng. T/M BAN BÍ THƯ. a) Chi bộ; đ) Đảng bộ bộ phận.`

// latin1 loses the letters that a broken font map loses.
func latin1(text, instead string) string {
	var out strings.Builder
	for _, r := range text {
		if r > 0xff && unicode.IsLetter(r) {
			out.WriteString(instead)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// lookAlike writes Cyrillic letters for Latin ones.
var lookAlike = strings.NewReplacer("a", "а", "o", "о", "s", "ѕ", "y", "у").Replace

// glue drops every blank but each fourth.
func glue(text string) string {
	n := 0
	return strings.Map(func(r rune) rune {
		if r == ' ' {
			if n++; n%4 != 0 {
				return -1
			}
		}
		return r
	}, text)
}

// split tears the first letter off the words that begin with a consonant.
func split(text string) string {
	var out strings.Builder
	for i, field := range strings.Fields(text) {
		runes := []rune(field)
		if i > 0 {
			out.WriteByte(' ')
		}
		if len(runes) > 2 && !glyphOf(runes[0]).vowel && glyphOf(runes[1]).vowel {
			out.WriteString(string(runes[:1]) + " " + string(runes[1:]))
		} else {
			out.WriteString(field)
		}
	}
	return out.String()
}

// shifted moves every letter to its neighbour.
func shifted(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return r + 1
		}
		return r
	}, text)
}

// glyphNumbers writes for each letter its place in the font, 29 below its code,
// as a PDF without a map of its font reads.
func glyphNumbers(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r > ' ' && r < 0x7f:
			return r - 29
		case unicode.IsLetter(r):
			return 0x0450 + r%0x90
		}
		return r
	}, text)
}

// bare takes the accents off and keeps the case.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		switch g := glyphOf(r); {
		case g.class != letter:
			return r
		case unicode.IsUpper(r):
			return unicode.ToUpper(rune(g.fold))
		default:
			return rune(g.fold)
		}
	}, text)
}

// damage is what happens to text on its way; each must be told, and cost.
var damage = []struct {
	name    string
	do      func(string) string
	problem Problem
	below   float64
}{
	{"toned letters lost", func(s string) string { return latin1(s, "") }, ProblemLost, 0.5},
	{"toned letters blank", func(s string) string { return latin1(s, " ") }, ProblemLost, 0.5},
	{"toned letters replaced", func(s string) string { return latin1(s, "\ufffd") }, ProblemCharacters, 0.5},
	{"private-use letters", func(s string) string { return latin1(s, "\ue0a1") }, ProblemCharacters, 0.5},
	{"words glued", glue, ProblemGlued, 0.6},
	{"syllables split", split, ProblemSplit, 0.6},
	{"look-alikes", lookAlike, ProblemLookAlikes, 0.5},
	{"no accents", bare, ProblemNoAccents, 0.7},
	{"toned letters are question marks", func(s string) string { return latin1(s, "?") }, ProblemCharacters, 0.5},
	{"ƣ for ư", strings.NewReplacer("ư", "ƣ", "Ư", "Ƣ", "ứ", "ƣ́", "ừ", "ƣ̀", "ử", "ƣ̉", "ữ", "ƣ̃", "ự", "ƣ̣").Replace, ProblemEncoding, 0.5},
	{"code points shifted", shifted, ProblemEncoding, 0.5},
	{"glyph numbers for letters", glyphNumbers, ProblemCharacters, 0.5},
}

func TestJudge(t *testing.T) {
	if q := Judge(goodText); q.Score < 0.99 || q.Problems != nil {
		t.Errorf("a sound text: %+v", q)
	}
	for _, harm := range damage {
		harmed := harm.do(goodText)
		if q := Judge(harmed); q.Score >= harm.below || !slices.Contains(q.Problems, harm.problem) {
			t.Errorf("%s: %+v\n%s", harm.name, q, harmed)
		}
	}
}

func TestJudgeKnownCases(t *testing.T) {
	tests := []struct {
		name, text  string
		least, most float64
		problem     Problem
	}{
		{"nothing", " \n", 0, 0, ProblemEmpty},
		{"numbers only", "1.250 3.400 2025", 1, 1, ""},
		{"a rotten public copy", "BAN CH P HÀNH TRUNG NG", 0, 0.6, ProblemLost},
		{"TCVN3 read as Latin-1", "Céng hßa x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do - H¹nh phóc", 0, 0.6, ProblemEncoding},
		{"VNI read as Latin-1", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc", 0, 0.6, ProblemEncoding},
		{"an English OCR of Vietnamese", "CHUONG TRiNH DAO TAO Cdng nghQ th6ng tin, Ngdnh ddo t4o, Trinh dQ ddo tqo hgc phdn vd hqc vi6n dgng duc", 0, 0.5, ProblemNotText},
		{"a page of English", "The purpose of this project is to support the training of public servants in the provinces and to improve the quality of services that are offered to the people.", 0.9, 1, ProblemNotVietnamese},
		{"a page of French", "Le Parti communiste français et le Parti communiste du Viet Nam ont signé à Hà Nội un accord de coopération pour les années à venir; il prévoit des échanges réguliers entre les écoles des deux partis et une aide à la formation des cadres.", 0.9, 1, ProblemNotVietnamese},
		{"a page of Russian", "Коммунистическая партия Вьетнама и Коммунистическая партия Российской Федерации подписали соглашение о сотрудничестве. Оно предусматривает обмен опытом, а также подготовку кадров.", 0.9, 1, ProblemNotVietnamese},
		{"a quotation in English", "Theo báo cáo, khái niệm \"the quality of services that are offered to the people\" được hiểu là chất lượng dịch vụ mà người dân nhận được từ cơ quan nhà nước.", 0.95, 1, ""},
		{"no accents, words that French has", "De la mot to chuc dang le ra phai co du dang vien, chi bo de nghi cap uy le qui dinh du hoi nghi, la co so de xet", 0, 0.6, ProblemNoAccents},
		{"questions and addresses", "Đảng viên được giới thiệu thế nào? Ai giới thiệu? Xem https://dangcongsan.vn/tim-kiem?tu=quy+dinh và hỏi đáp của Ban Tổ chức Trung ương.", 0.85, 1, ""},
		{"a symbol font's bullets", "\uf0b7 Chi bộ cơ sở\n\uf0b7 Đảng bộ cơ sở\n\uf0b7 Đảng bộ bộ phận", 1, 1, ""},
		{"a heading in capitals", "QUY ĐỊNH THI HÀNH ĐIỀU LỆ ĐẢNG CỦA BCH TW, UBKT VÀ BTCTW KHÓA XIII", 1, 1, ""},
		{"rifles and units", "Súng trường MЦ-12 và súng bắn đạn ghém ИЖ-27EM do các chi bộ dân quân quản lý, thời gian trễ 20µs, lưu tại kho của Bộ Chỉ huy quân sự tỉnh.", 0.9, 1, ""},
		{"capitals run together", "ĐẢNGCỘNGSẢN VIỆTNAM muôn năm, BAN CHẤPHÀNH TRUNGƯƠNG và các cấpủy", 0, 0.8, ProblemGlued},
	}
	for _, test := range tests {
		q := Judge(test.text)
		if q.Score < test.least || q.Score > test.most || test.problem != "" && !slices.Contains(q.Problems, test.problem) {
			t.Errorf("%s: %+v, want a score of %v–%v and %q", test.name, q, test.least, test.most, test.problem)
		}
		if test.problem == "" && q.Problems != nil {
			t.Errorf("%s: %+v, want no problem", test.name, q)
		}
	}
}

func TestEveryProblemSpeaksVietnamese(t *testing.T) {
	seen := make(map[string]bool)
	for _, p := range []Problem{ProblemEmpty, ProblemGlued, ProblemSplit, ProblemCharacters, ProblemLookAlikes, ProblemLost, ProblemEncoding, ProblemNoAccents, ProblemNotVietnamese, ProblemNotText} {
		sentence := p.Vietnamese()
		if seen[sentence] || !strings.HasSuffix(sentence, ".") || Judge(sentence+" "+sentence).Score < 1 {
			t.Errorf("%s: %q", p, sentence)
		}
		seen[sentence] = true
	}
}

// TestJudgeReference measures the texts of real documents, page by page:
// sound ones must score high, the same ones damaged low. Texts that are
// themselves what an OCR for another language made of a scan are known by
// having no letter beyond Latin-1.
func TestJudgeReference(t *testing.T) {
	data := os.Getenv("VANKIEN_DATA")
	if data == "" {
		t.Skip("VANKIEN_DATA is not set: no reference texts to measure on")
	}
	files, err := filepath.Glob(filepath.Join(data, "files", "reference", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no reference texts: %v", err)
	}
	var sound []Quality
	harmed := make([][]Quality, len(damage))
	rotten, rottenHigh, pages := 0, 0, 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(content)
		if float64(len(text)-len(latin1(text, ""))) < 0.05*float64(len(text)) {
			rotten++
			if Judge(text).Score > 0.5 {
				rottenHigh++
			}
			continue
		}
		for page := range slices.Chunk(strings.Fields(text), 400) {
			if pages++; len(page) < 200 || pages%4 != 0 && os.Getenv("VANKIEN_SOAK") == "" {
				continue
			}
			joined := strings.Join(page, " ")
			sound = append(sound, Judge(joined))
			for i, harm := range damage {
				harmed[i] = append(harmed[i], Judge(harm.do(joined)))
			}
		}
	}
	t.Logf("%d pages sound: lowest %.3f, 1 %% below %.3f, told a problem %d", len(sound), quantile(sound, 0), quantile(sound, 0.01), told(sound, ""))
	if quantile(sound, 0.05) < 0.95 || told(sound, "") > len(sound)/20 {
		t.Error("sound pages score low or are told to have problems")
	}
	for i, harm := range damage {
		found := told(harmed[i], harm.problem)
		t.Logf("%-24s median %.3f, 99 %% below %.3f, told %d", harm.name, quantile(harmed[i], 0.5), quantile(harmed[i], 0.99), found)
		if quantile(harmed[i], 0.95) > quantile(sound, 0.05) || found < len(sound)*9/10 {
			t.Errorf("%s: scores like a sound text, or is not told", harm.name)
		}
	}
	t.Logf("%d rotten texts, %d of them score over 0.5", rotten, rottenHigh)
	if rottenHigh > 0 {
		t.Error("rotten texts score high")
	}
}

func quantile(qualities []Quality, q float64) float64 {
	scores := make([]float64, len(qualities))
	for i := range qualities {
		scores[i] = qualities[i].Score
	}
	slices.Sort(scores)
	return scores[int(q*float64(len(scores)-1))]
}

// told counts those told to have the problem, any where it is "".
func told(qualities []Quality, problem Problem) int {
	count := 0
	for _, q := range qualities {
		if problem == "" && len(q.Problems) > 0 || slices.Contains(q.Problems, problem) {
			count++
		}
	}
	return count
}
