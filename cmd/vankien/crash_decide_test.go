package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"vankien/indexer"
	"vankien/storage"
)

// editTwice edits the same version from two clients at once: one at most wins,
// and the other is told.
func (c *clerk) editTwice(e *entry) {
	base := *e.last
	both := []user{c.editor, c.colleague}
	var doubts [2]doubt
	var replies [2]reply
	var group sync.WaitGroup
	for i, by := range both {
		title, patch, err := c.newEdit()
		if err != nil {
			c.ledger.problem("%v", err)
			return
		}
		doubts[i] = doubt{by: by.name, action: "edit", title: title}
		header := ifMatchOf(e, "application/merge-patch+json")
		c.ledger.send(e, doubts[i])
		group.Go(func() { replies[i] = c.do(by, http.MethodPatch, documentURL(e.id), header, patch) })
	}
	group.Wait()
	first, second := 0, 1
	if replies[1].status == http.StatusOK { // before the other, which may look at what came after
		first, second = 1, 0
	}
	won := c.answered(e, doubts[first], replies[first])
	if c.answered(e, doubts[second], replies[second]) && won {
		c.ledger.problem("%s: two edits of revision %d were acknowledged", e.id, base.Revision)
	}
}

// decide sends a decision about the version that was seen last.
func (c *clerk) decide(e *entry, by user, action string, order any) {
	d := doubt{by: by.name, action: action}
	method, path := http.MethodPost, documentURL(e.id)+"/"+action
	if action == "delete" {
		method, path = http.MethodDelete, documentURL(e.id)
	}
	var body []byte
	if order != nil {
		var err error
		if body, err = json.Marshal(order); err != nil {
			c.ledger.problem("%v", err)
			return
		}
	}
	c.ledger.send(e, d)
	if c.answered(e, d, c.do(by, method, path, ifMatchOf(e, "application/json"), body)) {
		c.follow(e, action)
	}
}

func (c *clerk) restore(e *entry) {
	c.decide(e, c.editor, "restore", map[string]int{"revision": 1 + c.rng.IntN(e.last.Revision)})
}

// answered notes the answer to a change, and tells whether it was acknowledged.
func (c *clerk) answered(e *entry, d doubt, r reply) bool {
	switch r.status {
	case http.StatusOK:
		doc, err := r.document()
		if err != nil || doc.ID != e.id {
			c.ledger.problem("%s of %s: %v, %v", d.action, e.id, err, r)
			return false
		}
		if err := e.follows(doc); err != nil {
			c.ledger.problem("%s of %s: %v", d.action, e.id, err)
		}
		c.ledger.acknowledge(e, d, doc)
		return true
	case http.StatusForbidden, http.StatusConflict:
		c.ledger.refuse(e, d)
	case http.StatusPreconditionFailed: // it was read meanwhile, or the other client won
		c.ledger.refuse(e, d)
		c.look(e)
	default:
		c.ledger.lost()
		c.unanswered(d.action+" of "+string(e.id), r)
	}
	return false
}

// follows tells whether doc can be what a change on the condition of the last
// version made.
func (e *entry) follows(doc storage.Document) error {
	if !doc.Created.Equal(e.last.Created) || doc.Revision != e.last.Revision && doc.Revision != e.last.Revision+1 {
		return fmt.Errorf("version %s follows %s", doc.Version(), e.last.Version())
	}
	return nil
}

// follow holds that searches follow a decision before it is acknowledged.
func (c *clerk) follow(e *entry, action string) {
	want := map[string]func(*storage.Document) bool{
		"submit":   func(d *storage.Document) bool { return d.State == storage.StateReview },
		"publish":  func(d *storage.Document) bool { return d.State == storage.StatePublished },
		"withdraw": func(d *storage.Document) bool { return d.State == storage.StateWithdrawn },
		"delete":   func(d *storage.Document) bool { return d.Deleted != nil },
		"restore":  func(d *storage.Document) bool { return d.Deleted == nil },
	}[action]
	if !want(e.last) {
		c.ledger.problem("%s: %s is answered with %+v", e.id, action, e.last)
	}
	if e.paper.word == "" || !slices.Contains([]string{"publish", "withdraw", "delete"}, action) {
		return
	}
	hits, err := c.find(c.admin, e.paper.word)
	if err != nil {
		if !c.killed.Load() {
			c.ledger.problem("after %s: %v", action, err)
		}
		return
	}
	if found := len(hits) == 1 && hits[0].ID == e.id; found != e.last.Findable() || len(hits) > 1 {
		c.ledger.problem("%s: after %s a search finds %d documents", e.id, action, len(hits))
	}
}

// purge removes a document that is deleted.
func (c *clerk) purge(e *entry) {
	d := doubt{by: c.admin.name, action: "purge"}
	c.ledger.send(e, d)
	r := c.do(c.admin, http.MethodPost, documentURL(e.id)+"/purge", ifMatchOf(e, "application/json"), []byte(`{"confirmed":true}`))
	switch r.status {
	case http.StatusOK:
		var removal indexer.Removal
		if err := json.Unmarshal(r.body, &removal); err != nil || !removal.Removed {
			c.ledger.problem("purge of %s: %v, %v", e.id, err, r)
		}
		c.ledger.purged(e, d)
	case http.StatusPreconditionFailed:
		c.ledger.refuse(e, d)
		c.look(e)
	default:
		c.ledger.lost()
		c.unanswered("purge of "+string(e.id), r)
	}
}
