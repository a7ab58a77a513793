package facts

import (
	"strings"

	"vankien/analyzers"
)

// provinces are the names that stand behind "tỉnh" and "thành phố", those of
// before 1/7/2025 among them.
const provinces = `An Giang|Bà Rịa - Vũng Tàu|Bắc Giang|Bắc Kạn|Bạc Liêu|Bắc Ninh|Bến Tre|Bình Định|Bình Dương|Bình Phước|Bình Thuận|Cà Mau|Cần Thơ|Cao Bằng|Đà Nẵng|Đắk Lắk|Đắk Nông|` +
	`Điện Biên|Đồng Nai|Đồng Tháp|Gia Lai|Hà Giang|Hà Nam|Hà Nội|Hà Tĩnh|Hải Dương|Hải Phòng|Hậu Giang|Hòa Bình|Hưng Yên|Khánh Hòa|Kiên Giang|Kon Tum|Lai Châu|Lâm Đồng|Lạng Sơn|Lào Cai|Long An|` +
	`Nam Định|Nghệ An|Ninh Bình|Ninh Thuận|Phú Thọ|Phú Yên|Quảng Bình|Quảng Nam|Quảng Ngãi|Quảng Ninh|Quảng Trị|Sóc Trăng|Sơn La|Tây Ninh|Thái Bình|Thái Nguyên|Thanh Hóa|Thừa Thiên Huế|Huế|` +
	`Tiền Giang|Hồ Chí Minh|Trà Vinh|Tuyên Quang|Vĩnh Long|Vĩnh Phúc|Yên Bái`

// placesByFold are the nouns of places by their folded form.
var placesByFold = map[string]string{
	"tinh": "tỉnh", "thanh pho": "thành phố", "huyen": "huyện", "quan": "quận", "xa": "xã", "phuong": "phường", "thi xa": "thị xã", "thi tran": "thị trấn", "dac khu": "đặc khu",
}

// provincesByFold and nounsByFold are the names whose accents OCR may have lost, by their folded
// form: of provinces, of bodies, and the nouns that names begin with.
var (
	provincesByFold = func() map[string]string {
		m := map[string]string{}
		for name := range strings.SplitSeq(provinces, "|") {
			m[analyzers.FoldText(name)] = name
		}
		return m
	}()
	nounsByFold = func() map[string]string {
		m := map[string]string{}
		for _, noun := range bodyNouns {
			noun = strings.TrimSpace(noun)
			m[analyzers.FoldText(noun)] = noun
		}
		return m
	}()
)

// spelledBody is the name of a body that OCR read in capitals, its accents put
// right where its words are known: SƠ Y TE TÍNH KIÊN GIANG. What is not known
// stays as it was read.
func spelledBody(name string) string {
	if !capitals(name) {
		return name
	}
	words := strings.Fields(name)
	folds := strings.Fields(analyzers.FoldText(name))
	if len(folds) != len(words) {
		return name
	}
	for i := 0; i < len(words); {
		n := spell(words[i:], folds[i:], i == 0)
		i += max(n, 1)
	}
	return strings.Join(words, " ")
}

// spell puts right the longest name that words begin with and tells how many
// words that are, 0 where none is known.
func spell(words, folds []string, first bool) int {
	for n := min(maxKnownWords, len(words)); n > 0; n-- {
		key := strings.Join(folds[:n], " ")
		right, ok := "", false
		if right, ok = placesByFold[key]; ok {
			ok = len(words) > n && !first || provinceAt(folds[n:])
		}
		if !ok {
			right, ok = provincesByFold[key]
		}
		if !ok && n > 1 {
			right, ok = wellKnown[key]
		}
		if !ok && first {
			right, ok = nounsByFold[key]
		}
		if parts := strings.Fields(right); ok && len(parts) == n {
			for i, part := range parts {
				words[i] = strings.ToUpper(part)
			}
			return n
		}
	}
	return 0
}

// provinceAt tells whether folded words begin with the name of a province.
func provinceAt(folds []string) bool {
	for n := min(4, len(folds)); n > 0; n-- {
		if _, ok := provincesByFold[strings.Join(folds[:n], " ")]; ok {
			return true
		}
	}
	return false
}
