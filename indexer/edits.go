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

func (e Edits) check() error {
	for _, name := range slices.Sorted(maps.Keys(e.Facts)) {
		value, err := compose(e.Facts[name])
		if err != nil {
			return err
		}
		e.Facts[name] = value
		read, known := editable[name]
		switch {
		case name == "secrecy" && string(value) != "null":
			return &InputError{Reason: "Văn bản có độ mật không được lưu trên máy nối mạng.", Err: storage.ErrSecret}
		case name == "secrecy":
		case !known:
			return invalid("Không có trường facts.%.60s, hoặc trường ấy không sửa được.", name)
		case string(value) != "null":
			stated, err := read(name, value)
			if err != nil {
				return err
			}
			if e.Facts[name], err = json.Marshal(stated); err != nil {
				return fmt.Errorf("facts.%s: %w", name, err)
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
	edited := append(slices.Clone(doc.Edited), slices.Collect(maps.Keys(e.Facts))...)
	slices.Sort(edited)
	doc.Edited = slices.Compact(edited)
	doc.Facts, err = settled(doc.Facts, facts, doc.Edited)
	return err
}

// keepEdited puts the facts that people set back into facts that were read.
func keepEdited(read storage.Facts, before storage.Document) (storage.Facts, error) {
	if len(before.Edited) == 0 {
		return read, nil
	}
	facts, err := read.Replace(before.Facts, before.Edited)
	if err != nil {
		return facts, err
	}
	return settled(read, facts, before.Edited)
}
