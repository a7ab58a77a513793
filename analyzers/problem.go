package analyzers

// Problem is something that is wrong with a text as a whole.
type Problem string

// The problems.
const (
	ProblemEmpty         Problem = "empty"          // no word at all
	ProblemGlued         Problem = "glued"          // words run together
	ProblemSplit         Problem = "split"          // syllables torn apart
	ProblemCharacters    Problem = "characters"     // control, replacement or private-use characters
	ProblemLookAlikes    Problem = "look_alikes"    // Cyrillic or Greek letters within Vietnamese words
	ProblemLost          Problem = "lost"           // toned letters missing
	ProblemEncoding      Problem = "encoding"       // letters of a legacy encoding (TCVN3, VNI) read as Latin ones
	ProblemNoAccents     Problem = "no_accents"     // Vietnamese without any accents
	ProblemNotVietnamese Problem = "not_vietnamese" // another language: no damage
	ProblemNotText       Problem = "not_text"       // too few valid syllables for Vietnamese, of whatever cause
)

// Vietnamese is a sentence that tells an editor what is wrong.
func (p Problem) Vietnamese() string {
	switch p {
	case ProblemEmpty:
		return "Không đọc được chữ nào."
	case ProblemGlued:
		return "Nhiều từ bị dính liền nhau, có thể do mất khoảng trắng khi trích xuất."
	case ProblemSplit:
		return "Nhiều âm tiết bị tách rời thành từng chữ cái hoặc mẩu chữ."
	case ProblemCharacters:
		return "Có ký tự điều khiển, ký tự thay thế hoặc ký tự của phông chữ riêng, không đọc được."
	case ProblemLookAlikes:
		return "Có chữ cái Kirin hoặc Hy Lạp giả dạng chữ Việt; bản này có thể đã bị sửa để tránh đối chiếu."
	case ProblemLost:
		return "Nhiều chữ có dấu bị mất; hãy thay bằng bản khác hoặc nhận dạng lại từ ảnh."
	case ProblemEncoding:
		return "Văn bản có vẻ dùng bảng mã hoặc phông chữ cũ (TCVN3, VNI) nên chữ có dấu hiện sai."
	case ProblemNoAccents:
		return "Văn bản tiếng Việt không có dấu."
	case ProblemNotVietnamese:
		return "Văn bản có vẻ không phải bằng tiếng Việt."
	case ProblemNotText:
		return "Phần lớn nội dung không phải là âm tiết tiếng Việt hợp lệ; có thể sai bảng mã hoặc nhận dạng kém."
	}
	return "Chất lượng văn bản có vấn đề."
}
