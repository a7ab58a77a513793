package query

import (
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"vankien/analyzers"
	"vankien/indexer/bodies"
	"vankien/indexer/citation"
)

// body is a body that issues documents, as its name is recognised in words.
// central ones are meant wherever they are named; the others also stand in the
// subject of a document ("nhiệm vụ của đảng ủy xã").
type body struct {
	words   []string // canonical
	central bool
}

// shortNames are what bodies of the register are called by, in short, and say of
// several which.
const shortNames = `Ban Chấp hành, Ban Thường vụ, Ban Tổ chức, Ban Tuyên giáo, Ban Dân vận, Ban Nội chính, Ban Kinh tế, Ủy ban Kiểm tra,
	Ban Thường vụ Đảng ủy, Ban Tuyên giáo và Dân vận, Mặt trận Tổ quốc, Liên đoàn Lao động, Hội Nông dân, Hội Liên hiệp Phụ nữ, Hội Cựu chiến binh`

const (
	maxBodyWords  = 9
	maxPlaceWords = 4
)

// bodyTable is the register of bodies as it is recognised in words.
type bodyTable struct {
	register  *bodies.Register
	byFold    map[string]body // folded name
	starts    map[string]bool // the first syllables of these
	provinces map[string]bool // folded; those of before July 2025 too: their committees' documents stay
}

// bodyHeads begin the names of bodies that are not in the register.
var bodyHeads = setOf(`ban, bo, so, cuc, vu, phong, van phong, tinh, thanh, huyen, quan, thi, dang, uy, hoi, doan, lien, tong, truong, vien,
	hoc, trung, cong, toa, kiem, thanh tra, chi, mat, nha, tap, lien doan, xa, phuong`)

var lastTable atomic.Pointer[bodyTable]

// tableOfBodies is the table of the program's register.
func tableOfBodies() *bodyTable {
	register := bodies.Default()
	if t := lastTable.Load(); t != nil && t.register == register {
		return t
	}
	t := newBodyTable(register)
	lastTable.Store(t)
	return t
}

func newBodyTable(register *bodies.Register) *bodyTable {
	t := &bodyTable{register: register, byFold: map[string]body{}, starts: map[string]bool{}, provinces: map[string]bool{}}
	for _, b := range citation.Bodies() {
		t.add(b.Name)
	}
	for _, name := range register.Names() {
		t.add(name)
	}
	for name := range strings.SplitSeq(shortNames, ",") {
		t.add(strings.TrimSpace(name))
	}
	for _, place := range register.Places() {
		t.provinces[strings.ReplaceAll(analyzers.FoldText(place), " - ", " ")] = true
	}
	return t
}

func (t *bodyTable) add(name string) {
	central := strings.HasSuffix(name, "Trung ương") || strings.HasSuffix(name, "Trung ương Đảng") ||
		name == "Bộ Chính trị" || name == "Ban Bí thư" || name == "Thủ tướng Chính phủ"
	var words []string
	for _, token := range analyzers.Tokenize(name) {
		words = append(words, token.Term)
	}
	if len(words) == 1 || strings.HasPrefix(name, "Chi ") || strings.HasPrefix(name, "Đại hội ") { // who asks for a cell or a congress asks about it
		return
	}
	t.byFold[analyzers.Fold(strings.Join(words, " "))] = body{words, central}
	t.starts[analyzers.Fold(words[0])] = true
}

// knownBody tells whether a folded name is that of a body, with a province
// behind it or not.
func knownBody(folded string) bool {
	if _, ok := tableOfBodies().byFold[folded]; ok {
		return true
	}
	words := strings.Fields(folded)
	for n := 1; n <= min(maxPlaceWords, len(words)-1); n++ {
		_, ok := tableOfBodies().byFold[strings.Join(words[:len(words)-n], " ")]
		if ok && isPlace(words[len(words)-n:]) {
			return true
		}
	}
	return false
}

// isPlace tells whether folded words are a province, with or without what it
// is called.
func isPlace(folded []string) bool {
	name := strings.Join(folded, " ")
	name = strings.TrimPrefix(strings.TrimPrefix(name, "tinh "), "thanh pho ")
	return tableOfBodies().provinces[name]
}

// placedBody tells whether words are a body's name with a place behind it in
// capital letters: "Huyện ủy Định Hóa".
func placedBody(words []string) bool {
	for n := 1; n <= min(maxPlaceWords, len(words)-1); n++ {
		first, _ := utf8.DecodeRuneInString(words[len(words)-n])
		if !unicode.IsUpper(first) {
			return false
		}
		if _, ok := tableOfBodies().byFold[analyzers.FoldText(strings.Join(words[:len(words)-n], " "))]; ok {
			return true
		}
	}
	return false
}
