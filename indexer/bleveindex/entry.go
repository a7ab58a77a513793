package bleveindex

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/storage"
)

// The fields of the Bleve index. Passages have the first six, document
// entries the last two. No field keeps positions: they were over half of an
// index; the order of a passage's words stands in its record (sequence.go).
const (
	fieldText     = "text"     // canonical syllables and pairs, title three times and body
	fieldFold     = "fold"     // the same, folded
	fieldDocument = "document" // the key of the document entry that the passage belongs to
	fieldOrdinal  = "ordinal"  // the passage's place in its document, from 0
	fieldLength   = "length"   // how many terms text has, which is as many as fold has
	fieldPassage  = "passage"  // stored: the passage (record.go)
	fieldType     = "type"     // "entry" for document entries
	fieldEntry    = "entry"    // stored: the entry as JSON
)

const typeEntry = "entry"

// titleWeight is how often a passage's title counts (SEARCH.md: one field,
// title three times, no pair across).
const titleWeight = 3

// entry is what the index stores of a document, beside its passages. Passages
// are found by the entry's key, so that whatever is written before the entry
// is invisible, and a change of facts alone rewrites one entry and no passage.
type entry struct {
	Document   storage.Document `json:"document"`
	Generation string           `json:"generation"` // hash of the passages
	Passages   int              `json:"passages"`
	Tokens     int              `json:"tokens"` // terms in the text field of all its passages

	sum entrySum // of the entry as it is stored
}

// key is what the entry's passages carry in fieldDocument.
func (e *entry) key() string { return string(e.Document.ID) + "@" + e.Generation }

func idOfKey(key string) storage.ID { return storage.ID(key[:max(0, strings.LastIndexByte(key, '@'))]) }

func (e *entry) passageID(ordinal int) string { return e.key() + "/" + strconv.Itoa(ordinal) }

func entryID(id storage.ID) string { return "entry/" + string(id) }

func generation(passages []indexer.Passage) (string, error) {
	hash := sha256.New()
	if err := json.NewEncoder(hash).Encode(passages); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)[:8]), nil
}

// analyzerSet are the analyzers of the passage fields.
type analyzerSet struct{ text, fold analysis.Analyzer }

const (
	indexed = index.IndexField
	stored  = index.StoreField
)

// passageDocument is the Bleve document of one passage, and the length of its text.
func (set analyzerSet) passageDocument(e *entry, ordinal int, p indexer.Passage) (*document.Document, int) {
	const gap = "\n\n" // a blank line: neither pairs nor phrases reach across it
	weighted := []byte(strings.Repeat(p.Title+gap, titleWeight) + p.Text)
	length := titleWeight*analyzers.CountTerms(p.Title) + analyzers.CountTerms(p.Text)

	doc := document.NewDocument(e.passageID(ordinal))
	doc.AddField(unmeasured(fieldText, weighted, set.text))
	doc.AddField(unmeasured(fieldFold, weighted, set.fold))
	doc.AddField(keyword(fieldDocument, e.key()))
	doc.AddField(keyword(fieldOrdinal, strconv.Itoa(ordinal)))
	doc.AddField(keyword(fieldLength, strconv.Itoa(length)))
	doc.AddField(document.NewTextFieldCustom(fieldPassage, nil, encodePassage(p), stored, nil))
	return doc, length
}

// unmeasuredField is a text field that Bleve takes for one of a single term:
// it writes a field's length beside each of its postings, and nobody reads it there
// (fieldLength has it). So it is a byte instead of two.
type unmeasuredField struct{ *document.TextField }

// AnalyzedLength implements index.Field. Bleve takes 0 for a posting that is
// not there.
func (unmeasuredField) AnalyzedLength() int { return 1 }

func unmeasured(field string, text []byte, analyzer analysis.Analyzer) unmeasuredField {
	return unmeasuredField{document.NewTextFieldCustom(field, nil, text, indexed, analyzer)}
}

func keyword(field, value string) *document.TextField {
	return document.NewTextFieldCustom(field, nil, []byte(value), indexed|index.SkipFreqNorm, nil)
}

// document is the Bleve document of the entry itself; the entry then knows its sum.
func (e *entry) document() (*document.Document, error) {
	record, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	e.sum = sumEntry(record)
	doc := document.NewDocument(entryID(e.Document.ID))
	doc.AddField(keyword(fieldType, typeEntry))
	doc.AddField(document.NewTextFieldCustom(fieldEntry, nil, record, stored, nil))
	return doc, nil
}
