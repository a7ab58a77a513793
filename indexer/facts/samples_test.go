package facts_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"

	"vankien/indexer/extract"
	"vankien/indexer/facts"
	"vankien/storage"
	"vankien/testdata"
)

// sample is what testdata says a reader must get out of a document.
type sample struct {
	Facts struct {
		Number, Kind, Issuer, Issued, Place, Title, Signer, Effective, Secrecy, Urgency, Circulation *string

		KindSymbol   *string   `json:"kind_symbol"`
		IssuerSymbol *string   `json:"issuer_symbol"`
		SignerRole   *string   `json:"signer_role"`
		IssuerAlt    []*string `json:"issuer_alt"`
		Recipients   []string
	}
	Relations []storage.Relation
}

// TestReadSamples compares what every sample document says of itself with what
// testdata says it says.
func TestReadSamples(t *testing.T) {
	eachSample(t, func(t *testing.T, got storage.Facts, want sample) {
		if diff := cmp.Diff(want.lines(string(got.Issuer)), lines(got)); diff != "" {
			t.Errorf("(- wanted, + read)\n%s", diff)
		}
	})
}

// eachSample reads every sample document as an upload is read.
func eachSample(t *testing.T, check func(t *testing.T, got storage.Facts, want sample)) {
	t.Helper()
	documents, err := fs.ReadDir(testdata.Documents(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range documents {
		t.Run(document.Name(), func(t *testing.T) {
			data, err := fs.ReadFile(testdata.Documents(), document.Name())
			if err != nil {
				t.Fatal(err)
			}
			text, err := extract.Read(context.Background(), extract.File{Name: document.Name(), Size: int64(len(data)), ReaderAt: bytes.NewReader(data)})
			if err != nil {
				t.Fatal(err)
			}
			check(t, facts.Read(text.Pages), expected(t, document.Name()))
		})
	}
}

func expected(t *testing.T, document string) (s sample) {
	t.Helper()
	data, err := fs.ReadFile(testdata.Expected(), strings.TrimSuffix(document, filepath.Ext(document))+".json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// lines are the wanted facts, one a line. Where the issuer that was read is
// one of the others that are right, too, it is the one that is wanted.
func (s sample) lines(issuerRead string) []string {
	f := s.Facts
	issuer := plain(f.Issuer)
	if slices.ContainsFunc(f.IssuerAlt, func(other *string) bool { return plain(other) == plain(&issuerRead) }) {
		issuer = plain(&issuerRead)
	}
	return append(factLines(plain(f.Number), plain(f.Kind), plain(f.KindSymbol), issuer, plain(f.IssuerSymbol), plain(f.Issued), plain(f.Place), plain(f.Title),
		plain(f.Signer), plain(f.SignerRole), plain(f.Effective), plain(f.Secrecy), plain(f.Urgency), plain(f.Circulation), joinedPlain(f.Recipients)), replacements(s.Relations)...)
}

func lines(f storage.Facts) []string {
	of := func(s storage.Printed) string { p := string(s); return plain(&p) }
	return append(factLines(of(f.Number), of(f.Kind), of(f.KindSymbol), of(f.Issuer), of(f.IssuerSymbol), string(f.Issued), of(f.Place), of(f.Title),
		of(f.Signer), of(f.SignerRole), string(f.Effective), of(f.Secrecy), of(f.Urgency), of(f.Circulation), joinedPlain(f.Recipients)), replacements(f.Relations)...)
}

func factLines(values ...string) []string {
	names := []string{"number", "kind", "kind_symbol", "issuer", "issuer_symbol", "issued", "place", "title",
		"signer", "signer_role", "effective", "secrecy", "urgency", "circulation", "recipients"}
	for i := range values {
		values[i] = names[i] + ": " + values[i]
	}
	return values
}

// replacements are the documents that are expressly replaced.
func replacements(relations []storage.Relation) (found []string) {
	for _, r := range relations {
		if r.Kind == storage.Replaces && r.Explicit {
			found = append(found, "replaces: "+r.Target+" of "+string(r.Date))
		}
	}
	slices.Sort(found)
	return found
}

func joinedPlain(names []string) string {
	all := strings.Join(names, " | ")
	return plain(&all)
}

// plain is NFC with single spaces, "" for what is not printed.
func plain(s *string) string {
	if s == nil {
		return ""
	}
	return strings.Join(strings.Fields(norm.NFC.String(*s)), " ")
}
