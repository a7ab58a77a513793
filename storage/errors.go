package storage

import "errors"

// The sentinel errors of the whole program. They are wrapped with %w on the
// way up and turned into HTTP statuses and Vietnamese sentences in one table
// (api). An error that wraps none of them is a fault of ours.
var (
	ErrNotFound    = errors.New("not found")
	ErrConflict    = errors.New("conflict")                // a condition (If-Match, If-None-Match) did not hold
	ErrInvalid     = errors.New("invalid")                 // the input can never be accepted as it is
	ErrTooLarge    = errors.New("too large")               // the input is over a limit
	ErrUnsupported = errors.New("unsupported format")      // a format that no reader reads (yet)
	ErrEncrypted   = errors.New("encrypted")               // the file needs a password
	ErrSecret      = errors.New("state secret")            // refused by the secrecy guard; nothing may be kept
	ErrForbidden   = errors.New("forbidden")               // known, but not allowed
	ErrUnavailable = errors.New("temporarily unavailable") // the store or the index cannot answer now
	ErrNoSpace     = errors.New("no space left")           // the disk or the bucket is full
	ErrDamaged     = errors.New("damaged")                 // what the store holds is not what was put there
	ErrLocked      = errors.New("held by another process") // another process has the index open
)
