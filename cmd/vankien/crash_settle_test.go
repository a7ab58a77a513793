package main

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/google/go-cmp/cmp"

	"vankien/api"
	"vankien/storage"
)

// settle compares what is there of a document after a start with what was
// acknowledged, and takes over what had been in doubt. doc is nil where the
// library has none.
func (k *checker) settle(e *entry, doc *storage.Document) error {
	switch {
	case doc == nil && e.last != nil && !e.doubted("purge"):
		return fmt.Errorf("lost: acknowledged at version %s", e.last.Version())
	case doc == nil:
		k.resolve(e, 0)
		e.forget()
		return nil
	case e.last == nil && len(e.doubts) == 0:
		return fmt.Errorf("there at version %s, though it was purged or never accepted", doc.Version())
	case e.last != nil && !doc.Created.Equal(e.last.Created):
		return fmt.Errorf("created %v, but %v when it was acknowledged", doc.Created, e.last.Created)
	case doc.Purging:
		return fmt.Errorf("a purge was begun and not finished")
	}
	if !e.touched && !k.deep {
		if diff := cmp.Diff(*e.last, *doc); diff != "" {
			return fmt.Errorf("nobody changed it (-before +now):\n%s", diff)
		}
		return nil
	}
	if err := k.explainHistory(e, doc); err != nil {
		return err
	}
	e.last, e.touched = doc, false
	e.seen = append(e.seen, sight{doc: *doc})
	return nil
}

func (e *entry) doubted(action string) bool {
	return slices.ContainsFunc(e.doubts, func(d doubt) bool { return d.action == action })
}

// explainHistory holds that a history has every version that was ever shown,
// and nothing but what was acknowledged, what was in doubt, once each, and what
// the machine did by itself.
func (k *checker) explainHistory(e *entry, doc *storage.Document) error {
	var answer api.HistoryAnswer
	if err := k.get(k.admin, documentURL(e.id)+"/history", &answer); err != nil {
		return err
	}
	record := storage.Record{Document: *doc, History: answer.History}
	if len(record.History) != doc.Revision {
		return fmt.Errorf("revision %d with a history of %d", doc.Revision, len(record.History))
	}
	acknowledged := map[int]sight{}
	for _, s := range append(e.seen[:len(e.seen):len(e.seen)], sight{doc: *doc}) {
		then, err := record.At(s.doc.Revision)
		if err != nil {
			return fmt.Errorf("lost: %s %s by %q: %w", s.doc.Version(), s.action, s.by, err)
		}
		if diff := cmp.Diff(s.doc, then); diff != "" {
			return fmt.Errorf("lost: revision %d by %q (%s) is another now (-acknowledged +now):\n%s", s.doc.Revision, s.by, s.action, diff)
		}
		if s.action != "" {
			acknowledged[s.doc.Revision] = s
		}
	}
	known := 0 // revisions that an earlier check or look has explained
	for _, s := range e.seen {
		if s.action == "" {
			known = max(known, s.doc.Revision)
		}
	}
	kept := 0
	for i, change := range record.History {
		s, acked := acknowledged[change.Revision]
		switch {
		case change.Revision != i+1:
			return fmt.Errorf("revision %d stands at place %d of the history", change.Revision, i+1)
		case acked && (s.by != change.By || s.action != change.Action):
			return fmt.Errorf("revision %d was %s by %s and is %s by %s", s.doc.Revision, s.action, s.by, change.Action, change.By)
		case acked || change.Revision <= known || change.Action == "read" || change.Action == "adopt":
		case k.wasInDoubt(e, &record, change):
			kept++
		default:
			return fmt.Errorf("nobody made revision %d: %s by %s", change.Revision, change.Action, change.By)
		}
	}
	k.resolve(e, kept)
	e.adopted = record.History[0].Action == "adopt" && !slices.ContainsFunc(record.History[1:], func(c storage.Change) bool { return c.Action != "read" })
	return nil
}

// wasInDoubt tells whether a revision is one of the changes in doubt, and takes
// that out of doubt.
func (k *checker) wasInDoubt(e *entry, record *storage.Record, change storage.Change) bool {
	at := slices.IndexFunc(e.doubts, func(d doubt) bool { return d.by == change.By && d.action == change.Action })
	if change.Action == "edit" {
		then, err := record.At(change.Revision)
		at = slices.IndexFunc(e.doubts, func(d doubt) bool {
			return err == nil && d.by == change.By && d.action == change.Action && d.title == string(then.Facts.Title)
		})
	}
	if at < 0 {
		return false
	}
	d := e.doubts[at]
	e.doubts = slices.Delete(e.doubts, at, at+1)
	if !k.trail[event{d.by, d.action, e.id, change.Revision}] {
		k.untold++
	}
	return true
}

// resolve ends all doubt about a document: kept of the changes were stored.
func (k *checker) resolve(e *entry, kept int) {
	k.kept += kept
	if e.last != nil && e.doubted("purge") {
		k.kept++
	}
	e.doubts = nil
}

// original compares the bytes of a document with those that were sent.
func (k *checker) original(e *entry) error {
	r := k.do(k.admin, http.MethodGet, documentURL(e.id)+"/original", nil, nil)
	if r.status != http.StatusOK {
		return fmt.Errorf("lost: the original: %v", r)
	}
	if got := (paper{content: r.body}).sha256(); got != e.paper.sha256() {
		return fmt.Errorf("lost: the original has the hash %s, not %s", got, e.paper.sha256())
	}
	return nil
}
