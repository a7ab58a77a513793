package bodies

import (
	"slices"
	"strings"
	"unicode"

	"vankien/analyzers"
	"vankien/storage"
)

// word is a word of a name, canonical, and where it stands in the name.
type word struct {
	term       string
	start, end int
}

// written are the abbreviations that stand in names, by their folded form.
var written = map[string]string{
	"tw": "trung ương", "ubnd": "ủy ban nhân dân", "hdnd": "hội đồng nhân dân", "ubkt": "ủy ban kiểm tra", "bch": "ban chấp hành",
	"btv": "ban thường vụ", "mttq": "mặt trận tổ quốc", "mttqvn": "mặt trận tổ quốc việt nam", "ubmttq": "ủy ban mặt trận tổ quốc",
	"tp": "thành phố", "tx": "thị xã", "bcs": "ban cán sự", "bcsd": "ban cán sự đảng", "ldld": "liên đoàn lao động",
	"dbqh": "đại biểu quốc hội",
}

// phrase is a name read into words.
type phrase struct {
	words []word
	fold  string // the folded words with a space between
	ends  []int  // by word: where it ends in fold
}

// read reads a name, abbreviations written out.
func readName(name string) phrase {
	var p phrase
	var folded strings.Builder
	add := func(term, fold string, start, end int) {
		if len(p.words) > 0 {
			folded.WriteByte(' ')
		}
		folded.WriteString(fold)
		p.words = append(p.words, word{term, start, end})
		p.ends = append(p.ends, folded.Len())
	}
	for _, t := range analyzers.Tokenize(name) {
		fold := analyzers.Fold(t.Term)
		if long, short := written[fold]; short {
			for term := range strings.FieldsSeq(long) {
				add(term, analyzers.Fold(term), t.Start, t.End)
			}
			continue
		}
		add(t.Term, fold, t.Start, t.End)
	}
	p.fold = folded.String()
	return p
}

func (p phrase) len() int { return len(p.words) }

// head is the folded first n words.
func (p phrase) head(n int) string {
	if n == 0 {
		return ""
	}
	return p.fold[:p.ends[n-1]]
}

// tail is the folded words from the nth on.
func (p phrase) tail(n int) string {
	if n == 0 {
		return p.fold
	}
	return p.fold[min(p.ends[n-1]+1, len(p.fold)):]
}

// from is the phrase without its first n words.
func (p phrase) from(n int) phrase {
	ends := make([]int, len(p.ends)-n)
	for i := range ends {
		ends[i] = p.ends[i+n] - (len(p.fold) - len(p.tail(n)))
	}
	return phrase{p.words[n:], p.tail(n), ends}
}

func (p phrase) accented() string {
	terms := make([]string, len(p.words))
	for i, w := range p.words {
		terms[i] = w.term
	}
	return strings.Join(terms, " ")
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
	if len(name) > maxName {
		return match{}, false
	}
	p := readName(name)
	if p.len() == 0 || p.len() > maxWords {
		return match{}, false
	}
	if body, ok := r.called(name, p, on); ok {
		return match{body: body}, true
	}
	for _, post := range posts {
		if n := strings.Count(post, " ") + 1; n < p.len() && p.head(n) == post {
			if body, ok := r.called(name, p.from(n), on); ok {
				return match{body, strings.TrimSpace(name[:p.words[n].start])}, true
			}
		}
	}
	if at := r.signed(name); at >= 0 {
		return match{body: r.bodies[at]}, true
	}
	return match{}, false
}

// The limits of a name that is looked at.
const (
	maxName  = 1000 // bytes
	maxWords = 24
)

// called is the body of a name without a post.
func (r *Register) called(name string, p phrase, on storage.Date) (Body, bool) {
	found := r.placed(p)
	if own := r.byName[p.fold]; len(own) > 0 {
		typed := p.accented()
		for _, n := range own {
			if n.accented == typed || !slices.ContainsFunc(own, func(n named) bool { return n.accented == typed }) {
				found = append(found, n.body)
			}
		}
	}
	elsewhere, isElsewhere := r.elsewhere(name, p)
	if len(found) > 0 {
		best := r.bodies[found[0]]
		for _, i := range found[1:] {
			if b := r.bodies[i]; closer(b, best, on) {
				best = b
			}
		}
		if isElsewhere && elsewhere.Level == District && !best.Existed(on) && elsewhere.Existed(on) {
			return elsewhere, true // Huế was a city of its province before it was a province's equal
		}
		return best, true
	}
	if isElsewhere {
		return elsewhere, true
	}
	return r.general(p)
}

// elsewhere is the body of a place that is no province.
func (r *Register) elsewhere(name string, p phrase) (Body, bool) {
	for n := min(p.len()-1, r.most); n > 0; n-- {
		if at, ok := r.heads[p.head(n)]; ok {
			return r.source.Anywhere[at].named(name, p.words[n:])
		}
	}
	return Body{}, false
}

// general is the body of a name that leaves its place open: "Tỉnh ủy".
func (r *Register) general(p phrase) (Body, bool) {
	var b Body
	if rules := r.rules[p.fold]; len(rules) > 0 {
		e := r.source.Everywhere[rules[0].at]
		b = e.body()
		b.Name = strings.TrimSpace(entry{Kind: rules[0].kind}.fill(e.Name))
	} else if at, ok := r.heads[p.fold]; ok {
		b = r.source.Anywhere[at].body()
		b.Name = headOf(b.Name)
	}
	b.Names, b.From, b.Parent = nil, nil, ""
	return b, p.len() > 1 && readName(b.Name).fold == p.fold
}

// placed are the bodies of provinces that a name may mean.
func (r *Register) placed(p phrase) []int {
	var found []int
	for n := p.len() - 1; n > 0 && n >= p.len()-maxPlaceWords; n-- {
		for _, at := range r.places[p.tail(n)] {
			place := r.source.Places[at]
			for _, rule := range r.rules[p.head(n)] {
				if i, ok := r.byID[r.source.Everywhere[rule.at].ID+"-"+place.ID]; ok && rule.kind == place.Kind {
					found = append(found, i)
				}
			}
		}
	}
	return found
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
