package citation

import "strings"

// Kind is a kind of document.
type Kind struct {
	Name   string // Nghị quyết
	Symbol string // NQ; "" where the kind has none (Luật)
	Party  bool   // the Party issues it
	State  bool   // the State issues it
	bare   bool   // a number right after its name or symbol cites one: "Quy định 294", "nq 21"
}

// kinds in the order of preference where a symbol stands for two: QĐ is a
// quyết định unless the paper says quy định.
var kinds = []Kind{
	{"Nghị quyết", "NQ", true, true, true},
	{"Chỉ thị", "CT", true, true, true},
	{"Quyết định", "QĐ", true, true, true},
	{"Quy định", "QĐ", true, true, true},
	{"Kết luận", "KL", true, true, true},
	{"Hướng dẫn", "HD", true, true, true},
	{"Thông tri", "TT", true, false, true},
	{"Thông tư", "TT", false, true, true},
	{"Thông báo", "TB", true, true, true},
	{"Thông cáo", "TC", true, true, false},
	{"Báo cáo", "BC", true, true, false},
	{"Kế hoạch", "KH", true, true, true},
	{"Chương trình", "CTr", true, true, true},
	{"Chương trình phối hợp", "CTPH", true, true, true},
	{"Đề án", "ĐA", true, true, true},
	{"Phương án", "PA", true, true, false},
	{"Dự án", "DA", true, true, false},
	{"Tờ trình", "TTr", true, true, false},
	{"Công văn", "CV", true, true, true},
	{"Biên bản", "BB", true, true, false},
	{"Quy chế", "QC", true, true, false},
	{"Bản sao", "BS", true, true, false},
	{"Giấy mời", "GM", true, true, false},
	{"Thư mời", "TM", true, true, false},
	{"Phiếu chuyển", "PC", true, true, false},
	{"Điều lệ", "ĐL", true, true, false},
	{"Tuyên bố", "TB", true, false, false},
	{"Lời kêu gọi", "LKG", true, false, false},
	{"Nghị định", "NĐ", false, true, true},
	{"Thông tư liên tịch", "TTLT", false, true, true},
	{"Nghị quyết liên tịch", "NQLT", false, true, true},
	{"Văn bản hợp nhất", "VBHN", false, true, false},
	{"Pháp lệnh", "PL", false, true, false},
	{"Lệnh", "L", false, true, false},
	{"Sắc lệnh", "SL", false, true, false},
	{"Luật", "LCT", false, true, false}, // before 1992: 21-LCT/HĐNN8
	{"Công điện", "CĐ", false, true, false},
	{"Hợp đồng", "HĐ", false, true, false}, // keeps HĐ from being read as HD
	{"Sao lục", "SL", false, true, false},
	{"Đính chính", "ĐC", false, true, false},
	{"Giấy ủy quyền", "GUQ", false, true, false},
	{"Giấy giới thiệu", "GGT", true, true, false},
	{"Luật", "", false, true, false},
	{"Bộ luật", "", false, true, false},
	{"Hiến pháp", "", false, true, false},
	{"Quyết định liên tịch", "QĐLT", true, true, false},
	{"Hướng dẫn liên tịch", "HDLT", true, true, false},
	{"Quy chế phối hợp", "QCPH", true, true, false},
	{"Kế hoạch phối hợp", "KHPH", true, true, false},
	{"Kế hoạch liên tịch", "KHLT", true, true, false},
}

// symbolSpellings are printed symbols that mean another.
var symbolSpellings = map[string]string{
	"QĐI": "QĐ", // printed in 2018, to tell quy định from quyết định, later dropped
	"QDI": "QĐ",
}

const maxNameWords = 4

var (
	kindsBySymbol = map[string][]Kind{} // symbol in capitals
	symbolByFold  = map[string]string{} // folded symbol → symbol in capitals
	kindByName    = map[string]Kind{}   // folded name
)

func init() {
	for _, k := range kinds {
		name := fold(k.Name)
		if _, known := kindByName[name]; !known {
			kindByName[name] = k
		}
		if k.Symbol == "" {
			kindByName[name] = k
			continue
		}
		upper := strings.ToUpper(k.Symbol)
		kindsBySymbol[upper] = append(kindsBySymbol[upper], k)
		if f := fold(k.Symbol); symbolByFold[f] == "" {
			symbolByFold[f] = upper
		}
	}
}

// KindsBySymbol returns the kinds that a symbol, however it is spelled, may
// stand for, the likelier first: QĐ (QĐi, qd) is Quyết định and Quy định. nil
// where it is no symbol. HD and HĐ, DA and ĐA are different symbols; what has
// no accents is read as the one without where both exist.
func KindsBySymbol(symbol string) []Kind {
	upper := strings.ToUpper(nfc(symbol))
	if s, ok := symbolSpellings[upper]; ok {
		upper = s
	}
	if found, ok := kindsBySymbol[upper]; ok {
		return found
	}
	if fold(symbol) == strings.ToLower(symbol) { // typed without accents
		return kindsBySymbol[symbolByFold[fold(symbol)]]
	}
	return nil
}

// KindByName returns the kind of that name, accents and case ignored.
func KindByName(name string) (Kind, bool) {
	k, ok := kindByName[strings.Join(strings.Fields(fold(name)), " ")]
	return k, ok
}

// KindOfTitle returns the kind that a title begins with: "Quy định về …".
func KindOfTitle(title string) (Kind, bool) {
	words := strings.Fields(fold(title))
	for n := min(maxNameWords, len(words)); n > 0; n-- {
		if k, ok := kindByName[strings.Join(words[:n], " ")]; ok {
			return k, true
		}
	}
	return Kind{}, false
}

// Kinds are all kinds; several may share a symbol.
func Kinds() []Kind { return append([]Kind(nil), kinds...) }
