package extract

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode"
)

// numbering computes the automatic numbers of paragraphs (ISO/IEC 29500-1,
// 17.9). They are text to a reader: the "Điều 1." of most regulations stands
// nowhere but here.
type numbering struct {
	lists  map[string]*list    // w:abstractNum
	nums   map[string]*listUse // w:num
	styles map[string]*numberedStyle
	plain  string // the default paragraph style
}

const levels = 9

type list struct {
	levels [levels]level
	link   string // the style whose list this one is
	count  [levels]int
	begun  [levels]bool
}

type level struct {
	start               int
	format, text, style string
	glued, legal        bool
	noRestart           bool
}

// listUse is a list as paragraphs name it, with its own first numbers.
type listUse struct {
	list  string
	start map[int]int
	used  [levels]bool
}

type numberedStyle struct {
	basedOn, num string
	level        int
}

func newNumbering() *numbering {
	return &numbering{lists: map[string]*list{}, nums: map[string]*listUse{}, styles: map[string]*numberedStyle{}}
}

func (n *numbering) readNumbering(p *docxPackage, d *xml.Decoder) error {
	var (
		current  *list
		use      *listUse
		at       level
		into     *level = &at
		override int
	)
	return p.eachStart(d, func(e xml.StartElement) error {
		value := attr(e, "val")
		switch e.Name.Local {
		case "abstractNum":
			current, use = &list{}, nil
			n.lists[attr(e, "abstractNumId")] = current
		case "num":
			use, current = &listUse{start: map[int]int{}}, nil
			n.nums[attr(e, "numId")] = use
		case "lvl":
			at = level{start: 1, text: "", format: "decimal"}
			into = &at
			if i := levelIndex(attr(e, "ilvl")); current != nil {
				into = &current.levels[i]
				*into = at
			}
		case "abstractNumId":
			if use != nil {
				use.list = value
			}
		case "lvlOverride":
			override = levelIndex(attr(e, "ilvl"))
		case "startOverride":
			if use != nil {
				use.start[override] = atoi(value)
			}
		case "numStyleLink":
			if current != nil {
				current.link = value
			}
		case "start":
			into.start = atoi(value)
		case "numFmt":
			into.format = value
		case "lvlText":
			into.text = value
		case "pStyle":
			into.style = value
		case "suff":
			into.glued = value == "nothing"
		case "isLgl":
			into.legal = on(value)
		case "lvlRestart":
			into.noRestart = value == "0"
		}
		return nil
	})
}

func (n *numbering) readStyles(p *docxPackage, d *xml.Decoder) error {
	style := &numberedStyle{}
	return p.eachStart(d, func(e xml.StartElement) error {
		switch value := attr(e, "val"); e.Name.Local {
		case "style":
			style = &numberedStyle{level: -1}
			n.styles[attr(e, "styleId")] = style
			if attr(e, "type") == "paragraph" && attr(e, "default") != "" && on(attr(e, "default")) {
				n.plain = attr(e, "styleId")
			}
		case "basedOn":
			style.basedOn = value
		case "numId":
			style.num = value
		case "ilvl":
			style.level = levelIndex(value)
		case "pPrChange":
			return p.skip(d)
		}
		return nil
	})
}

// label is the number of the next paragraph that names the style, the list and
// the level (each may be missing), with a blank behind, or "".
func (n *numbering) label(style, num string, at int) string {
	if num == "" {
		num, at = n.fromStyle(style, at)
	}
	use := n.nums[num]
	if use == nil || num == "0" {
		return ""
	}
	l := n.lists[use.list]
	if l != nil && l.link != "" && n.styles[l.link] != nil {
		if linked := n.nums[n.styles[l.link].num]; linked != nil {
			l = n.lists[linked.list]
		}
	}
	if l == nil {
		return ""
	}
	at = max(at, 0)
	l.advance(at, use)
	text := l.render(at)
	if text == "" || l.levels[at].glued {
		return text
	}
	return text + " "
}

// fromStyle finds the list that the style or one it is based on belongs to.
func (n *numbering) fromStyle(style string, at int) (string, int) {
	if style == "" {
		style = n.plain
	}
	for range 16 {
		s := n.styles[style]
		if s == nil {
			return "", 0
		}
		if s.num == "" {
			style = s.basedOn
			continue
		}
		if at < 0 {
			at = s.level
			if use := n.nums[s.num]; use != nil && n.lists[use.list] != nil {
				for i, l := range n.lists[use.list].levels {
					if l.style == style {
						at = i
					}
				}
			}
		}
		return s.num, at
	}
	return "", 0
}

// advance counts the level up and starts the deeper ones anew.
func (l *list) advance(at int, use *listUse) {
	start, own := use.start[at]
	switch {
	case own && !use.used[at]:
		l.count[at] = start
	case l.begun[at]:
		l.count[at]++
	default:
		l.count[at] = l.levels[at].start
	}
	l.begun[at], use.used[at] = true, true
	for deeper := at + 1; deeper < levels; deeper++ {
		if !l.levels[deeper].noRestart {
			l.begun[deeper] = false
		}
	}
}

// render fills the level's pattern: "Điều %1." or "%1.%2".
func (l *list) render(at int) string {
	pattern := l.levels[at].text
	if l.levels[at].format == "bullet" {
		return strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Co, r) { // drawn by a symbol font
				return '•'
			}
			return r
		}, pattern)
	}
	for i := range levels {
		key := "%" + strconv.Itoa(i+1)
		if !strings.Contains(pattern, key) {
			continue
		}
		count, format := l.count[i], l.levels[i].format
		if !l.begun[i] {
			count = l.levels[i].start
		}
		if l.levels[at].legal {
			format = "decimal"
		}
		pattern = strings.ReplaceAll(pattern, key, ordinal(format, count))
	}
	return pattern
}

func levelIndex(value string) int { return max(0, min(atoi(value), levels-1)) }

func atoi(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0
	}
	return n
}
