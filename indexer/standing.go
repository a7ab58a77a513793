package indexer

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"vankien/storage"
)

// Standing is what people state of whether a document holds: nil where they
// leave it as it is, empty where they take back what was stated.
type Standing struct {
	Validity   *storage.Validity
	ReplacedBy *[]storage.ID
}

// The names under which Document.Edited has what people state.
const (
	validityName   = "validity"
	replacedByName = "replaced_by"
)

// maxSuccessors is how many documents may replace one.
const maxSuccessors = 50

var statable = []storage.Validity{storage.InForce, storage.NotYetInForce, storage.Amended, storage.Replaced, storage.Repealed, storage.Unverified}

// parseStanding reads the two fields of a merge patch; nil is one left out.
func parseStanding(validity, replacedBy json.RawMessage) (s Standing, err error) {
	if validity != nil {
		stated := storage.Unverified
		if json.Unmarshal(validity, &stated) != nil || !slices.Contains(statable, stated) {
			return s, invalid("validity phải là in_force, not_yet_in_force, amended, replaced, repealed, unverified hoặc null.")
		}
		s.Validity = &stated
	}
	if replacedBy != nil {
		var ids []storage.ID
		if json.Unmarshal(replacedBy, &ids) != nil {
			return s, invalid("replaced_by phải là danh sách mã văn bản hoặc null.")
		}
		if len(ids) > maxSuccessors {
			return s, invalid("replaced_by có quá %d văn bản.", maxSuccessors)
		}
		for i, id := range ids {
			if _, err := storage.ParseID(string(id)); err != nil || slices.Contains(ids[:i], id) {
				return s, invalid("replaced_by: %.40q không phải là mã văn bản, hoặc được nêu hai lần.", id)
			}
		}
		s.ReplacedBy = &ids
	}
	return s, nil
}

// haveSuccessors refuses a successor that the library does not have.
func (w *Writer) haveSuccessors(ctx context.Context, s Standing) error {
	if s.ReplacedBy == nil {
		return nil
	}
	for _, id := range *s.ReplacedBy {
		successor, err := w.library.Document(ctx, id)
		if errors.Is(err, storage.ErrNotFound) || err == nil && successor.Deleted != nil {
			return invalid("replaced_by: trong kho không có văn bản %s.", id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// apply states it of a document, and remembers that people did: what is taken
// back is as nobody had stated it.
func (s Standing) apply(doc *storage.Document) error {
	edited := func(name string, stated bool) {
		doc.Edited = slices.DeleteFunc(slices.Clone(doc.Edited), func(other string) bool { return other == name })
		if stated {
			doc.Edited = append(doc.Edited, name)
			slices.Sort(doc.Edited)
		}
	}
	if s.Validity != nil {
		doc.Validity = *s.Validity
		edited(validityName, doc.Validity != storage.Unverified)
	}
	if s.ReplacedBy != nil {
		if slices.Contains(*s.ReplacedBy, doc.ID) {
			return invalid("Văn bản không thể được thay thế bởi chính nó.")
		}
		doc.ReplacedBy = slices.Clone(*s.ReplacedBy)
		edited(replacedByName, len(doc.ReplacedBy) > 0)
	}
	return nil
}

// agree refuses what people would state after s: that a document holds, and what
// has replaced it.
func (s Standing) agree(doc storage.Document) error {
	if s.Validity == nil && s.ReplacedBy == nil || len(doc.ReplacedBy) == 0 {
		return nil
	}
	switch doc.Validity {
	case storage.InForce, storage.NotYetInForce, storage.Amended:
		return invalid("validity %s trái với replaced_by: văn bản còn hiệu lực thì chưa có văn bản thay thế. Hãy đặt validity là replaced, repealed hoặc null, hoặc bỏ replaced_by.", doc.Validity)
	}
	return nil
}

// standingOf is what people had stated of a document.
func standingOf(doc storage.Document) Standing {
	return Standing{Validity: &doc.Validity, ReplacedBy: &doc.ReplacedBy}
}
