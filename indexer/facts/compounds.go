package facts

import (
	"strings"

	"vankien/analyzers"
)

// compounds are words that heads, subjects and signatures of official papers
// are made of and that hardly mean anything else, whatever accents they have
// lost. Nearly all that OCR gets wrong in print is accents (kế hoạch → kê
// hoạch), and these words are half of every subject.
const compounds = `y tế|sở y tế|ngành y tế|cán bộ y tế|giám đốc|phó giám đốc|kế hoạch|kết quả|tổng kết|sơ kết|thực hiện|triển khai|tổ chức|ban tổ chức|kiểm tra|đánh giá|phân loại|báo cáo|thông báo|giấy mời|thư mời|` +
	`quyết định|quy định|nghị quyết|chỉ thị|hướng dẫn|thông tư|nghị định|công văn|tờ trình|biên bản|điều lệ|quy chế|chương trình|đề án|phương án|dự án|phiếu chuyển|thông tri|kết luận|pháp lệnh|` +
	`chương trình phối hợp|chương trình hành động|tập huấn|bồi dưỡng|góp ý|ý kiến|góp ý kiến|cung cấp|cung ứng|phòng chống|phòng cháy|chữa cháy|bình đẳng|bạo lực|cơ sở|phát triển|kinh tế|xã hội|` +
	`văn hóa|thể thao|du lịch|đời sống|xây dựng|đầu tư|chấp thuận|chủ trương|đồng thời|phối hợp|liên đoàn|lao động|công đoàn|cán bộ|công chức|viên chức|thành lập|đoàn kiểm tra|chất lượng|` +
	`bệnh viện|điều trị|khám bệnh|chữa bệnh|vệ sinh|môi trường|giám sát|hòa bình|thế giới|quốc gia|hành động|quản lý|nhà nước|mỹ phẩm|dược phẩm|địa bàn|đấu thầu|gói thầu|tình hình|hoạt động|` +
	`nhiệm vụ|công tác|chuyên môn|chuyên ngành|tiếp nhận|hồ sơ|thủ tục|hành chính|cải cách|rà soát|kiểm soát|đặc biệt|theo quy định|tồn kho|danh hiệu|thi đua|khen thưởng|tập thể|thành tích|hoàn thành|` +
	`khai giảng|chiêu sinh|tăng cường|chấn chỉnh|lãnh đạo|chỉ đạo|đảng viên|đảng bộ|đảng ủy|chi bộ|tổ chức đảng|ban thường vụ|ban chấp hành|tỉnh ủy|thành ủy|huyện ủy|quận ủy|ủy ban nhân dân|ủy ban|` +
	`hội đồng|hội đồng nhân dân|trung ương|bộ chính trị|ban bí thư|chính phủ|thủ tướng|quốc hội|bộ trưởng|thứ trưởng|cục trưởng|chánh văn phòng|văn phòng|chủ tịch|phó chủ tịch|bí thư|phó bí thư|` +
	`trưởng ban|phó trưởng ban|hiệu trưởng|trưởng khoa|trưởng phòng|công nghệ|thông tin|hệ thống|khoa học|giáo dục|đào tạo|đại học|cao đẳng|tốt nghiệp|khóa luận|thực tập|sinh viên|học sinh|giáo viên|nghiên cứu|` +
	`tài chính|ngân sách|tài sản|bàn giao|kiểm kê|thanh tra|tư pháp|nội vụ|công thương|nông nghiệp|nông thôn|giao thông|vận tải|tài nguyên|khoáng sản|vật liệu nổ|công nghiệp|thủy điện|nghiệm thu|` +
	`công trình|an toàn|an ninh|trật tự|quốc phòng|quân sự|kỷ niệm|tuyên truyền|phổ biến|pháp luật|vi phạm|xử phạt|khắc phục|xử lý|giải quyết|khiếu nại|tố cáo|tiếp công dân|dân chủ|dân tộc|tôn giáo|` +
	`mặt trận|tổ quốc|thanh niên|phụ nữ|nông dân|cựu chiến binh|tổng hợp|thống kê|thống nhất|nội dung|số lượng|chủng loại|đơn vị|cuộc họp|hội nghị|hội thảo|đại hội|kiểm điểm|kỷ luật|học tập|` +
	`tư tưởng|đạo đức|phong cách|xét nghiệm|ký sinh trùng|sốt rét|sốt xuất huyết|dịch bệnh|tiêm chủng|bảo hiểm|dự phòng|truyền thông|sức khỏe|dân số|gia đình|trẻ em|chất thải|quy hoạch|đô thị|` +
	`bổ sung|sửa đổi|ban hành|công bố|phê duyệt|điều chỉnh|điều động|bổ nhiệm|luân chuyển|kiện toàn|phân công|ủy quyền|đề nghị|đính chính|thay thế|bãi bỏ|nghiệp vụ|nâng cao|kiến thức|kỹ năng|thực hành|` +
	`trách nhiệm|tiếp tục|đẩy mạnh|giai đoạn|nhiệm kỳ|bầu cử|nhân sự|tổ chức cán bộ|xếp loại|sinh hoạt|kết nạp|sơ yếu|lý lịch|chính sách|chế độ|tiền lương|phụ cấp|quy trình|tiêu chuẩn|tiêu chí|danh mục|` +
	`cổ phần|công ty|vắc xin|lễ kỷ niệm|lịch học|nghỉ lễ|nghỉ hưu|bầu cử|tiến độ|khối lượng|kỹ thuật|công bố|thẩm định|thẩm quyền|hỗ trợ|đền bù|giải phóng|mặt bằng|đất đai|sử dụng đất|nước ngoài|độc lập|tự do|hạnh phúc|cộng hòa|chủ nghĩa|việt nam|cộng sản|kính gửi|nơi nhận|căn cứ`

const maxCompoundWords = 4

// compoundsByFold gives, for folded words, their right spelling.
var compoundsByFold = func() map[string][]string {
	m := map[string][]string{}
	for compound := range strings.SplitSeq(compounds, "|") {
		words := strings.Fields(compound)
		m[analyzers.FoldText(compound)] = words
	}
	return m
}()

// respell writes the compounds in words right, letters' case as it is. It
// needs a sign that a compound is meant: one word of it has its accents, or
// one cannot be a word (kêt quà).
func respell(words []string) {
	folds := make([]string, len(words))
	for i, w := range words {
		folds[i] = analyzers.FoldText(strings.Trim(w, wordEdge))
	}
	for i := 0; i < len(words); {
		n := min(maxCompoundWords, len(words)-i)
		for ; n > 1; n-- {
			if right, ok := compoundsByFold[strings.Join(folds[i:i+n], " ")]; ok && meant(words[i:i+n], right) {
				for k, w := range right {
					words[i+k] = inCaseOf(words[i+k], w)
				}
				break
			}
		}
		i += max(n, 1)
	}
}

// wordEdge is what may stand at the edges of a word.
const wordEdge = " .,;:!?()[]\"'“”‘’/-_|"

func meant(words, right []string) bool {
	sign := false
	for i, w := range words {
		bare := strings.Trim(w, wordEdge)
		before, behind, _ := strings.Cut(w, bare)
		if i > 0 && before != "" || i+1 < len(words) && behind != "" && behind != "," {
			return false
		}
		sign = sign || analyzers.Canonical(bare) == analyzers.Canonical(right[i]) || !analyzers.ValidSyllable(bare)
	}
	return sign
}

// inCaseOf is right in the case of read, with what stands at its edges.
func inCaseOf(read, right string) string {
	bare := strings.Trim(read, wordEdge)
	if analyzers.Canonical(bare) == analyzers.Canonical(right) {
		return read
	}
	at := strings.Index(read, bare)
	runes := []rune(bare)
	switch {
	case capitals(bare) || len(runes) == 1 && strings.ToUpper(bare) == bare:
		right = strings.ToUpper(right)
	case strings.ToUpper(string(runes[0])) == string(runes[0]):
		right = upperFirst(right)
	}
	return read[:at] + right + read[at+len(bare):]
}
