package verify

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"vankien/storage"
)

// Kind names a kind of finding, for programs.
type Kind string

// The kinds of finding.
const (
	Unreadable        Kind = "unreadable"         // the store cannot read the object
	OriginalAltered   Kind = "original-altered"   // its bytes do not have the hash of its key
	OriginalMissing   Kind = "original-missing"   // a record without its original
	OriginalForgotten Kind = "original-forgotten" // an original without a record
	SizeWrong         Kind = "size-wrong"         // the record says another size than the original has
	RecordUnreadable  Kind = "record-unreadable"  // it is no record
	RecordAltered     Kind = "record-altered"     // its checksum does not hold
	RecordMisplaced   Kind = "record-misplaced"   // key, ID and hash do not belong together
	HistoryBroken     Kind = "history-broken"     // the history does not lead to the document
	RecordInvalid     Kind = "record-invalid"     // it says what the vocabulary does not know
	ReferenceMissing  Kind = "reference-missing"  // it names a document that is not there
	TextDamaged       Kind = "text-damaged"       // it does not unpack
	TextForgotten     Kind = "text-forgotten"     // it belongs to nothing
	TextMissing       Kind = "text-missing"       // a document that was read has no text
	TokenUnreadable   Kind = "token-unreadable"
	EventUnreadable   Kind = "event-unreadable"
	StrayKey          Kind = "stray-key"          // nothing of the library has such a key
	RestoreUnfinished Kind = "restore-unfinished" // the store is not all that the backup has
)

// look looks at one object: its ETag, "" where it is not there, and what is
// wrong with it. It may be called again.
type look func(ctx context.Context) (etag string, faults []fault, err error)

// fault is a finding and how to mend it: mend returns what was done, in
// Vietnamese, and a note for the audit trail. It is nil where nothing can be
// done; errBeyond tells so too.
type fault struct {
	Finding
	mend func(ctx context.Context) (done string, note any, err error)
}

// errBeyond is what cannot be mended with what there is.
var errBeyond = errors.New("beyond repair")

// tries bounds how often an object that others keep changing is looked at.
const tries = 10

// object looks at an object, mends what it can, one thing at a time, and tells
// what it found.
func (r *run) object(ctx context.Context, look look) error {
	mended := make(map[Kind]bool)
	var faults []fault
	for range tries {
		var err error
		if faults, err = settled(ctx, look); err != nil {
			return err
		}
		again := false
		for i := range faults {
			if mended[faults[i].Kind] { // and yet it is there
				continue
			}
			if again, err = r.mend(ctx, &faults[i].Finding, faults[i].mend); err != nil {
				return err
			}
			if again {
				mended[faults[i].Kind] = faults[i].Repaired
				break
			}
		}
		if !again {
			break
		}
	}
	for _, f := range faults {
		if !f.Repaired {
			r.tell(f.Finding)
		}
	}
	return nil
}

// settled is what is wrong with an object twice in a row, so that nothing is
// reported that somebody was just about to complete.
func settled(ctx context.Context, look look) (faults []fault, err error) {
	for range tries {
		etag, faults, err := look(ctx)
		if err != nil || len(faults) == 0 {
			return nil, err
		}
		after, faults, err := look(ctx)
		if err != nil || len(faults) == 0 || etag == after {
			return faults, err
		}
	}
	return nil, nil // others change it all the time, so they can read it
}

// mend mends one fault and tells it; again says that the object has to be
// looked at again.
func (r *run) mend(ctx context.Context, f *Finding, mend func(context.Context) (string, any, error)) (again bool, err error) {
	if !r.opt.Repair || mend == nil {
		return false, nil
	}
	done, note, err := mend(ctx)
	switch {
	case errors.Is(err, storage.ErrConflict):
		return true, nil
	case errors.Is(err, errBeyond):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("repair of %s: %w", f.Key, err)
	}
	f.Repaired, f.Advice = true, done
	if err := r.audit(ctx, *f, note); err != nil {
		return false, err
	}
	r.tell(*f)
	return true, nil
}

// maxNote is how much of what was undone the audit trail keeps, in bytes:
// each may take six in JSON.
const maxNote = 9000

func (r *run) audit(ctx context.Context, f Finding, note any) error {
	subject := string(f.Document)
	if subject == "" {
		subject = f.Key
	}
	text, isText := note.(string)
	if !isText && note != nil {
		data, err := json.Marshal(note)
		if err != nil {
			return err
		}
		text = string(data)
	}
	text = strings.TrimSpace(string(f.Kind) + " " + f.Key + " " + strings.ToValidUTF8(text, "�"))
	if len(text) > maxNote {
		text = text[:maxNote]
		for !utf8.ValidString(text) {
			text = text[:len(text)-1]
		}
		text += "…"
	}
	return r.library.AppendAudit(ctx, storage.AuditEvent{By: r.opt.By, Action: "repair", Subject: subject, Note: text})
}
