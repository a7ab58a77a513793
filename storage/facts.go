package storage

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// Printed is a value as the document prints it. "" means that the document
// does not print it, and is null in JSON: a reader of the facts can tell
// "absent" from "empty" and nothing is ever made up.
type Printed string

// MarshalJSON writes null for "".
func (p Printed) MarshalJSON() ([]byte, error) {
	if p == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(p))
}

// Date is a day as ISO 8601 (2017-02-06), "" where the document prints none
// (null in JSON). A handwritten or missing day leaves the whole date "".
type Date string

// MarshalJSON writes null for "".
func (d Date) MarshalJSON() ([]byte, error) { return Printed(d).MarshalJSON() }

// Year is the date's year, 0 where there is none.
func (d Date) Year() int {
	if len(d) < 4 {
		return 0
	}
	year, err := strconv.Atoi(string(d[:4]))
	if err != nil {
		return 0
	}
	return year
}

// Facts are what a document says of itself.
type Facts struct {
	Number       Printed             `json:"number"`        // without spaces: 21-NQ/TW
	Kind         Printed             `json:"kind"`          // Nghị quyết
	KindSymbol   Printed             `json:"kind_symbol"`   // NQ
	Issuer       Printed             `json:"issuer"`        // Ban Chấp hành Trung ương
	IssuerSymbol Printed             `json:"issuer_symbol"` // TW
	Issued       Date                `json:"issued"`
	Place        Printed             `json:"place"`
	Title        Printed             `json:"title"` // trích yếu, one line, without the kind and without "Về việc"
	Signer       Printed             `json:"signer"`
	SignerRole   Printed             `json:"signer_role"`
	Effective    Date                `json:"effective"`
	Relations    []Relation          `json:"relations"`
	Recipients   []string            `json:"recipients"` // whom it is sent to, as printed: "Kính gửi", then "Nơi nhận"
	Secrecy      Printed             `json:"secrecy"`
	Urgency      Printed             `json:"urgency"`
	Circulation  Printed             `json:"circulation"` // LƯU HÀNH NỘI BỘ …, as printed
	Evidence     map[string]Evidence `json:"evidence"`    // by the JSON name of the fact
	Issues       []string            `json:"issues"`      // what an editor should look at, in Vietnamese
}

// RelationKind says what one document does to another.
type RelationKind string

// The kinds of relation.
const (
	Replaces   RelationKind = "replaces"
	Amends     RelationKind = "amends"
	Repeals    RelationKind = "repeals"
	BasedOn    RelationKind = "based_on"
	Guides     RelationKind = "guides"
	Implements RelationKind = "implements"
	Cites      RelationKind = "cites"
)

// Relation is a relation that a document states to another.
type Relation struct {
	Kind     RelationKind `json:"kind"`
	Target   string       `json:"target"` // the other's number, or its name where it has none
	Date     Date         `json:"date"`   // the other's date where the text gives it
	Explicit bool         `json:"explicit"`
}

// Evidence is where a fact was read.
type Evidence struct {
	Page       int     `json:"page"`
	Text       string  `json:"text"`       // the line it was read from
	Confidence float64 `json:"confidence"` // 0–1
	Guess      *string `json:"guess"`      // a handwritten or stamped value that was only guessed; the fact itself is then null
}

// Merge is f after a JSON merge patch (RFC 7396) of facts; f stays as it is.
// ErrInvalid where the outcome would be no facts.
func (f Facts) Merge(patch []byte) (Facts, error) {
	changes, err := jsonObject(patch)
	if err != nil {
		return Facts{}, fmt.Errorf("facts: %w: %w", ErrInvalid, err)
	}
	fields, err := f.fields()
	if err != nil {
		return Facts{}, err
	}
	return factsOf(mergePatch(fields, changes))
}

// Replace is f with the named facts (by their JSON names) as other has them.
func (f Facts) Replace(other Facts, names []string) (Facts, error) {
	fields, err := f.fields()
	if err != nil {
		return Facts{}, err
	}
	theirs, err := other.fields()
	if err != nil {
		return Facts{}, err
	}
	for _, name := range names {
		if value, known := theirs[name]; known {
			fields[name] = value
		}
	}
	return factsOf(fields)
}

func (f Facts) fields() (map[string]any, error) {
	data, err := json.Marshal(f)
	if err != nil {
		return nil, fmt.Errorf("facts: %w: %w", ErrInvalid, err)
	}
	return jsonObject(data)
}

func factsOf(fields map[string]any) (f Facts, err error) {
	data, err := json.Marshal(fields)
	if err != nil {
		return Facts{}, fmt.Errorf("facts: %w: %w", ErrInvalid, err)
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return Facts{}, fmt.Errorf("facts: %w: %w", ErrInvalid, err)
	}
	f.Normalize()
	return f, nil
}
