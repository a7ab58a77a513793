package indexer_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vankien/indexer"
	"vankien/storage"
)

// stated edits a document as an editor does and returns what came of it.
func (b *bench) stated(id storage.ID, patch string) (storage.Record, error) {
	b.t.Helper()
	edits, err := indexer.ParseEdits([]byte(patch))
	if err != nil {
		b.t.Fatalf("%s: %v", patch, err)
	}
	return b.writer.Edit(b.t.Context(), id, storage.Version{}, edits, an)
}

// What people state of a document's validity and successors stays through
// readings, is taken back by null, and comes back with a revision.
func TestPeopleStateWhetherADocumentHolds(t *testing.T) {
	b := newBench(t)
	b.running()
	old, successor := b.uploaded(resolution, indexer.Edits{}), b.uploaded("cong-van-2096-snv-xdcq-2026.docx", indexer.Edits{})
	record, err := b.stated(old.ID, `{"validity":"replaced","replaced_by":["`+string(successor.ID)+`"]}`)
	if err != nil {
		t.Fatal(err)
	}
	stated := record.Revision
	holds := func(what string, record storage.Record, validity storage.Validity, edited ...string) {
		t.Helper()
		var by []storage.ID
		if slices.Contains(edited, "replaced_by") {
			by = []storage.ID{successor.ID}
		}
		if record.Validity != validity || !slices.Equal(record.ReplacedBy, by) || !slices.Equal(record.Edited, edited) {
			t.Errorf("%s: %s by %v, edited %v", what, record.Validity, record.ReplacedBy, record.Edited)
		}
	}
	holds("stated", record, storage.Replaced, "replaced_by", "validity")
	if change := record.History[len(record.History)-1]; change.By != an.Name || change.Action != "edit" {
		t.Errorf("the history says %s by %s", change.Action, change.By)
	} else if diff := cmp.Diff(`{"edited":["replaced_by","validity"],"replaced_by":["`+string(successor.ID)+`"],"validity":"replaced"}`, string(change.Patch)); diff != "" {
		t.Errorf("the history (-want +got):\n%s", diff)
	}

	record, err = b.writer.Restore(t.Context(), old.ID, storage.Version{}, old.Revision, an)
	if err != nil {
		t.Fatal(err)
	}
	holds("restored to before", record, storage.Unverified)
	if record, err = b.writer.Restore(t.Context(), old.ID, storage.Version{}, stated, an); err != nil {
		t.Fatal(err)
	}
	holds("restored", record, storage.Replaced, "replaced_by", "validity")

	if record, err = b.stated(old.ID, `{"validity":null}`); err != nil {
		t.Fatal(err)
	}
	holds("taken back", record, storage.Unverified, "replaced_by")
	if record, err = b.stated(old.ID, `{"validity":"unverified","replaced_by":[]}`); err != nil {
		t.Fatal(err)
	}
	holds("all taken back", record, storage.Unverified)
}

func TestSuccessorsAreDocumentsOfTheLibrary(t *testing.T) {
	b := newBench(t)
	b.running()
	record := b.uploaded(resolution, indexer.Edits{})
	for name, id := range map[string]storage.ID{"itself": record.ID, "nobody": "0123456789abcdefghjk"} {
		if _, err := b.stated(record.ID, `{"replaced_by":["`+string(id)+`"]}`); !errors.Is(err, storage.ErrInvalid) || indexer.ReasonOf(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	gone := b.uploaded("cong-van-2096-snv-xdcq-2026.docx", indexer.Edits{})
	if _, err := b.writer.Delete(t.Context(), gone.ID, storage.Version{}, an); err != nil {
		t.Fatal(err)
	}
	if _, err := b.stated(record.ID, `{"replaced_by":["`+string(gone.ID)+`"]}`); !errors.Is(err, storage.ErrInvalid) {
		t.Errorf("a deleted one: %v", err)
	}
}

// A document that is stated to hold has no stated successor, whichever of the
// two is stated first; a successor alone says nothing of the validity.
func TestWhatHoldsHasNoSuccessors(t *testing.T) {
	b := newBench(t)
	b.running()
	old, successor := b.uploaded(resolution, indexer.Edits{}), b.uploaded("cong-van-2096-snv-xdcq-2026.docx", indexer.Edits{})
	by := `"replaced_by":["` + string(successor.ID) + `"]`
	for _, test := range []struct {
		patch   string
		refused bool
	}{
		{`{"validity":"in_force",` + by + `}`, true},
		{`{"validity":"not_yet_in_force",` + by + `}`, true},
		{`{"validity":"amended",` + by + `}`, true},
		{`{` + by + `}`, false},
		{`{"validity":"in_force"}`, true},
		{`{"validity":"in_force","replaced_by":null}`, false},
		{`{` + by + `}`, true},
		{`{"validity":"repealed",` + by + `}`, false},
		{`{"validity":null}`, false},
	} {
		_, err := b.stated(old.ID, test.patch)
		if refused := errors.Is(err, storage.ErrInvalid) && indexer.ReasonOf(err) != ""; refused != test.refused || !refused && err != nil {
			t.Errorf("%s: %v", test.patch, err)
		}
	}
}
