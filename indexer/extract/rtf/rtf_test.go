package rtf

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestRead(t *testing.T) {
	const fonts = `{\fonttbl{\f0\froman\fcharset0 Times New Roman{\*\falt Arial};}{\f1\fcharset163 Times New Roman;}{\f2\fcharset2 Symbol;}{\f3\fcharset163 .VnTime;}{\f4\fcharset134 SimSun;}{\f5\fcharset204 Arial Cyr;}}`
	for _, test := range []struct{ name, body, want string }{
		{"Unicode and what other programs see", `Quy \u273\'64\u7883?nh {\uc2 \u7873\'65\'65}\uc0\u273 c`, "Quy định ềđc"},
		{"a character of two halves", `\u-10179?\u-8704?`, "😀"},
		{"the bytes of a font", `\f1 \'ea\'ec \'d0\'c3\'d2 \f5\'c4\'e0`, "ê\u0301 ĐĂ\u0309 Да"},
		{"TCVN3 as it is stored, whatever the charset", `\f3 Ngh\'de quy\'d5t Trung \'ad\'ac\'b6ng \'a7`, "NghÞ quyÕt Trung \u00AD¬¶ng §"},
		{"signs", `\f2\'b7\f0 \bullet\emdash\ldblquote a\rdblquote\~\_\-`, "\uF0B7•—“a”\u00A0-\u00AD"},
		{"two bytes a character", `\f4\'d6\'d0`, "中"},
		{"paragraphs, lines and tabs", `a\par b\line c\tab d` + "\\\ne", "a\nb\nc\td\ne"},
		{"an end of line is no blank", "t\r\nrang \xE1\x81", "trang á\u0081"},
		{"escapes", `\{a\}\\`, `{a}\`},
		{"what is not text", `a{\*\unknown b}{\info{\title c}}{\pict\wmetafile8 00ff}{\*\bkmkstart d}{\stylesheet{\s0 Normal;}}{\xe{e}}f`, "af"},
		{"binary data", "a{\\pict\\bin5 }}}{\\}b", "ab"},
		{"a field", `{\field{\*\fldinst{HYPERLINK "http://a.vn"}}{\fldrslt{t\u7841?i}}}`, "tại"},
		{"deleted and moved text", `a{\deleted b\par c}d{\deleted0 e}`, "ade"},
		{"the text twice", `{\upr{Quy ??nh}{\*\ud{Quy \u273?}}}`, "Quy đ"},
		{"automatic numbers", `{\listtext\pard\plain 1.\tab}\pard\ls1 m\u7897?t\par{\pntext\f2\'b7\tab}{\*\pn\pnlvlblt{\pntxtb\'b7}}hai\par{\listtext\f2\'2d\tab}\par`, "1. một\n• hai\n- \n"},
		{"pages and sections", `a\page b\sect\sectd c\sect\sectd\sbknone d\par\pard\pagebb e`, "a\fb\n\fc\nd\n\fe"},
		{"rows", `\trowd\cellx1\cellx2\pard\intbl TT\cell T\'ean\cell\row\trowd\pard\intbl 1\cell\cell\row\pard sau`, "\x1D\x1FTT\x1FTên\x1E\x1D\x1F1\x1F\x1Esau"},
		{"a row that says so behind its cells", `\pard\intbl a\cell b\cell\pard\intbl\trowd\cellx1\row\pard c`, "\x1D\x1Fa\x1Fb\x1Ec"},
		{"a table within a cell", `\pard\intbl a\cell\pard\intbl\itap2 b\nestcell c\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}\pard\intbl d\cell\row`, "\x1D\x1Fa\x1F\x1D\x1Fb\x1Fc\x1Ed\x1E"},
		{"a number in front of the cell it is in", `\pard\intbl a\cell{\listtext 2.\tab}\pard\intbl b\cell\row`, "\x1D\x1Fa\x1F2. b\x1E"},
		{"notes at the end of the page", `a{\super\chftn}{\footnote\pard ch\'fa}b\par\page c{\*\footnote\ftnalt d}`, "ab\nchú\n\fc\nd\n"},
		{"a text box, and what stands for it elsewhere", `a{\shp{\*\shpinst\shpleft1{\sp{\sn x}{\sv 1}}{\shptxt\pard b\par}}{\shprslt{\*\do{\dptxbxtext b}}}}c`, "a\nb\nc"},
		{"a text box in a cell", `\pard\intbl a{\shp{\*\shpinst{\shptxt\pard b\par}}}\cell c\cell\row`, "\x1D\x1Fa\nb\n\x1Fc\x1E"},
		{"a box of Word 95", `{\*\do\dobxpage{\dptxbxtext\pard a\par}}`, "a\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			text, err := Read(t.Context(), strings.NewReader(`{\rtf1\ansi\ansicpg1252\deff0`+fonts+test.body+"}"))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, text.Body); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestMargins(t *testing.T) {
	for _, test := range []struct {
		name, body string
		want       Text
	}{
		{"of the first section", `{\header\pard D\u7920? TH\u7842?O\par}{\footer N\u7897?i b\u7897?}a\sect{\header hai}b`, Text{"DỰ THẢO", "a\n\fb", "Nội bộ"}},
		{"of a first page of its own", `\titlepg{\header m\u7885?i}{\headerf m\u7897?t}{\footerf 1}a`, Text{"một", "a", "1"}},
		{"of pages on the right", `{\headerl tr\'e1i}{\headerr ph\u7843?i}a`, Text{"phải", "a", ""}},
	} {
		text, err := Read(t.Context(), strings.NewReader(`{\rtf1\ansi`+test.body+"}"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, text); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestCutOff(t *testing.T) {
	for _, test := range []struct {
		name, data, want string
		err              error
	}{
		{"whole", `{\rtf1 a}` + "\r\n\x00", "a", nil},
		{"braces missing", `{\rtf1{\b a`, "a", ErrCutOff},
		{"a brace too many", `{\rtf1 a}\par b}`, "a", ErrCutOff},
		{"nothing but a beginning", `{\rtf1{\fonttbl{\f0 Ti`, "", ErrDamaged},
		{"within a note", `{\rtf1 a{\footnote b`, "a\nb\n", ErrCutOff},
		{"too deep", strings.Repeat("{", maxDepth+1), "", ErrDamaged},
	} {
		text, err := Read(t.Context(), strings.NewReader(test.data))
		if text.Body != test.want || !errors.Is(err, test.err) {
			t.Errorf("%s: %q, %v", test.name, text.Body, err)
		}
	}
}

func TestTooLarge(t *testing.T) {
	r := io.MultiReader(strings.NewReader(`{\rtf1 `), io.LimitReader(endless{}, 2*maxText))
	if _, err := Read(t.Context(), r); !errors.Is(err, ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

func TestFailingReader(t *testing.T) {
	broken := errors.New("input/output error")
	if _, err := Read(t.Context(), io.MultiReader(strings.NewReader(`{\rtf1 a`), iotest.ErrReader(broken))); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Read(ctx, strings.NewReader(`{\rtf1 a}`)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func FuzzRTF(f *testing.F) {
	data, err := os.ReadFile("../testdata/quy-dinh.rtf")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(data))
	f.Add(`{\rtf1\ansi{\fonttbl{\f0\fcharset134 a;}}\f0\'d6\'d0{\shp{\*\shpinst{\shptxt\intbl\itap9 b\nestcell}}}\cell\row\u-10179?\bin9 }`)
	f.Add(`{\rtf1{\header a}{\footnote{\footnote b}}{\listtext{\listtext 1}}\pagebb\intbl\cell{\upr{}{\*\ud a}}\sect\sbknone`)
	f.Fuzz(func(t *testing.T, data string) {
		read, err := Read(t.Context(), strings.NewReader(data))
		text := read.Header + read.Body + read.Footer
		switch {
		case err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrCutOff) && !errors.Is(err, ErrTooLarge):
			t.Fatal(err)
		case !utf8.ValidString(text):
			t.Fatalf("no UTF-8: %q", text)
		case strings.Count(text, string(rune(rowBegin))) != strings.Count(text, string(rune(rowEnd))):
			t.Fatalf("rows that do not end: %q", text)
		case len(text) > 200*(len(data)+10):
			t.Fatalf("%d bytes of text in %d", len(text), len(data))
		}
	})
}
