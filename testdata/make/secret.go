package main

import (
	"path/filepath"
	"strings"
)

// secretText is an invented paper with the stamp that the guard must see: the
// word alone, in capitals, in the head of the first page.
const secretText = `<script type="application/json">{"file": "secret", "issued": "2026-04-02"}</script>
<table class=head><tr><td><p>TỈNH ỦY SƠN LAM<p><b>VĂN PHÒNG</b><p>*<p>Số 17-TTr/VPTU<p class=stamp>MẬT<td><p><b>ĐẢNG CỘNG SẢN VIỆT NAM</b><p><i>Sơn Lam, ngày 02 tháng 4 năm 2026</i></table>
<p class=k>TỜ TRÌNH
<p class=t>về phương án bảo đảm hậu cần hội nghị
<p class=rule>-----
<p>Văn phòng Tỉnh ủy kính trình Ban Thường vụ Tỉnh ủy phương án bảo đảm hậu cần hội nghị như đã trao đổi. Nội dung cụ thể nêu trong phụ lục gửi riêng.
<table class=foot><tr><td><p>Nơi nhận:<p>- Thường trực Tỉnh ủy,<p>- Lưu Văn phòng Tỉnh ủy.<td><p>CHÁNH VĂN PHÒNG<p>Trịnh Công Phác</table>`

// notSecretText teaches how to keep secrets. Its running text, its title and its table have
// all the words of the stamps, and it is no secret.
const notSecretText = `<script type="application/json">{"file": "not-secret", "issued": "2026-05-11"}</script>
<table class=head><tr><td><p>TỈNH ỦY SƠN LAM<p><b>VĂN PHÒNG</b><p>*<p>Số 06-HD/VPTU<td><p><b>ĐẢNG CỘNG SẢN VIỆT NAM</b><p><i>Sơn Lam, ngày 11 tháng 5 năm 2026</i></table>
<p class=k>HƯỚNG DẪN
<p class=t>công tác bảo vệ bí mật nhà nước trong soạn thảo, lưu giữ văn bản
<p class=rule>-----
<p>Căn cứ Luật Bảo vệ bí mật nhà nước, Văn phòng Tỉnh ủy hướng dẫn các cơ quan đảng trong tỉnh một số việc cần làm khi soạn thảo, gửi, nhận và lưu giữ tài liệu có nội dung bí mật nhà nước như sau:
<p>1. Bí mật nhà nước có ba độ: Tuyệt mật, Tối mật và Mật. Người soạn thảo đề xuất độ mật; người ký văn bản quyết định và chịu trách nhiệm.
<p>2. Dấu “MẬT”, “TỐI MẬT”, “TUYỆT MẬT” đóng ở phía trên bên trái trang đầu. Bì thư ghi “Chỉ người có tên mới được bóc bì” khi văn bản gửi đích danh. Số thứ tự ghi theo dạng “bản số 01” ở trang đầu của từng bản.
<p>3. Không soạn thảo, lưu giữ tài liệu mật trên máy tính, điện thoại có kết nối mạng Internet; không gửi qua thư điện tử, ứng dụng nhắn tin, không đăng lên Sổ tay đảng viên điện tử.
<p>4. Thời hạn bảo vệ bí mật nhà nước do pháp luật quy định; hết thời hạn thì giải mật hoặc gia hạn. Việc giải mật phải lập biên bản; biên bản số nào, ngày nào thì ghi vào sổ đăng ký tài liệu mật.
<p>5. Cán bộ để lộ, làm mất tài liệu phải báo cáo ngay người đứng đầu; tùy mức độ bị xem xét kỷ luật hoặc xử lý theo pháp luật.
<table class=foot><tr><td><p>Nơi nhận:<p>- Các cơ quan đảng tỉnh,<p>- Các đảng ủy trực thuộc,<p>- Lưu Văn phòng Tỉnh ủy.<td><p>CHÁNH VĂN PHÒNG<p>Trịnh Công Phác</table>`

// makeSecrets writes what the secrecy guard must refuse (secret.*, and secret-ocr.txt as a
// poor OCR reads the stamp) and what it must accept (not-secret.txt).
func makeSecrets(folder string) error {
	texts := map[string]string{
		"secret.txt":     secretText,
		"secret-ocr.txt": strings.Replace(secretText, "MẬT<td>", "TOI MAT<td>", 1),
		"not-secret.txt": notSecretText,
	}
	for name, text := range texts {
		source, err := parseSource(text)
		if err != nil {
			return err
		}
		if _, err := writeText(source, filepath.Join(folder, name)); err != nil {
			return err
		}
	}
	source, err := parseSource(secretText)
	if err != nil {
		return err
	}
	return writeDOCX(source, filepath.Join(folder, "secret.docx"))
}
