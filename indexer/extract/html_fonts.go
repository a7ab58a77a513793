package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vankien/analyzers"
)

// htmlFonts are the open elements that may name a font: for each, whether its
// text is in a capital one. Style sheets are not looked at: who wrote TCVN3 for
// the web, or saved it from Word, names fonts where they begin.
type htmlFonts []bool

const maxOpenFonts = 1000

func (f htmlFonts) capital() bool { return len(f) > 0 && f[len(f)-1] }

func (f *htmlFonts) start(t html.Token) {
	if t.DataAtom != atom.Font && t.DataAtom != atom.Span || len(*f) == maxOpenFonts {
		return
	}
	capital := f.capital()
	if family := firstFamily(t); family != "" {
		capital = analyzers.CapitalFont(family)
	}
	*f = append(*f, capital)
}

func (f *htmlFonts) end(a atom.Atom) {
	if a == atom.Font || a == atom.Span {
		*f = (*f)[:max(len(*f)-1, 0)]
	}
}

// firstFamily is the font that an element names first, "" where it names none.
func firstFamily(t html.Token) (family string) {
	for _, a := range t.Attr {
		switch a.Key {
		case "face":
			family = a.Val
		case "style":
			for declaration := range strings.SplitSeq(a.Val, ";") {
				if name, value, _ := strings.Cut(declaration, ":"); strings.EqualFold(strings.TrimSpace(name), "font-family") {
					family = value
				}
			}
		}
	}
	family, _, _ = strings.Cut(family, ",")
	return strings.Trim(family, " \t\n'\"")
}
