package indexer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vankien/storage"
)

// Edits are changes of a document by people: facts as a JSON merge patch
// (RFC 7396), the audience, "" where it stays, and what they state of whether
// the document holds.
type Edits struct {
	Facts    map[string]json.RawMessage
	Audience storage.Audience
	Standing Standing
}

// The limits on what people may set.
const (
	maxEdits    = 256 << 10 // bytes of JSON
	maxFact     = 2000      // code points of one fact
	maxRelation = 200       // relations of a document, and code points of a target
	maxSentTo   = 200       // recipients of a document
)

// ParseEdits reads {"facts":{…},"audience":…,"validity":…,"replaced_by":[…]},
// any of which may be left out. A fact that is null is taken away, so is what
// was stated of the validity and the successors. Whatever else is there, or can
// be no value of its name, is an *InputError wrapping storage.ErrInvalid.
func ParseEdits(data []byte) (Edits, error) {
	var patch struct {
		Facts      map[string]json.RawMessage `json:"facts"`
		Audience   *storage.Audience          `json:"audience"`
		Validity   json.RawMessage            `json:"validity"`
		ReplacedBy json.RawMessage            `json:"replaced_by"`
	}
	if err := decodeStrictly(data, &patch); err != nil {
		return Edits{}, err
	}
	edits := Edits{Facts: patch.Facts}
	if patch.Audience != nil {
		if _, known := audienceNames[*patch.Audience]; !known {
			return Edits{}, invalid("Không có đối tượng đọc %.40q; chọn public, members hoặc staff.", *patch.Audience)
		}
		edits.Audience = *patch.Audience
	}
	var err error
	if edits.Standing, err = parseStanding(patch.Validity, patch.ReplacedBy); err != nil {
		return Edits{}, err
	}
	return edits, edits.check()
}

// ParseFacts reads the facts alone, as an upload states them: {"number":…}.
func ParseFacts(data []byte) (Edits, error) {
	var edits Edits
	if err := decodeStrictly(data, &edits.Facts); err != nil {
		return Edits{}, err
	}
	return edits, edits.check()
}

func decodeStrictly(data []byte, into any) error {
	if len(data) > maxEdits {
		return &InputError{Reason: fmt.Sprintf("Dữ liệu dài quá %d KB.", maxEdits>>10), Err: storage.ErrTooLarge}
	}
	if !utf8.Valid(data) {
		return invalid("Dữ liệu không phải là chữ UTF-8.")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		if field, unknown := strings.CutPrefix(err.Error(), "json: unknown field "); unknown {
			return invalid("Không có trường %.60s; chỉ sửa được facts, audience, validity và replaced_by.", field)
		}
		return invalid("Dữ liệu không phải là đối tượng JSON hợp lệ.")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return invalid("Sau đối tượng JSON còn dữ liệu thừa.")
	}
	return nil
}

// editable are the facts that people may set, and what each has to be.
var editable = map[string]func(name string, value json.RawMessage) error{
	"number": oneLine, "kind": oneLine, "kind_symbol": oneLine, "issuer": oneLine, "issuer_symbol": oneLine,
	"place": oneLine, "title": oneLine, "signer": oneLine, "signer_role": oneLine,
	"urgency": oneLine, "circulation": oneLine,
	"issued": day, "effective": day, "relations": relations, "recipients": lines,
}

func (e Edits) check() error {
	for _, name := range slices.Sorted(maps.Keys(e.Facts)) {
		value, err := compose(e.Facts[name])
		if err != nil {
			return err
		}
		e.Facts[name] = value
		check, known := editable[name]
		switch {
		case name == "secrecy" && string(value) != "null":
			return &InputError{Reason: "Văn bản có độ mật không được lưu trên máy nối mạng.", Err: storage.ErrSecret}
		case name == "secrecy":
		case !known:
			return invalid("Không có trường facts.%.60s, hoặc trường ấy không sửa được.", name)
		case string(value) != "null":
			if err := check(name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

// compose gives the strings of a JSON value their composed form (NFC), which
// escapes such as \\u0302 hide from whoever looks at the bytes.
func compose(value json.RawMessage) (json.RawMessage, error) {
	decoder := json.NewDecoder(bytes.NewReader(value))
	decoder.UseNumber()
	var v any
	if err := decoder.Decode(&v); err != nil {
		return nil, invalid("Dữ liệu không phải là đối tượng JSON hợp lệ.")
	}
	return json.Marshal(composed(v))
}

func composed(v any) any {
	switch v := v.(type) {
	case string:
		return norm.NFC.String(v)
	case []any:
		for i := range v {
			v[i] = composed(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = composed(v[key])
		}
	}
	return v
}

func oneLine(name string, value json.RawMessage) error {
	var s string
	switch {
	case json.Unmarshal(value, &s) != nil:
		return invalid("facts.%s phải là chuỗi hoặc null.", name)
	case utf8.RuneCountInString(s) > maxFact:
		return invalid("facts.%s dài quá %d ký tự.", name, maxFact)
	case strings.ContainsFunc(s, unprintable):
		return invalid("facts.%s có ký tự không in được; cần một dòng chữ.", name)
	}
	return nil
}

func lines(name string, value json.RawMessage) error {
	var list []json.RawMessage
	if json.Unmarshal(value, &list) != nil || len(list) > maxSentTo {
		return invalid("facts.%s phải là danh sách không quá %d dòng chữ.", name, maxSentTo)
	}
	for i, line := range list {
		if string(line) == "null" || string(line) == `""` {
			return invalid("facts.%s có dòng thứ %d để trống.", name, i+1)
		}
		if err := oneLine(fmt.Sprintf("%s[%d]", name, i), line); err != nil {
			return err
		}
	}
	return nil
}

// unprintable are controls, line ends, and the marks that turn the direction
// of writing and make a text look like another.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

func day(name string, value json.RawMessage) error {
	var s string
	if json.Unmarshal(value, &s) != nil || !isDay(s) {
		return invalid("facts.%s phải là ngày dạng 2026-01-31 hoặc null.", name)
	}
	return nil
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func relations(name string, value json.RawMessage) error {
	var list []storage.Relation
	if err := json.Unmarshal(value, &list); err != nil {
		return invalid("facts.%s phải là danh sách các quan hệ.", name)
	}
	if len(list) > maxRelation {
		return invalid("facts.%s có quá %d quan hệ.", name, maxRelation)
	}
	for _, r := range list {
		switch r.Kind {
		case storage.Replaces, storage.Amends, storage.Repeals, storage.BasedOn, storage.Guides, storage.Implements, storage.Cites:
		default:
			return invalid("Không có loại quan hệ %.40q.", r.Kind)
		}
		if r.Target == "" || utf8.RuneCountInString(r.Target) > maxRelation || strings.ContainsFunc(r.Target, unprintable) {
			return invalid("Quan hệ cần target là số hoặc tên văn bản, dài không quá %d ký tự.", maxRelation)
		}
		if r.Date != "" && !isDay(string(r.Date)) {
			return invalid("Ngày %.40q của quan hệ phải có dạng 2026-01-31.", r.Date)
		}
	}
	return nil
}

// apply sets the facts in a document and remembers that people set them.
func (e Edits) apply(doc *storage.Document) error {
	if len(e.Facts) == 0 {
		return nil
	}
	patch, err := json.Marshal(e.Facts)
	if err != nil {
		return fmt.Errorf("facts: %w: %w", storage.ErrInvalid, err)
	}
	facts, err := doc.Facts.Merge(patch)
	if err != nil {
		return err
	}
	doc.Facts = facts
	edited := append(slices.Clone(doc.Edited), slices.Collect(maps.Keys(e.Facts))...)
	slices.Sort(edited)
	doc.Edited = slices.Compact(edited)
	return nil
}

// keepEdited puts the facts that people set back into facts that were read.
func keepEdited(read storage.Facts, before storage.Document) (storage.Facts, error) {
	if len(before.Edited) == 0 {
		return read, nil
	}
	return read.Replace(before.Facts, before.Edited)
}
