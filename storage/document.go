package storage

import (
	"encoding/json"
	"time"
)

// ID names a document for ever. It is made from the SHA-256 of the original
// (NewID), so that the same bytes can never become two documents, whoever
// uploads them, when, and from however many processes.
type ID string

// State is what people decided about a document.
type State string

// The states, in the order a document passes through them.
const (
	StateDraft     State = "draft"
	StateReview    State = "review"
	StatePublished State = "published"
	StateWithdrawn State = "withdrawn"
)

// Audience is the least a reader must be to know that a document exists.
type Audience string

// The audiences, from the widest to the narrowest.
const (
	AudiencePublic  Audience = "public"
	AudienceMembers Audience = "members" // any token
	AudienceStaff   Audience = "staff"   // an editor's token
)

// Includes tells whether a reader who belongs to a may see what is kept for b.
// What is unknown is closed: such a document is for staff, such a reader is
// the public.
func (a Audience) Includes(b Audience) bool {
	switch b {
	case AudiencePublic:
		return true
	case AudienceMembers:
		return a == AudienceMembers || a == AudienceStaff
	default:
		return a == AudienceStaff
	}
}

// Validity says whether a document still holds. What nobody has stated is
// Unverified, never InForce.
type Validity string

// The validities.
const (
	InForce       Validity = "in_force"
	NotYetInForce Validity = "not_yet_in_force"
	Amended       Validity = "amended"
	Replaced      Validity = "replaced"
	Repealed      Validity = "repealed"
	Unverified    Validity = "unverified"
)

// ReadingStatus is what the machine did with a document's original.
type ReadingStatus string

// The reading statuses.
const (
	ReadingQueued   ReadingStatus = "queued"
	ReadingNow      ReadingStatus = "reading"
	ReadingReady    ReadingStatus = "ready"
	ReadingFailed   ReadingStatus = "failed"
	ReadingNeedsOCR ReadingStatus = "needs_ocr"
)

// Reading is the outcome of reading an original.
type Reading struct {
	Status ReadingStatus `json:"status"`
	Reason string        `json:"reason"` // a Vietnamese sentence: why it failed, or why what was read is not to be trusted; else ""
	Engine string        `json:"engine"` // the engines that read its pages, joined with "+"
	Score  float64       `json:"score"`  // 0–1, the mean of the pages' scores
	Pages  int           `json:"pages"`
	// Reader is the version of the reader whose text serves (Library.Text), ""
	// where nothing was read, and of records from before they named it; see
	// TextVersion. OCR is the version of the OCR that has looked at the pages
	// that needed it, "" where none has.
	Reader string `json:"reader"`
	OCR    string `json:"ocr"`
	// Described is the version of the reader of facts that has described the
	// document from that text, "" of records from before they named it.
	Described string `json:"described"`
}

// firstReader kept the texts of records that do not name their reader.
const firstReader = "v1"

// TextVersion is the version under which the text that serves is kept.
func (r Reading) TextVersion() string {
	if r.Reader == "" {
		return firstReader
	}
	return r.Reader
}

// Original describes the bytes as uploaded.
type Original struct {
	Name      string `json:"name"` // the file's name as uploaded, without folders
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`
	SHA256    string `json:"sha256"` // lower-case hex
}

// Document is the record of one document: what it says it is, what people
// decided, and what the machine did. Its JSON is the Document of the HTTP API
// and, with the history, the record in the store.
type Document struct {
	ID         ID         `json:"id"`
	Revision   int        `json:"revision"` // 1 at first; one more with each change
	State      State      `json:"state"`
	Audience   Audience   `json:"audience"`
	Reading    Reading    `json:"reading"`
	Facts      Facts      `json:"facts"`
	Validity   Validity   `json:"validity"`    // in the store what people stated, else Unverified; an index knows what follows from the library
	ReplacedBy []ID       `json:"replaced_by"` // likewise
	Duplicates []ID       `json:"duplicates"`
	Original   Original   `json:"original"`
	Created    time.Time  `json:"created"`
	Updated    time.Time  `json:"updated"`
	Published  *time.Time `json:"published"` // when it was first published, null before
	Deleted    *time.Time `json:"deleted"`   // when it was deleted, null where it was not; all else stays until it is purged
	Purging    bool       `json:"purging"`   // a purge has begun: whatever is left of the document is to be removed
	Edited     []string   `json:"edited"`    // the facts that people set, and what they stated of validity and replaced_by, by their JSON names, sorted: no reading alters them
}

// Findable tells whether searches may find the document (for those its
// audience includes): people published it, the machine has read it, and nobody
// has deleted it.
func (d *Document) Findable() bool {
	return d.State == StatePublished && d.Reading.Status == ReadingReady && d.Deleted == nil
}

// Version is the document's place in the order of everything it has been.
func (d *Document) Version() Version {
	return Version{Created: d.Created, Revision: d.Revision, Updated: d.Updated}
}

// Change is one entry of a document's history: what became of the document,
// who did it, when, and what they call it.
//
// Patch holds what the change altered and nothing else, as a JSON merge patch
// (RFC 7396) to the document before it, to {} for the first: a list of what
// was edited for people, and the document at any revision for Record.At.
// "revision" and "updated" are left out, as Revision and At say them.
type Change struct {
	Revision int             `json:"revision"`
	At       time.Time       `json:"at"`
	By       string          `json:"by"`     // a token's name, or "import" for the command line
	Action   string          `json:"action"` // import, read, publish, withdraw, edit …
	Patch    json.RawMessage `json:"patch"`
}

// Record is what the store keeps of a document: the document and its history,
// oldest change first. Its JSON in the store begins with a checksum (seal).
type Record struct {
	Document
	History []Change `json:"history"`
}
