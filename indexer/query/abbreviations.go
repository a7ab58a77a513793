package query

import (
	"strings"

	"vankien/analyzers"
)

// abbreviations that Party members use, each with its senses, the likelier
// first. None is a syllable in lower case that somebody could have meant,
// except for those that are only read in capitals (see sentence.abbreviation).
const abbreviations = `
BCH: Ban Chấp hành
BCHTW: Ban Chấp hành Trung ương
BTV: Ban Thường vụ
BTVTU: Ban Thường vụ Tỉnh ủy
BCT: Bộ Chính trị; Bộ Công Thương
BBT: Ban Bí thư; Ban Biên tập
BTC: Ban Tổ chức; Bộ Tài chính
BTCTW: Ban Tổ chức Trung ương
BTCTU: Ban Tổ chức Tỉnh ủy
BTG: Ban Tuyên giáo
BTGTW: Ban Tuyên giáo Trung ương
BTGDV: Ban Tuyên giáo và Dân vận
BTGDVTW: Ban Tuyên giáo và Dân vận Trung ương
BDV: Ban Dân vận
BNC: Ban Nội chính
BNCTW: Ban Nội chính Trung ương
BCĐ: Ban Chỉ đạo
BCS: ban cán sự
BCSĐ: ban cán sự đảng
BKTTW: Ban Kinh tế Trung ương
VPTW: Văn phòng Trung ương Đảng
VPTU: Văn phòng Tỉnh ủy
UBKT: Ủy ban Kiểm tra
UBKTTW: Ủy ban Kiểm tra Trung ương
UBKTTU: Ủy ban Kiểm tra Tỉnh ủy
UBND: Ủy ban nhân dân
UBTVQH: Ủy ban Thường vụ Quốc hội
UBMTTQ: Ủy ban Mặt trận Tổ quốc
HĐND: Hội đồng nhân dân
ĐBQH: đại biểu Quốc hội
MTTQ: Mặt trận Tổ quốc
MTTQVN: Mặt trận Tổ quốc Việt Nam
CTXH: chính trị - xã hội; công tác xã hội
XDĐ: xây dựng Đảng
TCXDĐ: tổ chức xây dựng Đảng
TCCSĐ: tổ chức cơ sở đảng
TCĐ: tổ chức đảng
ĐCS: Đảng Cộng sản
ĐCSVN: Đảng Cộng sản Việt Nam
ĐV: đảng viên; đoàn viên; đơn vị
DV: dân vận; dịch vụ
CB: cán bộ; chi bộ
CBĐV: cán bộ, đảng viên
CBCC: cán bộ, công chức
CBCCVC: cán bộ, công chức, viên chức
CCVC: công chức, viên chức
CTV: cộng tác viên
CUV: cấp ủy viên
UV: ủy viên
UVTW: Ủy viên Trung ương
UVBTV: Ủy viên Ban Thường vụ
BT: bí thư
PBT: phó bí thư
SHCB: sinh hoạt chi bộ
SHĐ: sinh hoạt đảng
SHCĐ: sinh hoạt chuyên đề
KNĐ: kết nạp đảng
KNĐV: kết nạp đảng viên
PTĐ: phát triển đảng
PTĐV: phát triển đảng viên
ĐVDB: đảng viên dự bị
ĐVM: đảng viên mới
ĐVCT: đảng viên chính thức
LLCT: lý luận chính trị
CTTT: chính trị tư tưởng; công tác tư tưởng
GDCT: giáo dục chính trị
BVCTNB: bảo vệ chính trị nội bộ
KTGS: kiểm tra, giám sát
KLĐ: kỷ luật đảng
KNTC: khiếu nại, tố cáo
PCTN: phòng, chống tham nhũng
PCTNLPTC: phòng, chống tham nhũng, lãng phí, tiêu cực
TKCLP: tiết kiệm, chống lãng phí
DBHB: diễn biến hòa bình
TDB: tự diễn biến
TCH: tự chuyển hóa
QCDC: quy chế dân chủ
DCCS: dân chủ cơ sở
QCLV: quy chế làm việc
NTM: nông thôn mới
CCHC: cải cách hành chính
TTHC: thủ tục hành chính
CĐS: chuyển đổi số
KHCN: khoa học và công nghệ
ĐMST: đổi mới sáng tạo
CNH: công nghiệp hóa
HĐH: hiện đại hóa
CNHHĐH: công nghiệp hóa, hiện đại hóa
KTXH: kinh tế - xã hội
KTTN: kinh tế tư nhân
QPAN: quốc phòng - an ninh
ANTT: an ninh trật tự
CNXH: chủ nghĩa xã hội
XHCN: xã hội chủ nghĩa
CNML: chủ nghĩa Mác - Lênin
TTHCM: tư tưởng Hồ Chí Minh
HCM: Hồ Chí Minh
LĐLĐ: Liên đoàn Lao động
TLĐLĐ: Tổng Liên đoàn Lao động
CĐ: công đoàn; cao đẳng
CĐCS: công đoàn cơ sở
ĐTN: Đoàn Thanh niên
TNCS: Thanh niên Cộng sản
TNCSHCM: Thanh niên Cộng sản Hồ Chí Minh
HND: Hội Nông dân
HPN: Hội Phụ nữ
LHPN: Liên hiệp Phụ nữ
HLHPN: Hội Liên hiệp Phụ nữ
CCB: cựu chiến binh
HCCB: Hội Cựu chiến binh
DN: doanh nghiệp
DNTN: doanh nghiệp tư nhân
DNNN: doanh nghiệp nhà nước
ĐVSN: đơn vị sự nghiệp
DTTS: dân tộc thiểu số
ATK: an toàn khu
NSNN: ngân sách nhà nước
QĐND: Quân đội nhân dân
CAND: Công an nhân dân
BCTC: báo cáo tài chính
HNTW: Hội nghị Trung ương
NQTW: nghị quyết Trung ương
ĐHĐB: đại hội đại biểu
ĐHĐBTQ: đại hội đại biểu toàn quốc
VBQPPL: văn bản quy phạm pháp luật
QPPL: quy phạm pháp luật
TTg: Thủ tướng Chính phủ
BQP: Bộ Quốc phòng
BNV: Bộ Nội vụ
TW: Trung ương
TU: Tỉnh ủy; Thành ủy
HU: Huyện ủy
ĐU: Đảng ủy
ĐUK: Đảng ủy Khối
ĐB: đảng bộ; đại biểu
CBTT: chi bộ trực thuộc
`

// abbreviation is one of the table, canonical.
type abbreviation struct {
	term       string
	expansions []string
}

var abbreviationsByFold = func() map[string][]abbreviation {
	table := make(map[string][]abbreviation)
	for line := range strings.Lines(strings.TrimSpace(abbreviations)) {
		typed, senses, _ := strings.Cut(strings.TrimSpace(line), ": ")
		a := abbreviation{analyzers.Canonical(typed), strings.Split(senses, "; ")}
		table[analyzers.Fold(a.term)] = append(table[analyzers.Fold(a.term)], a)
	}
	return table
}()

var inOneWord = strings.NewReplacer(" ", "", ".", "", "-", "")

// expand is what an abbreviation may stand for. Typed with a đ it is that one
// only; typed without, all that look like it, the one without a đ first.
func expand(typed string) []string {
	term := analyzers.Canonical(inOneWord.Replace(typed))
	folded := analyzers.Fold(term)
	if len(abbreviationsByFold[folded]) == 0 {
		return nil
	}
	var exact, alike []string
	for _, a := range abbreviationsByFold[folded] {
		if a.term == term {
			exact = append(exact, a.expansions...)
		} else if term == folded {
			alike = append(alike, a.expansions...)
		}
	}
	return distinct(append(exact, alike...))
}
