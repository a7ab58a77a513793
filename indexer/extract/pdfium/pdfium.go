// Package pdfium reads and draws PDFs with Chromium's engine, compiled to
// WebAssembly: slower than our own reader by far, but it opens nearly everything.
package pdfium

import _ "github.com/klippa-app/go-pdfium/webassembly" // MIT; v1.19.8 is what was measured (docs)
