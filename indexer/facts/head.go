package facts

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"vankien/analyzers"
	"vankien/indexer/citation"
	"vankien/storage"
)

// maxHeadLines is how many lines with text the head and the enacting part of
// a document have at most; long lists of bases ("Căn cứ …") are in it.
const maxHeadLines = 120

// maxHeadLine is how much of a line is looked at, in bytes: readers that know
// no lines hand over whole paragraphs.
const maxHeadLine = 2000

// cell is a piece of a line that belongs together: one column of the head.
type cell struct {
	page  int
	row   int    // the line's number among those with text
	text  string // single spaces
	fold  string
	line  string // the whole line, for evidence
	after bool   // a blank line stands before it
	alone bool   // it is all of its line
	seen  bool   // OCR read it
}

// split cuts the first lines of the document into cells.
func split(pages []storage.Page, limit int) []cell {
	var lines []textLine
	for _, page := range pages {
		if len(lines) >= limit {
			break
		}
		lines = append(lines, allLines([]storage.Page{firstLines(page, 4*limit)})...)
	}
	return wholeMottos(cellsOf(lines[:min(limit, len(lines))]))
}

// wholeMottos joins the halves of a motto that a narrow column has broken in
// two: a line of the other column may stand between them.
func wholeMottos(cells []cell) []cell {
	for i := 0; i < len(cells); i++ {
		for j := i + 1; j < min(len(cells), i+betweenHalves+2); j++ {
			if len(cells[i].fold)+len(cells[j].fold) < maxMotto && slices.Contains(mottos, compact(cells[i].fold+cells[j].fold)) {
				cells[i].text += " " + cells[j].text
				cells[i].fold += " " + cells[j].fold
				cells = slices.Delete(cells, j, j+1)
			}
		}
	}
	return cells
}

// mottos are those of the State and of the Party, compact.
var mottos = []string{"conghoaxahoichunghiavietnam", "doclap-tudo-hanhphuc", "dangcongsanvietnam"}

const (
	betweenHalves = 2  // cells that stand between the halves of a motto
	maxMotto      = 40 // bytes of one
)

// firstLines is the page cut behind n lines.
func firstLines(page storage.Page, n int) storage.Page {
	at := 0
	for range n {
		next := strings.IndexByte(page.Text[at:], '\n')
		if next < 0 {
			return page
		}
		at += next + 1
	}
	page.Text = page.Text[:at]
	return page
}

func cellsOf(lines []textLine) []cell {
	var cells []cell
	for row, line := range lines {
		if len(line.text) > maxHeadLine {
			line.text = strings.ToValidUTF8(line.text[:maxHeadLine], "")
		}
		pieces := columns(line.text)
		if line.seen {
			pieces = postsApart(pieces)
		}
		whole := strings.Join(strings.Fields(line.printed), " ")
		for i, piece := range pieces {
			cells = append(cells, cell{page: line.page, row: row + 1, text: piece, fold: analyzers.FoldText(piece),
				line: whole, after: line.after && i == 0, alone: len(pieces) == 1, seen: line.seen})
		}
	}
	return cells
}

var (
	gap = regexp.MustCompile(`\t[\t ]*| {2,}|\x{a0}{2,}`)
	// The mottos and the name of the Party, however their spaces and accents
	// came through; one letter may be lost in each syllable.
	motto = regexp.MustCompile(`C\pL{1,3}NG\s*H\pL{1,3}\s*X\pL{1,2}\s*H\pL{1,3}\s*CH\pL{1,2}\s*NGH\pL{1,3}\s*VI\pL{1,3}\s*NAM|` +
		`[ĐD]\pL{1,3}NG\s*C\pL{1,3}NG\s*S\pL{1,3}\s*VI\pL{1,3}\s*NAM|` +
		`(?i:[đd]\pL{1,3}\s*l\pL{1,3}\s*[-–—]\s*t\pL{1,2}\s*do\s*[-–—]\s*h\pL{1,3}nh\s*ph\pL{1,3})`)
	dateLine = regexp.MustCompile(`(?i)ng[àa]y[\s.…_]*\d{0,2}[\s.…_]*th[áa]ng[\s.…_]*\d{0,2}[\s.…_]*n[ăa]m[\s.…_]*\d{0,4}`)
	forMark  = regexp.MustCompile(`(?:T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.)\s*\p{Lu}`)
)

// columns cuts a line at wide gaps, and where the columns were merged, around
// what can only stand in one of them: motto, place and date, number, T/M.
func columns(line string) []string {
	var pieces []string
	for _, wide := range rejoin(gap.Split(strings.TrimSpace(line), -1)) {
		for _, piece := range around(motto, wide) {
			for _, part := range dated(piece) {
				pieces = append(pieces, signed(numbered(part))...)
			}
		}
	}
	return pieces
}

// rejoin undoes cuts inside a number or a date whose blanks are wide: "Số
// -QĐ/TW", "ngày      tháng 11 năm 2025".
func rejoin(parts []string) []string {
	var joined []string
	for _, part := range parts {
		part = strings.Join(strings.Fields(part), " ")
		if part == "" {
			continue
		}
		if n := len(joined); n > 0 && belongs(analyzers.FoldText(joined[n-1]), analyzers.FoldText(part)) {
			joined[n-1] += " " + part
			continue
		}
		joined = append(joined, part)
	}
	return joined
}

func belongs(left, right string) bool {
	last := left[strings.LastIndexByte(left, ' ')+1:]
	switch last {
	case "ngay", "thang", "nam", "so", "so:":
		return true
	}
	for _, next := range []string{"thang ", "nam 1", "nam 2", "/"} {
		if strings.HasPrefix(right, next) {
			return strings.Contains(left, "ngay") || strings.HasPrefix(left, "so") || next == "/" && len(left) < 20
		}
	}
	return strings.HasPrefix(right, "-") && len(right) > 2 && strings.HasPrefix(left, "so") && len(left) < 16
}

// around cuts s before and behind what re matches.
func around(re *regexp.Regexp, s string) []string {
	var pieces []string
	from := 0
	for _, at := range re.FindAllStringIndex(s, -1) {
		pieces = append(pieces, s[from:at[0]], s[at[0]:at[1]])
		from = at[1]
	}
	return trimmed(append(pieces, s[from:]))
}

// dated cuts a piece before the place that a date line begins with, unless the
// date is only part of a sentence.
func dated(s string) []string {
	at := dateLine.FindStringIndex(s)
	if at == nil || len(strings.TrimSpace(s[at[1]:])) > 40 {
		return trimmed([]string{s})
	}
	start := at[0] - len(placeBefore(s[:at[0]]))
	return trimmed([]string{s[:start], s[start:at[1]], s[at[1]:]})
}

// placeBefore is the end of s that names the place of a date line, with its
// comma: the capitalized words, at most five.
func placeBefore(s string) string {
	rest := strings.TrimRight(s, " ,.")
	start := len(rest)
	for words := 0; words < 5 && start > 0; words++ {
		from := strings.LastIndexByte(strings.TrimRight(rest[:start], " "), ' ') + 1
		w := strings.TrimSpace(rest[from:start])
		if w == "" || !(unicode.IsUpper([]rune(w)[0]) || w == "-" || w == "–") || strings.ContainsAny(w, "0123456789/:;)") {
			break
		}
		start = from
	}
	return s[start:]
}

// numbered cuts a piece behind the number it begins with.
func numbered(s string) []string {
	if !numberCue.MatchString(s) {
		return []string{s}
	}
	if found := citation.Find(s); len(found) > 0 {
		first := found[0]
		if len([]rune(s[:first.NumberStart])) < 16 && first.Number.Issuer != "" {
			return trimmed([]string{s[:first.End], s[first.End:]})
		}
	}
	return []string{s}
}

// signed cuts pieces before T/M, K/T, T/L.
func signed(parts []string) []string {
	var pieces []string
	for _, s := range parts {
		if at := forMark.FindStringIndex(s); at != nil && at[0] > 0 {
			pieces = append(pieces, trimmed([]string{s[:at[0]], s[at[0]:]})...)
			continue
		}
		pieces = append(pieces, s)
	}
	return pieces
}

func trimmed(parts []string) []string {
	kept := parts[:0]
	for _, part := range parts {
		if part = strings.TrimSpace(part); part != "" {
			kept = append(kept, part)
		}
	}
	return kept
}
