package citation

import (
	"slices"
	"strings"
	"sync"
)

// Nickname is what people call a document or a set of documents instead of its
// number.
type Nickname struct {
	Name    string     // as it is shown
	Means   []Citation // Number and Date of each document
	Why     string     // the reason, for whoever doubts it
	dated   []string   // numbers, each with its date behind it
	phrases []string   // folded, where it is so typed; with accents where the folded form is other words
}

// nicknames are ours; each has the reason why it stands here.
var nicknames = []Nickname{
	{"Ban Chỉ đạo 35", nil, "các ban chỉ đạo này lập ra để thực hiện Nghị quyết 35-NQ/TW của Bộ Chính trị",
		[]string{"35-NQ/TW", "2018-10-22"}, []string{"ban chi dao 35", "bcd 35"}},
	{"bộ tứ trụ cột", nil, "cách gọi của Tổng Bí thư Tô Lâm tại hội nghị ngày 18/5/2025 quán triệt Nghị quyết 66 và 68",
		[]string{"57-NQ/TW", "2024-12-22", "59-NQ/TW", "2025-01-24", "66-NQ/TW", "2025-04-30", "68-NQ/TW", "2025-05-04"}, []string{"bo tu tru cot", "bo tu nghi quyet", "bo tu chien luoc", "bon nghi quyet tru cot", "4 nghi quyet tru cot", "bon tru cot nghi quyet"}},
	{"Ban Chỉ đạo 389", nil, "lập theo Quyết định 389/QĐ-TTg của Thủ tướng Chính phủ (chống buôn lậu, gian lận thương mại và hàng giả)",
		[]string{"389/QĐ-TTg", "2014-03-19"}, []string{"ban chi dao 389", "bcd 389"}},
	{"Khoán 10", nil, "tên gọi của Nghị quyết 10-NQ/TW ngày 05/4/1988 của Bộ Chính trị về đổi mới quản lý kinh tế nông nghiệp",
		[]string{"10-NQ/TW", "1988-04-05"}, []string{"khoán 10"}},
	{"Khoán 100", nil, "tên gọi của Chỉ thị 100-CT/TW ngày 13/01/1981 của Ban Bí thư về khoán sản phẩm trong hợp tác xã nông nghiệp",
		[]string{"100-CT/TW", "1981-01-13"}, []string{"khoán 100"}},
}

var nicknamesByWord = map[string][]nickPhrase{} // by the first word, folded

type nickPhrase struct {
	name  string
	words []string
}

func init() {
	for _, n := range nicknames {
		for _, phrase := range n.phrases {
			words := strings.Fields(phrase)
			nicknamesByWord[fold(words[0])] = append(nicknamesByWord[fold(words[0])], nickPhrase{n.Name, words})
		}
	}
}

// Nicknames are all nicknames that are known.
var Nicknames = sync.OnceValue(func() []Nickname {
	all := slices.Clone(nicknames)
	for i := range all {
		for j := 0; j < len(all[i].dated); j += 2 {
			c := Find(all[i].dated[j])[0]
			c.Date = all[i].dated[j+1]
			all[i].Means = append(all[i].Means, c)
		}
	}
	return all
})

// NicknameOf returns what a citation's Nickname stands for.
func NicknameOf(name string) (Nickname, bool) {
	for _, n := range Nicknames() {
		if n.Name == name {
			return n, true
		}
	}
	return Nickname{}, false
}

// nickname reads a nickname that begins with token i.
func (p *parser) nickname(i int) (name string, next int, ok bool) {
	for _, n := range nicknamesByWord[p.folded(i)] {
		if p.saysAll(i, n.words) && (len(n.words) > 1 || p.whole(i+len(n.words))) {
			return n.name, i + len(n.words), true
		}
	}
	return "", 0, false
}

func (p *parser) saysAll(i int, words []string) bool {
	for k, w := range words {
		if p.folded(i+k) != fold(w) || w != fold(w) && strings.ToLower(nfc(p.raw(i+k))) != w {
			return false
		}
	}
	// "Ban Chỉ đạo 35-NQ/TW" names the number itself.
	last := i + len(words) - 1
	return !p.is(last, number) || !p.isNumber(last)
}

// isNumber tells whether token i begins a number with its symbol.
func (p *parser) isNumber(i int) bool {
	_, _, ok := p.full(i, cue{start: i})
	return ok
}
