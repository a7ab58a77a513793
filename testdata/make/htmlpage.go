package main

import (
	"html"
	"os"
)

// webStyle is the plain look of a page of a committee's web site.
const webStyle = `
body { font: 17px/1.5 "Times New Roman", serif; max-width: 46em; margin: 1em auto; padding: 0 1em }
p.k, p.t, p.c, p.rule, table.head p { text-align: center }
p.k, p.t, p.h { font-weight: bold }
p.gap { height: 3em }
table { width: 100% }
table.grid, table.grid td, table.grid th { border: 1px solid; border-collapse: collapse }
`

// writeHTML writes the document as a web page. It carries a script and a style sheet, whose
// words are no part of the document.
func writeHTML(s *Source, out string) error {
	page := `<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>` + html.EscapeString(s.Title) + `</title>
<style>` + webStyle + `</style>
<script>document.documentElement.dataset.trang = "van-ban";</script>
</head>
<body>` + s.Markup + `</body>
</html>
`
	return os.WriteFile(out, []byte(page), 0o644)
}
