package facts

import (
	"strings"
	"testing"
)

// What a long text costs: the facts are read while somebody waits for the document.
func BenchmarkRead(b *testing.B) {
	const size = 1 << 20
	prose := strings.Repeat("Điều 3. Các cơ quan, tổ chức có liên quan chịu trách nhiệm thi hành Quy định này theo Nghị định số 12/2031/NĐ-CP ngày 5 tháng 3 năm 2031 của Chính phủ.\nBan Thường vụ xem xét, quyết định việc phân công nhiệm vụ cho từng đồng chí cấp ủy viên trong nhiệm kỳ.\n", size/340)
	for name, text := range map[string]string{"prose": prose, "laws": strings.Repeat("luật a\n", size/9)} {
		pages := onePage("QUY ĐỊNH\nvề việc lưu mẫu\n\n" + text)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Read(pages)
			}
		})
	}
}
