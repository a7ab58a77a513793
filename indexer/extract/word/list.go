package word

import (
	"strconv"
	"strings"
	"unicode"
)

// Levels is how many levels the lists of Word have.
const Levels = 9

// maxPattern is how long the pattern of a number may be, in bytes: it is filled
// for every paragraph.
const maxPattern = 4 << 10

// Level is how one level of a list is numbered.
type Level struct {
	Start     int
	Format    string // as WordprocessingML names it: "decimal", "lowerLetter", "bullet"
	Text      string // the pattern of the number: "Điều %1.", "%1.%2"
	Glued     bool   // nothing stands between the number and the text
	Legal     bool   // the numbers of the levels above are decimal, too
	NoRestart bool   // a higher level does not begin this one anew
}

// List counts the paragraphs of a list. It is for one goroutine.
type List struct {
	Levels [Levels]*Level // nil has no number
	count  [Levels]int
	begun  [Levels]bool
}

// Use is a list as paragraphs name it: several share the counts of one list, and
// may have levels and first numbers of their own.
type Use struct {
	List   *List
	Levels map[int]*Level
	Start  map[int]int
	used   [Levels]bool
}

// Next is the number of the list's next paragraph at the level, with a blank
// behind it unless the list has none, or "".
func (u *Use) Next(at int) string {
	at = max(0, min(at, Levels-1))
	u.advance(at)
	text := u.render(at)
	if text == "" || u.level(at).Glued {
		return text
	}
	return text + " "
}

// Restart has the next paragraph at the level begin with the number.
func (u *Use) Restart(at, start int) {
	at = max(0, min(at, Levels-1))
	u.Start[at], u.used[at] = start, false
}

func (u *Use) level(at int) Level {
	if own, ok := u.Levels[at]; ok {
		return *own
	}
	if l := u.List.Levels[at]; l != nil {
		return *l
	}
	return Level{}
}

// advance counts the level up and starts the deeper ones anew.
func (u *Use) advance(at int) {
	l := u.List
	start, own := u.Start[at]
	switch {
	case own && !u.used[at]:
		l.count[at] = start
	case l.begun[at]:
		l.count[at]++
	default:
		l.count[at] = u.level(at).Start
	}
	l.begun[at], u.used[at] = true, true
	for deeper := at + 1; deeper < Levels; deeper++ {
		if !u.level(deeper).NoRestart {
			l.begun[deeper] = false
		}
	}
}

// render fills the level's pattern.
func (u *Use) render(at int) string {
	level := u.level(at)
	if level.Format == "bullet" {
		return Bullet(level.Text)
	}
	pattern := level.Text
	if len(pattern) > maxPattern {
		return ""
	}
	for i := range Levels {
		key := "%" + strconv.Itoa(i+1)
		if !strings.Contains(pattern, key) {
			continue
		}
		count, format := u.List.count[i], u.level(i).Format
		if !u.List.begun[i] {
			count = u.level(i).Start
		}
		if level.Legal {
			format = "decimal"
		}
		pattern = strings.ReplaceAll(pattern, key, Ordinal(format, count))
	}
	return pattern
}

// Bullet writes the sign of a list without numbers. One that a symbol font draws
// is a dot, unless it is Symbol's dash.
func Bullet(sign string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\uF02D':
			return '-'
		case unicode.Is(unicode.Co, r):
			return '•'
		}
		return r
	}, sign)
}
