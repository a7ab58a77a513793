package facts

import (
	"strings"
	"unicode/utf8"

	"vankien/storage"
)

// dropBroken takes away the facts that hold a letter which the file does not
// say (U+FFFD): nobody can search for them or quote them. What was seen stays as
// evidence; missing tells of those facts that every document has.
func (r *reader) dropBroken() {
	f := &r.facts
	for _, fact := range []struct {
		name  string
		value *storage.Printed
		issue string
	}{
		{"issuer", &f.Issuer, ""},
		{"title", &f.Title, ""},
		{"place", &f.Place, ""},
		{"signer", &f.Signer, "Không đọc được tên người ký."},
		{"signer_role", &f.SignerRole, "Không đọc được chức vụ người ký."},
	} {
		if !strings.ContainsRune(string(*fact.value), utf8.RuneError) {
			continue
		}
		*fact.value = ""
		e := f.Evidence[fact.name]
		e.Confidence = guess
		f.Evidence[fact.name] = e
		if fact.issue != "" {
			r.issue(fact.issue)
		}
	}
}
