package facts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"vankien/analyzers"
)

var (
	ruleLine  = regexp.MustCompile(`^[\s\-_*=.~•—–…·+]+$`)
	numberCue = regexp.MustCompile(`^(?i:(?:bộ\s*)?luật\s*)?(?:[Ss]\S|SỐ)\s*[:.]?\s*[\d.…_\-–/]`)
	basisLine = regexp.MustCompile(`^[-+ ]*(can cu\b|theo de nghi|xet de nghi|xet to trinh|xet bao cao|kinh gui)`)
	opening   = regexp.MustCompile(`^[-+ ]*(thuc hien|trien khai|thi hanh|de |nham|tiep theo|sau khi|trong (thoi gian|nhung nam)|ngay \d|tren co so|thua lenh)\b`)
	articles  = regexp.MustCompile(`^(dieu 1\b|chuong (i|1)\b|phan (thu nhat|mot|i|1)\b|muc (i|1)\b|i ?[-.]|a ?[-.]|1 ?[-.])`)
)

// rule tells whether the cell is a drawn line or the star of a Party head.
func (c cell) rule() bool { return ruleLine.MatchString(c.text) }

func (c cell) motto() bool { return motto.MatchString(c.text) && len(c.text) < 80 }

func (c cell) date() bool {
	at := dateLine.FindStringIndex(c.text)
	return at != nil && len(c.text) < 90 && at[1] == len(c.text)
}

// basis tells whether the cell begins the reasons for the document, or names
// whom a letter is sent to: the head is over.
func (c cell) basis() bool { return basisLine.MatchString(c.fold) }

// opens tells whether the cell begins the text as sentences do that a subject
// might begin with as well ("Thực hiện …"): not in capitals, and a full line or
// a paragraph of its own.
func (c cell) opens() bool {
	return opening.MatchString(c.fold) && !capitals(c.text) && unicode.IsUpper([]rune(strings.TrimLeft(c.text, "-+ "))[0]) && (c.after || len([]rune(c.text)) > 60)
}

// begins tells whether the cell begins the text proper.
func (c cell) begins() bool { return articles.MatchString(c.fold) }

// capitals tells whether nearly all letters of s are capitals. The odd small
// one is OCR's or a QĐi.
func capitals(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper > 1 && lower*12 <= upper
}

// compact is folded text without spaces: letter-spaced print compares equal.
func compact(fold string) string { return strings.ReplaceAll(fold, " ", "") }

// bodyNouns are the words that names of issuing bodies and of the posts that
// issue begin with, bodyFolds the same without accents.
var (
	bodyNouns = strings.Split("ban |văn phòng|ủy ban|tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|đảng bộ|đảng đoàn|đoàn chủ tịch|chi bộ|quốc hội|chính phủ|thủ tướng|"+
		"chủ tịch|hội đồng|bộ |thống đốc|tổng |giám đốc|cục |chi cục|sở |vụ |phòng |thanh tra|tòa án|viện |chánh án|kiểm toán|ngân hàng|trường |hiệu trưởng|"+
		"khoa |trung tâm|ubnd|hđnd|bch|công an|liên đoàn|tập đoàn|mặt trận|đoàn thanh niên|hội nông dân|hội cựu|hội liên hiệp|hội luật|hội nhà|hội chủ|"+
		"học viện|công ty|bệnh viện|công đoàn|bí thư|tiểu ban|nhà xuất bản", "|")
	bodyFolds = func() (folds []string) {
		for _, noun := range bodyNouns {
			fold := analyzers.FoldText(noun)
			if strings.HasSuffix(noun, " ") {
				fold += " "
			}
			folds = append(folds, fold)
		}
		return folds
	}()
)

// notBodies begin as names of bodies do, and are none.
var notBodies = strings.Split("ban hanh|ban giao|bo sung|bo tri|bo phan|bo luat|bo tieu chi|cuc bo|so ket|so huu|so luoc|so tay|so lieu|so lan|so luong|phong chong|phong, chong|phong chay|phong ngua|"+
	"truong hop|khoa hoc|vien chuc|vien tro|tong ket|tong hop|tong so|tong the|vu an|vu viec|hoi nghi|thanh tra viec", "|")

// namesBody tells whether folded text begins as the name of a body does.
func namesBody(fold string) bool {
	if session.MatchString(fold) {
		return false
	}
	for _, other := range notBodies {
		if strings.HasPrefix(fold, other) {
			return false
		}
	}
	return beginsWith(fold, bodyFolds)
}

func beginsWith(text string, nouns []string) bool {
	return slices.ContainsFunc(nouns, func(noun string) bool { return strings.HasPrefix(text+" ", noun) })
}

// canonicalWords is text in the canonical spelling of its words, and whether
// that has any accents.
func canonicalWords(text string) (lower string, accented bool) {
	words := strings.Fields(text)
	for i, w := range words {
		words[i] = analyzers.Canonical(w)
	}
	lower = strings.Join(words, " ")
	return lower, lower != analyzers.FoldText(text)
}
