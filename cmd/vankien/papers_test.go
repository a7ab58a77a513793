package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
)

// paper is a file made for a test.
type paper struct {
	name    string
	content []byte
	word    string // stands in no other paper: a search for it finds this one only; "" where there is none
}

func (p paper) sha256() string {
	sum := sha256.Sum256(p.content)
	return hex.EncodeToString(sum[:])
}

// vocabulary is what the prose of papers is made of.
var vocabulary = strings.Split(`tăng cường sự lãnh đạo của Đảng|xây dựng, chỉnh đốn Đảng và hệ thống chính trị|nâng cao chất lượng sinh hoạt chi bộ|
công tác kiểm tra, giám sát|phát triển đảng viên mới trong thanh niên|học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh|
tổ chức cơ sở đảng|quản lý đảng viên đi làm ăn xa|giữ gìn đoàn kết nội bộ|phòng, chống tham nhũng, lãng phí, tiêu cực|
cấp ủy, tổ chức đảng các cấp|đội ngũ cán bộ chủ chốt|quy hoạch, đào tạo, bồi dưỡng cán bộ|chuyển đổi số trong cơ quan đảng|
bảo vệ nền tảng tư tưởng của Đảng|công tác dân vận của chính quyền|quy chế dân chủ ở cơ sở|phát triển kinh tế rừng bền vững|
xóa nhà tạm, nhà dột nát|bảo đảm quốc phòng, an ninh trên địa bàn|giải quyết khiếu nại, tố cáo của công dân|đất đai, nước sạch và vệ sinh môi trường|
chế độ bồi dưỡng, phụ cấp trách nhiệm|hồ sơ kết nạp đảng viên|thẩm quyền xem xét, quyết định|thời hạn ba mươi ngày làm việc|ban thường vụ tỉnh ủy|
văn phòng cấp ủy tham mưu|sơ kết, tổng kết hằng năm|báo cáo kết quả thực hiện|phân công nhiệm vụ cụ thể cho từng đồng chí|nhiệm kỳ đại hội|
tiếp xúc, đối thoại với nhân dân|mặt trận và các đoàn thể chính trị - xã hội|thi hành kỷ luật trong Đảng|đánh giá, xếp loại chất lượng|
khen thưởng tập thể và cá nhân|giáo dục lý luận chính trị|tuyên truyền, phổ biến, quán triệt|nguồn lực đầu tư cho vùng đồng bào dân tộc thiểu số`, "|")

var joints = []string{" và ", "; ", ", ", " gắn với ", " theo hướng ", " nhằm ", " trên cơ sở ", ", nhất là "}

// syllables make words of two, some of them frequent and most of them rare.
var syllables = strings.Fields(`an bình cao chính công dân đạo điều đồng đức giao hải hành hiến hòa hợp huyện khai khoa kiểm kinh lâm lập luật minh mới
nam nghiệp ngoại ngữ nhân nông ninh phát pháp phong phú phương quan quốc quyền sản sinh sơn tài tâm tân thanh thành thi thị thông thôn thủy tiến tín toàn
trung trường tuyên văn viên vụ xã xuân yên biên cảnh chăn chuyên cơ cư cứu dựng dưỡng gia giáo giới hạ hệ học hội hưng kế khí kho lao liên lưu lý mạng môi`)

// compound is a word of two syllables, drawn as words are in texts: the n-th is
// about n times as rare as the first.
func compound(rng *rand.Rand) string {
	n := rand.NewZipf(rng, 1.07, 4, uint64(len(syllables)*len(syllables)-1)).Uint64()
	n = n * 7919 % uint64(len(syllables)*len(syllables)) // so that neighbours share no syllable
	return syllables[n/uint64(len(syllables))] + " " + syllables[n%uint64(len(syllables))]
}

// prose is about so many bytes of Vietnamese in sentences.
func prose(rng *rand.Rand, size int) string {
	var text strings.Builder
	for text.Len() < size {
		sentence := ""
		for part := range 2 + rng.IntN(3) {
			if part > 0 {
				sentence += joints[rng.IntN(len(joints))]
			}
			sentence += phrase(rng) + " " + compound(rng) + " " + compound(rng)
		}
		text.WriteString(upperFirst(sentence) + ". ")
	}
	return strings.TrimSpace(text.String())
}

func phrase(rng *rand.Rand) string { return strings.TrimSpace(vocabulary[rng.IntN(len(vocabulary))]) }

// kinds of papers, with their symbols.
var kinds = []struct{ name, symbol string }{
	{"NGHỊ QUYẾT", "NQ"}, {"CHỈ THỊ", "CT"}, {"KẾT LUẬN", "KL"}, {"KẾ HOẠCH", "KH"}, {"HƯỚNG DẪN", "HD"}, {"THÔNG BÁO", "TB"}, {"BÁO CÁO", "BC"},
}

func upperFirst(s string) string {
	first := []rune(s)[0]
	return strings.ToUpper(string(first)) + s[len(string(first)):]
}

// coin makes a word that nobody uses: its letters form no syllable.
func coin(rng *rand.Rand) string {
	const letters = "bcghklmnptv"
	word := make([]byte, 12)
	for i := range word {
		word[i] = letters[rng.IntN(len(letters))]
	}
	return string(word)
}

// line is a line of a paper, and whether it stands in the middle.
type line struct {
	text   string
	middle bool
}

// issue is the lines of a paper of a provincial committee with about so many
// bytes of text.
func issue(rng *rand.Rand, word string, size int) []line {
	kind := kinds[rng.IntN(len(kinds))]
	year, month, day := 2011+rng.IntN(15), 1+rng.IntN(12), 1+rng.IntN(28)
	lines := []line{
		{"TỈNH ỦY SƠN LAM                    ĐẢNG CỘNG SẢN VIỆT NAM", false},
		{fmt.Sprintf("*                                  Sơn Lam, ngày %02d tháng %02d năm %d", day, month, year), false},
		{fmt.Sprintf("Số %02d-%s/TU", 1+rng.IntN(220), kind.symbol), false},
		{kind.name, true},
		{"về " + phrase(rng) + " " + word, true},
		{"-----", true},
	}
	for i, heading := range []string{"I- TÌNH HÌNH", "II- MỤC TIÊU", "III- NHIỆM VỤ, GIẢI PHÁP", "IV- TỔ CHỨC THỰC HIỆN"} {
		lines = append(lines, line{heading, false})
		for point := range 2 {
			lines = append(lines, line{fmt.Sprintf("%d. %s", point+1, prose(rng, size/8)), false})
		}
		if i%2 == 0 {
			lines = append(lines, line{"Chú trọng " + word + " trong toàn tỉnh.", false})
		}
	}
	return append(lines, line{"T/M BAN CHẤP HÀNH", false}, line{"BÍ THƯ", false}, line{"Phàn Văn Giàng", false})
}

// newPaper makes a paper with about so many bytes of text, in one of the
// formats txt, html and docx.
func newPaper(rng *rand.Rand, format string, size int) paper {
	word := coin(rng)
	lines := issue(rng, word, size)
	p := paper{name: "văn bản " + word + "." + format, word: word}
	switch format {
	case "html":
		p.content = []byte(asHTML(lines))
	case "docx":
		p.content = asDOCX(lines)
	default:
		p.content = []byte(asText(lines))
	}
	return p
}

func asText(lines []line) string {
	var text strings.Builder
	for _, l := range lines {
		if l.middle {
			text.WriteString(strings.Repeat(" ", 30))
		}
		text.WriteString(l.text + "\n\n")
	}
	return text.String()
}

func asHTML(lines []line) string {
	var text strings.Builder
	text.WriteString(`<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Nghị quyết</title></head><body>`)
	for _, l := range lines {
		text.WriteString("<p>" + html.EscapeString(l.text) + "</p>\n")
	}
	return text.String() + "</body></html>"
}

// docxParts are the parts of a DOCX around its text.
var docxParts = []struct{ name, text string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
}

// docxBody is the main part of a DOCX.
func docxBody(lines []line) string {
	var text strings.Builder
	text.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for _, l := range lines {
		text.WriteString(`<w:p><w:r><w:t xml:space="preserve">` + html.EscapeString(l.text) + "</w:t></w:r></w:p>")
	}
	return text.String() + "</w:body></w:document>"
}

func asDOCX(lines []line) []byte {
	var file bytes.Buffer
	archive := zip.NewWriter(&file)
	for _, part := range append(docxParts[:len(docxParts):len(docxParts)], struct{ name, text string }{"word/document.xml", docxBody(lines)}) {
		w, err := archive.Create(part.name)
		if err == nil {
			_, err = w.Write([]byte(part.text))
		}
		if err != nil {
			panic(err) // into memory
		}
	}
	if err := archive.Close(); err != nil {
		panic(err)
	}
	return file.Bytes()
}
