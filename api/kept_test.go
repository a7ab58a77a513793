package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"vankien/indexer"
	"vankien/storage"
)

var (
	everyone  = append([]storage.Role{""}, storage.Roles...)
	audiences = []storage.Audience{storage.AudiencePublic, storage.AudienceMembers, storage.AudienceStaff}
	fates     = []string{"draft", "review", "published", "withdrawn", "deleted"}
)

// kept is a document of the matrix.
type kept struct {
	id       storage.ID
	fate     string // what became of it
	audience storage.Audience
	mark     string // a word that stands in this document only
	year     string // in which nothing else was issued
}

// mayKnow is the rule, once more: the staff knows of everything, others of what
// is published and for them.
func (k kept) mayKnow(role storage.Role) bool {
	switch {
	case role == storage.RoleEditor || role == storage.RolePublisher || role == storage.RoleAdmin:
		return true
	case k.fate != "published" || k.audience == storage.AudienceStaff:
		return false
	default:
		return k.audience == storage.AudiencePublic || role == storage.RoleReader
	}
}

func (k kept) mayFind(role storage.Role) bool { return k.fate == "published" && k.mayKnow(role) }

// matrix is a library with a document of each fate for each audience. Each
// replaces the one before it.
type matrix struct {
	*living
	open, token string // the servers' addresses, by what readers need
	documents   []kept
	absent      storage.ID
	snapshot    map[string]stored // the store before anything was asked
}

func newMatrix(t *testing.T) *matrix {
	l := live(t, func(c *Config) { c.Reindexer, c.Stopping = idle{}, stopped() })
	m := &matrix{living: l, open: l.url}
	closed := l.cfg
	closed.Readers = ReadersToken
	_, m.token = l.serve(closed)
	for _, fate := range fates {
		for _, audience := range audiences {
			m.add(fate, audience)
		}
	}
	id, err := storage.NewID(strings.Repeat("0123456789abcdef", 4))
	if err != nil {
		t.Fatal(err)
	}
	m.absent = id
	m.remember()
	return m
}

func (m *matrix) add(fate string, audience storage.Audience) {
	m.Helper()
	n := len(m.documents) + 1
	k := kept{fate: fate, audience: audience, mark: fmt.Sprintf("kyhieu%02d", n), year: fmt.Sprint(2000 + n)}
	edits, err := indexer.ParseEdits(fmt.Appendf(nil, `{"audience":%q,"facts":{"number":"21-NQ/TW","kind":"Nghị quyết","issuer":"Ban Bí thư","issued":"%s-06-16","title":"công tác dân vận %s",
		"relations":[{"kind":"replaces","target":"21-NQ/TW","date":"%d-06-16","explicit":true}]}}`, audience, k.year, k.mark, 1999+n))
	if err != nil {
		m.Fatal(err)
	}
	k.id = m.imported(k.mark+".txt", "Công tác dân vận của Đảng trong tình hình mới. "+
		fmt.Sprintf("Văn bản %s thay thế Nghị quyết số 21-NQ/TW, ngày 16/6/%d.", k.mark, 1999+n), false).ID
	decisions := []func(ctx context.Context, id storage.ID, v storage.Version, by indexer.Actor) (storage.Record, error){
		func(ctx context.Context, id storage.ID, v storage.Version, by indexer.Actor) (storage.Record, error) {
			return m.writer.Edit(ctx, id, v, edits, by)
		},
	}
	switch fate {
	case "review":
		decisions = append(decisions, func(ctx context.Context, id storage.ID, v storage.Version, by indexer.Actor) (storage.Record, error) {
			return m.writer.Submit(ctx, id, v, false, by)
		})
	case "published":
		decisions = append(decisions, m.writer.Publish)
	case "withdrawn":
		decisions = append(decisions, m.writer.Publish, m.writer.Withdraw)
	case "deleted":
		decisions = append(decisions, m.writer.Publish, m.writer.Delete)
	}
	for _, decide := range decisions {
		if _, err := decide(m.Context(), k.id, storage.Version{}, indexer.Importer); err != nil {
			m.Fatal(err)
		}
	}
	m.documents = append(m.documents, k)
}

// idle never has a reindex running.
type idle struct{}

func (idle) Reindex() (ReindexStatus, error) { return ReindexStatus{}, nil }
func (idle) ReindexStatus() ReindexStatus    { return ReindexStatus{} }

// stored is an object of the store, and its ETag as long as nobody wrote it anew.
type stored struct {
	body []byte
	etag string
}

// tags are the ETags of the objects in the store, but those of the audit trail.
func (m *matrix) tags() map[string]string {
	m.Helper()
	tags := map[string]string{}
	for object, err := range m.store.List(m.Context(), "", "") {
		if err != nil {
			m.Fatal(err)
		}
		if !strings.HasPrefix(object.Key, storage.AuditPrefix) {
			tags[object.Key] = object.ETag
		}
	}
	return tags
}

// remember keeps the library as it is now, for reset.
func (m *matrix) remember() {
	m.Helper()
	m.snapshot = map[string]stored{}
	for key, etag := range m.tags() {
		body, _, err := m.store.Get(m.Context(), key, storage.Range{})
		if err != nil {
			m.Fatal(err)
		}
		data, err := io.ReadAll(body)
		if err = errors.Join(err, body.Close()); err != nil {
			m.Fatal(err)
		}
		m.snapshot[key] = stored{data, etag}
	}
}

// reset brings the library back to what it was, and tells whether it was not.
func (m *matrix) reset() (changed bool) {
	m.Helper()
	now := m.tags()
	for key := range now {
		if m.snapshot[key].etag == "" {
			changed = true
			if err := m.store.Delete(m.Context(), key, ""); err != nil {
				m.Fatal(err)
			}
		}
	}
	for key, was := range m.snapshot {
		if now[key] == was.etag {
			continue
		}
		changed = true
		object, err := m.store.Put(m.Context(), key, bytes.NewReader(was.body), storage.PutOptions{})
		if err != nil {
			m.Fatal(err)
		}
		m.snapshot[key] = stored{was.body, object.ETag}
	}
	if changed {
		if err := m.writer.Repair(m.Context(), nil); err != nil {
			m.Fatal(err)
		}
	}
	return changed
}
