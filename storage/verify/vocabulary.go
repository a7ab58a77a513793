package verify

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"vankien/storage"
)

var (
	states     = []storage.State{storage.StateDraft, storage.StateReview, storage.StatePublished, storage.StateWithdrawn}
	audiences  = []storage.Audience{storage.AudiencePublic, storage.AudienceMembers, storage.AudienceStaff}
	validities = []storage.Validity{storage.InForce, storage.NotYetInForce, storage.Amended, storage.Replaced, storage.Repealed, storage.Unverified}
	statuses   = []storage.ReadingStatus{storage.ReadingQueued, storage.ReadingNow, storage.ReadingReady, storage.ReadingFailed, storage.ReadingNeedsOCR}
	relations  = []storage.RelationKind{storage.Replaces, storage.Amends, storage.Repeals, storage.BasedOn, storage.Guides, storage.Implements, storage.Cites}
)

// factNames are the JSON names of the facts.
var factNames = func() map[string]json.RawMessage {
	var names map[string]json.RawMessage
	data, err := json.Marshal(storage.Facts{})
	if err == nil {
		err = json.Unmarshal(data, &names)
	}
	if err != nil {
		panic(err) // a fault of the types
	}
	return names
}()

// unknown lists the values of a document that the vocabulary does not have.
func unknown(d storage.Document) []string {
	var wrong []string
	hold(&wrong, "state", d.State, states)
	hold(&wrong, "audience", d.Audience, audiences)
	hold(&wrong, "validity", d.Validity, validities)
	hold(&wrong, "reading.status", d.Reading.Status, statuses)
	if d.Reading.Score < 0 || d.Reading.Score > 1 {
		wrong = append(wrong, fmt.Sprintf("reading.score %v", d.Reading.Score))
	}
	day(&wrong, "facts.issued", d.Facts.Issued)
	day(&wrong, "facts.effective", d.Facts.Effective)
	for i, relation := range d.Facts.Relations {
		hold(&wrong, fmt.Sprintf("facts.relations[%d].kind", i), relation.Kind, relations)
		day(&wrong, fmt.Sprintf("facts.relations[%d].date", i), relation.Date)
	}
	for _, name := range d.Edited {
		if _, fact := factNames[name]; !fact && name != "validity" && name != "replaced_by" {
			wrong = append(wrong, fmt.Sprintf("edited %.40q", name))
		}
	}
	return wrong
}

func hold[T ~string](wrong *[]string, name string, value T, known []T) {
	if !slices.Contains(known, value) {
		*wrong = append(*wrong, fmt.Sprintf("%s %.40q", name, value))
	}
}

func day(wrong *[]string, name string, date storage.Date) {
	if date == "" {
		return
	}
	if _, err := time.Parse(time.DateOnly, string(date)); err != nil {
		*wrong = append(*wrong, fmt.Sprintf("%s %.40q", name, date))
	}
}
