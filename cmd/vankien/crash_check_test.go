package main

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"vankien/api"
	"vankien/indexer"
	"vankien/storage"
)

// checker looks through a library after a start, with nobody else at work.
type checker struct {
	*wire
	ledger *ledger
	admin  user
	store  string // the folder of the store, or of the bucket
	index  string
	spools string // the server's TMPDIR
	deep   bool   // look at everything, not only at what was touched

	read  map[string]bool // files of the audit trail that were read
	trail map[event]bool  // what stands in them

	mu     sync.Mutex
	kept   int // changes in doubt that had been stored
	untold int // of these, those that the audit trail does not tell
}

// run checks everything; what is wrong goes to the ledger's problems.
func (k *checker) run() {
	for _, check := range []func() error{k.readTrail, k.documents, k.trailIsWhole, k.originals, k.leftovers} {
		if err := check(); err != nil {
			k.ledger.problem("%v", err)
		}
	}
}

// documents compares records, ledger and index.
func (k *checker) documents() error {
	versions, err := k.versions()
	if err != nil {
		return err
	}
	records, err := k.records()
	if err != nil {
		return err
	}
	if diff := disagreement(records, versions); diff != "" {
		k.ledger.problem("ready, and the index does not agree with the records: %s", diff)
	}
	if records, err = k.awaitReadings(records); err != nil {
		return err
	}
	if err := k.awaitAgreement(records); err != nil {
		return err
	}
	for id := range records {
		if k.ledger.entries[id] == nil {
			k.ledger.problem("%s: nobody uploaded it", id)
		}
	}
	var group errgroup.Group
	group.SetLimit(4)
	for id, e := range k.ledger.entries {
		group.Go(func() error {
			if err := k.document(e, records[id]); err != nil {
				k.ledger.problem("%s: %v", id, err)
			}
			return nil
		})
	}
	return errors.Join(group.Wait(), k.list(k.admin, records, storage.AudienceStaff), k.list(user{}, records, storage.AudiencePublic))
}

// document checks one document of the ledger.
func (k *checker) document(e *entry, doc *storage.Document) error {
	touched := e.touched || k.deep
	k.mu.Lock()
	err := k.settle(e, doc)
	k.mu.Unlock()
	if err != nil || !touched {
		return err
	}
	if e.paper.word != "" {
		hits, err := k.find(k.admin, e.paper.word)
		switch {
		case err != nil:
			return err
		case doc == nil || !doc.Findable():
			if len(hits) > 0 {
				return fmt.Errorf("found by %s, though it is %s", e.paper.word, describeState(doc))
			}
		case len(hits) != 1 || hits[0].ID != e.id:
			return fmt.Errorf("a search for %s finds %d documents", e.paper.word, len(hits))
		case hits[0].Title != doc.Facts.Title || hits[0].Number != doc.Facts.Number:
			return fmt.Errorf("the hit says %s %q, the record %s %q", hits[0].Number, hits[0].Title, doc.Facts.Number, doc.Facts.Title)
		}
	}
	if doc == nil {
		return nil
	}
	seen := k.do(user{}, http.MethodGet, documentURL(e.id), nil, nil).status == http.StatusOK
	if want := doc.Findable() && doc.Audience == storage.AudiencePublic; seen != want {
		return fmt.Errorf("everybody may see it: %v, though it is %s for %s", seen, describeState(doc), doc.Audience)
	}
	return k.original(e)
}

func describeState(doc *storage.Document) string {
	switch {
	case doc == nil:
		return "gone"
	case doc.Deleted != nil:
		return "deleted"
	default:
		return string(doc.State) + " and " + string(doc.Reading.Status)
	}
}

func (k *checker) versions() (map[storage.ID]api.HeldVersion, error) {
	var answer api.VersionsAnswer
	err := k.get(k.admin, "/api/v1/index/versions", &answer)
	return answer.Documents, err
}

// tombstone begins what a store in a bucket puts in the place of an object that
// it is about to remove; killed in between, it leaves it there.
const tombstone = "deleted; "

// recorded are the documents of which the store has a record.
func (k *checker) recorded() (ids []storage.ID, err error) {
	files, err := filepath.Glob(filepath.Join(k.store, "documents", "*.json"))
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(string(content), tombstone) {
			ids = append(ids, storage.ID(strings.TrimSuffix(filepath.Base(file), ".json")))
		}
	}
	return ids, nil
}

// records reads all documents of which the store has a record.
func (k *checker) records() (map[storage.ID]*storage.Document, error) {
	ids, err := k.recorded()
	if err != nil {
		return nil, err
	}
	records := map[storage.ID]*storage.Document{}
	var group errgroup.Group
	group.SetLimit(4)
	for _, id := range ids {
		group.Go(func() error {
			doc := new(storage.Document)
			if err := k.get(k.admin, documentURL(id), doc); err != nil {
				return err
			}
			doc.Normalize()
			k.mu.Lock()
			defer k.mu.Unlock()
			records[id] = doc
			return nil
		})
	}
	return records, group.Wait()
}

// settleTime is how long what waits may take to be read and found.
const settleTime = time.Minute

// awaitReadings waits until nothing waits to be read any more, and returns the
// records then.
func (k *checker) awaitReadings(records map[storage.ID]*storage.Document) (map[storage.ID]*storage.Document, error) {
	for deadline := time.Now().Add(settleTime); ; time.Sleep(20 * time.Millisecond) {
		waiting := ""
		for id, doc := range records {
			switch status := doc.Reading.Status; {
			case doc.Deleted != nil:
			case status == storage.ReadingQueued || status == storage.ReadingNow:
				waiting = string(id)
			case status != storage.ReadingReady:
				k.ledger.problem("%s cannot be read: %+v", id, doc.Reading)
			}
		}
		if waiting == "" {
			return records, nil
		}
		if time.Now().After(deadline) {
			return nil, fmt.Errorf("%s still waits to be read after %v", waiting, settleTime)
		}
		var err error
		if records, err = k.records(); err != nil {
			return nil, err
		}
	}
}

// awaitAgreement waits until the index holds just what it should.
func (k *checker) awaitAgreement(records map[storage.ID]*storage.Document) error {
	for deadline := time.Now().Add(settleTime); ; time.Sleep(20 * time.Millisecond) {
		versions, err := k.versions()
		if err != nil {
			return err
		}
		diff := disagreement(records, versions)
		if diff == "" {
			return nil
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("the index does not agree with the records: %s", diff)
		}
	}
}

// disagreement tells where the index holds something else than the findable
// documents at their present versions, "" where it does not.
func disagreement(records map[storage.ID]*storage.Document, held map[storage.ID]api.HeldVersion) string {
	for id, doc := range records {
		h, indexed := held[id]
		if indexed != doc.Findable() || indexed && !doc.Version().Equal(storage.Version(h)) {
			return fmt.Sprintf("%s at %s is %s, indexed: %v, at revision %d", id, doc.Version(), describeState(doc), indexed, h.Revision)
		}
	}
	for id := range held {
		if records[id] == nil {
			return fmt.Sprintf("%s is indexed and has no record", id)
		}
	}
	return ""
}

// list holds that a search for everything finds all that somebody may see.
func (k *checker) list(u user, records map[storage.ID]*storage.Document, audience storage.Audience) error {
	found := []storage.ID{}
	for page := 1; ; page++ {
		var answer api.SearchAnswer
		if err := k.get(u, fmt.Sprintf("/api/v1/search?size=%d&page=%d", indexer.MaxPageSize, page), &answer); err != nil {
			return err
		}
		for _, hit := range answer.Hits {
			found = append(found, hit.ID)
		}
		if page*indexer.MaxPageSize >= answer.Total {
			break
		}
	}
	want := maps.Clone(records)
	maps.DeleteFunc(want, func(_ storage.ID, d *storage.Document) bool { return !d.Findable() || !audience.Includes(d.Audience) })
	slices.Sort(found)
	if wanted := slices.Sorted(maps.Keys(want)); !slices.Equal(found, wanted) {
		return fmt.Errorf("all documents for %s are %d, a search finds %d:\n%v\n%v", audience, len(wanted), len(found), wanted, found)
	}
	return nil
}
