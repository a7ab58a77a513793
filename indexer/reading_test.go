package indexer_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"vankien/indexer"
	"vankien/storage"
)

// damaged are copies of a real paper in which no member would find a word.
func damaged(t *testing.T) map[string]string {
	t.Helper()
	text := string(sample(t, resolution))
	lookAlikes := strings.NewReplacer("a", "а", "e", "е", "o", "о", "c", "с", "p", "р", "x", "х", "y", "у", "i", "і", "T", "Т", "H", "Н", "M", "М")
	return map[string]string{
		"letters with marks lost": strings.Map(func(r rune) rune {
			if r > unicode.MaxASCII {
				return -1
			}
			return r
		}, text),
		"letters with marks replaced": strings.Map(func(r rune) rune {
			if r > unicode.MaxASCII {
				return unicode.ReplacementChar
			}
			return r
		}, text),
		"look-alikes":    lookAlikes.Replace(text),
		"nothing":        " \n\n",
		"lines and dots": ".....\n-----\n",
		"numbers alone":  "1 2 3\n4 5 6\n",
	}
}

// What nobody can trust is kept as a draft that says why, and stays one
// however often it is imported, until a person publishes it.
func TestADoubtfulTextIsNotPublished(t *testing.T) {
	for name, text := range damaged(t) {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			up := upload("a.txt", []byte(text))
			record, outcome := b.importOne(up)
			if outcome != indexer.Doubtful || record.State != storage.StateDraft || record.Published != nil || record.Reading.Status != storage.ReadingReady {
				t.Errorf("%s, %+v", outcome, record.Document)
			}
			t.Log(record.Reading.Score, record.Reading.Reason)
			if !strings.Contains(record.Reading.Reason, "biên tập viên cần xem lại") {
				t.Errorf("the reason is %q", record.Reading.Reason)
			}
			before := b.keys("")
			if again, outcome := b.importOne(up); outcome != indexer.Doubtful || again.Revision != record.Revision {
				t.Errorf("again: %s, revision %d", outcome, again.Revision)
			}
			same(t, "a doubtful text again", before, b.keys(""))
			if _, err := b.writer.Publish(t.Context(), record.ID, storage.Version{}, tester); err != nil {
				t.Error(err)
			}
			if again, outcome := b.importOne(up); outcome != indexer.Present || again.State != storage.StatePublished {
				t.Errorf("published by a person: %s, %s", outcome, again.State)
			}
		})
	}
}

// Without Publish nothing is withheld from anybody: a draft was asked for.
func TestADoubtfulDraftIsADraft(t *testing.T) {
	b := newBench(t)
	up := upload("a.txt", []byte(damaged(t)["look-alikes"]))
	up.Publish = false
	if record, outcome := b.importOne(up); outcome != indexer.Imported || record.Reading.Reason == "" {
		t.Errorf("%s, %+v", outcome, record.Reading)
	}
	up.Publish = true
	if record, outcome := b.importOne(up); outcome != indexer.Doubtful || record.State != storage.StateDraft {
		t.Errorf("%s, %+v", outcome, record.Document)
	}
}

const english = `The Party cell meets once a month, and each member reports on the work that was given to him.
The secretary then reads the resolution of the higher committee, explains what it asks of the commune and names those who will see to it.
Members who are away write to the cell and say why. A guest may speak but has no vote, and the minutes are kept for five years in the office of the committee.
`

// Few words, other languages and missing accents are no reason for doubt.
func TestTextsThatAreTrusted(t *testing.T) {
	b := newBench(t)
	for name, text := range map[string]string{
		"short":   "Đảng viên\n",
		"English": english,
		"both":    string(sample(t, resolution)) + strings.Repeat("This is the English summary of the resolution above.\n", 20),
	} {
		if record, outcome := b.importOne(upload(name, []byte(text))); outcome != indexer.Imported || record.State != storage.StatePublished || record.Reading.Reason != "" {
			t.Errorf("%s: %s, %+v", name, outcome, record.Document)
		}
	}
}

func TestScoresAreRounded(t *testing.T) {
	b := newBench(t)
	record, _ := b.importOne(upload(resolution, sample(t, resolution)))
	if score := fmt.Sprint(record.Reading.Score); len(score) > len("0.123") {
		t.Errorf("score %s", score)
	}
	three, _ := b.importOne(upload("a.txt", []byte("Đảng viên\f\f"+strings.Repeat("xyzt wqrt ", 20)+"\fchi bộ")))
	if score := fmt.Sprint(three.Reading.Score); len(score) > len("0.123") {
		t.Errorf("score %s of %d pages", score, three.Reading.Pages)
	}
}
