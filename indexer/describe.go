package indexer

import (
	"slices"

	"vankien/indexer/facts"
	"vankien/storage"
)

// description is what was read of a document, and what it says it is.
type description struct {
	reading   storage.Reading
	mediaType string
	facts     storage.Facts
}

// describe reads what a text says, by OCR of that version too. It takes seconds
// for a long one: nobody waits for it who holds a lock, and no change of a record
// that is tried again repeats it.
func describe(text storage.Text, ocr string) description {
	return description{reading: readingOf(text, ocr), mediaType: text.MediaType, facts: facts.Read(text.Pages)}
}

// fill gives the description to a document; present is its record before that.
// What people have set stays, and so does an alarm that they have not answered.
func (d description) fill(present storage.Record, doc *storage.Document) error {
	read := d.facts
	read.Issues = withAlarms(read.Issues, present)
	if read.Circulation != "" && doc.Audience == storage.AudiencePublic && news(*doc) {
		doc.Audience = storage.AudienceMembers // until a publisher decides otherwise, whatever an editor says the mark is
	}
	read, err := keepEdited(read, *doc)
	if err != nil {
		return err
	}
	doc.Reading, doc.Original.MediaType, doc.Facts = d.reading, d.mediaType, read
	return nil
}

// news tells whether a circulation mark says something that nobody has known of
// the document. What was known and is open all the same, somebody has opened.
func news(doc storage.Document) bool {
	return doc.Reading.Status != storage.ReadingReady || doc.Facts.Circulation == "" && !slices.Contains(doc.Edited, "circulation")
}
