package extract

import (
	"slices"

	"vankien/storage"
)

// warnHead stands in stored texts: another wording would no longer be known there.
const warnHead = "Máy không xem được ảnh phần đầu trang nên chưa kiểm tra được dấu đóng trên ảnh; hãy xem bản gốc."

// HeadUnseen tells whether a stamp may be drawn in the head of p that nobody has
// read: OCR has failed on it, or has not had its turn.
func HeadUnseen(p storage.Page) bool { return slices.Contains(p.Warnings, warnHead) }

// MarkUnseen is p with a warning for which HeadUnseen holds.
func MarkUnseen(p storage.Page) storage.Page {
	if !HeadUnseen(p) {
		p.Warnings = append(slices.Clone(p.Warnings), warnHead)
	}
	return p
}

// MarkSeen is p without that warning: its head was read, or shows but text.
func MarkSeen(p storage.Page) storage.Page {
	if HeadUnseen(p) {
		p.Warnings = slices.DeleteFunc(slices.Clone(p.Warnings), func(warning string) bool { return warning == warnHead })
	}
	return p
}
