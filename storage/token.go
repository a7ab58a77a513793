package storage

import "time"

// Role is what the bearer of a token may do; each includes the ones before it.
type Role string

// The roles, from the least to the most.
const (
	RoleReader    Role = "reader"
	RoleEditor    Role = "editor"
	RolePublisher Role = "publisher"
	RoleAdmin     Role = "admin"
)

// Roles are all roles, from the least to the most.
var Roles = []Role{RoleReader, RoleEditor, RolePublisher, RoleAdmin}

// Rank is the role's place among Roles, -1 for an unknown one.
func (r Role) Rank() int {
	for i, role := range Roles {
		if r == role {
			return i
		}
	}
	return -1
}

// Audience is the narrowest audience that a bearer of the role belongs to; no
// role (an anonymous reader) belongs to the public.
func (r Role) Audience() Audience {
	switch rank := r.Rank(); {
	case rank < 0:
		return AudiencePublic
	case rank == 0:
		return AudienceMembers
	default:
		return AudienceStaff
	}
}

// Token is what the store keeps of an API token: never the token itself, only
// the SHA-256 of it.
type Token struct {
	Hash    string    `json:"hash"` // lower-case hex
	Name    string    `json:"name"`
	Role    Role      `json:"role"`
	Created time.Time `json:"created"`
}

// The names by which histories and the audit trail call the program itself; no
// token has one of them.
const (
	ByImport   = "import"   // the operator's command line
	ByRepair   = "repair"   // what mends interrupted writes and what was damaged
	ByOperator = "operator" // whoever works at the command line beside a running server
)

var reservedNames = []string{ByImport, ByRepair, ByOperator}
