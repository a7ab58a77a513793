package query

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer/citation"
)

// body is a body that issues documents, as its name is recognised in words.
// central ones are meant wherever they are named; the others also stand in the
// subject of a document ("nhiệm vụ của đảng ủy xã").
type body struct {
	words   []string // canonical
	central bool
}

// moreBodies have no symbol in document numbers, or are called by a shorter
// name there.
const moreBodies = `Ban Chấp hành Trung ương Đảng, Ban Chấp hành, Ban Thường vụ, Ban Tổ chức, Ban Tuyên giáo, Ban Dân vận, Ban Nội chính,
	Ban Kinh tế, Ủy ban Kiểm tra, Văn phòng Trung ương, Trung ương Đảng, Quân ủy Trung ương, Hội đồng Lý luận Trung ương, Đảng ủy Công an Trung ương,
	Ban Thường vụ Thành ủy, Ban Thường vụ Huyện ủy, Ban Thường vụ Đảng ủy, Ban Tổ chức Thành ủy, Ủy ban Kiểm tra Thành ủy, Văn phòng Thành ủy,
	Ban Tuyên giáo Thành ủy, Ban Tuyên giáo và Dân vận, Thủ tướng, Ủy ban nhân dân tỉnh, Ủy ban nhân dân thành phố, Hội đồng nhân dân tỉnh,
	Hội đồng nhân dân thành phố, Mặt trận Tổ quốc, Mặt trận Tổ quốc Việt Nam, Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam, Tổng Liên đoàn Lao động,
	Tổng Liên đoàn Lao động Việt Nam, Liên đoàn Lao động, Trung ương Đoàn, Đoàn Thanh niên Cộng sản Hồ Chí Minh, Hội Nông dân, Hội Liên hiệp Phụ nữ,
	Hội Cựu chiến binh, Học viện Chính trị quốc gia Hồ Chí Minh, Đảng ủy các cơ quan Đảng Trung ương, Đảng ủy Chính phủ, Đảng ủy Quốc hội`

// provinces, those of before July 2025 too: their committees' documents stay.
const provinceNames = `An Giang, Bà Rịa - Vũng Tàu, Bắc Giang, Bắc Kạn, Bạc Liêu, Bắc Ninh, Bến Tre, Bình Định, Bình Dương, Bình Phước, Bình Thuận,
	Cà Mau, Cần Thơ, Cao Bằng, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai, Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương,
	Hải Phòng, Hậu Giang, Hòa Bình, Hồ Chí Minh, Huế, Hưng Yên, Khánh Hòa, Kiên Giang, Kon Tum, Lai Châu, Lâm Đồng, Lạng Sơn, Lào Cai, Long An,
	Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ, Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La,
	Tây Ninh, Thái Bình, Thái Nguyên, Thanh Hóa, Thừa Thiên Huế, Tiền Giang, Trà Vinh, Tuyên Quang, Vĩnh Long, Vĩnh Phúc, Yên Bái`

const (
	maxBodyWords  = 9
	maxPlaceWords = 4
)

var (
	bodiesByFold = map[string]body{} // folded name
	bodyStarts   = map[string]bool{} // the first syllables of these
	provinces    = setOf(strings.ReplaceAll(analyzers.FoldText(provinceNames), " - ", " "))
	// bodyHeads begin the names of bodies that are not in the list.
	bodyHeads = setOf(`ban, bo, so, cuc, vu, phong, van phong, tinh, thanh, huyen, quan, thi, dang, uy, hoi, doan, lien, tong, truong, vien,
		hoc, trung, cong, toa, kiem, thanh tra, chi, mat, nha, tap, lien doan, xa, phuong`)
)

func init() {
	add := func(name string) {
		central := strings.HasSuffix(name, "Trung ương") || strings.HasSuffix(name, "Trung ương Đảng") ||
			name == "Bộ Chính trị" || name == "Ban Bí thư" || name == "Thủ tướng Chính phủ"
		var words []string
		for _, t := range analyzers.Tokenize(name) {
			words = append(words, t.Term)
		}
		bodiesByFold[analyzers.Fold(strings.Join(words, " "))] = body{words, central}
		bodyStarts[analyzers.Fold(words[0])] = true
	}
	for _, b := range citation.Bodies() {
		if b.Name != "Chi bộ" { // who asks for a cell asks about cells
			add(b.Name)
		}
	}
	for name := range strings.SplitSeq(moreBodies, ",") {
		add(strings.TrimSpace(name))
	}
}

// knownBody tells whether a folded name is that of a body, with a province
// behind it or not.
func knownBody(folded string) bool {
	if _, ok := bodiesByFold[folded]; ok {
		return true
	}
	words := strings.Fields(folded)
	for n := 1; n <= min(maxPlaceWords, len(words)-1); n++ {
		_, ok := bodiesByFold[strings.Join(words[:len(words)-n], " ")]
		if ok && isPlace(words[len(words)-n:]) {
			return true
		}
	}
	return false
}

// isPlace tells whether folded words are a province, with or without what it
// is called.
func isPlace(folded []string) bool {
	name := strings.Join(folded, " ")
	name = strings.TrimPrefix(strings.TrimPrefix(name, "tinh "), "thanh pho ")
	return provinces[name]
}

// placedBody tells whether words are a body's name with a place behind it in
// capital letters: "Huyện ủy Định Hóa".
func placedBody(words []string) bool {
	for n := 1; n <= min(maxPlaceWords, len(words)-1); n++ {
		first, _ := utf8.DecodeRuneInString(words[len(words)-n])
		if !unicode.IsUpper(first) {
			return false
		}
		if _, ok := bodiesByFold[analyzers.FoldText(strings.Join(words[:len(words)-n], " "))]; ok {
			return true
		}
	}
	return false
}
