package verify_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
	"vankien/storage/files"
	"vankien/storage/verify"
)

const version = "v1"

// library is a real store in a folder, with documents in it.
type library struct {
	*storage.Library
	store *files.Store
	dir   string
	docs  []storage.Record
}

func newLibrary(t testing.TB) *library {
	t.Helper()
	dir := t.TempDir()
	s, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	l := &library{Library: storage.NewLibrary(s), store: s, dir: dir}
	for i := range 3 {
		l.docs = append(l.docs, l.add(t, fmt.Sprintf("%%PDF-1.4 Nghị quyết số %d-NQ/TW", i+1)))
	}
	if _, err := l.NewToken(t.Context(), "sổ tay", storage.RoleReader); err != nil {
		t.Fatal(err)
	}
	if err := l.AppendAudit(t.Context(), storage.AuditEvent{By: "an", Action: "publish"}); err != nil {
		t.Fatal(err)
	}
	return l
}

// add takes a document in, has it read and publishes it.
func (l *library) add(t testing.TB, content string) storage.Record {
	t.Helper()
	sum := sha256.Sum256([]byte(content))
	hash := hex.EncodeToString(sum[:])
	if err := l.PutOriginal(t.Context(), hash, int64(len(content)), strings.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	rec, err := l.CreateDocument(t.Context(), storage.Document{
		State: storage.StateDraft, Audience: storage.AudiencePublic, Validity: storage.Unverified,
		Reading:  storage.Reading{Status: storage.ReadingQueued},
		Original: storage.Original{Name: "nghị quyết.pdf", MediaType: "application/pdf", Size: int64(len(content)), SHA256: hash},
	}, storage.ByImport, "import")
	if err == nil {
		err = l.reread(t.Context(), rec)
	}
	if err == nil {
		rec, err = l.UpdateDocument(t.Context(), rec.ID, storage.ByImport, "read", func(d *storage.Document) error {
			d.Reading = storage.Reading{Status: storage.ReadingReady, Engine: "plain", Score: 0.983, Pages: 1}
			d.Facts.Number, d.Facts.Issued, d.Facts.Title = "21-NQ/TW", "2022-06-16", "về tổ chức cơ sở đảng"
			d.Facts.Relations = []storage.Relation{{Kind: storage.Replaces, Target: "20-NQ/TW", Explicit: true}}
			return nil
		})
	}
	if err == nil {
		rec, err = l.UpdateDocument(t.Context(), rec.ID, "bình", "publish", func(d *storage.Document) error {
			at := time.Now().UTC().Truncate(time.Millisecond)
			d.State, d.Published = storage.StatePublished, &at
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// reread stands for a reader: the text of an original is what stands in it.
func (l *library) reread(ctx context.Context, rec storage.Record) error {
	original, err := l.OpenOriginal(ctx, rec.Original.SHA256)
	if err != nil {
		return err
	}
	defer original.Close()
	data, err := io.ReadAll(original)
	if err != nil {
		return err
	}
	return l.PutText(ctx, rec.Original.SHA256, version, storage.Text{MediaType: "text/plain", Pages: []storage.Page{{Number: 1, Text: string(data)}}})
}

// run verifies, and tells what was found in the order of kinds.
func (l *library) run(t testing.TB, opt verify.Options) []verify.Finding {
	t.Helper()
	var found []verify.Finding
	opt.Grace = time.Nanosecond
	opt.Found = func(f verify.Finding) { found = append(found, f) }
	report, err := verify.Run(t.Context(), l.store, opt)
	if err != nil {
		t.Fatal(err)
	}
	if report.Findings != len(found) {
		t.Errorf("%d findings were told, the report says %+v", len(found), report)
	}
	for _, f := range found {
		if f.Detail == "" || f.Advice == "" || f.Key == "" {
			t.Errorf("incomplete: %+v", f)
		}
	}
	slices.SortFunc(found, func(a, b verify.Finding) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	return found
}

// path is the file of an object.
func (l *library) path(key string) string { return filepath.Join(l.dir, filepath.FromSlash(key)) }

// edit changes an object on the disk, as a hand or a failing disk does.
func (l *library) edit(t testing.TB, key string, change func([]byte) []byte) {
	t.Helper()
	data, err := os.ReadFile(l.path(key))
	if err == nil {
		err = os.WriteFile(l.path(key), change(bytes.Clone(data)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (l *library) remove(t testing.TB, key string) {
	t.Helper()
	if err := os.Remove(l.path(key)); err != nil {
		t.Fatal(err)
	}
}

func (l *library) put(t testing.TB, key, content string) {
	t.Helper()
	if _, err := l.store.Put(t.Context(), key, strings.NewReader(content), storage.PutOptions{}); err != nil {
		t.Fatal(err)
	}
}

func flip(data []byte) []byte {
	data[len(data)/2] ^= 1
	return data
}

func replace(old, new string) func([]byte) []byte {
	return func(data []byte) []byte {
		if !bytes.Contains(data, []byte(old)) {
			panic("no " + old)
		}
		return bytes.Replace(data, []byte(old), []byte(new), 1)
	}
}

// saved are good copies, as a backup has them.
type saved map[string][]byte

func (l *library) save(t testing.TB) saved {
	t.Helper()
	copies := make(saved)
	for obj, err := range l.store.List(t.Context(), "", "") {
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(l.path(obj.Key))
		if err != nil {
			t.Fatal(err)
		}
		copies[obj.Key] = data
	}
	return copies
}

func (s saved) good(_ context.Context, key string) (io.ReadCloser, error) {
	data, ok := s[key]
	if !ok {
		return nil, storage.ErrNotFound
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

func record(rec storage.Record) string   { return "documents/" + string(rec.ID) + ".json" }
func original(rec storage.Record) string { return "originals/" + rec.Original.SHA256 }
func text(rec storage.Record) string {
	return "texts/" + rec.Original.SHA256 + "/" + version + ".json.zst"
}

// A library that is in order has no findings, and a look at it changes nothing.
func TestInOrder(t *testing.T) {
	l := newLibrary(t)
	before := l.save(t)
	for _, repair := range []bool{false, true} {
		if found := l.run(t, verify.Options{Repair: repair, Good: before.good, Reread: l.reread}); len(found) > 0 {
			t.Errorf("found %+v", found)
		}
	}
	if diff := cmp.Diff(before, l.save(t)); diff != "" {
		t.Errorf("changed: %s", diff)
	}
	report, err := verify.Run(t.Context(), l.store, verify.Options{})
	if err != nil || report.Documents != 3 || report.Originals != 3 || report.Texts != 3 || report.Tokens != 1 || report.Events != 1 || report.Bytes == 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

// What can happen to a store, what is found, and who can mend it.
func TestFindings(t *testing.T) {
	const (
		nobody = iota // without a person
		alone         // from the store
		backup        // with a backup
		older         // with a backup, for somebody to look at: nothing tells whether it is the latest
	)
	for name, test := range map[string]struct {
		harm func(t *testing.T, l *library, rec storage.Record)
		want verify.Kind
		by   int
	}{
		"a flipped byte in an original": {func(t *testing.T, l *library, rec storage.Record) { l.edit(t, original(rec), flip) }, verify.OriginalAltered, backup},
		"a truncated original": {func(t *testing.T, l *library, rec storage.Record) {
			l.edit(t, original(rec), func(data []byte) []byte { return data[:3] })
		}, verify.OriginalAltered, backup},
		"a missing original": {func(t *testing.T, l *library, rec storage.Record) { l.remove(t, original(rec)) }, verify.OriginalMissing, backup},
		"a missing record":   {func(t *testing.T, l *library, rec storage.Record) { l.remove(t, record(rec)) }, verify.OriginalForgotten, alone},
		"a title edited by hand": {func(t *testing.T, l *library, rec storage.Record) {
			l.edit(t, record(rec), replace("về tổ chức cơ sở đảng", "về việc khác"))
		}, verify.RecordAltered, alone},
		"an id edited by hand": {func(t *testing.T, l *library, rec storage.Record) {
			l.edit(t, record(rec), replace(string(rec.ID), string(l.docs[0].ID)))
		}, verify.RecordAltered, alone},
		"a record reformatted by an editor": {func(t *testing.T, l *library, rec storage.Record) {
			l.edit(t, record(rec), func(data []byte) []byte { return append(data, '\n') })
		}, verify.RecordAltered, alone},
		"a record cut off": {func(t *testing.T, l *library, rec storage.Record) {
			l.edit(t, record(rec), func(d []byte) []byte { return d[:200] })
		}, verify.RecordUnreadable, backup},
		"an empty record": {func(t *testing.T, l *library, rec storage.Record) {
			l.edit(t, record(rec), func(d []byte) []byte { return nil })
		}, verify.RecordUnreadable, older},
		"a misplaced record": {func(t *testing.T, l *library, rec storage.Record) {
			data, err := os.ReadFile(l.path(record(rec)))
			if err != nil {
				t.Fatal(err)
			}
			l.put(t, "documents/"+strings.Repeat("0", 20)+".json", string(data))
		}, verify.RecordMisplaced, nobody},
		"an unknown state": {func(t *testing.T, l *library, rec storage.Record) {
			l.update(t, rec, func(d *storage.Document) { d.State, d.Facts.Issued = "archived", "16/6/2022" })
		}, verify.RecordInvalid, nobody},
		"a wrong size": {func(t *testing.T, l *library, rec storage.Record) {
			l.update(t, rec, func(d *storage.Document) { d.Original.Size = 5 })
		}, verify.SizeWrong, alone},
		"a reference to nothing": {func(t *testing.T, l *library, rec storage.Record) {
			l.update(t, rec, func(d *storage.Document) {
				d.ReplacedBy = []storage.ID{l.docs[0].ID, storage.ID(strings.Repeat("0", 20)), "không phải"}
			})
		}, verify.ReferenceMissing, alone},
		"a flipped byte in a text": {func(t *testing.T, l *library, rec storage.Record) { l.edit(t, text(rec), flip) }, verify.TextDamaged, alone},
		"a lost text":              {func(t *testing.T, l *library, rec storage.Record) { l.remove(t, text(rec)) }, verify.TextMissing, alone},
		"a text of nothing": {func(t *testing.T, l *library, rec storage.Record) {
			l.remove(t, record(rec))
			l.remove(t, original(rec))
		}, verify.TextForgotten, nobody},
		"a damaged token": {func(t *testing.T, l *library, rec storage.Record) {
			l.edit(t, l.first(t, "tokens/"), func(d []byte) []byte { return d[:10] })
		}, verify.TokenUnreadable, backup},
		"a token of no role": {func(t *testing.T, l *library, rec storage.Record) {
			l.edit(t, l.first(t, "tokens/"), replace("reader", "king"))
		}, verify.TokenUnreadable, backup},
		"a damaged event": {func(t *testing.T, l *library, rec storage.Record) {
			l.edit(t, l.first(t, "audit/"), replace("{", "("))
		}, verify.EventUnreadable, backup},
		"a stray object":        {func(t *testing.T, l *library, rec storage.Record) { l.put(t, "thumbs.db", "x") }, verify.StrayKey, nobody},
		"a stray original":      {func(t *testing.T, l *library, rec storage.Record) { l.put(t, "originals/copy-of.pdf", "x") }, verify.StrayKey, nobody},
		"a stray text":          {func(t *testing.T, l *library, rec storage.Record) { l.put(t, "texts/x", "x") }, verify.StrayKey, nobody},
		"a stray record":        {func(t *testing.T, l *library, rec storage.Record) { l.put(t, "documents/x.json", "x") }, verify.StrayKey, nobody},
		"a stray token":         {func(t *testing.T, l *library, rec storage.Record) { l.put(t, "tokens/x.json", "x") }, verify.StrayKey, nobody},
		"a stray event":         {func(t *testing.T, l *library, rec storage.Record) { l.put(t, "audit/2026/x.json", "x") }, verify.StrayKey, nobody},
		"an unfinished restore": {func(t *testing.T, l *library, rec storage.Record) { l.put(t, "restoring.json", "{}") }, verify.RestoreUnfinished, nobody},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLibrary(t)
			rec := l.docs[1]
			copies := l.save(t)
			test.harm(t, l, rec)
			harmed := l.save(t)
			only := func(found []verify.Finding, repaired bool) {
				t.Helper()
				if len(found) != 1 || found[0].Kind != test.want || found[0].Repaired != repaired {
					t.Fatalf("found %+v, want one %s, repaired %v", found, test.want, repaired)
				}
			}
			only(l.run(t, verify.Options{Good: copies.good, Reread: l.reread}), false)
			if diff := cmp.Diff(harmed, l.save(t)); diff != "" {
				t.Errorf("only looked, and yet: %s", diff)
			}
			only(l.run(t, verify.Options{Repair: true, Reread: l.reread}), test.by == alone)
			if test.by == alone {
				if found := l.run(t, verify.Options{Repair: true, Reread: l.reread}); len(found) > 0 {
					t.Errorf("after the repair: %+v", found)
				}
				l.audited(t, test.want)
			}
			if test.by == backup || test.by == older {
				only(l.run(t, verify.Options{Repair: true, Good: copies.good, Reread: l.reread}), true)
				if diff := cmp.Diff(copies, l.without(t, "audit/")); diff != "" && test.by == backup && test.want != verify.EventUnreadable {
					t.Errorf("after the repair: %s", diff)
				}
				l.audited(t, test.want)
			}
		})
	}
}

// While a better reader goes through a library, each record names the text that
// serves; another one beside it is no fault, and one that is damaged goes.
func TestTextsOfTwoReaders(t *testing.T) {
	l := newLibrary(t)
	rec := l.docs[1]
	hash := rec.Original.SHA256
	if err := l.PutText(t.Context(), hash, "v2", storage.Text{Pages: []storage.Page{{Number: 1, Text: "mới"}}}); err != nil {
		t.Fatal(err)
	}
	if found := l.run(t, verify.Options{}); len(found) > 0 {
		t.Errorf("before the record names it: %+v", found)
	}
	l.update(t, rec, func(d *storage.Document) { d.Reading.Reader = "v2" })
	if found := l.run(t, verify.Options{}); len(found) > 0 {
		t.Errorf("behind that: %+v", found)
	}
	l.edit(t, "texts/"+hash+"/v1.json.zst", flip)
	if found := l.run(t, verify.Options{Repair: true, Reread: l.reread}); len(found) != 1 || found[0].Kind != verify.TextDamaged || !found[0].Repaired {
		t.Errorf("the old one is damaged: %+v", found)
	}
	l.remove(t, "texts/"+hash+"/v2.json.zst")
	if found := l.run(t, verify.Options{}); len(found) != 1 || found[0].Kind != verify.TextMissing {
		t.Errorf("the one that serves is lost: %+v", found)
	}
}

func (l *library) update(t testing.TB, rec storage.Record, change func(*storage.Document)) {
	t.Helper()
	if _, err := l.UpdateDocument(t.Context(), rec.ID, "an", "edit", func(d *storage.Document) error {
		change(d)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func (l *library) first(t testing.TB, prefix string) string {
	t.Helper()
	for obj, err := range l.store.List(t.Context(), prefix, "") {
		if err != nil {
			t.Fatal(err)
		}
		return obj.Key
	}
	t.Fatalf("nothing under %s", prefix)
	return ""
}

// without is what the store holds, but for the events that repairs added.
func (l *library) without(t testing.TB, prefix string) saved {
	t.Helper()
	all, kept := l.save(t), 0
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if strings.HasPrefix(key, prefix) {
			if kept++; kept > 1 {
				delete(all, key)
			}
		}
	}
	return all
}

// audited holds that the trail tells of a repair.
func (l *library) audited(t testing.TB, kind verify.Kind) {
	t.Helper()
	for event, err := range l.Audit(t.Context(), time.Now()) {
		if err == nil && event.Action == "repair" && event.By == storage.ByRepair && strings.HasPrefix(event.Note, string(kind)+" ") {
			return
		}
	}
	t.Errorf("no event of a repair of %s", kind)
}

// A store that cannot be used ends the run.
func TestStoreOutOfOrder(t *testing.T) {
	l := newLibrary(t)
	if err := os.Rename(l.dir, l.dir+"-elsewhere"); err != nil {
		t.Fatal(err)
	}
	if _, err := verify.Run(t.Context(), l.store, verify.Options{}); !errors.Is(err, storage.ErrUnavailable) {
		t.Errorf("%v", err)
	}
	if err := os.Rename(l.dir+"-elsewhere", l.dir); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := verify.Run(ctx, l.store, verify.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
