package extract

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"vankien/storage"
)

// objectStreamFile writes a PDF of these objects and of others that stand in
// object streams: inside tells in which. entries are more of its table's, START
// in them is the table's offset.
func objectStreamFile(objects map[int]string, inside map[int]int, entries string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	rows := make([]byte, 7*32)
	for id := range 32 {
		row := rows[7*id:]
		switch text, stands := objects[id]; {
		case stands:
			row[0] = 1
			binary.BigEndian.PutUint32(row[1:], uint32(b.Len()))
			fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", id, text)
		case inside[id] != 0:
			row[0] = 2
			binary.BigEndian.PutUint32(row[1:], uint32(inside[id]))
		}
	}
	start := b.Len()
	rows[7*31] = 1
	binary.BigEndian.PutUint32(rows[7*31+1:], uint32(start))
	entries = strings.ReplaceAll(entries, "START", strconv.Itoa(start))
	if !strings.Contains(entries, "/Size") {
		entries += "/Size 32"
	}
	fmt.Fprintf(&b, "31 0 obj\n<</Type/XRef/W[1 4 2]/Root 1 0 R%s/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", entries, len(rows), rows, start)
	return b.Bytes()
}

// TestChildSurvivesHostilePDFs: each of these files ends the process that
// reads it, in the PDF library, without a panic that could be caught.
func TestChildSurvivesHostilePDFs(t *testing.T) {
	catalog := "<</Type/Catalog/Pages 2 0 R>>"
	tests := []struct {
		name   string
		data   []byte
		want   error
		reason string
		logged string
	}{
		{"an object stream that stands in itself",
			objectStreamFile(map[int]string{1: catalog}, map[int]int{2: 10, 10: 10}, ""),
			storage.ErrInvalid, reasonCrash, "stack overflow"},
		{"two object streams that stand in each other",
			objectStreamFile(map[int]string{1: catalog}, map[int]int{2: 10, 10: 11, 11: 10}, ""),
			storage.ErrInvalid, reasonCrash, "stack overflow"},
		{"a stream whose length stands in it",
			objectStreamFile(map[int]string{1: catalog, 10: "<</Type/ObjStm/N 2/First 8/Length 11 0 R>>\nstream\n2 0 11 2 <<>>\nendstream"}, map[int]int{2: 10, 11: 10}, ""),
			storage.ErrInvalid, reasonCrash, "stack overflow"},
		{"a page tree in such a stream",
			objectStreamFile(map[int]string{1: catalog, 2: "<</Type/Pages/Kids[10 0 R]/Count 1>>"}, map[int]int{10: 11, 11: 11}, ""),
			storage.ErrInvalid, reasonCrash, "stack overflow"},
		{"a table of 400 million objects",
			objectStreamFile(map[int]string{1: catalog}, nil, "/Size 400000000"),
			storage.ErrTooLarge, reasonMemory, "exit status"},
		{"an entry of 8 GB",
			objectStreamFile(map[int]string{1: catalog}, nil, "/W[1 8000000000 2]"),
			storage.ErrTooLarge, reasonMemory, "exit status"},
		{"a table that follows itself",
			objectStreamFile(map[int]string{1: catalog}, nil, "/Prev START"),
			storage.ErrTooLarge, reasonSlow, "killed"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			log := new(bytes.Buffer)
			config := ChildConfig{Dir: t.TempDir(), Logger: slog.New(slog.NewTextHandler(log, nil))}
			if test.reason == reasonSlow {
				config.Limit = 3 * time.Second
			}
			child := testChild(config)
			_, err := readWith(t.Context(), child, test.data)
			var refused *Error
			if !errors.Is(err, test.want) || !errors.As(err, &refused) || refused.Reason != test.reason {
				t.Errorf("got %v, want %v: %s", err, test.want, test.reason)
			}
			if !strings.Contains(log.String(), test.logged) {
				t.Errorf("logged %s, want %q", log, test.logged)
			}
			if text, err := readWith(t.Context(), child, pdfFile(readable)); err != nil || len(text.Pages) != 1 {
				t.Errorf("the next file: %d pages, %v", len(text.Pages), err)
			}
			nothingLeft(t, config.Dir)
		})
	}
}
