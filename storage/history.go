package storage

import (
	"encoding/json"
	"fmt"
	"time"
)

// At is the document as it was at a revision of its history: ErrNotFound
// where the history has none of that number, ErrDamaged where it cannot be
// read. "Restore" is a new revision with what people decided at an old one.
func (r *Record) At(revision int) (Document, error) {
	fields := map[string]any{}
	for _, change := range r.History {
		patch, err := jsonObject(change.Patch)
		if err != nil {
			return Document{}, fmt.Errorf("document %s, revision %d: %w: %w", r.ID, change.Revision, ErrDamaged, err)
		}
		fields = mergePatch(fields, patch)
		if change.Revision != revision {
			continue
		}
		data, err := json.Marshal(fields)
		if err != nil {
			return Document{}, err
		}
		var doc Document
		if err := json.Unmarshal(data, &doc); err != nil {
			return Document{}, fmt.Errorf("document %s, revision %d: %w: %w", r.ID, revision, ErrDamaged, err)
		}
		doc.Revision, doc.Updated = revision, change.At
		doc.Normalize()
		return doc, nil
	}
	return Document{}, fmt.Errorf("document %s, revision %d: %w", r.ID, revision, ErrNotFound)
}

func (r *Record) checkVersion(want Version) error {
	if !want.Names(&r.Document) {
		return fmt.Errorf("document %s is at version %s, not %s: %w", r.ID, r.Version(), want, ErrConflict)
	}
	return nil
}

// changed is the record after change, at the same revision where that changed
// nothing. r itself is only read.
func (r *Record) changed(by, action string, change func(Record, *Document) error) (Record, error) {
	before, err := documentFields(r.Document)
	if err != nil {
		return Record{}, err
	}
	next, err := r.clone()
	if err != nil {
		return Record{}, err
	}
	if err := change(*r, &next.Document); err != nil {
		return Record{}, err
	}
	if next.ID != r.ID || next.Original.SHA256 != r.Original.SHA256 {
		return Record{}, fmt.Errorf("document %s was given another identity: %w", r.ID, ErrInvalid)
	}
	next.Revision, next.Created, next.Updated = r.Revision, r.Created, r.Updated
	at := now()
	if at.Before(r.Updated) { // another machine's clock is ahead
		at = r.Updated
	}
	err = next.append(before, at, by, action)
	return next, err
}

// append completes the document and adds what it differs in from before (nil
// for a new one) to its history, as a new revision; nothing where that is nothing.
func (r *Record) append(before map[string]any, at time.Time, by, action string) error {
	if by == "" || action == "" {
		return fmt.Errorf("a change by %q with action %q: %w", by, action, ErrInvalid)
	}
	r.normalize()
	after, err := documentFields(r.Document)
	if err != nil {
		return err
	}
	patch := diff(before, after)
	if len(patch) == 0 {
		return nil
	}
	data, err := json.Marshal(patch)
	if err != nil {
		return err
	}
	r.Revision, r.Updated = r.Revision+1, at
	r.History = append(r.History, Change{Revision: r.Revision, At: at, By: by, Action: action, Patch: data})
	return nil
}

// clone shares nothing with r that a change could alter.
func (r *Record) clone() (next Record, err error) {
	data, err := json.Marshal(r.Document)
	if err != nil {
		return Record{}, fmt.Errorf("document %s: %w: %w", r.ID, ErrInvalid, err)
	}
	err = json.Unmarshal(data, &next.Document)
	next.History = append([]Change{}, r.History...)
	next.normalize()
	return next, err
}

// documentFields is the document's JSON without what Change says itself.
func documentFields(doc Document) (map[string]any, error) {
	data, err := json.Marshal(doc)
	if err != nil {
		return nil, fmt.Errorf("document %s: %w: %w", doc.ID, ErrInvalid, err)
	}
	fields, err := jsonObject(data)
	delete(fields, "revision")
	delete(fields, "updated")
	return fields, err
}

// Normalize makes the document what its JSON promises: [] and {} where there
// is nothing, never null, and times in UTC.
func (d *Document) Normalize() {
	if d.ReplacedBy == nil {
		d.ReplacedBy = []ID{}
	}
	if d.Duplicates == nil {
		d.Duplicates = []ID{}
	}
	d.Facts.Normalize()
	d.Created, d.Updated = d.Created.UTC(), d.Updated.UTC()
	for _, at := range []**time.Time{&d.Published, &d.Deleted} {
		if *at != nil {
			utc := (*at).UTC()
			*at = &utc
		}
	}
	if d.Edited == nil {
		d.Edited = []string{}
	}
}

// Normalize makes the facts what their JSON promises: [] and {} where there is
// nothing, never null.
func (f *Facts) Normalize() {
	if f.Relations == nil {
		f.Relations = []Relation{}
	}
	if f.Recipients == nil {
		f.Recipients = []string{}
	}
	if f.Evidence == nil {
		f.Evidence = map[string]Evidence{}
	}
	if f.Issues == nil {
		f.Issues = []string{}
	}
}

func (r *Record) normalize() {
	r.Document.Normalize()
	if r.History == nil {
		r.History = []Change{}
	}
	for i := range r.History {
		r.History[i].At = r.History[i].At.UTC()
		if len(r.History[i].Patch) == 0 || string(r.History[i].Patch) == "null" {
			r.History[i].Patch = json.RawMessage("{}")
		}
	}
}
