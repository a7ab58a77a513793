package bleveindex

import (
	"crypto/sha256"
	"encoding/binary"
	"maps"

	"vankien/storage"
)

// digestKey is where every commit of entries leaves the digest of all of them.
// What is deleted stands in a file without checksums: only the digest tells
// that an entry was lost there or came back.
const digestKey = "vankien/entries"

// digest sums up a set of entries; in which order they came and went leaves no
// trace.
type digest struct {
	entries uint64
	sum     entrySum
}

// entrySum is the hash of an entry as it is stored.
type entrySum [16]byte

func sumEntry(record []byte) entrySum {
	hash := sha256.Sum256(record)
	return entrySum(hash[:16])
}

func (d *digest) add(e *entry)    { d.entries++; d.mix(e.sum) }
func (d *digest) remove(e *entry) { d.entries--; d.mix(e.sum) }

func (d *digest) mix(sum entrySum) {
	for i := range sum {
		d.sum[i] ^= sum[i]
	}
}

func (d *digest) bytes() []byte {
	return append(binary.BigEndian.AppendUint64(nil, d.entries), d.sum[:]...)
}

func digestOf(listings map[storage.ID]*listing) digest {
	var d digest
	for l := range maps.Values(listings) {
		d.add(l.entry)
	}
	return d
}
