package backup

import (
	"errors"
	"io"
	"iter"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/oklog/ulid/v2"

	"vankien/storage"
)

// entries yields what a snapshot names, in the order of keys; see decode.
func (f *folder) entries(name string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		file, err := os.Open(f.snapshotFile(name))
		if err != nil {
			yield(Entry{}, err)
			return
		}
		defer file.Close()
		for entry, err := range decode(file) {
			if !yield(entry, err) {
				return
			}
		}
	}
}

// draft is a snapshot on its way in.
type draft struct {
	file *os.File
	*encoder
}

func (f *folder) newDraft() (*draft, error) {
	file, err := os.CreateTemp(f.in(tempFolder), "snapshot-*") // 0600
	if err != nil {
		return nil, err
	}
	enc, err := newEncoder(file, time.Now().UTC())
	if err != nil {
		return nil, errors.Join(err, file.Close(), os.Remove(file.Name()))
	}
	return &draft{file, enc}, nil
}

// discard removes the draft unless it became a snapshot. What cannot be removed
// the next backup clears away.
func (d *draft) discard() {
	_ = d.file.Close()
	_ = os.Remove(d.file.Name())
}

// write makes the snapshot of what the walk found, without the documents that
// are gone and with what was found late. All objects are durable before it is.
func (r *run) write(walked *draft) error {
	if err := walked.close(); err != nil {
		return err
	}
	if _, err := walked.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	final, err := r.folder.newDraft()
	if err != nil {
		return err
	}
	defer final.discard()
	late := slices.Sorted(maps.Keys(r.late))
	for entry, err := range decode(walked.file) {
		if err != nil {
			return err
		}
		for len(late) > 0 && late[0] < entry.Key {
			if err := r.keep(final, r.late[late[0]]); err != nil {
				return err
			}
			late = late[1:]
		}
		if _, replaced := r.late[entry.Key]; replaced {
			continue
		}
		if err := r.keep(final, entry); err != nil {
			return err
		}
	}
	for _, key := range late {
		if err := r.keep(final, r.late[key]); err != nil {
			return err
		}
	}
	return r.publish(final)
}

func (r *run) keep(to *draft, e Entry) error {
	if r.gone[documentOf(e.Key)] {
		return nil
	}
	if strings.HasPrefix(e.Key, storage.DocumentsPrefix) {
		r.report.Documents++
	}
	return to.add(e)
}

// publish gives the snapshot its name, once everything it names is durable.
func (r *run) publish(final *draft) error {
	if err := errors.Join(final.close(), final.file.Sync()); err != nil {
		return err
	}
	if err := r.folder.syncObjects(); err != nil {
		return err
	}
	name, err := r.folder.newName(time.Now().UTC())
	if err != nil {
		return err
	}
	if err := os.Rename(final.file.Name(), r.folder.snapshotFile(name)); err != nil {
		return err
	}
	if err := syncFolder(r.folder.in(snapshotsFolder)); err != nil {
		return err
	}
	r.report.Snapshot, r.report.Objects, r.report.Bytes = name, final.end.Objects, final.end.Bytes
	return nil
}

const nameTime = "20060102T150405Z"

// newName is a name that comes after all others, whatever the clock did.
func (f *folder) newName(now time.Time) (string, error) {
	names, err := f.snapshots()
	if err != nil {
		return "", err
	}
	for {
		id, err := ulid.New(ulid.Timestamp(now), ulid.DefaultEntropy())
		if err != nil {
			return "", err
		}
		name := now.Format(nameTime) + "-" + strings.ToLower(id.String())
		if len(names) == 0 || name > names[0] {
			return name, nil
		}
		last, err := time.Parse(nameTime, names[0][:len(nameTime)])
		if err != nil {
			return "", err
		}
		now = last.Add(time.Second)
	}
}

// documentOf is the document that a key belongs to, "" for any other.
func documentOf(key string) storage.ID {
	folder, rest, _ := strings.Cut(key, "/")
	switch folder + "/" {
	case storage.DocumentsPrefix:
		id, err := storage.ParseID(strings.TrimSuffix(rest, ".json"))
		if err == nil && key == storage.DocumentsPrefix+string(id)+".json" {
			return id
		}
	case storage.OriginalsPrefix, storage.TextsPrefix:
		hash, _, _ := strings.Cut(rest, "/")
		id, err := storage.NewID(hash)
		if err == nil {
			return id
		}
	}
	return ""
}
