package citation

import "strings"

// Body is a body that issues documents, by the symbol in its numbers.
type Body struct {
	Symbol string
	Name   string
	Party  bool
}

// bodies whose symbol says who they are. Where the symbol leaves the place
// open (any provincial committee is TU) the name does, too. The symbols of
// ministries are those of the Government's own list; the ones that ended in
// 2025 stay, because their documents do.
var bodies = []Body{
	{"TW", "Ban Chấp hành Trung ương", true},
	{"TW", "Bộ Chính trị", true},
	{"TW", "Ban Bí thư", true},
	{"VPTW", "Văn phòng Trung ương Đảng", true},
	{"BTCTW", "Ban Tổ chức Trung ương", true},
	{"UBKTTW", "Ủy ban Kiểm tra Trung ương", true},
	{"BNCTW", "Ban Nội chính Trung ương", true},
	{"BTGTW", "Ban Tuyên giáo Trung ương", true},
	{"BDVTW", "Ban Dân vận Trung ương", true},
	{"BTGDVTW", "Ban Tuyên giáo và Dân vận Trung ương", true},
	{"BKTTW", "Ban Kinh tế Trung ương", true},
	{"BĐNTW", "Ban Đối ngoại Trung ương", true},
	{"BCSTCLTW", "Ban Chính sách, chiến lược Trung ương", true},
	{"TU", "Tỉnh ủy", true},
	{"TU", "Thành ủy", true},
	{"BTVTU", "Ban Thường vụ Tỉnh ủy", true},
	{"VPTU", "Văn phòng Tỉnh ủy", true},
	{"BTCTU", "Ban Tổ chức Tỉnh ủy", true},
	{"UBKTTU", "Ủy ban Kiểm tra Tỉnh ủy", true},
	{"BNCTU", "Ban Nội chính Tỉnh ủy", true},
	{"BTGTU", "Ban Tuyên giáo Tỉnh ủy", true},
	{"BDVTU", "Ban Dân vận Tỉnh ủy", true},
	{"BTGDVTU", "Ban Tuyên giáo và Dân vận Tỉnh ủy", true},
	{"HU", "Huyện ủy", true},
	{"QU", "Quận ủy", true},
	{"ThU", "Thị ủy", true},
	{"ĐU", "Đảng ủy", true},
	{"ĐUK", "Đảng ủy Khối", true},
	{"CB", "Chi bộ", true},
	{"BCSĐ", "Ban cán sự đảng", true},
	{"ĐĐ", "Đảng đoàn", true},
	{"CP", "Chính phủ", false},
	{"TTg", "Thủ tướng Chính phủ", false},
	{"VPCP", "Văn phòng Chính phủ", false},
	{"CTN", "Chủ tịch nước", false},
	{"QH", "Quốc hội", false},
	{"VPQH", "Văn phòng Quốc hội", false},
	{"UBTVQH", "Ủy ban Thường vụ Quốc hội", false},
	{"HĐNN", "Hội đồng Nhà nước", false},
	{"HĐBT", "Hội đồng Bộ trưởng", false},
	{"HĐTP", "Hội đồng Thẩm phán Tòa án nhân dân tối cao", false},
	{"TANDTC", "Tòa án nhân dân tối cao", false},
	{"VKSNDTC", "Viện kiểm sát nhân dân tối cao", false},
	{"KTNN", "Kiểm toán nhà nước", false},
	{"TTCP", "Thanh tra Chính phủ", false},
	{"NHNN", "Ngân hàng Nhà nước Việt Nam", false},
	{"UBDT", "Ủy ban Dân tộc", false},
	{"HĐND", "Hội đồng nhân dân", false},
	{"UBND", "Ủy ban nhân dân", false},
	{"CTUBND", "Chủ tịch Ủy ban nhân dân", false},
	{"VPUBND", "Văn phòng Ủy ban nhân dân", false},
	{"BCA", "Bộ Công an", false},
	{"BQP", "Bộ Quốc phòng", false},
	{"BNG", "Bộ Ngoại giao", false},
	{"BNV", "Bộ Nội vụ", false},
	{"BTP", "Bộ Tư pháp", false},
	{"BTC", "Bộ Tài chính", false},
	{"BCT", "Bộ Công Thương", false},
	{"BXD", "Bộ Xây dựng", false},
	{"BYT", "Bộ Y tế", false},
	{"BGDĐT", "Bộ Giáo dục và Đào tạo", false},
	{"BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch", false},
	{"BKHCN", "Bộ Khoa học và Công nghệ", false},
	{"BNNMT", "Bộ Nông nghiệp và Môi trường", false},
	{"BDTTG", "Bộ Dân tộc và Tôn giáo", false},
	{"BKHĐT", "Bộ Kế hoạch và Đầu tư", false},
	{"BGTVT", "Bộ Giao thông vận tải", false},
	{"BTTTT", "Bộ Thông tin và Truyền thông", false},
	{"BTNMT", "Bộ Tài nguyên và Môi trường", false},
	{"BNNPTNT", "Bộ Nông nghiệp và Phát triển nông thôn", false},
	{"BLĐTBXH", "Bộ Lao động - Thương binh và Xã hội", false},
}

var (
	bodiesBySymbol = map[string][]Body{} // symbol in capitals
	bodyByFold     = map[string]string{} // folded symbol → symbol in capitals
)

func init() {
	for _, b := range bodies {
		upper := strings.ToUpper(b.Symbol)
		bodiesBySymbol[upper] = append(bodiesBySymbol[upper], b)
		if f := fold(b.Symbol); bodyByFold[f] == "" {
			bodyByFold[f] = upper
		}
	}
}

// Bodies are all bodies known by their symbol; several may share one.
func Bodies() []Body { return append([]Body(nil), bodies...) }

// BodiesBySymbol returns the bodies that an issuer's symbol may stand for:
// three for TW, none for one that only its own province knows. The number of
// a National Assembly (QH14) is ignored.
func BodiesBySymbol(symbol string) []Body {
	upper := strings.ToUpper(central(nfc(symbol)))
	if found, ok := bodiesBySymbol[upper]; ok {
		return found
	}
	if trimmed := strings.TrimRight(upper, "0123456789"); trimmed != upper && trimmed != "" {
		return BodiesBySymbol(trimmed)
	}
	if fold(symbol) == strings.ToLower(symbol) {
		return bodiesBySymbol[bodyByFold[fold(symbol)]]
	}
	return nil
}

// central writes TƯ, which means Trung ương, as TW, before anything folds it
// to TU, a provincial committee.
func central(symbol string) string {
	for _, ending := range []string{"TƯ", "Tư", "tư"} {
		if head, ok := strings.CutSuffix(symbol, ending); ok {
			return head + "TW"
		}
	}
	return symbol
}

// issuerPart is one part of an issuer in its normal spelling.
func issuerPart(part string) string {
	part = central(nfc(part))
	if found := BodiesBySymbol(part); len(found) > 0 {
		digits := part[len(strings.TrimRight(part, "0123456789")):]
		// A footnote's number is glued to the symbol: there is no hundredth National
		// Assembly (QH151), and only assemblies are numbered at all (CP2).
		if !assemblies[found[0].Symbol] {
			digits = ""
		} else if found[0].Symbol == "QH" && len(digits) > 2 {
			digits = digits[:2]
		}
		return found[0].Symbol + digits
	}
	if part == strings.ToLower(part) || strings.HasSuffix(strings.ToUpper(part), "TW") {
		return strings.ToUpper(part)
	}
	return part
}

// assemblies are the bodies whose symbol goes on with the number of their term.
var assemblies = set("QH UBTVQH HĐND HĐNN")

// partyIssuer and stateIssuer tell whose an issuer is, as far as its symbol
// says so.
func partyIssuer(issuer string) bool {
	found := BodiesBySymbol(issuer)
	return len(found) > 0 && found[0].Party || strings.HasSuffix(issuer, "TW")
}

func stateIssuer(issuer string) bool {
	first, _, _ := strings.Cut(issuer, "-")
	found := BodiesBySymbol(first)
	return len(found) > 0 && !found[0].Party
}
