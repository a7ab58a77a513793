package storage_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vankien/storage"
)

func TestCreateDocument(t *testing.T) {
	l, _ := open(t)
	doc := decree(1)
	rec := create(t, l, doc)
	id, err := storage.NewID(doc.Original.SHA256)
	if err != nil || rec.ID != id || rec.Revision != 1 || rec.Created != rec.Updated || time.Since(rec.Created) > time.Hour || rec.Created.Location() != time.UTC {
		t.Errorf("created %+v, %v", rec.Document, err)
	}
	if len(rec.History) != 1 || rec.History[0].By != "import" || rec.History[0].Action != "import" || rec.History[0].Revision != 1 || rec.History[0].At != rec.Created {
		t.Errorf("history %+v", rec.History)
	}
	stored, err := l.Document(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(rec, stored); diff != "" {
		t.Errorf("(-returned +stored):\n%s", diff)
	}
	if _, err := l.CreateDocument(t.Context(), doc, "import", "import"); !errors.Is(err, storage.ErrConflict) {
		t.Errorf("created again: %v", err)
	}
	doc.Facts.Evidence["title"] = storage.Evidence{}
	if len(rec.Facts.Evidence) != 1 {
		t.Error("the returned record shares its evidence with the caller's document")
	}
}

// The API shows the record's JSON: nothing that is a list or a map is null.
func TestRecordsHaveNoNullLists(t *testing.T) {
	l, s := open(t)
	doc := storage.Document{Original: storage.Original{SHA256: sum}}
	rec := create(t, l, doc)
	check := func(rec storage.Record) {
		t.Helper()
		data, err := json.Marshal(rec)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{`"relations":[]`, `"replaced_by":[]`, `"duplicates":[]`, `"issues":[]`, `"evidence":{}`, `"published":null`, `"number":null`} {
			if !strings.Contains(string(data), want) {
				t.Errorf("no %s in %s", want, data)
			}
		}
	}
	check(rec)
	rec, err := l.UpdateDocument(t.Context(), rec.ID, "an", "edit", func(d *storage.Document) error {
		d.Facts, d.ReplacedBy, d.Duplicates = storage.Facts{Title: "khác"}, nil, nil
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	check(rec)
	// A record that was written with nulls is read without.
	rest := fmt.Sprintf(`"id":%q,"facts":{"relations":null},"replaced_by":null,"created":"2026-03-01T07:00:00+07:00","history":[{"revision":1,"patch":null}]}`, rec.ID)
	plant(t, s, "documents/"+string(rec.ID)+".json", `{"checksum":"`+hash([]byte("{"+rest))+`",`+rest)
	rec, err = l.Document(t.Context(), rec.ID)
	if err != nil {
		t.Fatal(err)
	}
	check(rec)
	if rec.Created != time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) || string(rec.History[0].Patch) != "{}" {
		t.Errorf("created %v, history %+v", rec.Created, rec.History)
	}
}

func TestDocumentsThatAreRefused(t *testing.T) {
	l, _ := open(t)
	for name, create := range map[string]func(*storage.Document) (by, action string){
		"no hash":      func(d *storage.Document) (string, string) { d.Original.SHA256 = ""; return "an", "import" },
		"another's ID": func(d *storage.Document) (string, string) { d.ID = strings0(20); return "an", "import" },
		"nobody":       func(d *storage.Document) (string, string) { return "", "import" },
		"nothing done": func(d *storage.Document) (string, string) { return "an", "" },
		"time out of ISO": func(d *storage.Document) (string, string) {
			p := time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC)
			d.Published = &p
			return "an", "import"
		},
	} {
		doc := decree(1)
		by, action := create(&doc)
		if _, err := l.CreateDocument(t.Context(), doc, by, action); !errors.Is(err, storage.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	huge := decree(1)
	huge.Facts.Title = storage.Printed(strings.Repeat("x", 17<<20))
	if _, err := l.CreateDocument(t.Context(), huge, "an", "import"); !errors.Is(err, storage.ErrTooLarge) {
		t.Errorf("17 MiB of title: %v", err)
	}
	if _, err := l.Document(t.Context(), "../../etc/passwd"); !errors.Is(err, storage.ErrInvalid) {
		t.Errorf("a path as ID: %v", err)
	}
	if _, err := l.Document(t.Context(), strings0(20)); !errors.Is(err, storage.ErrNotFound) {
		t.Errorf("an unknown ID: %v", err)
	}
}

func strings0(n int) storage.ID { return storage.ID(strings.Repeat("0", n)) }

func TestDeleteDocument(t *testing.T) {
	l, _ := open(t)
	rec := create(t, l, decree(1))
	if err := l.DeleteDocument(t.Context(), rec.ID, storage.Version{Revision: 2}); !errors.Is(err, storage.ErrConflict) {
		t.Errorf("delete of another revision: %v", err)
	}
	if err := l.DeleteDocument(t.Context(), rec.ID, storage.Version{Revision: 1}); err != nil {
		t.Error(err)
	}
	for _, revision := range []int{0, 1} {
		if err := l.DeleteDocument(t.Context(), rec.ID, storage.Version{Revision: revision}); !errors.Is(err, storage.ErrNotFound) {
			t.Errorf("delete again: %v", err)
		}
	}
	create(t, l, decree(1))
	if err := l.DeleteDocument(t.Context(), rec.ID, storage.Version{Revision: 0}); err != nil {
		t.Error(err)
	}
}

// One upload wins, whoever uploads the same bytes at once.
func TestCreateTheSameAtOnce(t *testing.T) {
	l, _ := open(t)
	var all sync.WaitGroup
	won := make(chan string, 16)
	for i := range 16 {
		all.Go(func() {
			by := fmt.Sprint("token ", i)
			switch _, err := l.CreateDocument(t.Context(), decree(1), by, "import"); {
			case err == nil:
				won <- by
			case !errors.Is(err, storage.ErrConflict):
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(won) != 1 {
		t.Errorf("%d uploads won", len(won))
	}
}
