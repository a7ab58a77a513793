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
	"vankien/indexer/relations"
	"vankien/storage"
)

// layout is the version of our fields and stored records. Raise it with every
// change of them; the builds of older versions are then rebuilt.
const layout = 10

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
// methods are called under Index.writing, adopt under Index.mu as well.
type build struct {
	dir, name string
	logger    *slog.Logger
	manifest  manifest
	unlisted  bool // the manifest could not be written; tried again with the next change
	bleve     bleve.Index
	broken    chan struct{} // closed when Bleve has stopped writing
	breakOnce sync.Once
	analyzers analyzerSet
	listings  map[storage.ID]*listing
	digest    digest              // of listings
	doubtful  map[storage.ID]bool // of which Bleve may hold something else than listings, after a failed write
	columns   map[uint64]*column  // of the segments of the latest view
	relations *relations.Graph    // of listings; nil until the first view
	day       storage.Date        // on which the listings stand as they do
	readers   sync.WaitGroup      // open snapshots: Bleve's Close hangs on them
}

func (b *build) path() string { return filepath.Join(b.dir, b.name) }

// newBuild begins an empty build in dir.
func newBuild(dir string, logger *slog.Logger) (*build, error) {
	b := &build{
		dir: dir, name: buildPrefix + strings.ToLower(ulid.Make().String()), logger: logger,
		manifest: manifest{Files: make(map[string]fileSum)}, listings: make(map[storage.ID]*listing),
	}
	b.watch()
	idx, err := bleve.NewUsing(b.path(), mapping.NewIndexMapping(), scorch.Name, scorch.Name, bleveConfig())
	if err != nil {
		b.unwatch()
		return nil, errors.Join(fmt.Errorf("new index: %w", err), os.RemoveAll(b.path()))
	}
	b.bleve = idx
	if err := errors.Join(b.findAnalyzers(), b.writeFirst()); err != nil {
		return nil, errors.Join(err, b.remove())
	}
	return b, nil
}

// writeFirst writes what every build begins with.
func (b *build) writeFirst() error {
	made, err := json.Marshal(wanted)
	if err != nil {
		return err
	}
	if err := writeFile(filepath.Join(b.path(), versionsFile), made); err != nil {
		return err
	}
	first := b.bleve.NewBatch()
	first.SetInternal([]byte(digestKey), b.digest.bytes())
	if err := b.commit(first); err != nil {
		return err
	}
	for _, file := range fixedFiles {
		sum, err := sumFile(context.Background(), filepath.Join(b.path(), file))
		if err != nil {
			return err
		}
		b.manifest.Files[file] = sum
	}
	return b.manifest.write(b.path())
}

// bleveConfig bounds how long opening waits for another holder; without it a
// second opening of the same folder blocks forever.
func bleveConfig() map[string]any {
	return map[string]any{"bolt_timeout": "5s", "asyncErrorCallbackName": callbackName}
}

func (b *build) findAnalyzers() error {
	m := b.bleve.Mapping()
	b.analyzers = analyzerSet{
		text: m.AnalyzerNamed(analyzers.TextAnalyzer),
		fold: m.AnalyzerNamed(analyzers.FoldAnalyzer),
	}
	if b.analyzers.text == nil || b.analyzers.fold == nil {
		return fmt.Errorf("the analyzers %s are not registered", analyzers.Version)
	}
	return nil
}

// openView opens the present state, building on an earlier view and the
// documents that have changed since, where there is one.
func (b *build) openView(earlier *view, changed []storage.ID) (*view, error) {
	if b.relations == nil {
		b.stand(today(), nil)
	}
	s, columns, err := openSnapshot(b.bleve, b.columns)
	if err != nil {
		return nil, err
	}
	b.columns = columns
	b.readers.Add(1)
	v := newView(s, b.listings, earlier, changed, func(err error) {
		if err != nil {
			b.logger.Error("closing a view of the index", "error", err)
		}
		b.readers.Done()
	})
	v.day, v.catalogue.relations = b.day, b.relations
	return v, nil
}

// adopt makes what was written visible to views opened from now on.
func (b *build) adopt(c change) {
	maps.Copy(b.listings, c.put)
	for _, id := range c.deleted {
		delete(b.listings, id)
	}
	b.digest = c.digest
	clear(b.doubtful)
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

// close waits for running searches. A Bleve that has stopped writing would
// never close; it is left as after a crash.
func (b *build) close() error {
	b.readers.Wait()
	defer b.unwatch()
	if b.isBroken() {
		return nil
	}
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
	var failures error
	for _, name := range builds {
		if name != keep {
			failures = errors.Join(failures, os.RemoveAll(filepath.Join(dir, name)))
		}
	}
	return failures
}
