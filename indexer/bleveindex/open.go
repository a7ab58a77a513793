package bleveindex

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/blevesearch/bleve/v2"

	"vankien/storage"
)

// openBuild opens the live build of an index after it has checked all of it.
// The error is an *unusable where there is none that can be used.
func openBuild(dir string, logger *slog.Logger) (*build, condition, error) {
	name, err := currentBuild(dir)
	if err == nil {
		err = checkVersions(filepath.Join(dir, name))
	}
	if err != nil {
		return nil, condition{}, err
	}
	found, err := inspect(context.Background(), dir, name)
	if err != nil {
		return nil, condition{}, err
	}
	for _, damage := range found.damages {
		logger.Warn("the index is damaged", "file", filepath.Join(dir, filepath.FromSlash(damage.File)), "reason", damage.Reason)
	}
	state := condition{state: Whole}
	switch last := len(found.damages) - 1; {
	case found.fatal:
		return nil, condition{}, &unusable{"Chỉ mục bị hỏng. " + found.damages[last].Reason, fmt.Errorf("%s is damaged", found.damages[last].File)}
	case len(found.lost) > 0:
		state = condition{Stale, "Một phần của chỉ mục bị hỏng và đã bỏ đi; đang thiếu một số văn bản cho đến khi bổ sung xong."}
	case found.doubtful:
		state = condition{Stale, "Chỉ mục có thể là một bản cũ hơn; đang đối chiếu lại với kho."}
	}
	b := &build{dir: dir, name: name, manifest: found.manifest, logger: logger}
	if err := b.openChecked(found); passing(err) {
		return nil, condition{}, err
	} else if err != nil {
		return nil, condition{}, &unusable{"Chỉ mục bị hỏng, không mở được.", fmt.Errorf("opening build %s: %w", name, err)}
	}
	return b, state, nil
}

// openChecked opens a build that was inspected. Whatever panics on the way, or
// faults in a file that is mapped, is an error.
func (b *build) openChecked(found *inspection) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
		if err != nil && b.bleve != nil {
			err = errors.Join(err, b.close())
		} else if err != nil {
			b.unwatch()
		}
	}()
	if err := b.beginUse(); err != nil {
		return err
	}
	if len(found.lost) > 0 {
		if err := b.dropLost(found.lost); err != nil {
			return err
		}
	}
	b.watch()
	idx, err := bleve.OpenUsing(b.path(), bleveConfig())
	if err != nil {
		return err
	}
	b.bleve = idx // not before: with an error it would be a nil pointer that is not nil
	held, err := b.bleve.GetInternal([]byte(digestKey))
	if err != nil {
		return err
	}
	if !bytes.Equal(held, found.root.digest) {
		return errors.New("bleve opens another state than the last one")
	}
	return errors.Join(b.findAnalyzers(), b.load(held, len(found.lost) > 0))
}

// dropLost goes on without the segments that are damaged or gone.
func (b *build) dropLost(lost []string) error {
	if err := dropSegments(b.path(), lost); err != nil {
		return err
	}
	for _, segment := range lost {
		if err := os.Remove(filepath.Join(b.path(), segmentDir, segment)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// load reads the document entries and removes passages that no entry names:
// what a crash between two batches of one Apply leaves behind. Where segments
// were lost, documents that lack a passage go too; else that is an error, as is
// an entry too many or too few.
func (b *build) load(held []byte, lost bool) error {
	s, columns, err := openSnapshot(b.bleve, nil)
	if err != nil {
		return err
	}
	b.columns = columns
	batch := b.bleve.NewBatch()
	err = b.loadFrom(s, held, lost, batch)
	if err := errors.Join(err, s.close()); err != nil {
		return err
	}
	return b.commit(batch)
}

func (b *build) loadFrom(s *snapshot, held []byte, lost bool, batch *bleve.Batch) error {
	var err error
	if b.listings, err = readListings(s); err != nil {
		return err
	}
	if b.digest = digestOf(b.listings); !lost && !bytes.Equal(held, b.digest.bytes()) {
		return errors.New("the entries are not those that were written")
	}
	incomplete, err := incompleteDocuments(s, b.listings)
	if err != nil {
		return err
	}
	if len(incomplete) > 0 && !lost {
		return fmt.Errorf("%d documents lack passages", len(incomplete))
	}
	for _, id := range incomplete {
		b.digest.remove(b.listings[id].entry)
		delete(b.listings, id)
		batch.Delete(entryID(id))
	}
	if lost {
		if len(b.listings) == 0 {
			return errors.New("nothing is left")
		}
		batch.SetInternal([]byte(digestKey), b.digest.bytes())
	}
	return eachNameless(s, b.listings, func(id string) { batch.Delete(id) })
}

// incompleteDocuments are those of which a passage is not there. One that is
// there twice is an error.
func incompleteDocuments(s *snapshot, listings map[storage.ID]*listing) ([]storage.ID, error) {
	present := make(map[*listing][]bool, len(listings))
	missing := make(map[*listing]int, len(listings))
	for _, l := range listings {
		present[l], missing[l] = make([]bool, l.Passages), l.Passages
	}
	for _, seg := range s.segments {
		if d := seg.deleted; d != nil && !d.IsEmpty() && int(d.Maximum()) >= seg.size() {
			return nil, errors.New("more is deleted of a segment than it has")
		}
		named := make([]*listing, len(seg.column.keys))
		for k, key := range seg.column.keys {
			named[k] = listingOf(listings, key)
		}
		for item, key := range seg.column.ofItem {
			if key < 0 || named[key] == nil || seg.hidden != nil && seg.hidden.ContainsInt(item) {
				continue
			}
			l, ordinal := named[key], seg.column.ordinals[item]
			if ordinal < 0 || int(ordinal) >= l.Passages || present[l][ordinal] {
				return nil, fmt.Errorf("passage %d of %s is there twice, or one too many", ordinal, l.Document.ID)
			}
			present[l][ordinal] = true
			missing[l]--
		}
	}
	var incomplete []storage.ID
	for id, l := range listings {
		if missing[l] > 0 {
			incomplete = append(incomplete, id)
		}
	}
	return incomplete, nil
}

// eachNameless visits the names of the passages that no document names.
func eachNameless(s *snapshot, listings map[storage.ID]*listing, visit func(id string)) error {
	for _, seg := range s.segments {
		nameless := make([]bool, len(seg.column.keys))
		for k, key := range seg.column.keys {
			nameless[k] = listingOf(listings, key) == nil
		}
		for item, key := range seg.column.ofItem {
			if key < 0 || !nameless[key] || seg.hidden != nil && seg.hidden.ContainsInt(item) {
				continue
			}
			id, err := seg.id(uint64(item))
			if err != nil {
				return err
			}
			visit(id)
		}
	}
	return nil
}
