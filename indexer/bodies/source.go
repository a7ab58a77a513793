package bodies

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"vankien/storage"
)

// source is the file that a register is made from.
type source struct {
	Places     []entry `json:"places"`         // provinces and cities
	Everywhere []entry `json:"in_every_place"` // bodies that each of these has
	Anywhere   []entry `json:"anywhere"`       // bodies of any other place: what stands before {name}
	Bodies     []entry `json:"bodies"`         // all others
}

// entry is a line of the file: a place, a rule for the bodies of places, or a body.
type entry struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Kind    string       `json:"kind,omitempty"` // of a place: tỉnh, thành phố
	Names   []string     `json:"names,omitempty"`
	Symbols []string     `json:"symbols,omitempty"`
	Level   Level        `json:"level,omitempty"`
	Party   bool         `json:"party,omitempty"`
	Advises bool         `json:"advises,omitempty"`
	Start   storage.Date `json:"start,omitempty"`
	End     storage.Date `json:"end,omitempty"`
	From    []string     `json:"from,omitempty"`
	Parent  string       `json:"parent,omitempty"`
	Note    string       `json:"note,omitempty"`
}

func (e entry) body() Body {
	return Body{
		ID: e.ID, Name: e.Name, Names: e.Names, Symbols: e.Symbols, Level: e.Level, Party: e.Party, Advises: e.Advises,
		Start: e.Start, End: e.End, From: e.From, Parent: e.Parent, Note: e.Note,
	}
}

// The limits of a file.
const (
	maxFile    = 4 << 20
	maxEntries = 2000 // of one list
	maxBodies  = 100_000
)

// FileError says in Vietnamese what is wrong with a file of bodies. It is
// storage.ErrInvalid.
type FileError struct{ Reason string }

func (e *FileError) Error() string { return e.Reason }

// Unwrap is storage.ErrInvalid.
func (e *FileError) Unwrap() error { return storage.ErrInvalid }

func wrong(format string, args ...any) error { return &FileError{fmt.Sprintf(format, args...)} }

// Load reads a whole register. Errors of the file are *FileError, others those
// of reading it.
func Load(from io.Reader) (*Register, error) {
	s, err := read(from)
	if err != nil {
		return nil, err
	}
	return build(s)
}

// Extend is r with what a file adds: an entry replaces the one of the same id,
// the others are new. r stays as it is. Errors are those of Load.
func (r *Register) Extend(from io.Reader) (*Register, error) {
	more, err := read(from)
	if err != nil {
		return nil, err
	}
	s := r.source
	for _, list := range []struct{ into, more *[]entry }{
		{&s.Places, &more.Places}, {&s.Everywhere, &more.Everywhere}, {&s.Anywhere, &more.Anywhere}, {&s.Bodies, &more.Bodies},
	} {
		*list.into = slices.Clone(*list.into)
		for _, e := range *list.more {
			if i := slices.IndexFunc(*list.into, func(old entry) bool { return old.ID == e.ID }); i >= 0 {
				(*list.into)[i] = e
			} else {
				*list.into = append(*list.into, e)
			}
		}
	}
	return build(s)
}

func read(from io.Reader) (source, error) {
	data, err := io.ReadAll(io.LimitReader(from, maxFile+1))
	if err != nil {
		return source{}, fmt.Errorf("reading the register of bodies: %w", err)
	}
	if len(data) > maxFile {
		return source{}, wrong("tệp lớn quá %d MB", maxFile>>20)
	}
	var s source
	decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&s); err != nil {
		return source{}, misread(err, data, decoder.InputOffset())
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return source{}, wrong("dòng %d: thừa chữ sau dấu } cuối cùng", lineAt(data, decoder.InputOffset()))
	}
	for _, list := range s.lists() {
		if err := list.check(); err != nil {
			return source{}, err
		}
	}
	return s, nil
}

// misread says what about a file is no JSON of this kind.
func misread(err error, data []byte, offset int64) error {
	syntax, kind := new(json.SyntaxError), new(json.UnmarshalTypeError)
	switch {
	case errors.As(err, &syntax):
		return wrong("dòng %d: không đúng dạng JSON", lineAt(data, syntax.Offset))
	case errors.As(err, &kind):
		return wrong("dòng %d: mục “%s” không đúng kiểu", lineAt(data, kind.Offset), kind.Field)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return wrong("tệp trống hoặc thiếu phần cuối")
	}
	if _, field, ok := strings.Cut(err.Error(), "unknown field "); ok {
		return wrong("dòng %d: không có mục %s", lineAt(data, offset), field)
	}
	return wrong("dòng %d: không đọc được", lineAt(data, offset))
}

func lineAt(data []byte, offset int64) int {
	return 1 + bytes.Count(data[:min(max(offset, 0), int64(len(data)))], []byte("\n"))
}

// list is one list of a file, as messages call it.
type list struct {
	name    string
	entries []entry
	ends    []string // names end in one of them; nil for any end
}

func (s source) lists() []list {
	return []list{
		{"places", s.Places, nil}, {"in_every_place", s.Everywhere, []string{"{place}", "{name}", "{committee}"}}, {"anywhere", s.Anywhere, []string{" {name}"}}, {"bodies", s.Bodies, nil},
	}
}

// check holds what is required of each entry by itself.
func (l list) check() error {
	if len(l.entries) > maxEntries {
		return wrong("danh sách %s có quá %d mục", l.name, maxEntries)
	}
	seen := make(map[string]bool)
	for i, e := range l.entries {
		where := fmt.Sprintf("%s, mục thứ %d (“%s”): ", l.name, i+1, e.ID)
		switch {
		case e.ID == "" || slug(e.ID) != e.ID:
			return wrong("%sid chỉ gồm chữ thường không dấu, chữ số và dấu gạch, ví dụ “ban-to-chuc-trung-uong”", where)
		case seen[e.ID]:
			return wrong("%sid bị lặp lại", where)
		case readName(e.Name).len() == 0 || readName(e.Name).len() > maxWords:
			return wrong("%sthiếu tên, hoặc tên dài quá %d tiếng", where, maxWords)
		case l.name == "places" && e.Kind != provinceKind && e.Kind != cityKind:
			return wrong("%skind phải là “%s” hoặc “%s”", where, provinceKind, cityKind)
		case l.name != "places" && !slices.Contains(levels, e.Level):
			return wrong("%slevel “%s” không có; chỉ nhận %s", where, e.Level, levelList())
		}
		seen[e.ID] = true
		for _, name := range append([]string{e.Name}, e.Names...) {
			if l.ends != nil && !slices.ContainsFunc(l.ends, func(end string) bool { return strings.HasSuffix(name, end) }) {
				return wrong("%stên “%s” phải có %s ở cuối", where, name, strings.Join(l.ends, " hoặc "))
			}
			if readName(name).len() == 0 {
				return wrong("%scó tên khác để trống", where)
			}
		}
		if err := e.checkDates(where); err != nil {
			return err
		}
	}
	return nil
}

func levelList() string {
	names := make([]string, len(levels))
	for i, level := range levels {
		names[i] = string(level)
	}
	return strings.Join(names, ", ")
}

func (e entry) checkDates(where string) error {
	for _, d := range []struct {
		name string
		date storage.Date
	}{{"start", e.Start}, {"end", e.End}} {
		if _, err := time.Parse(time.DateOnly, string(d.date)); err != nil && d.date != "" {
			return wrong("%s%s “%s” không phải là ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2025-07-01", where, d.name, d.date)
		}
	}
	if e.End != "" && e.End < e.Start {
		return wrong("%sngày kết thúc %s trước ngày bắt đầu %s", where, e.End, e.Start)
	}
	return nil
}
