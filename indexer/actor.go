package indexer

import (
	"fmt"
	"slices"

	"vankien/storage"
)

// Actor is who changes the library.
type Actor struct {
	Name string // as histories and the audit trail call them
	Role storage.Role
	// Alone is for the operator at the command line, who takes in whole
	// libraries: no second reader is asked for.
	Alone bool
}

// Importer is the operator's command line.
var Importer = Actor{Name: storage.ByImport, Role: storage.RoleAdmin, Alone: true}

// has tells whether the actor's role includes role.
func (a Actor) has(role storage.Role) bool { return a.Role.Rank() >= role.Rank() }

// mayPublish holds the rule of the second reader: whoever uploaded a document
// or was the last to edit it does not publish it, whatever their role.
func (a Actor) mayPublish(record storage.Record) error {
	if a.Alone || !slices.Contains(hands(record), a.Name) {
		return nil
	}
	return &InputError{
		Reason: "Người tải lên hoặc sửa văn bản lần cuối không tự công bố được; cần người thứ hai đọc và công bố.",
		Err:    storage.ErrForbidden,
	}
}

// hands are who uploaded a document and who was the last to edit it.
func hands(record storage.Record) []string {
	uploader, editor := "", ""
	for i, change := range record.History {
		if i == 0 || change.Action == actionUpload {
			uploader = change.By
		}
		if change.Action == actionEdit || change.Action == actionRestore {
			editor = change.By
		}
	}
	return []string{uploader, editor}
}

// mayAddress refuses to open a document to more people to anybody who may not
// publish: a mark such as LƯU HÀNH NỘI BỘ holds until a publisher decides
// otherwise. Closing it is for every editor.
func (a Actor) mayAddress(from, to storage.Audience) error {
	if to.Includes(from) || a.has(storage.RolePublisher) { // who may see what is for `to` may see what is for `from`
		return nil
	}
	return &InputError{
		Reason: fmt.Sprintf("Mở văn bản từ %s ra %s cần quyền công bố.", audienceNames[from], audienceNames[to]),
		Err:    storage.ErrForbidden,
	}
}

var audienceNames = map[storage.Audience]string{
	storage.AudiencePublic:  "“công khai”",
	storage.AudienceMembers: "“dành cho đảng viên”",
	storage.AudienceStaff:   "“dành cho Ban Biên tập”",
}
