package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"

	"vankien/api"
	"vankien/storage"
)

// crowdedAt is from how many documents on clients rather purge than upload.
const crowdedAt = 120

// clerk is one of several clients who work with the library at once.
type clerk struct {
	*wire
	rng                      *rand.Rand
	ledger                   *ledger
	editor, publisher, admin user
	colleague                user         // another editor
	killed                   *atomic.Bool // set before the server is killed: from then on answers may fail
}

// work goes on until the context ends or no answer comes any more.
func (c *clerk) work(ctx context.Context) {
	for ctx.Err() == nil && !c.killed.Load() {
		e := c.ledger.take(c.rng)
		if e == nil || c.ledger.size() < crowdedAt && c.rng.IntN(5) == 0 {
			if e != nil {
				c.ledger.release(e)
			}
			var err error
			if e, err = c.ledger.add(c.newPaper()); err != nil {
				c.ledger.problem("%v", err)
				return
			}
		}
		for range 1 + c.rng.IntN(4) {
			if len(e.doubts) == 0 {
				c.step(e)
			}
		}
		c.ledger.release(e)
	}
}

func (c *clerk) newPaper() paper {
	return newPaper(c.rng, []string{"txt", "html", "docx"}[c.rng.IntN(3)], 800+c.rng.IntN(3000))
}

// step does one thing to a document that makes sense in its state.
func (c *clerk) step(e *entry) {
	switch {
	case e.last == nil && c.rng.IntN(4) == 0:
		c.uploadTwice(e)
	case e.last == nil:
		c.upload(e, c.editor)
	case e.last.Deleted != nil && c.rng.IntN(10) < 3+c.crowded(5):
		c.purge(e)
	case e.last.Deleted != nil:
		c.restore(e)
	case c.rng.IntN(10) < c.crowded(6):
		c.decide(e, c.publisher, "delete", nil)
	default:
		c.change(e)
	}
}

func (c *clerk) crowded(weight int) int {
	if c.ledger.size() < crowdedAt {
		return 0
	}
	return weight
}

// change makes one of the usual changes.
func (c *clerk) change(e *entry) {
	readable := e.last.Reading.Status == storage.ReadingReady
	switch n := c.rng.IntN(20); {
	case n < 5:
		c.edit(e, c.editor)
	case n < 7:
		c.editTwice(e)
	case n < 9 && e.last.State != storage.StatePublished && readable:
		c.decide(e, c.editor, "submit", nil)
	case n < 14 && e.last.State != storage.StatePublished && readable:
		c.decide(e, c.publisher, "publish", nil)
	case n < 16 && e.last.State == storage.StatePublished:
		c.decide(e, c.publisher, "withdraw", nil)
	case n == 16:
		c.decide(e, c.publisher, "delete", nil)
	case n == 17:
		c.restore(e)
	case n == 18:
		c.upload(e, c.editor) // the same bytes again
	default:
		c.look(e)
	}
}

// look reads the document: a reading makes revisions of its own.
func (c *clerk) look(e *entry) {
	r := c.do(c.admin, http.MethodGet, documentURL(e.id), nil, nil)
	doc, err := r.document()
	if r.status == http.StatusOK && err == nil {
		c.ledger.observe(e, doc)
		return
	}
	c.unanswered("GET "+documentURL(e.id), r)
}

// unanswered judges an answer that is none of those expected.
func (c *clerk) unanswered(what string, r reply) {
	switch {
	case c.killed.Load() && r.status == 0:
	case r.status == http.StatusServiceUnavailable:
	default:
		c.ledger.problem("%s: %v", what, r)
	}
}

// upload sends the paper's bytes; where the library has them it must say so.
func (c *clerk) upload(e *entry, by user) {
	d := doubt{by: by.name, action: "upload"}
	c.ledger.send(e, d)
	r := c.wire.upload(by, e.paper)
	if e.last == nil && r.status == http.StatusConflict {
		c.ledger.problem("%s is not there and is refused as if it were: %v", e.id, r)
	}
	c.uploaded(e, d, e.last, r)
}

func (c *clerk) uploaded(e *entry, d doubt, before *storage.Document, r reply) {
	var problem api.Problem
	switch {
	case r.status == http.StatusAccepted:
		doc, err := r.document()
		if err != nil || doc.ID != e.id || doc.Original.SHA256 != e.paper.sha256() {
			c.ledger.problem("upload of %s: %v, %v", e.id, err, r)
		}
		if before != nil && !e.adopted {
			c.ledger.problem("%s was there and is accepted once more: %v", e.id, r)
		}
		c.ledger.acknowledge(e, d, doc)
	case r.status == http.StatusConflict:
		if err := json.Unmarshal(r.body, &problem); err != nil || problem.Document != e.id {
			c.ledger.problem("upload of %s again: %v, %v", e.id, err, r)
		}
		c.ledger.refuse(e, d)
	default:
		c.ledger.lost()
		c.unanswered("upload of "+string(e.id), r)
	}
}

// uploadTwice sends the same bytes from two clients at once: one is told that
// they are accepted, the other that they are there.
func (c *clerk) uploadTwice(e *entry) {
	var replies [2]reply
	both := []user{c.editor, c.colleague}
	var group sync.WaitGroup
	for i, by := range both {
		c.ledger.send(e, doubt{by: by.name, action: "upload"})
		group.Go(func() { replies[i] = c.wire.upload(by, e.paper) })
	}
	group.Wait()
	for i, by := range both {
		c.uploaded(e, doubt{by: by.name, action: "upload"}, nil, replies[i])
	}
	if first := replies[0].status; first == replies[1].status && first < http.StatusInternalServerError && first != 0 {
		c.ledger.problem("the same bytes twice at once are answered %v and %v", replies[0], replies[1])
	}
}

// newEdit is a change of the title, and sometimes of the number or the audience.
func (c *clerk) newEdit() (title string, patch []byte, err error) {
	title = "về việc " + coin(c.rng)
	facts := map[string]any{"title": title}
	edits := map[string]any{"facts": facts}
	if c.rng.IntN(3) == 0 {
		facts["number"] = fmt.Sprintf("%d-KH/TU", 1+c.rng.IntN(400))
	}
	if c.rng.IntN(4) == 0 {
		edits["audience"] = []storage.Audience{storage.AudiencePublic, storage.AudienceMembers, storage.AudienceStaff}[c.rng.IntN(3)]
	}
	patch, err = json.Marshal(edits)
	return title, patch, err
}

func (c *clerk) sendEdit(e *entry, by user, title string, patch []byte) bool {
	d := doubt{by: by.name, action: "edit", title: title}
	c.ledger.send(e, d)
	return c.answered(e, d, c.do(by, http.MethodPatch, documentURL(e.id), ifMatchOf(e, "application/merge-patch+json"), patch))
}

func (c *clerk) edit(e *entry, by user) {
	title, patch, err := c.newEdit()
	if err != nil {
		c.ledger.problem("%v", err)
		return
	}
	if c.sendEdit(e, by, title, patch) && string(e.last.Facts.Title) != title {
		c.ledger.problem("%s: the edit to %q is answered with %q", e.id, title, e.last.Facts.Title)
	}
}

func ifMatchOf(e *entry, mediaType string) map[string]string {
	return map[string]string{"If-Match": `"` + e.last.Version().String() + `"`, "Content-Type": mediaType}
}
