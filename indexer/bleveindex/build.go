package bleveindex

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/oklog/ulid/v2"

	"vankien/analyzers"
	"vankien/indexer"
	"vankien/storage"
)

// layout is the version of our fields and stored records. Raise it with every
// change of them; the builds of older versions are then rebuilt.
const layout = 2

const (
	currentFile  = "current"
	versionsFile = "versions.json"
	buildPrefix  = "build-"
)

// versions are what a build was made with. A build made with others is not used.
type versions struct {
	Layout    int    `json:"layout"`
	Analyzers string `json:"analyzers"`
	Entries   string `json:"entries"`
}

var wanted = versions{Layout: layout, Analyzers: analyzers.Version, Entries: indexer.EntryVersion}

// build is one Bleve index on disk with what we keep of it in memory. Its
// methods are called under Index.writing, openView and adopt under Index.mu.
type build struct {
	dir, name string
	bleve     bleve.Index
	analyzers analyzerSet
	listings  map[storage.ID]*listing
	columns   map[uint64]*column // of the segments of the latest view
	readers   sync.WaitGroup     // open snapshots: Bleve's Close hangs on them
}

func (b *build) path() string { return filepath.Join(b.dir, b.name) }

// newBuild begins an empty build in dir.
func newBuild(dir string) (*build, error) {
	b := &build{dir: dir, name: buildPrefix + strings.ToLower(ulid.Make().String()), listings: make(map[storage.ID]*listing)}
	idx, err := bleve.NewUsing(b.path(), mapping.NewIndexMapping(), scorch.Name, scorch.Name, bleveConfig())
	if err != nil {
		return nil, fmt.Errorf("new index: %w", err)
	}
	b.bleve = idx
	made, err := json.Marshal(wanted)
	if err != nil {
		return nil, err
	}
	if err := writeFile(filepath.Join(b.path(), versionsFile), made); err != nil {
		return nil, errors.Join(err, b.remove())
	}
	return b, b.findAnalyzers()
}

// bleveConfig bounds how long opening waits for another holder; without it a
// second opening of the same folder blocks forever.
func bleveConfig() map[string]any { return map[string]any{"bolt_timeout": "5s"} }

// openBuild opens the build that the current file names. The error wraps
// fs.ErrNotExist where there is none yet.
func openBuild(dir string, logger *slog.Logger) (*build, error) {
	name, err := os.ReadFile(filepath.Join(dir, currentFile))
	if err != nil {
		return nil, err
	}
	b := &build{dir: dir, name: strings.TrimSpace(string(name))}
	if !strings.HasPrefix(b.name, buildPrefix) || filepath.Base(b.name) != b.name {
		return nil, fmt.Errorf("%q names no build", b.name)
	}
	record, err := os.ReadFile(filepath.Join(b.path(), versionsFile))
	if err != nil {
		return nil, fmt.Errorf("build %s has no versions: %v", b.name, err)
	}
	var made versions
	if err := json.Unmarshal(record, &made); err != nil {
		return nil, fmt.Errorf("versions of build %s: %w", b.name, err)
	}
	if made != wanted {
		return nil, fmt.Errorf("build %s was made with %+v, this program needs %+v", b.name, made, wanted)
	}
	if err := dropDamaged(b.path(), logger); err != nil {
		return nil, fmt.Errorf("checking build %s: %v", b.name, err)
	}
	if err := b.open(); err != nil {
		return nil, fmt.Errorf("opening build %s: %v", b.name, err)
	}
	if err := errors.Join(b.findAnalyzers(), b.load()); err != nil {
		return nil, errors.Join(fmt.Errorf("reading build %s: %v", b.name, err), b.bleve.Close())
	}
	return b, nil
}

// open opens the Bleve index. The list of segments is a Bolt file, which carries
// no checksum and panics where its pages are damaged.
func (b *build) open() (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("bleve panicked: %v", cause)
		}
	}()
	b.bleve, err = bleve.OpenUsing(b.path(), bleveConfig())
	return err
}

func (b *build) findAnalyzers() error {
	m := b.bleve.Mapping()
	b.analyzers = analyzerSet{
		text:  m.AnalyzerNamed(analyzers.TextAnalyzer),
		fold:  m.AnalyzerNamed(analyzers.FoldAnalyzer),
		words: m.AnalyzerNamed(analyzers.WordsAnalyzer),
	}
	if b.analyzers.text == nil || b.analyzers.fold == nil || b.analyzers.words == nil {
		return fmt.Errorf("the analyzers %s are not registered", analyzers.Version)
	}
	return nil
}

// load reads the document entries and removes passages that no entry names:
// what a crash between two batches of one Apply leaves behind.
func (b *build) load() error {
	s, columns, err := openSnapshot(b.bleve, nil)
	if err != nil {
		return err
	}
	b.listings, err = readListings(s)
	if err != nil {
		return errors.Join(err, s.close())
	}
	b.columns = columns
	known := make(map[string]bool, len(b.listings))
	for _, l := range b.listings {
		known[l.key()] = true
	}
	batch := b.bleve.NewBatch()
	for _, seg := range s.segments {
		for item, key := range seg.column.ofItem {
			if key < 0 || known[seg.column.keys[key]] || seg.hidden != nil && seg.hidden.ContainsInt(item) {
				continue
			}
			id, err := seg.id(uint64(item))
			if err != nil {
				return errors.Join(err, s.close())
			}
			batch.Delete(id)
		}
	}
	if err := s.close(); err != nil {
		return err
	}
	return b.commit(batch)
}

func (b *build) openView(logger *slog.Logger) (*view, error) {
	s, columns, err := openSnapshot(b.bleve, b.columns)
	if err != nil {
		return nil, err
	}
	b.columns = columns
	b.readers.Add(1)
	return newView(s, b.listings, func(err error) {
		if err != nil {
			logger.Error("closing a view of the index", "error", err)
		}
		b.readers.Done()
	}), nil
}

// adopt makes what was written visible to views opened from now on.
func (b *build) adopt(c change) {
	maps.Copy(b.listings, c.put)
	for _, id := range c.deleted {
		delete(b.listings, id)
	}
}

// apply writes a batch to a build that nobody searches yet.
func (b *build) apply(ctx context.Context, batch indexer.Batch) error {
	c, err := b.write(ctx, batch)
	if err != nil {
		return err
	}
	b.adopt(c)
	return b.sweep(c.stale)
}

// close waits for running searches.
func (b *build) close() error {
	b.readers.Wait()
	return b.bleve.Close()
}

// remove closes the build and deletes its files.
func (b *build) remove() error { return errors.Join(b.close(), os.RemoveAll(b.path())) }

// makeCurrent makes this the build that the next Open uses.
func (b *build) makeCurrent() error {
	return writeFile(filepath.Join(b.dir, currentFile), []byte(b.name+"\n"))
}

// writeFile replaces a small file durably: readers see the old or the new one.
func writeFile(path string, content []byte) error {
	temporary := path + ".new"
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(temporary, path); err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

// removeOtherBuilds deletes builds that are not named keep: unfinished rebuilds
// and builds that were replaced.
func removeOtherBuilds(dir, keep string) error {
	builds, err := fs.Glob(os.DirFS(dir), buildPrefix+"*")
	if err != nil {
		return err
	}
	for _, name := range builds {
		if name == keep {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
