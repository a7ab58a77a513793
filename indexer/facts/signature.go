package facts

import (
	"regexp"
	"strings"
	"unicode"

	"vankien/analyzers"
	"vankien/storage"
)

// signature is who signed, and as what.
type signature struct {
	name, role string
	cell       cell // where the role begins
	nameCell   cell
	part       string // what OCR has left of a name
	partCell   cell
}

var (
	onBehalf = regexp.MustCompile(`^(t/m|k/t|t/l|tm\.?|kt\.?|tl\.?|tuq\.?|q\.) ?[a-z]`)
	posts    = regexp.MustCompile(`^(quyen |pho )?(tong bi thu|bi thu|pho bi thu|chu tich|pho chu tich|thu tuong|pho thu tuong|bo truong|thu truong|tong thanh tra|pho tong thanh tra|` +
		`giam doc|pho giam doc|truong ban|pho truong ban|uy vien|thuong truc|chanh van phong|pho chanh van phong|cuc truong|pho cuc truong|tong cuc truong|pho tong cuc truong|` +
		`vu truong|pho vu truong|chu nhiem|pho chu nhiem|thong doc|pho thong doc|chanh an|pho chanh an|vien truong|pho vien truong|hieu truong|pho hieu truong|truong khoa|` +
		`truong phong|pho truong phong|tong kiem toan|chu tich nuoc|tong giam doc|pho tong giam doc|truong doan|chi cuc truong|xac thuc van ban hop nhat|tru so|truong so|vien pho)\b`)
	personName = regexp.MustCompile(`^(?:\p{Lu}(?:['’]\p{Lu}?)?\p{Ll}*(?:\s+|$)){2,5}$`)
	longWord   = regexp.MustCompile(`\p{Lu}\S*\p{Ll}`)
	rank       = regexp.MustCompile(`^(?i:đại tướng|thượng tướng|trung tướng|thiếu tướng|đại tá|thượng tá|trung tá|thiếu tá|gs\.?\s*ts\.?|pgs\.?\s*,?\s*ts\.?|ts\.|ths\.?|bs\.?\s*ck\s*i*|bs\.?|đ/c)\s+`)
	nameAtEnd  = regexp.MustCompile(`[.;:)]\s+((?:\p{Lu}\p{Ll}+\s?){2,5})$`)
	signedMark = regexp.MustCompile(`^\(?(da ky|ky ten|ky, ghi|ky va ghi|chu ky|da ky va dong dau)\b`)
)

const (
	maxRoleLines = 4
	maxToName    = 30 // cells between the post and the name: lines of "Nơi nhận" come between
)

// maxBlockLines is how many lines a signature block has at most.
const maxBlockLines = 40

// maxBlocks is how many blocks without a name are looked at: a table of posts
// is no reason to read on for ever.
const maxBlocks = 200

// findSignature finds the first block of role and name, and where several sign,
// the one below: what comes behind it are annexes with signatures of their own. Where no block has both, the first
// role on behalf of a body counts.
func findSignature(pages []storage.Page, several bool) signature {
	var best signature
	lines := allLines(pages)
	tried := 0
	for i, l := range lines {
		if tried > maxBlocks {
			break
		}
		if len(l.text) > maxHeadLine || !shouts(l.text) {
			continue
		}
		starts := false
		for _, piece := range columns(l.text) {
			starts = starts || roleStart(piece)
		}
		if !starts {
			continue
		}
		tried++
		cells := cellsOf(lines[i:min(i+maxBlockLines, len(lines))])
		for at, c := range cells {
			if c.row != cells[0].row {
				break
			}
			if !roleStart(c.text) {
				continue
			}
			s := readBlock(cells, at)
			if s.name != "" && several {
				s = withNext(s, cells)
			}
			if s.name != "" {
				return s
			}
			if best.role == "" && onBehalf.MatchString(c.fold) {
				best = s
			}
		}
	}
	names, posts, part := seenNames(lines)
	if len(names) > 0 && len(names) <= maxSeenNames {
		if role := roleOf(posts); role != "" {
			best.role, best.cell = role, cell{page: posts[0].page, line: strings.TrimSpace(posts[0].printed)}
		}
		best.name, best.nameCell = names[0].text, cell{page: names[0].page, line: strings.TrimSpace(names[0].printed)}
		for _, other := range names[1:] {
			best.name += "; " + other.text
		}
		return best
	}
	if best.role == "" {
		best = nameAlone(lines)
	}
	if role := roleOf(posts); best.role == "" && part.text != "" && role != "" {
		best.role, best.cell = role, cell{page: posts[0].page, line: strings.TrimSpace(posts[0].printed)}
	}
	best.part, best.partCell = strings.TrimSpace(part.text), cell{page: part.page, line: strings.TrimSpace(part.printed)}
	return best
}

// maxSeenNames is how many people sign at most; more are a list.
const maxSeenNames = 3

// nameAlone finds a name beside "(Đã ký)" where no post is printed.
func nameAlone(lines []textLine) signature {
	for i := 1; i < len(lines); i++ {
		for _, pair := range [][2]textLine{{lines[i-1], lines[i]}, {lines[i], lines[i-1]}} {
			name := strings.TrimSpace(pair[0].text)
			if len(pair[1].text) < 40 && len(name) < 60 && signedMark.MatchString(analyzers.FoldText(pair[1].text)) && isPerson(name) {
				return signature{name: name, nameCell: cell{page: pair[0].page, line: strings.TrimSpace(pair[0].printed)}}
			}
		}
	}
	return signature{}
}

// textLine is a line that has text.
type textLine struct {
	page    int
	text    string // what is read: of OCR, mended
	printed string // what the page has
	after   bool   // a blank line stands before it
	seen    bool   // OCR read it
}

func allLines(pages []storage.Page) []textLine {
	var lines []textLine
	for _, page := range pages {
		blank := true
		for line := range strings.Lines(page.Text) {
			if strings.TrimSpace(line) == "" {
				blank = true
				continue
			}
			l := textLine{page: page.Number, text: line, printed: line, after: blank, seen: page.OCR}
			if l.seen {
				l.text = mended(line)
			}
			lines, blank = append(lines, l), false
		}
	}
	return lines
}

// shouts tells, cheaply, whether a line has two capitals in a row.
func shouts(line string) bool {
	before := false
	for _, r := range line {
		upper := unicode.IsUpper(r) || r == '/' && before
		if upper && before {
			return true
		}
		before = upper
	}
	return false
}

// roleStart tells whether a cell begins a signature block: T/M and the like,
// or a post alone, in capitals.
func roleStart(text string) bool {
	text = roleText(text)
	if len(text) > 120 || !capitals(text) {
		return false
	}
	fold := analyzers.FoldText(text)
	return onBehalf.MatchString(fold) || posts.MatchString(fold)
}

var signedTail = regexp.MustCompile(`(?i)\s*\(\s*(?:đã ký|ký)[^)]*\)?\s*$`)

// roleText is the text of a role without what is signed, stamped or drawn.
func roleText(text string) string {
	return strings.Trim(signedTail.ReplaceAllString(text, ""), " ,;:*.")
}

// withNext is a signature with those that stand below it: bodies that issue
// together sign one after the other where there is no room for two columns.
func withNext(s signature, cells []cell) signature {
	from := 0
	for from < len(cells) && cells[from] != s.nameCell {
		from++
	}
	last := from // the last signer's name
	for i := from + 1; i < min(len(cells), last+maxToNext); i++ {
		if cells[i].page != s.nameCell.page || heading.MatchString(cells[i].fold) || strings.Count(s.name, ";") >= maxSigners-1 {
			break
		}
		if !roleStart(cells[i].text) {
			continue
		}
		next := readBlock(cells, i)
		if next.name == "" || strings.Contains(s.name, next.name) {
			break
		}
		s.name, s.role = s.name+"; "+next.name, s.role+"; "+next.role
		for i < len(cells) && cells[i] != next.nameCell {
			i++
		}
		last = i
	}
	return s
}

// maxSigners is how many bodies issue a paper together at most.
const maxSigners = 6

// maxToNext is how many cells stand between a name and the next signer's post.
const maxToNext = 6

// isPerson tells whether text can be a Vietnamese name: two to five words,
// each of one syllable with a capital, one of them a letter at most (Lý A Sử),
// not a phrase of the form.
func isPerson(text string) bool {
	long := len(longWord.FindAllString(text, -1))
	if !personName.MatchString(text) || long < 2 || len(strings.Fields(text))-long > 1 {
		return false
	}
	for _, w := range strings.Fields(text) {
		if !analyzers.ValidSyllable(w) && !allVowelless(w) {
			return false
		}
	}
	switch analyzers.FoldText(text) {
	case "noi nhan", "nhu tren", "da ky", "kinh gui", "ha noi", "bo chinh tri", "ban bi thu":
		return false
	}
	return !readsAsBody(text)
}

// readsAsBody tells whether a would-be name begins as a body's does. Its
// accents count where it has any: Bàn Thị Sinh is no Ban, Tòng Xuân Hải no
// Tổng.
func readsAsBody(text string) bool {
	lower, accented := canonicalWords(text)
	if !accented {
		words := strings.Fields(lower)
		return namesBody(lower) && !(len(words) < 4 && surname[words[0]])
	}
	return beginsWith(lower, bodyNouns) && lower != "trường chinh" // a General Secretary, no school
}

// allVowelless lets through ethnic names that Vietnamese spelling has no rule
// for (Y, H', Ksor).
func allVowelless(w string) bool { return len([]rune(w)) <= 5 && unicode.IsUpper([]rune(w)[0]) }

// surname are family names that are also words bodies begin with, once their
// accents are lost.
var surname = map[string]bool{"vu": true, "truong": true}

func (r *reader) readSigner() {
	if r.sign.role != "" {
		r.facts.SignerRole = storage.Printed(r.sign.role)
		r.saw("signer_role", r.sign.cell, likely)
	}
	if r.sign.name == "" {
		if r.sign.part != "" {
			r.guessed("signer", r.sign.partCell, r.sign.part)
		}
		if r.sign.role != "" || r.sign.part != "" {
			r.issue("Không đọc được tên người ký.")
		}
		return
	}
	r.facts.Signer = storage.Printed(r.sign.name)
	r.saw("signer", r.sign.nameCell, likely)
}
