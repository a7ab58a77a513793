package bleveindex

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"os"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/util"
)

// Which segments make up a build, and what is deleted of each, stands in a
// Bolt file that carries no checksums: Bolt maps it and dies of a damaged page,
// from goroutines that nobody can recover. So we read the file ourselves, as
// plain bytes, before Bolt may; that also takes none of Bolt's locks, and works
// beside a process that writes (Bolt never overwrites what its last commit reads).

// rootState is the last state that a root file keeps.
type rootState struct {
	segments []string // file names, beside the root file
	digest   []byte   // as commits leave it (digestKey)
	older    bool     // a newer state may be lost: its head is damaged
}

// readRoot reads and checks a root file.
func readRoot(path string) (rootState, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return rootState{}, err
	}
	return parseRoot(data)
}

func parseRoot(data []byte) (rootState, error) {
	f, root, err := openBolt(data)
	if err != nil {
		return rootState{}, err
	}
	tree, err := f.bucket(root)
	if err != nil {
		return rootState{}, err
	}
	if err := f.checkFree(); err != nil {
		return rootState{}, err
	}
	state, err := lastState(tree)
	state.older = f.older
	return state, err
}

// lastState is the newest of the states that a root file keeps.
func lastState(root *boltBucket) (rootState, error) {
	snapshots := root.buckets[string(util.BoltSnapshotsBucket)]
	if snapshots == nil || len(snapshots.order) == 0 {
		return rootState{}, errors.New("no state is kept")
	}
	last := snapshots.buckets[snapshots.order[len(snapshots.order)-1]]
	if last == nil {
		return rootState{}, errors.New("the last state is none")
	}
	var state rootState
	for _, key := range last.order {
		part := last.buckets[key]
		switch {
		case part == nil:
			return rootState{}, fmt.Errorf("the part %x of the last state is none", key)
		case key == string(util.BoltInternalKey):
			state.digest = part.values[digestKey]
		case key == string(util.BoltMetaDataKey):
		default:
			name := part.values[string(util.BoltPathKey)]
			if len(name) == 0 || bytes.ContainsAny(name, `/\`) {
				return rootState{}, fmt.Errorf("%q names no segment", name)
			}
			if err := checkBitmap(part.values[string(util.BoltDeletedKey)]); err != nil {
				return rootState{}, fmt.Errorf("what is deleted of segment %s: %w", name, err)
			}
			state.segments = append(state.segments, string(name))
		}
	}
	if state.digest == nil {
		return rootState{}, errors.New("the last state carries no digest")
	}
	return state, nil
}

func checkBitmap(data []byte) (err error) {
	if data == nil {
		return nil
	}
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("reading a bitmap: %v", cause)
		}
	}()
	b := roaring.New()
	if n, err := b.ReadFrom(bytes.NewReader(data)); err != nil || int(n) != len(data) {
		return fmt.Errorf("%d of %d bytes of a bitmap: %w", n, len(data), errors.Join(err, errDamagedRoot))
	}
	return b.Validate()
}

var errDamagedRoot = errors.New("damaged")

// boltBucket is a bucket read into memory.
type boltBucket struct {
	order   []string // keys, ascending
	values  map[string][]byte
	buckets map[string]*boltBucket
}

// boltFile is a Bolt file as bytes.
type boltFile struct {
	data  []byte
	page  int    // bytes of a page
	pages uint64 // in use or free; what lies behind was never written
	free  uint64 // where the list of free pages begins
	older bool
	seen  map[uint64]bool // pages that something uses
	left  int             // bytes of elements that may still be read: damaged ones may overlap, and stand in each other
}

const (
	boltMagic    = 0xED0CDAED
	boltHeader   = 16 // of a page: number, kind, count, pages that follow
	boltElement  = 16
	boltBranch   = 1
	boltLeaf     = 2
	boltFreelist = 16
	noFreelist   = ^uint64(0)
)

var native = binary.NativeEndian

// openBolt reads the two heads of a file and returns the page of the root bucket.
func openBolt(data []byte) (*boltFile, uint64, error) {
	var newest []byte
	whole := 0
	for _, at := range boltHeads(data) {
		meta := data[at+boltHeader:][:64]
		sum := fnv.New64a()
		sum.Write(meta[:56]) // a hash takes every byte
		if native.Uint32(meta) != boltMagic || native.Uint32(meta[4:]) != 2 || native.Uint64(meta[56:]) != sum.Sum64() {
			continue
		}
		whole++
		if newest == nil || native.Uint64(meta[48:]) > native.Uint64(newest[48:]) {
			newest = meta
		}
	}
	if newest == nil {
		return nil, 0, errors.New("both heads are damaged")
	}
	f := &boltFile{
		data: data, page: int(native.Uint32(newest[8:])), pages: native.Uint64(newest[40:]), free: native.Uint64(newest[32:]),
		older: whole < 2, seen: map[uint64]bool{0: true, 1: true}, left: 8 * len(data),
	}
	if f.page < 1024 || f.page > 1<<16 || f.pages > uint64(len(data)/f.page) {
		return nil, 0, fmt.Errorf("%d pages of %d bytes are more than there is", f.pages, f.page)
	}
	return f, native.Uint64(newest[16:]), nil
}

// boltHeads is where the two heads begin. The second stands a page behind the
// first, however long a page is.
func boltHeads(data []byte) []int {
	var heads []int
	for at := 0; at <= 1<<16 && len(heads) < 2; at = max(2*at, 1024) {
		if at+boltHeader+64 <= len(data) && native.Uint32(data[at+boltHeader:]) == boltMagic {
			heads = append(heads, at)
		}
	}
	return heads
}
