package facts

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer/citation"
)

// abbreviations are written out in the names of bodies.
var abbreviations = []struct{ short, long string }{
	{"UBND", "ỦY BAN NHÂN DÂN"}, {"HĐND", "HỘI ĐỒNG NHÂN DÂN"}, {"BCH", "BAN CHẤP HÀNH"}, {"UBKT", "ỦY BAN KIỂM TRA"},
	{"UBMTTQ", "ỦY BAN MẶT TRẬN TỔ QUỐC"}, {"MTTQ", "MẶT TRẬN TỔ QUỐC"}, {"LĐLĐ", "LIÊN ĐOÀN LAO ĐỘNG"},
}

var place = regexp.MustCompile(`^(tinh|thanh pho|tp|huyen|quan|xa|phuong|thi xa|thi tran|dac khu) `)

// placeNoun tells whether folded text begins with the noun of a place.
func placeNoun(fold string) bool {
	return place.MatchString(strings.Replace(fold, "tp.", "tp ", 1)) && !partyCommittee(firstTwo(fold))
}

// wellKnown are names whose capitals no rule gives, by their folded form.
var wellKnown = func() map[string]string {
	m := map[string]string{}
	for _, b := range citation.Bodies() {
		m[analyzers.FoldText(b.Name)] = b.Name
		if field, ok := strings.CutPrefix(b.Name, "Bộ "); ok {
			m[analyzers.FoldText(field)] = field
		}
	}
	for _, name := range []string{
		"Trung ương", "Chính phủ", "Quốc hội", "Đảng", "Nhà nước", "Việt Nam", "Mặt trận Tổ quốc", "Tổ quốc", "Ban Chấp hành", "Ban Thường vụ",
		"Hội Nông dân", "Hội Cựu chiến binh", "Hội Liên hiệp Phụ nữ", "Đoàn Thanh niên Cộng sản Hồ Chí Minh", "Liên đoàn Lao động", "Công đoàn",
		"Đảng Cộng sản Việt Nam", "Thường vụ", "Hồ Chí Minh", "Nông nghiệp và Môi trường", "Bộ trưởng", "Ủy ban Kiểm tra", "Kiểm tra", "Nội chính",
		"Tuyên giáo", "Dân vận", "Tuyên giáo và Dân vận", "Tổ chức", "Hội đồng nhân dân", "Ủy ban nhân dân",
		"Ủy ban Trung ương", "Đoàn Chủ tịch",
	} {
		m[analyzers.FoldText(name)] = name
	}
	for name := range m { // what follows a committee is its place
		if partyCommittee(name) {
			delete(m, name)
		}
	}
	return m
}()

const maxKnownWords = 8

// properName writes the name of a body that is printed in capitals as a
// sentence would: "SỞ CÔNG THƯƠNG TỈNH AN BÌNH" → "Sở Công Thương tỉnh An Bình".
func properName(name string) string {
	name = strings.Trim(strings.Join(strings.Fields(name), " "), " .,:;*-_")
	for _, a := range abbreviations {
		name = replaceWord(name, a.short, a.long)
	}
	if !capitals(name) {
		return upperFirst(name)
	}
	words := strings.Fields(strings.ToLower(name))
	var out []string
	inPlace := false
	for i := 0; i < len(words); {
		if known, n := longestKnown(words[i:]); n > 0 && !(inPlace && n == 1) {
			out, i, inPlace = append(out, known), i+n, partyCommittee(lastTwo(known))
			continue
		}
		w := words[i]
		fold := analyzers.FoldText(strings.Join(words[i:min(i+2, len(words))], " "))
		switch {
		case partyCommittee(fold): // Tỉnh ủy An Bình
			out, i, inPlace = append(out, upperFirst(w)+" "+words[i+1]), i+2, true
			continue
		case placeNoun(fold+" ") && i > 0:
			n := 1
			if strings.HasPrefix(fold, "thanh pho") || strings.HasPrefix(fold, "thi xa") || strings.HasPrefix(fold, "thi tran") || strings.HasPrefix(fold, "dac khu") {
				n = 2
			}
			out, i, inPlace = append(out, strings.Join(words[i:min(i+n, len(words))], " ")), i+n, true
			continue
		case hamlet[w] && i > 0:
			out, i, inPlace = append(out, w), i+1, true
			continue
		case i > 0 && (roman.MatchString(w) || romanToo[w] && numbers[words[i-1]]):
			w = strings.ToUpper(w)
		case inPlace, i == 0, i == 1 && firstNoun[analyzers.FoldText(words[0])], i == 2 && firstNoun[analyzers.FoldText(w)] && overBody[firstTwo(analyzers.FoldText(strings.Join(words, " ")))]:
			w = upperFirst(w)
		}
		out, i = append(out, w), i+1
	}
	return upperFirst(strings.Join(out, " "))
}

// roman is a number, however a name is written; romanToo are words as well, but
// not behind one that numbers: khu vực XI is no xi măng.
var (
	roman    = regexp.MustCompile(`^(i{1,3}|iv|v|vi{2,3}|ix|x{1,3}|x{2,3}i|x{1,3}(i{2,3}|iv|vi{0,3}|ix))$`)
	romanToo = map[string]bool{"vi": true, "xi": true}
	numbers  = map[string]bool{"thứ": true, "khóa": true, "khoá": true, "vùng": true, "vực": true, "số": true, "bộ": true}
)

// hamlet are the nouns of places below the commune, with their accents: bản is
// no ban.
var hamlet = map[string]bool{"thôn": true, "bản": true, "xóm": true, "ấp": true, "buôn": true, "làng": true, "khóm": true}

// firstNoun are the nouns after which the name proper begins: Cục Hóa chất.
var firstNoun = map[string]bool{"so": true, "cuc": true, "vu": true, "ban": true, "phong": true, "vien": true, "khoa": true, "truong": true, "bo": true, "doan": true, "hoi": true}

// overBody are the posts behind which the name of a body begins: Giám đốc Sở
// Y tế.
var overBody = map[string]bool{"giam doc": true, "cuc truong": true, "chi cuc": true, "vien truong": true, "hieu truong": true, "truong ban": true}

func partyCommittee(fold string) bool {
	switch fold {
	case "tinh uy", "thanh uy", "huyen uy", "quan uy", "thi uy", "dang uy":
		return true
	}
	return false
}

func longestKnown(words []string) (string, int) {
	for n := min(maxKnownWords, len(words)); n > 0; n-- {
		name := strings.Join(words[:n], " ")
		if known, ok := wellKnown[analyzers.FoldText(name)]; ok {
			return known, n
		}
		if province, ok := provincesByFold[analyzers.FoldText(name)]; ok && n > 1 && analyzers.Canonical(name) == analyzers.Canonical(strings.ToLower(province)) {
			return province, n
		}
	}
	return "", 0
}

func replaceWord(s, word, with string) string {
	fields := strings.Fields(s)
	for i, f := range fields {
		if f == word {
			fields[i] = with
			if !capitals(s) {
				fields[i] = properName(with)
			}
		}
	}
	return strings.Join(fields, " ")
}

func upperFirst(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
