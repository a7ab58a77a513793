package citation

import (
	"strconv"
	"strings"
)

// bare reads a number without a symbol after the name or symbol of a kind.
func (p *parser) bare(i int, before cue) (Number, int, bool) {
	k := before.kind
	if k == nil || k.Symbol == "" || !k.bare && !before.so || len(p.raw(i)) > 4 {
		return Number{}, 0, false
	}
	value, _ := strconv.Atoi(p.raw(i))
	if !before.so && (value == 0 || value >= 1900 && plausibleYear(value)) {
		return Number{}, 0, false
	}
	if p.counts(i, before) || !before.so && !p.typed && p.apart(i, before) {
		return Number{}, 0, false
	}
	n := Number{Serial: p.raw(i), Kind: k.Symbol, Party: true}
	next := i + 1
	if p.is(next, word) && p.touches(next) {
		letter := p.raw(next)
		if before.said == "" || p.tokens[i].line || len(letter) > 1 || letter < "a" || letter > "e" {
			return Number{}, 0, false
		}
		n.Serial, next = n.Serial+letter, next+1 // "Nghị quyết 30a"
	}
	if at := next; p.isSign(at, '/') || p.isSign(at, '-') || p.is(at, word) && !p.tokens[at].line {
		if !p.is(at, word) {
			at++
		}
		if issuer, after, ok := p.part(at); ok && !p.tokens[at].line && partyIssuer(issuerPart(issuer)) && p.writtenAsSymbol(issuer) {
			n.Issuer, next = issuerPart(issuer), after
		}
	}
	return n, next, true
}

// apart tells whether a number is not of the kind before it: a colon, a page's
// end, an empty line or a column stands between them, or a list begins with it.
func (p *parser) apart(i int, before cue) bool {
	if p.isSign(i-1, ':') || p.isSign(i-1, '.') {
		return true
	}
	if between := p.text[p.tokens[i-1].end:p.tokens[i].start]; strings.ContainsAny(between, "\f\t") || strings.Count(between, "\n") > 1 {
		return true
	}
	return p.tokens[i].line && (before.said == "" || len(p.raw(i)) == 1)
}

// writtenAsSymbol accepts an issuer that follows a bare number: in capitals,
// one of letters that make no syllable, or the ones that people type without.
func (p *parser) writtenAsSymbol(issuer string) bool {
	return capital(issuer) || fold(issuer) == "tw" || fold(issuer) == "tu" || !p.maySay(issuer)
}

// Time and other things are counted, not numbered: "kế hoạch 5 năm", "quy
// định 19 điều". Time is never numbered; the others may follow a number that
// "số" or, behind a name in capitals, a leading zero shows to be one.
var (
	timeUnits = set("nam thang ngay gio tuan quy phut")
	// counted are things that a number alone counts, countedPairs those of two
	// words; a pair is never the beginning of a subject.
	counted = set("lượt điều khoản điểm chương mục phần trang người đồng triệu tỷ tỉ nghìn ngàn lần cấp nhóm khâu bước kỳ loại mức xã huyện tỉnh hộ m km kg cái dạng cách bài câu đợt")
	pairs   = strings.Split("lượt người,nhóm hành,trường hợp,nội dung,nhiệm vụ,giải pháp,nguyên tắc,tiêu chí,chỉ tiêu,đồng chí,đại biểu,ủy viên,thành viên,hình thức,mục tiêu,vấn đề,đối tượng,giai đoạn,đơn vị,hành vi,câu chuyện,cơ quan", ",")

	countedFolded = map[string]bool{}
	countedPairs  = map[string]bool{} // folded
)

func init() {
	for thing := range counted {
		countedFolded[fold(thing)] = true
	}
	for _, pair := range pairs {
		countedPairs[fold(pair)] = true
	}
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// countedThing tells whether token i is a thing that is counted. What was
// typed without accents may be the beginning of a subject just as well.
func (p *parser) countedThing(i int) bool {
	if countedPairs[p.folded(i)+" "+p.folded(i+1)] {
		return true
	}
	if thing := strings.ToLower(nfc(p.raw(i))); thing != p.folded(i) || p.typed {
		return counted[thing]
	}
	return countedFolded[p.folded(i)]
}

// counts tells whether the number at i is a quantity, a span, a fraction or
// the beginning of a date.
func (p *parser) counts(i int, before cue) bool {
	if p.isSign(i+1, '%') {
		return true
	}
	if p.is(i+1, sign) && p.is(i+2, number) && !p.isYearSuffix(i+1) {
		s := p.tokens[i+1].sign
		if s == '-' || s == '/' || p.touches(i+1) && p.touches(i+2) && (s == '.' || s == ',') {
			return true
		}
	}
	if !p.is(i+1, word) || p.tokens[i+1].line && before.so {
		return false
	}
	unit := p.folded(i + 1)
	if _, ok := p.places(i + 1); ok { // "quy định 37 điều 3"
		return false
	}
	if timeUnits[unit] && unit+" "+p.folded(i+2) != "quy dinh" {
		_, hasYear := p.atMost(i+2, 4)
		if p.isSign(i+3, '-') && p.is(i+4, number) { // "5 năm 2021-2025"
			return true
		}
		return !(unit == "nam" && hasYear && len(p.raw(i+2)) == 4) && !(unit == "ngay" && hasYear)
	}
	if before.so || strings.HasPrefix(p.raw(i), "0") && before.said != strings.ToLower(before.said) {
		return !before.so && countedPairs[unit+" "+p.folded(i+2)]
	}
	return p.countedThing(i + 1)
}

// isYearSuffix tells whether tokens j, j+1 are "/2021" and nothing more.
func (p *parser) isYearSuffix(j int) bool {
	year, ok := p.atMost(j+1, 4)
	return ok && p.isSign(j, '/') && plausibleYear(year) && !(p.is(j+2, sign) && p.touches(j+2) && p.is(j+3, number) && !strings.ContainsRune(",.;", rune(p.tokens[j+2].sign)))
}
