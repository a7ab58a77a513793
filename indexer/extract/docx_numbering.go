package extract

import (
	"encoding/xml"
	"strconv"

	"vankien/indexer/extract/word"
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

type list struct {
	word.List
	link   string              // the style whose list this one is
	styles [word.Levels]string // of the paragraphs of a level
}

// listUse is a list as paragraphs name it.
type listUse struct {
	list string
	word.Use
}

type numberedStyle struct {
	basedOn, num string
	level        int
}

func newNumbering() *numbering {
	return &numbering{lists: map[string]*list{}, nums: map[string]*listUse{}, styles: map[string]*numberedStyle{}}
}

func (n *numbering) readNumbering(p *archive, d *xml.Decoder) error {
	var (
		current *list
		use     *listUse
		into    = &word.Level{}
		at      int // the level that into is
	)
	return p.eachStart(d, func(e xml.StartElement) error {
		value := attr(e, "val")
		switch e.Name.Local {
		case "abstractNum":
			current, use = &list{}, nil
			n.lists[attr(e, "abstractNumId")] = current
		case "num":
			use, current = &listUse{Use: word.Use{Start: map[int]int{}, Levels: map[int]*word.Level{}}}, nil
			n.nums[attr(e, "numId")] = use
		case "lvl":
			into, at = &word.Level{Start: 1, Format: "decimal"}, levelIndex(attr(e, "ilvl"))
			switch {
			case current != nil:
				current.Levels[at] = into
			case use != nil:
				use.Levels[at] = into
			}
		case "abstractNumId":
			if use != nil {
				use.list = value
			}
		case "lvlOverride":
			at = levelIndex(attr(e, "ilvl"))
		case "startOverride":
			if use != nil {
				use.Start[at] = atoi(value)
			}
		case "numStyleLink":
			if current != nil {
				current.link = value
			}
		case "start":
			into.Start = atoi(value)
		case "numFmt":
			into.Format = value
		case "lvlText":
			into.Text = value
		case "pStyle":
			if current != nil {
				current.styles[at] = value
			}
		case "suff":
			into.Glued = value == "nothing"
		case "isLgl":
			into.Legal = on(value)
		case "lvlRestart":
			into.NoRestart = value == "0"
		}
		return nil
	})
}

func (n *numbering) readStyles(p *archive, d *xml.Decoder) error {
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
	use.List = &l.List
	return use.Next(at)
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
				for i, l := range n.lists[use.list].styles {
					if l == style {
						at = i
					}
				}
			}
		}
		return s.num, at
	}
	return "", 0
}

func levelIndex(value string) int { return max(0, min(atoi(value), word.Levels-1)) }

func atoi(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0
	}
	return n
}
