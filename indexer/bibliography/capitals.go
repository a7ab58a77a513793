package bibliography

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"vankien/analyzers"
	"vankien/indexer/bodies"
	"vankien/indexer/citation"
	"vankien/storage"
)

// title is the subject as it is cited: one that is printed wholly in capitals
// is written as a sentence goes on, for there the capitals are the layout's.
// Only case is changed, never a letter or an accent.
func (r Reference) title() string {
	title := printed(r.Document.Facts.Title)
	if strings.ContainsFunc(title, unicode.IsLower) || !strings.ContainsFunc(title, unicode.IsUpper) {
		return title
	}
	words := capitalWords(title)
	if len(words) < 2 {
		return title
	}
	names := namesIn(r.Document.Facts)
	for i := 0; i < len(words); {
		if n := max(names.at(words[i:]), fixedNames().at(words[i:])); n > 0 && !commonHere(words, i, n) {
			i += n
			continue
		}
		i += writeWord(words, i)
	}
	written := make([]string, len(words))
	for i, w := range words {
		written[i] = w.written
	}
	return strings.Join(written, " ")
}

// capitalWord is a word of a title in capitals.
type capitalWord struct {
	printed string // with the signs around it
	key     string // canonical, without them
	written string // as it is cited
	ends    bool   // a sign behind it parts it from the next
}

func capitalWords(title string) []capitalWord {
	var words []capitalWord
	for printed := range strings.FieldsSeq(title) {
		bare := strings.TrimFunc(printed, notInWord)
		words = append(words, capitalWord{
			printed: printed, written: printed, key: analyzers.Canonical(bare), ends: strings.TrimRightFunc(printed, notInWord) != printed,
		})
	}
	return words
}

func notInWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// nameTable are names by their words, in the case in which they are written.
type nameTable map[string][][]string // by the canonical first word, the longest first

func (t nameTable) add(names ...string) {
	for _, name := range names {
		words := strings.Fields(name)
		if len(words) < 2 && name != "Huế" {
			continue // "Sở": what many things are called
		}
		first := analyzers.Canonical(words[0])
		t[first] = append(t[first], words)
	}
}

func (t nameTable) sort() nameTable {
	for _, names := range t {
		slices.SortStableFunc(names, func(a, b []string) int { return len(b) - len(a) })
	}
	return t
}

// at writes the longest name with which words begin, and is its length, 0 for none.
func (t nameTable) at(words []capitalWord) int {
	if len(words) == 0 {
		return 0
	}
	for _, name := range t[words[0].key] {
		if len(name) > len(words) {
			continue
		}
		same := true
		for i, word := range name {
			same = same && analyzers.Canonical(strings.TrimFunc(word, notInWord)) == words[i].key
		}
		if !same {
			continue
		}
		for i, word := range name {
			words[i].written = strings.ToLower(words[i].printed)
			if strings.IndexFunc(word, unicode.IsUpper) == 0 {
				words[i].written = capitalWithin(words[i].written)
			}
		}
		return len(name)
	}
	return 0
}

// fixedNames are the names of all papers: of bodies, of places, and of what the
// Party and the State have one of.
var fixedNames = sync.OnceValue(func() nameTable {
	t := nameTable{}
	t.add("Ban Chấp hành", "Ban Thường vụ", "Trung ương", "Việt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam", "Đảng Cộng sản", "Đảng Cộng sản Việt Nam", "Điều lệ Đảng",
		"Ủy ban nhân dân", "Hội đồng nhân dân", "Ủy ban Kiểm tra", "Mặt trận Tổ quốc", "Tổ quốc", "Hiến pháp", "Công an nhân dân Việt Nam", "Quân đội nhân dân Việt Nam",
		"Quân đội nhân dân", "Đoàn Thanh niên", "Công đoàn Việt Nam", "Điện Biên Phủ", "Thái Bình Dương", "Trường Sa", "Hoàng Sa", "Mác - Lênin", "Tết Nguyên đán", "Biển Đông")
	for _, name := range bodies.Default().Names() {
		if !slices.Contains([]string{"Chi bộ", "Chi ủy", "Đảng ủy", "Đảng đoàn", "Ban cán sự đảng"}, name) {
			t.add(name)
		}
	}
	t.add(bodies.Default().Places()...)
	return t.sort()
})

// namesIn are the names that the facts of a document write: its issuers, its
// place and its signers.
func namesIn(facts storage.Facts) nameTable {
	t := nameTable{}
	for _, all := range []storage.Printed{facts.Issuer, facts.Place, facts.Signer} {
		for name := range strings.SplitSeq(string(all), ";") {
			words := strings.Fields(name)
			if !strings.ContainsFunc(name, unicode.IsLower) {
				continue
			}
			t.add(strings.Join(words, " "))
			own := len(words) // where the place's name begins: "Đảng ủy xã Bình Minh"
			for own > 0 && strings.IndexFunc(words[own-1], unicode.IsUpper) == 0 {
				own--
			}
			if own < len(words) {
				t.add(strings.Join(words[own:], " "))
			}
		}
	}
	return t.sort()
}

// commonHere tells whether what reads like a name of n words is none here: peace
// is called as a province is.
func commonHere(words []capitalWord, i, n int) bool {
	before := ""
	if i > 0 {
		before = words[i-1].key
	}
	phrase := words[i].key
	for _, w := range words[i+1 : i+n] {
		phrase += " " + w.key
	}
	return phrase == "hòa bình" && before != "tỉnh" && before != "ủy" || phrase == "chính phủ" && before == "phi"
}

var romanNumeral = regexp.MustCompile(`^[ivxlc]+$`)

// writeWord writes the word i, or several of one name, and is how many.
func writeWord(words []capitalWord, i int) int {
	if n := writeKind(words, i); n > 0 {
		return n
	}
	w := &words[i]
	before, after := "", ""
	if i > 0 {
		before = words[i-1].key
	}
	if i+1 < len(words) && !w.ends {
		after = words[i+1].key
	}
	pieces := strings.FieldsFunc(w.key, notInWord)
	word := len(pieces) > 0 && !slices.ContainsFunc(pieces, func(piece string) bool { return !analyzers.ValidSyllable(piece) })
	switch {
	case strings.ContainsFunc(w.key, unicode.IsDigit):
		return 1
	case romanNumeral.MatchString(w.key) && (!word || slices.Contains(beforeRoman, before)):
		return 1
	case !word && !marked(w.key): // UBND, ASEAN, NQ/TW
		return 1
	}
	w.written = strings.ToLower(w.printed)
	opens := strings.IndexAny(w.printed, "“\"") == 0 || i > 0 && strings.HasSuffix(words[i-1].printed, ".") && !strings.HasSuffix(words[i-1].printed, "..")
	if !word || opens || w.key == "đảng" && partyHere(before, after) ||
		w.key == "nhà" && after == "nước" && !slices.Contains(beforeState, before) {
		w.written = capitalWithin(w.written)
	}
	return 1
}

var (
	beforeRoman = []string{"thứ", "khóa", "chương", "phần", "mục", "quý", "hạng", "loại", "nhóm", "kỷ", "hội"}
	beforeState = []string{"lý", "nghiệp", "mật", "sách", "cơ", "quan", "vốn", "dự", "chức", "sản"} // quản lý, doanh nghiệp, bí mật, ngân sách … nhà nước
	// What the Party's own papers write small: đảng viên, tổ chức đảng.
	behindParty = []string{"viên", "bộ", "ủy", "phí", "tịch", "đoàn", "vụ"}
	beforeParty = []string{"chức", "sở", "bộ", "ủy", "sự"}
)

func partyHere(before, after string) bool {
	return !slices.Contains(behindParty, after) && !slices.Contains(beforeParty, before)
}

// writeKind writes the name of a kind before a number ("Nghị quyết số 21-NQ/TW")
// and the name of a law ("Luật Tiếp công dân"), and is how many words that takes.
func writeKind(words []capitalWord, i int) int {
	name := ""
	for n := 1; n <= 4 && i+n < len(words); n++ {
		name = strings.TrimSpace(name + " " + words[i+n-1].key)
		_, known := citation.KindByName(name)
		if !known || words[i+n-1].ends {
			continue
		}
		next := words[i+n]
		law := (name == "luật" && (i == 0 || !slices.Contains(beforeLaw, words[i-1].key)) || name == "bộ luật" || name == "pháp lệnh") && !slices.Contains(behindLaw, next.key) && next.key != ""
		number := next.key == "số" && i+n+1 < len(words) && strings.ContainsFunc(words[i+n+1].key, unicode.IsDigit) || strings.Contains(next.key, "-") && strings.ContainsFunc(next.key, unicode.IsDigit)
		if !law && !number {
			continue
		}
		for j := i; j < i+n; j++ {
			words[j].written = strings.ToLower(words[j].printed)
		}
		words[i].written = capitalWithin(words[i].written)
		if law && !number && writeWord(words, i+n) == 1 {
			words[i+n].written = capitalWithin(words[i+n].written)
			return n + 1
		}
		return n
	}
	return 0
}

var (
	beforeLaw = []string{"pháp", "kỷ", "quy", "định", "trật", "án", "nội"}
	behindLaw = []string{"sư", "gia", "hóa", "pháp", "lệ", "này", "và", "hoặc", "để", "về", "của", "do", "trong", "được", "có", "số"}
)

// marked tells whether a word has a letter that only Vietnamese has, but đ, with
// which abbreviations are made: HĐND.
func marked(key string) bool {
	return strings.ContainsFunc(key, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) && r != 'đ' && r != 'ư' })
}

// capitalWithin is capital for a word that signs may stand before.
func capitalWithin(s string) string {
	at := strings.IndexFunc(s, unicode.IsLetter)
	if at < 0 {
		return s
	}
	return s[:at] + capital(s[at:])
}
