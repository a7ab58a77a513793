package main

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	pageWidth    = 9184 // twentieths of a point between the margins
	tableBorders = `<w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders>`
)

func docxTable(b *strings.Builder, t *Table) {
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/>`)
	if !t.layout() {
		b.WriteString(tableBorders)
	}
	b.WriteString(`<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	widths := t.widths()
	for _, width := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, width)
	}
	b.WriteString(`</w:tblGrid>`)
	for _, row := range t.Rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		column := 0
		for i, c := range row {
			width := 0
			for _, w := range widths[column : column+c.Span] {
				width += w
			}
			column += c.Span
			fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
			if c.Span > 1 {
				fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, c.Span)
			}
			b.WriteString(`</w:tcPr>`)
			for _, p := range c.Paras {
				docxPara(b, p, 0, t.setting(i, c))
			}
			b.WriteString(`</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl><w:p><w:pPr><w:spacing w:after="0" w:line="120" w:lineRule="auto"/></w:pPr></w:p>`)
}

func (t *Table) setting(column int, c Cell) setting {
	switch {
	case t.Class == "head":
		return setting{align: "center", size: 25}
	case t.Class == "foot" && column == 0:
		return setting{align: "left", size: 22, keep: true}
	case t.Class == "foot":
		return setting{align: "center", keep: true}
	case c.Head:
		return setting{align: "center", size: 24}
	default:
		return setting{align: "left", size: 24}
	}
}

// widths are those of the columns: 2 to 3 in a head, halves in a foot, else by the longest text in each.
func (t *Table) widths() []int {
	switch t.Class {
	case "head":
		return []int{pageWidth * 2 / 5, pageWidth - pageWidth*2/5}
	case "foot":
		return []int{pageWidth / 2, pageWidth / 2}
	}
	var weights []int
	total := 0
	for _, row := range t.Rows {
		if len(row) < len(weights) {
			continue // a row of joined cells
		}
		for i, c := range row {
			if i == len(weights) {
				weights = append(weights, 0)
			}
			length := min(max(utf8.RuneCountInString(strings.Join(c.lines(), " ")), 8), 36)
			weights[i] = max(weights[i], length)
		}
	}
	for _, w := range weights {
		total += w
	}
	for i, w := range weights {
		weights[i] = pageWidth * w / total
	}
	return weights
}
