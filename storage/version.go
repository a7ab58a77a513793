package storage

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Version says which of all the things that a document has been is meant. The
// revision alone would not do: a document that was purged begins again at 1
// when the same bytes come back, and a restored backup counts on from an older
// revision.
type Version struct {
	Created  time.Time
	Revision int
	Updated  time.Time
}

// Before tells whether v came before w.
func (v Version) Before(w Version) bool {
	if !v.Created.Equal(w.Created) {
		return v.Created.Before(w.Created)
	}
	if v.Revision != w.Revision {
		return v.Revision < w.Revision
	}
	return v.Updated.Before(w.Updated)
}

// Equal tells whether both are the same version.
func (v Version) Equal(w Version) bool {
	return v.Revision == w.Revision && v.Created.Equal(w.Created) && v.Updated.Equal(w.Updated)
}

// Names tells whether v, as a condition, holds for the document: what is zero
// in it may be anything, so the zero Version holds for every document.
func (v Version) Names(d *Document) bool {
	return (v.Revision == 0 || v.Revision == d.Revision) &&
		(v.Created.IsZero() || v.Created.Equal(d.Created)) &&
		(v.Updated.IsZero() || v.Updated.Equal(d.Updated))
}

// String is the version as entity tags write it: "3-mtc7v1k0", the revision
// and the millisecond of creation in base 36.
func (v Version) String() string {
	if v.Created.IsZero() {
		return strconv.Itoa(v.Revision)
	}
	return strconv.Itoa(v.Revision) + "-" + strconv.FormatInt(v.Created.UnixMilli(), 36)
}

// ParseVersion reads what String writes, and a revision alone ("3"), which
// holds for whatever document has it. Anything else is ErrInvalid.
func ParseVersion(s string) (Version, error) {
	number, created, dated := strings.Cut(s, "-")
	revision, err := strconv.Atoi(number)
	if err != nil || revision < 1 || strconv.Itoa(revision) != number {
		return Version{}, fmt.Errorf("version %.40q: %w", s, ErrInvalid)
	}
	v := Version{Revision: revision}
	if dated {
		milli, err := strconv.ParseInt(created, 36, 64)
		if err != nil || milli < 0 || strconv.FormatInt(milli, 36) != created {
			return Version{}, fmt.Errorf("version %.40q: %w", s, ErrInvalid)
		}
		v.Created = time.UnixMilli(milli).UTC()
	}
	return v, nil
}
