package bleveindex

import (
	"errors"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// mappedSegment is a segment that is a mapped file. One that is not written yet
// is ordinary memory, has no path, and must never be forgotten.
type mappedSegment interface {
	Path() string
	Data() []byte // the mapping, whole pages from its beginning
}

// forgetMapped lets go of what has been read of the build's mapped files.
// Merging reads all of a build once: without this every page of it would count
// as memory of the process until the merged segments are closed.
func (b *build) forgetMapped() error {
	state, err := openState(b.bleve)
	if err != nil {
		return err
	}
	return errors.Join(forgetSegments(state), state.Close())
}

// forgetSegments lets go of the mapped segments of a state, which is held open.
func forgetSegments(state *scorch.IndexSnapshot) error {
	for _, seg := range state.Segments() {
		if mapped, ok := seg.Segment().(mappedSegment); ok {
			if err := forget(mapped.Data()); err != nil {
				return err
			}
		}
	}
	return nil
}
