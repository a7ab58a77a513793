package storage_test

import (
	"testing"

	"vankien/storage"
)

// TestAudienceIncludes: what is not known is closed, for readers as for documents.
func TestAudienceIncludes(t *testing.T) {
	all := []storage.Audience{storage.AudiencePublic, storage.AudienceMembers, storage.AudienceStaff, "", "everyone"}
	for reader, want := range map[storage.Audience]string{
		storage.AudiencePublic:  "public",
		storage.AudienceMembers: "public members",
		storage.AudienceStaff:   "public members staff  everyone",
		"":                      "public",
		"everyone":              "public",
	} {
		got := ""
		for _, document := range all {
			if reader.Includes(document) {
				got += " " + string(document)
			}
		}
		if got != " "+want {
			t.Errorf("%q sees documents for%s, want %s", reader, got, want)
		}
	}
}
