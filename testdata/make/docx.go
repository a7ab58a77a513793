package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

const wordNS = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// docxParts are the parts that every document shares.
var docxParts = []struct{ name, text string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`},
	{"word/_rels/document.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>`},
	{"word/styles.xml", `<w:styles ` + wordNS + `><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="100" w:line="300" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>`},
	{"word/header1.xml", `<w:hdr ` + wordNS + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>`},
}

// writeDOCX writes the document as Word would keep it: two-column head
// without borders, a real table, hard page breaks, automatic numbers.
func writeDOCX(s *Source, out string) error {
	stamp, err := time.Parse(time.DateOnly, s.Issued)
	if err != nil {
		return fmt.Errorf("issued: %w", err)
	}
	var data bytes.Buffer
	archive := zip.NewWriter(&data)
	add := func(name, text string) error {
		w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: stamp})
		if err != nil {
			return err
		}
		_, err = io.WriteString(w, xmlHead+text)
		return err
	}
	body, lists := docxBody(s)
	for _, part := range docxParts {
		if s.Office { // what stands in for Times New Roman on Linux lacks Vietnamese letters
			part.text = strings.ReplaceAll(part.text, "Times New Roman", "Tinos")
		}
		if err := add(part.name, part.text); err != nil {
			return err
		}
	}
	if err := add("docProps/core.xml", docxCore(s)); err != nil {
		return err
	}
	if err := add("word/numbering.xml", docxNumbering(lists)); err != nil {
		return err
	}
	if err := add("word/document.xml", `<w:document `+wordNS+`><w:body>`+body+docxSection+`</w:body></w:document>`); err != nil {
		return err
	}
	if err := archive.Close(); err != nil {
		return err
	}
	return os.WriteFile(out, data.Bytes(), 0o644)
}

// docxSection is A4 with the prescribed margins; the header (page number) is
// left off the first page.
const docxSection = `<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1021" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>`

func docxCore(s *Source) string {
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dcterms:created xsi:type="dcterms:W3CDTF">` + s.Issued + `T08:00:00Z</dcterms:created></cp:coreProperties>`
}

// docxNumbering defines one list per numbered list of the document, so that each begins at 1.
func docxNumbering(lists int) string {
	var b strings.Builder
	b.WriteString(`<w:numbering ` + wordNS + `><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="720"/></w:pPr></w:lvl></w:abstractNum>`)
	for i := range lists {
		fmt.Fprintf(&b, `<w:num w:numId="%d"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`, i+1)
	}
	b.WriteString(`</w:numbering>`)
	return b.String()
}

// docxBody is the body and the number of lists in it.
func docxBody(s *Source) (body string, lists int) {
	var b strings.Builder
	for _, block := range s.Blocks {
		switch {
		case block.Break:
			b.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
		case block.Table != nil:
			docxTable(&b, block.Table)
		default:
			if block.Para.Number == 1 {
				lists++
			}
			docxPara(&b, *block.Para, lists, setting{})
		}
	}
	return b.String(), lists
}

// setting is where a paragraph stands: how a table sets it.
type setting struct {
	align string // "" outside tables
	size  int    // half points, 0 for the document's 14 pt
	keep  bool   // on one page with the next paragraph
}

func docxPara(b *strings.Builder, p Para, list int, in setting) {
	b.WriteString(`<w:p><w:pPr>`)
	if in.keep || p.Class == "h" {
		b.WriteString(`<w:keepNext/>`)
	}
	if p.Number > 0 {
		fmt.Fprintf(b, `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="%d"/></w:numPr>`, list)
	}
	align, indent := paraLayout(p.Class)
	if in.align != "" {
		align, indent = in.align, ""
		b.WriteString(`<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>`)
	}
	b.WriteString(indent + `<w:jc w:val="` + align + `"/></w:pPr>`)
	for _, r := range p.Runs {
		r.Bold = r.Bold || p.Class == "k" || p.Class == "t" || p.Class == "h"
		docxRun(b, r, in.size)
	}
	b.WriteString(`</w:p>`)
	if p.Class == "gap" {
		b.WriteString(strings.Repeat(`<w:p><w:pPr><w:keepNext/></w:pPr></w:p>`, 2))
	}
}

func paraLayout(class string) (align, indent string) {
	switch class {
	case "k", "t", "c", "rule":
		return "center", ""
	case "r":
		return "right", ""
	case "n":
		return "both", ""
	default:
		return "both", `<w:ind w:firstLine="720"/>`
	}
}

func docxRun(b *strings.Builder, r Run, size int) {
	b.WriteString(`<w:r><w:rPr>`)
	if r.Bold {
		b.WriteString(`<w:b/>`)
	}
	if r.Italic {
		b.WriteString(`<w:i/>`)
	}
	if size > 0 {
		fmt.Fprintf(b, `<w:sz w:val="%d"/>`, size)
	}
	if r.Line {
		b.WriteString(`<w:u w:val="single"/>`)
	}
	b.WriteString(`</w:rPr>`)
	if r.Text == "\n" {
		b.WriteString(`<w:br/></w:r>`)
		return
	}
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(r.Text)
	b.WriteString(`<w:t xml:space="preserve">` + escaped + `</w:t></w:r>`)
}
