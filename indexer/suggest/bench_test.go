package suggest_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"vankien/analyzers"
	"vankien/indexer/suggest"
)

// The grammar of synthetic titles: act, object, field, place.
var (
	kinds   = []string{"Nghị quyết", "Chỉ thị", "Quy định", "Kết luận", "Hướng dẫn", "Thông báo", "Báo cáo", "Kế hoạch", "Quyết định", "Công văn"}
	symbols = []string{"NQ", "CT", "QĐ", "KL", "HD", "TB", "BC", "KH", "QĐ", "CV"}
	issuers = []string{"TW", "TU", "BTCTW", "UBKTTW", "HU", "ĐUK", "BTGTU", "VPTW"}
	acts    = strings.Split("tăng cường|đổi mới|nâng cao chất lượng|tiếp tục thực hiện|sơ kết 5 năm|tổng kết việc thi hành|đẩy mạnh|hướng dẫn|sửa đổi, bổ sung một số điều của quy định về|triển khai|phân công|thành lập ban chỉ đạo|kiểm tra, giám sát việc|ban hành quy chế|lấy ý kiến về", "|")
	objects = strings.Split("công tác kiểm tra, giám sát và kỷ luật của Đảng|công tác dân vận|sinh hoạt chi bộ|phát triển đảng viên|tổ chức cơ sở đảng|học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh|bảo vệ nền tảng tư tưởng của Đảng|chuyển đổi số|nhà ở xã hội|đào tạo, bồi dưỡng cán bộ|thu, nộp và quản lý đảng phí|xây dựng nông thôn mới|phòng, chống tham nhũng, lãng phí|đại hội đảng bộ các cấp|quy hoạch cán bộ lãnh đạo, quản lý|thi đua, khen thưởng|giảm nghèo bền vững|bảo hiểm y tế|giáo dục nghề nghiệp|quốc phòng, an ninh", "|")
	fields  = strings.Split("trong tình hình mới|đến năm 2030, tầm nhìn đến năm 2045|nhiệm kỳ 2020 - 2025|trong doanh nghiệp ngoài khu vực nhà nước|ở vùng đồng bào dân tộc thiểu số|theo tinh thần Nghị quyết Đại hội XIII|trong các đơn vị sự nghiệp công lập|giai đoạn 2021 - 2025|đối với người cao tuổi|trong lực lượng vũ trang", "|")
	onsets  = strings.Split("b c ch d đ g h kh l m n ng nh ph qu s t th tr v x", " ")
	rimes   = strings.Split("an ang anh ao ắc ấm ân ên ênh iên iếp oa ồng ơn ung uyên ương ước ai ộc ình ải ũng ịnh ọc", " ")
)

// synthetic makes items of the grammar; places are made of syllables, so that
// the vocabulary has some thousand.
func synthetic(n int) []suggest.Item {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(list []string) string { return list[random.IntN(len(list))] }
	items := make([]suggest.Item, n)
	for i := range items {
		kind, year := random.IntN(len(kinds)), 1996+random.IntN(30)
		place := pick([]string{"xã", "phường", "tỉnh", "huyện", "đảng ủy"})
		for range 2 {
			place += " " + title(pick(onsets)+pick(rimes))
		}
		items[i] = suggest.Item{
			Text:   strings.Join([]string{pick(acts), pick(objects), pick(fields), place}, " "),
			Number: fmt.Sprintf("%02d-%s/%s", 1+random.IntN(400), symbols[kind], pick(issuers)),
			More:   fmt.Sprintf("%s %d", kinds[kind], year),
		}
	}
	return items
}

func title(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// keystrokes are all texts that stand in the box while titles are typed: with
// accents and without, some of them with their number or some words first.
func keystrokes(items []suggest.Item, n int) []string {
	random := rand.New(rand.NewPCG(3, 4))
	var typed []string
	for i := range n {
		item := items[random.IntN(len(items))]
		text := item.Text
		switch i % 5 {
		case 1:
			text = analyzers.FoldText(text)
		case 2:
			text = item.Number + " " + text
		case 3:
			words := strings.Fields(text)
			random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
			text = strings.Join(words, " ")
		case 4:
			text = item.More + " " + analyzers.FoldText(text)
		}
		for end := range text {
			if end > 0 {
				typed = append(typed, text[:end])
			}
		}
		typed = append(typed, text)
	}
	return typed
}

// BenchmarkSuggest types whole titles of 100,000 letter by letter, and reports
// how long one call takes for the documents and phrases together.
func BenchmarkSuggest(b *testing.B) {
	items := synthetic(100_000)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	begin := time.Now()
	s := suggest.New(items)
	built := time.Since(begin)
	runtime.GC()
	runtime.ReadMemStats(&after)
	typed := keystrokes(items, 100)
	for _, audience := range []struct {
		name    string
		allowed func(int) bool
	}{
		{"all", everyone},
		{"a tenth", func(item int) bool { return item%10 == 3 }},
	} {
		b.Run(audience.name, func(b *testing.B) {
			var took []time.Duration
			worst, slowest := time.Duration(0), ""
			for i := 0; b.Loop(); i++ {
				text := typed[i%len(typed)]
				begin := time.Now()
				s.Documents(text, 8, audience.allowed)
				s.Phrases(text, 3, audience.allowed)
				d := time.Since(begin)
				if took = append(took, d); d > worst {
					worst, slowest = d, text
				}
			}
			slices.Sort(took)
			b.ReportMetric(micros(took[len(took)/2]), "p50-µs")
			b.ReportMetric(micros(took[len(took)*95/100]), "p95-µs")
			b.ReportMetric(micros(took[len(took)*99/100]), "p99-µs")
			b.ReportMetric(micros(worst), "max-µs")
			b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
			b.ReportMetric(built.Seconds(), "build-s")
			b.Logf("slowest: “%s”", slowest)
		})
	}
	runtime.KeepAlive(items)
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }
