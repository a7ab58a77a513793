package extract

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestCapitalFonts: text in a font of TCVN3 that draws small letters as capitals
// is read as it is seen, whether the run, its style, the paragraph's style, one
// that this is based on or the whole document names the font.
func TestCapitalFonts(t *testing.T) {
	files := map[string]string{}
	for _, extension := range []string{".doc", ".rtf", ".odt", ".docx"} { // what LibreOffice made of chu-hoa.fodt
		data, err := os.ReadFile("testdata/chu-hoa" + extension)
		if err != nil {
			t.Fatal(err)
		}
		files["LibreOffice "+extension] = string(data)
	}
	files["DOCX"] = docxFile("<p><pPr><pStyle val='Tieude'/></pPr><r><t>nghÞ quyÕt cña ®¶ng bé</t></r></p>"+
		"<p><pPr><pStyle val='Con'/></pPr><r><t>vÒ c«ng t¸c </t></r><r><rPr><rFonts ascii='.VnTime' hAnsi='.VnTime'/></rPr><t>c¸n bé</t></r></p>"+
		"<p><r><rPr><rFonts ascii='.VnTimeH' hAnsi='.VnTimeH'/></rPr><t>®¶ng </t></r><r><rPr><rFonts ascii='.VnTimeH'/><rPrChange><rPr><rFonts ascii='Arial'/></rPr></rPrChange></rPr><t>céng s¶n</t></r><r><t xml:space='preserve'> ViÖt Nam lµ ®éi tiªn phong</t></r></p>"+
		"<p><r><t>ph¶i chÊp hµnh </t></r><r><rPr><rStyle val='Hoa'/></rPr><t>®iÒu lÖ</t></r><r><t> cña §¶ng, tr\u00adêng hîp kh¸c</t></r></p>",
		map[string]string{"styles": "<docDefaults><rPrDefault><rPr><rFonts ascii='.VnTime' hAnsi='.VnTime'/></rPr></rPrDefault></docDefaults>" +
			"<style type='paragraph' styleId='Tieude'><rPr><rFonts ascii='.VnTimeH' hAnsi='.VnTimeH'/></rPr></style><style type='paragraph' styleId='Con'><basedOn val='Tieude'/></style>" +
			"<style type='character' styleId='Hoa'><rPr><rFonts ascii='.VnTimeH' hAnsi='.VnTimeH'/></rPr></style>"})
	want := []string{"NGHỊ QUYẾT CỦA ĐẢNG BỘ\nVỀ CÔNG TÁC cán bộ\nĐẢNG CỘNG SẢN Việt Nam là đội tiên phong\nphải chấp hành ĐIỀU LỆ của Đảng, trường hợp khác"}
	for name, data := range files {
		t.Run(name, func(t *testing.T) {
			text, err := readBytes([]byte(data))
			if err != nil {
				t.Fatal(err)
			}
			checkPages(t, text, want)
		})
	}
}

// TestCapitalFontOfTheDocument: a font that no run and no style names.
func TestCapitalFontOfTheDocument(t *testing.T) {
	const stored, want = "nghÞ quyÕt cña ®¶ng bé tØnh", "NGHỊ QUYẾT CỦA ĐẢNG BỘ TỈNH"
	for name, data := range map[string]string{
		"DOCX": docxFile(par(stored), map[string]string{"styles": "<docDefaults><rPrDefault><rPr><rFonts ascii='.VnTimeH' hAnsi='.VnTimeH'/></rPr></rPrDefault></docDefaults>"}),
		"ODT":  odtFile("<p>"+stored+"</p>", map[string]string{"styles.xml": "<document-styles><font-face-decls><font-face name='F1' font-family=\"'.VnTimeH'\"/></font-face-decls><styles><default-style family='paragraph'><text-properties font-name='F1'/></default-style></styles></document-styles>"}),
		"HTML": `<p><font face=".VnTimeH, Arial"><b>nghÞ quyÕt</b> <span lang=VI>cña ®¶ng bé</span> <span style="font-size:13pt; font-family:'.VnTimeH'">tØnh</span></font></p></font>`,
		"RTF":  `{\rtf1\ansi\deff1{\fonttbl{\f0 .VnTime;}{\f1\fcharset0 .VnTimeH;}}` + rtfCodes(stored) + `\par}`,
	} {
		text, err := readBytes([]byte(data))
		if err != nil {
			t.Fatal(name, err)
		}
		checkPages(t, text, []string{want})
	}
}

// TestCapitalMarksNeverShow: text in such a font that is Unicode, or too short
// to be TCVN3, stays as it is, over cells, pages, notes and margins.
func TestCapitalMarksNeverShow(t *testing.T) {
	const font = "<rPr><rFonts hAnsi='.VnTimeH'/></rPr>"
	run := func(text string) string { return "<r>" + font + "<t>" + text + "</t></r>" }
	p := func(text string) string { return "<p>" + run(text) + "</p>" }
	body := "<tbl><tr><tc>" + p("Huyện ủy") + "</tc><tc>" + p("1") + "</tc></tr></tbl><p>" + run("a") + run("b") + "<r><footnoteReference id='2'/></r></p><p><r><br type='page'/></r>" + run("trang\u00adhai \ufdd0") + "</p>" +
		"<sectPr><headerReference type='default' r:id='rIdheader'/><footerReference type='default' r:id='rIdfooter'/></sectPr>"
	text, err := readBytes([]byte(docxFile(body, map[string]string{"header": p("Dự thảo"), "footer": p("Nội bộ"), "footnotes": "<footnote id='2'>" + p("Chú thích") + "</footnote>"})))
	if err != nil {
		t.Fatal(err)
	}
	checkPages(t, text, []string{"Dự thảo\nHuyện ủy\t1\nab\nChú thích\nNội bộ", "tranghai"})

	for name, data := range map[string]string{
		"RTF": `{\rtf1\ansi{\fonttbl{\f0 .VnTimeH;}}{\header\f0 D\u7921?\par}\f0{\listtext 1.\tab}Huy\u7879?n\tab\u7911?y\par a{\footnote b}\page c\cell\row}`,
		"ODT": odtFile("<p style-name='H'>Huyện <span>ủy</span><s/>a</p><table><table-row><table-cell><p style-name='H'>b</p></table-cell></table-row></table>", map[string]string{"styles.xml": "<document-styles><styles><style name='H' family='paragraph'><text-properties font-name='.VnTimeH'/></style></styles></document-styles>"}),
		"DOC": string(bytes.ReplaceAll(officeFile(t, ".doc"), utf16Bytes("Liberation Serif\x00"), utf16Bytes(".VnTimeH"+strings.Repeat("\x00", 9)))),
	} {
		text, err := readBytes([]byte(data))
		if err != nil {
			t.Fatal(name, err)
		}
		if all := allText(text); strings.ContainsAny(all, "\ufdd0\ufdd1") || !strings.Contains(all, "u") {
			t.Errorf("%s: %+q", name, all)
		}
	}
}

// rtfCodes writes text byte by byte, as Word does.
func rtfCodes(text string) string {
	var codes strings.Builder
	for _, r := range text {
		fmt.Fprintf(&codes, "\\'%02x", r)
	}
	return codes.String()
}
