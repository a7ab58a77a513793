// Package rtf reads the text of Rich Text Format files (RTF 1.9.1).
package rtf
