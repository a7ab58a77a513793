package bleveindex

import (
	"errors"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

// forgetEvery is how often a Rebuild lets go of what was read of the mapped
// files of both builds. Merging reads all of a build once; without this every
// page of it would count as memory of the process until the merged segments are
// closed: 786 MB for 14,000 documents.
const forgetEvery = 500 * time.Millisecond

// mappedSegment is a segment that is a mapped file. One that is not written yet
// is ordinary memory, has no path, and must never be forgotten.
type mappedSegment interface {
	Path() string
	Data() []byte // the mapping, whole pages from its beginning
}

// forgetWhile lets go of mapped pages until stop is closed.
func (r *rebuild) forgetWhile(stop <-chan struct{}) {
	ticks := time.NewTicker(forgetEvery)
	defer ticks.Stop()
	for {
		select {
		case <-stop:
			return
		case <-ticks.C:
		}
		if err := r.forgetMapped(); err != nil {
			r.index.logger.Debug("mapped pages of the index stay in memory", "error", err)
			return
		}
	}
}

func (r *rebuild) forgetMapped() error {
	live, err := r.index.acquire()
	if err != nil {
		return err
	}
	defer live.release()
	fresh, err := openState(r.fresh.bleve)
	if err != nil {
		return err
	}
	return errors.Join(forgetSegments(live.reader), forgetSegments(fresh), fresh.Close())
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
