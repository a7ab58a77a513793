package bodies

import (
	"slices"
	"strings"
	"unicode"

	"vankien/analyzers"
	"vankien/storage"
)

// word is a word of a name: canonical, folded, and where it stands in the name.
type word struct {
	term, fold string
	start, end int
}

// written are the abbreviations that stand in names, by their folded form.
var written = map[string]string{
	"tw": "trung ương", "ubnd": "ủy ban nhân dân", "hdnd": "hội đồng nhân dân", "ubkt": "ủy ban kiểm tra", "bch": "ban chấp hành",
	"btv": "ban thường vụ", "mttq": "mặt trận tổ quốc", "mttqvn": "mặt trận tổ quốc việt nam", "ubmttq": "ủy ban mặt trận tổ quốc",
	"tp": "thành phố", "tx": "thị xã", "bcs": "ban cán sự", "bcsd": "ban cán sự đảng", "ldld": "liên đoàn lao động",
	"dbqh": "đại biểu quốc hội",
}

// words are the words of a name, with abbreviations written out.
func words(name string) []word {
	var all []word
	for _, t := range analyzers.Tokenize(name) {
		fold := analyzers.Fold(t.Term)
		long, short := written[fold]
		if !short {
			all = append(all, word{t.Term, fold, t.Start, t.End})
			continue
		}
		for term := range strings.FieldsSeq(long) {
			all = append(all, word{term, analyzers.Fold(term), t.Start, t.End})
		}
	}
	return all
}

func fold(words []word) string {
	return join(words, func(w word) string { return w.fold })
}

func accented(words []word) string {
	return join(words, func(w word) string { return w.term })
}

func join(words []word, form func(word) string) string {
	forms := make([]string, len(words))
	for i, w := range words {
		forms[i] = form(w)
	}
	return strings.Join(forms, " ")
}

// posts may stand before the name of the body that somebody leads, folded.
var posts = []string{
	"quyen bo truong", "bo truong", "thu truong", "pho chu tich", "chu tich", "pho giam doc", "giam doc", "tong giam doc", "thong doc", "chanh an",
	"vien truong", "chu nhiem", "pho bi thu", "bi thu", "pho truong", "truong", "chanh", "tong",
}

// match is what a name means.
type match struct {
	body Body
	post string // as it was written, "" for none
}

func (r *Register) find(name string, on storage.Date) (match, bool) {
	all := words(name)
	if len(all) == 0 || len(all) > maxWords {
		return match{}, false
	}
	if body, ok := r.called(name, all, on); ok {
		return match{body: body}, true
	}
	folded := fold(all)
	for _, post := range posts {
		n := len(strings.Fields(post))
		if n >= len(all) || !strings.HasPrefix(folded, post+" ") {
			continue
		}
		if body, ok := r.called(name, all[n:], on); ok {
			return match{body, strings.TrimSpace(name[:all[n].start])}, true
		}
	}
	if at := r.signed(name); at >= 0 {
		return match{body: r.bodies[at]}, true
	}
	return match{}, false
}

// maxWords is the most words of a name that is looked at.
const maxWords = 24

// called is the body of a name without a post.
func (r *Register) called(name string, all []word, on storage.Date) (Body, bool) {
	if found := r.byName[fold(all)]; len(found) > 0 {
		typed := accented(all)
		same := func(n named) bool { return n.accented == typed }
		if slices.ContainsFunc(found, same) {
			found = slices.DeleteFunc(slices.Clone(found), func(n named) bool { return !same(n) })
		}
		best := r.bodies[found[0].body]
		for _, n := range found[1:] {
			if b := r.bodies[n.body]; closer(b, best, on) {
				best = b
			}
		}
		return best, true
	}
	for n := min(len(all)-1, r.most); n > 0; n-- {
		if at, ok := r.heads[fold(all[:n])]; ok {
			return r.source.Anywhere[at].named(name, all[n:])
		}
	}
	return Body{}, false
}

// closer tells whether a is meant rather than b by a name on a day.
func closer(a, b Body, on storage.Date) bool {
	if on == "" {
		on = "9999-12-31"
	}
	if a.Existed(on) != b.Existed(on) {
		return a.Existed(on)
	}
	if after := a.Start > on; after != (b.Start > on) {
		return !after
	}
	if a.Start > on {
		return a.Start < b.Start
	}
	return a.Start > b.Start
}

// named is the body of a rule whose place is what the rest of a name says.
func (e entry) named(name string, rest []word) (Body, bool) {
	place := strings.Join(strings.Fields(name[rest[0].start:rest[len(rest)-1].end]), " ")
	capitals := strings.ContainsFunc(name, unicode.IsUpper)
	if first := []rune(place)[0]; capitals && !unicode.IsUpper(first) && !unicode.IsDigit(first) {
		return Body{}, false // "Sở hữu trí tuệ"
	}
	b := e.body()
	b.Name = headOf(e.Name) + " " + place
	b.Names = nil
	for _, other := range e.Names {
		b.Names = append(b.Names, headOf(other)+" "+place)
	}
	b.ID = slug(e.ID + " " + place)
	return b, true
}

// signed is the one body of no place that has a symbol, -1 where there is none
// or the symbol is that of several.
func (r *Register) signed(symbol string) int {
	if found := r.bySign[strings.ToUpper(strings.ReplaceAll(symbol, "TƯ", "TW"))]; len(found) == 1 {
		return found[0]
	}
	return -1
}
