package storage

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Records, tokens and audit events begin with a checksum, so that nobody is
// served one that a disk, a wire or a hand has altered:
//
//	{"checksum":"<hex of the SHA-256 of the object that the rest makes>","id":…
//
// It finds accidents and edits by hand; whoever may write to the store and
// knows the program can make a new one.
const sealPrefix = `{"checksum":"`

const sealLength = len(sealPrefix) + 2*sha256.Size + len(`",`)

// SealRecord is the record as it is stored; ReadRecord reads it.
func SealRecord(rec Record) ([]byte, error) { return seal(rec) }

// seal is an object's JSON with its checksum.
func seal(object any) ([]byte, error) {
	data, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	return bytes.Join([][]byte{[]byte(sealPrefix), []byte(hex.EncodeToString(sum[:])), []byte(`",`), data[1:]}, nil), nil
}

// ReadRecord reads a record as the store keeps it. ErrDamaged where it is no
// record or its checksum does not hold; in the latter case the record is
// returned too, for whoever repairs it.
func ReadRecord(data []byte) (Record, error) {
	var rec Record
	if err := json.Unmarshal(data, &rec); err != nil {
		return Record{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	rec.normalize()
	if !Sealed(data) {
		return rec, fmt.Errorf("the checksum of record %.40q does not hold: %w", rec.ID, ErrDamaged)
	}
	return rec, nil
}

// Sealed tells whether a stored object begins with the checksum of the rest.
func Sealed(data []byte) bool {
	if len(data) < sealLength || !bytes.HasPrefix(data, []byte(sealPrefix)) {
		return false
	}
	sum := sha256.New()
	sum.Write([]byte{'{'}) // a hash takes every byte
	sum.Write(data[sealLength:])
	want := hex.EncodeToString(sum.Sum(nil)) + `",`
	return string(data[len(sealPrefix):sealLength]) == want
}
