package indexer

import (
	"fmt"
	"strings"
	"testing"

	"vankien/storage"
)

// longLaw is a law of 300 pages of 30 lines each, as the reader gives them.
func longLaw() []storage.Page {
	pages := make([]storage.Page, 300)
	article := 0
	for i := range pages {
		var text strings.Builder
		fmt.Fprintf(&text, "%d\tCÔNG BÁO/Số 291 + 292/Ngày 02-3-2021\n\n", i+1)
		if i%15 == 0 {
			fmt.Fprintf(&text, "Chương %d\nQUYỀN VÀ NGHĨA VỤ CỦA TỔ CHỨC, CÁ NHÂN\n", i/15+1)
		}
		for range 2 {
			article++
			fmt.Fprintf(&text, "Điều %d. Trách nhiệm của cơ quan, tổ chức, cá nhân có liên quan\n", article)
			for clause := range 2 {
				fmt.Fprintf(&text, "%d. Cơ quan nhà nước có thẩm quyền quyết định việc giao, cho thuê, thu hồi, chuyển\nmục đích sử dụng theo quy định tại khoản %d Điều %d của Luật này, trong thời hạn %d\nngày kể từ ngày nhận đủ hồ sơ hợp lệ, trừ các trường hợp sau đây:\n", clause+1, clause+2, article+i, 10+clause)
				text.WriteString("a) Tổ chức, cá nhân đã được cấp giấy phép trước ngày Luật này có hiệu lực thi\nhành và giấy phép còn thời hạn;\nđ) Trường hợp khác do Chính phủ quy định.\n")
			}
		}
		pages[i] = storage.Page{Number: i + 1, Text: strings.TrimSpace(text.String())}
	}
	return pages
}

func BenchmarkSplitPassages300(b *testing.B) {
	pages := longLaw()
	for b.Loop() {
		if len(SplitPassages(storage.Document{}, pages)) < 600 {
			b.Fatal("a law of 600 Điều has fewer passages")
		}
	}
}

func BenchmarkSections300(b *testing.B) {
	pages := longLaw()
	for b.Loop() {
		if len(Sections(pages)) < 600 {
			b.Fatal("a law of 600 Điều has fewer sections")
		}
	}
}
