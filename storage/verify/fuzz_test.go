package verify

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"vankien/storage"
)

// FuzzRecord: whatever stands where a record should, it is judged, and what is
// made of its history is a record in order, or nothing.
func FuzzRecord(f *testing.F) {
	hash := strings.Repeat("0", 64)
	id, err := storage.NewID(hash)
	if err != nil {
		f.Fatal(err)
	}
	doc := storage.Document{ID: id, State: storage.StateDraft, Original: storage.Original{SHA256: hash}, Created: time.Unix(0, 0).UTC()}
	doc.Normalize()
	patch, err := json.Marshal(doc)
	if err != nil {
		f.Fatal(err)
	}
	doc.Revision = 1
	rec := storage.Record{Document: doc, History: []storage.Change{{Revision: 1, By: "import", Action: "import", Patch: patch}}}
	good, err := storage.SealRecord(rec)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(strings.Replace(string(good), `"draft"`, `"published"`, 1)))
	f.Add([]byte(strings.Replace(string(good), `{"checksum":"`, `{"x":"`, 1)))
	f.Add([]byte(`{"history":[{"revision":1,"by":"a","action":"b","patch":{}}]}`))
	f.Add([]byte(`{"history":[{"revision":1,"patch":[]}],"facts":{"relations":[{}]}}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		rec, err := storage.ReadRecord(data)
		wrong := condition(id, rec, err)
		_ = unknown(rec.Document)
		before, err := replay(id, rec)
		if err != nil {
			if wrong == nil {
				t.Errorf("in order, and yet: %v", err)
			}
			return
		}
		_ = undone(data, before)
		for _, issue := range []string{"", issueUnproven} {
			next, err := repaired(storage.Record{Document: before, History: rec.History}, rec.Audience, issue)
			if err != nil {
				continue
			}
			sealed, err := storage.SealRecord(next)
			if err != nil {
				continue
			}
			again, err := storage.ReadRecord(sealed)
			if f := condition(id, again, err); f != nil {
				t.Errorf("repaired, and yet %s: %s", f.Kind, sealed)
			}
		}
	})
}
