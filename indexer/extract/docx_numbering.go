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
	styles *docxStyles
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

func newNumbering(styles *docxStyles) *numbering {
	return &numbering{lists: map[string]*list{}, nums: map[string]*listUse{}, styles: styles}
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
	if l != nil && l.link != "" && n.styles.byID[l.link] != nil {
		if linked := n.nums[n.styles.byID[l.link].num]; linked != nil {
			l = n.lists[linked.list]
		}
	}
	if l == nil {
		return ""
	}
	use.List = &l.List
	return use.Next(at)
}

// fromStyle finds the list that the style belongs to.
func (n *numbering) fromStyle(style string, at int) (string, int) {
	num, style, level := n.styles.list(style)
	if at >= 0 || num == "" {
		return num, at
	}
	if use := n.nums[num]; use != nil && n.lists[use.list] != nil {
		for i, l := range n.lists[use.list].styles {
			if l == style {
				level = i
			}
		}
	}
	return num, level
}

func levelIndex(value string) int { return max(0, min(atoi(value), word.Levels-1)) }

func atoi(value string) int {
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0
	}
	return n
}
