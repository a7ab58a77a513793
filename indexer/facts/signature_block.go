package facts

import (
	"regexp"
	"strings"

	"vankien/analyzers"
)

// block is what a signature block has said so far. Two bodies may sign side by
// side: their posts and names share rows.
type block struct {
	roles [2][]string
	row   int    // of the last post
	half  string // PHÓ, whose post stands in the next line
	done  bool   // no post may follow
}

// post adds a post; the second of a row is the other signer's.
func (b *block) post(c cell, text string) {
	column := 0
	if c.row == b.row {
		column = 1
	}
	b.roles[column], b.row, b.half = append(b.roles[column], roleText(b.half+text)), c.row, ""
}

func (b *block) full() bool { return len(b.roles[0]) >= maxRoleLines }

// role joins the posts of each signer; names is how many names there are.
func (b *block) role(names int) string {
	left, right := strings.Join(b.roles[0], " – "), strings.Join(b.roles[1], " – ")
	switch {
	case right == "":
		return left
	case names > 1:
		return left + "; " + right
	}
	return left + " – " + right
}

// runsOn tells whether a line in capitals goes on with the name of the body, or
// of the post, that the line above has broken off.
func (b *block) runsOn(c cell) bool {
	if b.done || len(b.roles[1]) > 0 || !capitals(c.text) || c.after || c.row != b.row+1 {
		return false
	}
	above := analyzers.FoldText(b.roles[0][len(b.roles[0])-1])
	return placeNoun(c.fold) || strings.HasPrefix(c.fold, "va ") || strings.HasSuffix(above, " va") ||
		len(b.roles[0]) == 1 && forBody.MatchString(above) && c.alone && namesBody(c.fold) && !roleStart(c.text)
}

// forBody begins a line that says for which body somebody signs.
var forBody = regexp.MustCompile(`^(t/m|tm)\b`)

func readBlock(cells []cell, at int) signature {
	s := signature{cell: cells[at]}
	var b block
	b.post(cells[at], cells[at].text)
	for i := at + 1; i < len(cells) && i-at <= maxToName; i++ {
		c := cells[i]
		text := personText(c)
		switch {
		case isPerson(text):
			s.name, s.nameCell, s.role = text, c, b.role(1)
			if i+1 < len(cells) && cells[i+1].row == c.row && isPerson(personText(cells[i+1])) {
				s.name, s.role = text+"; "+personText(cells[i+1]), b.role(2)
			}
			return s
		case b.half == "" && (c.fold == "pho" || c.fold == "quyen") && capitals(c.text): // PHÓ / TRƯỞNG BAN
			b.half = c.text + " "
		case b.runsOn(c):
			b.roles[0][len(b.roles[0])-1] += " " + roleText(c.text)
			b.row = c.row
		case roleStart(b.half+c.text) && !b.done && !b.full():
			b.post(c, c.text)
			s.name = "" // what stood above was no name
		case signedMark.MatchString(c.fold), c.rule():
			b.done = true
		case capitals(c.text) && placeNoun(c.fold) && !b.done:
			b.roles[0][len(b.roles[0])-1] += " " + c.text
		case s.name == "" && shouted(c) != "":
			s.name, s.nameCell = shouted(c), c
		case roleStart(c.text), c.begins(), c.basis(), capitals(c.text) && !noise(c):
			s.role = b.role(1)
			return s
		default:
			if m := nameAtEnd.FindStringSubmatch(c.text); m != nil && strings.HasPrefix(c.text, "-") && isPerson(m[1]) {
				s.name, s.nameCell, s.role = strings.TrimSpace(m[1]), c, b.role(1)
				return s
			}
		}
	}
	s.role = b.role(1)
	return s
}

// shouted is the name that a cell prints in capitals, as other papers write it;
// "" where it is none: a family name begins it, and neither a place nor a post
// nor any of the words that papers are made of is in it.
func shouted(c cell) string {
	if c.seen || !capitals(c.text) {
		return ""
	}
	words := strings.Fields(strings.ToLower(c.text))
	if len(words) < 3 || len(words) > 4 || !surnameSet[analyzers.Canonical(words[0])] {
		return ""
	}
	for i, w := range words {
		pair := strings.Join(words[i:min(i+2, len(words))], " ")
		if strings.Join(compoundsByFold[analyzers.FoldText(pair)], " ") == pair || !analyzers.ValidSyllable(w) {
			return ""
		}
		words[i] = upperFirst(w)
	}
	name := strings.Join(words, " ")
	if _, n := longestKnown(words); n > 0 || !isPerson(name) {
		return ""
	}
	return name
}

// personText is a cell without what stands around a name: rank, title, points.
func personText(c cell) string {
	if c.seen {
		return nameIn(c.text)
	}
	return strings.Trim(rank.ReplaceAllString(c.text, ""), " .,*-_")
}

// noise are the capitals that stand between role and name and belong to the
// list of recipients: "VPTW", "Lưu: VT".
func noise(c cell) bool {
	return len(c.text) < 16 || strings.HasPrefix(c.text, "-") || strings.HasPrefix(c.fold, "luu ")
}
