package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"vankien/storage"
)

// Copies are the good copies of objects that a backup folder holds.
type Copies struct{ folder *folder }

// Open opens a backup folder for reading copies from it; nobody writes to it
// until Close. It returns a *Refusal where dir is no backup, or one that is
// being written.
func Open(dir string) (*Copies, error) {
	f, err := openForReading(dir)
	if err != nil {
		return nil, err
	}
	return &Copies{f}, nil
}

// Good opens the newest good copy of an object, whose bytes have just been
// checked: storage.ErrNotFound where no snapshot has one.
func (c *Copies) Good(ctx context.Context, key string) (io.ReadCloser, error) {
	names, err := c.folder.snapshots()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		entry, found, err := c.find(name, key)
		if err != nil {
			return nil, err
		}
		if !found || entry.Damaged != "" {
			continue
		}
		body, err := c.folder.openGood(ctx, entry)
		if body != nil || err != nil {
			return body, err
		}
	}
	return nil, fmt.Errorf("no good copy of %s: %w", key, storage.ErrNotFound)
}

// find looks a key up in a snapshot. One that is not whole may still say where
// a copy is; the copy proves itself.
func (c *Copies) find(name, key string) (entry Entry, found bool, err error) {
	for entry, err := range c.folder.entries(name) {
		if errors.Is(err, storage.ErrDamaged) {
			return Entry{}, false, nil
		}
		if err != nil || entry.Key >= key {
			return entry, err == nil && entry.Key == key, err
		}
	}
	return Entry{}, false, nil
}

// openGood opens the bytes of an entry, nil where they are lost or damaged.
func (f *folder) openGood(ctx context.Context, e Entry) (io.ReadCloser, error) {
	file, err := os.Open(f.object(e.SHA256))
	if err != nil {
		return nil, nil
	}
	sum, err := hashOf(ctx, file)
	if err == nil && sum == e.SHA256 {
		if _, err = file.Seek(0, io.SeekStart); err == nil {
			return file, nil
		}
	}
	_ = file.Close() // nothing was written
	return nil, ctx.Err()
}

// Close lets others write to the folder again.
func (c *Copies) Close() error { return c.folder.lock.Unlock() }
