package facts

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	ruleLine  = regexp.MustCompile(`^[\s\-_*=.~•—–…·+]+$`)
	numberCue = regexp.MustCompile(`^(?i:(?:bộ\s*)?luật\s*)?(?:[Ss]\S|SỐ)\s*[:.]?\s*[\d.…_\-–/]`)
	basisLine = regexp.MustCompile(`^[-+ ]*(can cu|theo de nghi|xet de nghi|xet to trinh|xet bao cao|kinh gui)`)
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

// bodyNouns are the words, folded, that names of issuing bodies and of the
// posts that issue begin with.
var bodyNouns = strings.Split("ban chap hanh|bo chinh tri|ban bi thu|ban thuong vu|ban to chuc|ban tuyen giao|ban dan van|ban noi chinh|ban kinh te|"+
	"ban doi ngoai|ban can su|ban chi dao|ban chi huy|ban quan ly|ban chinh sach|ban |van phong|uy ban|tinh uy|thanh uy|huyen uy|quan uy|thi uy|dang uy|dang bo|"+
	"dang doan|chi bo|quoc hoi|chinh phu|thu tuong|chu tich|hoi dong|bo truong|bo |tong bi thu|thong doc|tong |giam doc|cuc |tong cuc|chi cuc|so |vu |phong |"+
	"thanh tra|toa an|vien |chanh an|vien truong|kiem toan|ngan hang|truong |hieu truong|khoa |trung tam|ubnd|hdnd|bch|cong an|bo chi huy|lien doan|tap doan|"+
	"mat tran|doan thanh nien|hoi nong dan|hoi cuu|hoi lien hiep|hoi luat|hoi nha|hoi chu|hoc vien|cong ty|benh vien|cong doan|bi thu|tieu ban|nha xuat ban", "|")

// notBodies begin as names of bodies do, and are none.
var notBodies = strings.Split("ban hanh|ban giao|bo sung|bo tri|bo phan|bo luat|bo tieu chi|cuc bo|so ket|so huu|so luoc|so tay|so lieu|so lan|so luong|phong chong|phong, chong|phong chay|phong ngua|"+
	"truong hop|khoa hoc|vien chuc|vien tro|tong ket|tong hop|tong so|tong the|vu an|vu viec|hoi nghi|thanh tra viec", "|")

// names tells whether folded text begins as the name of a body does.
func namesBody(fold string) bool {
	for _, other := range notBodies {
		if strings.HasPrefix(fold, other) {
			return false
		}
	}
	for _, noun := range bodyNouns {
		if strings.HasPrefix(fold+" ", noun) {
			return true
		}
	}
	return false
}
