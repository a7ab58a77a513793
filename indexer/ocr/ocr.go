// Package ocr reads what stands in pictures of pages, by tesseract, and keeps
// the better of what several readers made of a page.
package ocr
