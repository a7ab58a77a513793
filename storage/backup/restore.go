package backup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sync/errgroup"

	"vankien/storage"
)

// RestoreOptions of Restore.
type RestoreOptions struct {
	Snapshot string            // the beginning of its name; the newest good one where it is ""
	Partial  bool              // restore what there is where the backup has lost objects
	Progress func(objects int) // is told how many objects are back; may be nil
	Found    func(Problem)     // is told of each object that could not be restored, and of newer snapshots that are damaged, one at a time; may be nil
}

// RestoreReport is what Restore did.
type RestoreReport struct {
	Snapshot  string `json:"snapshot"`
	Objects   int    `json:"objects"`
	Bytes     int64  `json:"bytes"`
	Documents int    `json:"documents"`
	Problems  int    `json:"problems"` // that RestoreOptions.Found was told of
}

// RestoringKey is the object that a store holds while it is being restored: it
// names the snapshot. A restore that was interrupted goes on where it finds it.
const RestoringKey = "restoring.json"

type restoring struct {
	Snapshot string `json:"snapshot"`
}

// Restore fills an empty store from a backup folder: originals first and
// records last, so that no record ever stands without its original, and each
// object is checked against its hash on the way. An object whose bytes are
// damaged in the backup goes to opt.Found and is left out.
//
// It returns a *Refusal: wrapping storage.ErrConflict where the store is not
// empty (nor an interrupted restore of the same snapshot), storage.ErrDamaged
// where the backup has lost objects and opt.Partial is not set (each went to
// opt.Found), storage.ErrNotFound where there is no such snapshot. Any other
// error is the store's or the disk's; the same restore can then be run again.
func Restore(ctx context.Context, dir string, store storage.Store, opt RestoreOptions) (report RestoreReport, err error) {
	f, err := openForReading(dir)
	if err != nil {
		return report, err
	}
	defer f.close(&err)
	r := &restore{folder: f, store: store, opt: opt, report: &report}
	if report.Snapshot, err = r.choose(opt.Snapshot); err != nil {
		return report, err
	}
	if err := r.complete(ctx); err != nil {
		return report, err
	}
	if err := r.begin(ctx); err != nil {
		return report, err
	}
	for _, pass := range passes {
		if err := r.pass(ctx, pass); err != nil {
			return report, err
		}
	}
	return report, store.Delete(ctx, RestoringKey, "")
}

// restore is one restore.
type restore struct {
	folder  *folder
	store   storage.Store
	opt     RestoreOptions
	report  *RestoreReport
	missing map[string]bool // keys whose bytes the backup has lost
}

// passes are the keys in the order in which they are restored.
var passes = []func(key string) bool{
	func(key string) bool { return strings.HasPrefix(key, storage.OriginalsPrefix) },
	func(key string) bool { return strings.HasPrefix(key, storage.TextsPrefix) },
	func(key string) bool {
		return !strings.HasPrefix(key, storage.OriginalsPrefix) && !strings.HasPrefix(key, storage.TextsPrefix) && !strings.HasPrefix(key, storage.DocumentsPrefix)
	},
	func(key string) bool { return strings.HasPrefix(key, storage.DocumentsPrefix) },
}

// choose is the name of the snapshot that is meant, whole. Newer ones that are
// passed over are told of.
func (r *restore) choose(prefix string) (string, error) {
	f := r.folder
	if prefix == "" {
		name, err := f.newestGood(func(name string, err error) {
			r.problem(name, "Bản sao lưu mới hơn này không còn đọc được trọn vẹn (%v) nên không dùng để khôi phục.", err)
		})
		if err == nil && name == "" {
			err = refuse(storage.ErrNotFound, "Thư mục %s không có bản sao lưu nào đọc được trọn vẹn.", f.path)
		}
		return name, err
	}
	names, err := f.snapshots()
	if err != nil {
		return "", err
	}
	chosen := ""
	for _, name := range names {
		switch {
		case !strings.HasPrefix(name, prefix):
		case chosen != "":
			return "", refuse(storage.ErrInvalid, "Có nhiều bản sao lưu tên bắt đầu bằng %q (%s, %s…); hãy gõ tên dài hơn.", prefix, name, chosen)
		default:
			chosen = name
		}
	}
	if chosen == "" {
		return "", refuse(storage.ErrNotFound, "Không có bản sao lưu nào tên bắt đầu bằng %q.", prefix)
	}
	if err := f.checkSnapshot(chosen); err != nil {
		return "", refuse(err, "Bản sao lưu %s không còn đọc được trọn vẹn; hãy chọn bản khác.", chosen)
	}
	return chosen, nil
}

func (r *restore) problem(key, format string, args ...any) {
	r.report.Problems++
	if r.opt.Found != nil {
		r.opt.Found(Problem{Key: key, Reason: fmt.Sprintf(format, args...)})
	}
}

// complete tells whether the backup has all that the snapshot names, before
// anything is written.
func (r *restore) complete(ctx context.Context) error {
	r.missing = make(map[string]bool)
	for entry, err := range r.folder.entries(r.report.Snapshot) {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if !r.folder.holds(entry) {
			r.missing[entry.Key] = true
			r.problem(entry.Key, "Thư mục sao lưu đã mất nội dung này (%s).", entry.SHA256)
		}
	}
	if len(r.missing) > 0 && !r.opt.Partial {
		return refuse(storage.ErrDamaged, "Thư mục sao lưu thiếu %d mục của bản %s; chưa khôi phục gì. Hãy chọn bản khác bằng --snapshot, hoặc thêm --partial để khôi phục phần còn lại.", len(r.missing), r.report.Snapshot)
	}
	return nil
}

// pass restores the keys that it names.
func (r *restore) pass(ctx context.Context, names func(key string) bool) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(copiesAtOnce)
	results := make(chan restored)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for result := range results {
			r.took(result)
		}
	}()
	var failed error
	for entry, err := range r.folder.entries(r.report.Snapshot) {
		if failed = errors.Join(err, ctx.Err()); failed != nil {
			break
		}
		if !names(entry.Key) || r.missing[entry.Key] {
			continue
		}
		group.Go(func() error {
			reason, err := r.object(ctx, entry)
			if err != nil {
				return fmt.Errorf("%s: %w", entry.Key, err)
			}
			results <- restored{entry, reason}
			return nil
		})
	}
	err := group.Wait() // first: it is why ctx ended
	close(results)
	<-done
	if err != nil {
		return err
	}
	return failed
}

type restored struct {
	entry  Entry
	reason string // why it was not, in Vietnamese
}

func (r *restore) took(result restored) {
	if result.reason != "" {
		r.problem(result.entry.Key, "%s", result.reason)
		return
	}
	if result.entry.Damaged != "" {
		r.problem(result.entry.Key, "Bản sao lưu chỉ có bản hỏng của mục này, đã khôi phục đúng như thế. (%s)", result.entry.Damaged)
	}
	r.report.Objects++
	r.report.Bytes += result.entry.Size
	if strings.HasPrefix(result.entry.Key, storage.DocumentsPrefix) {
		r.report.Documents++
	}
	if r.opt.Progress != nil {
		r.opt.Progress(r.report.Objects)
	}
}

// object puts one object into the store.
func (r *restore) object(ctx context.Context, e Entry) (reason string, err error) {
	file, err := os.Open(r.folder.object(e.SHA256))
	if err != nil {
		return fmt.Sprintf("Không đọc được từ thư mục sao lưu (%v).", err), nil
	}
	defer file.Close()
	from := &source{from: file}
	_, err = r.store.Put(ctx, e.Key, from, storage.PutOptions{IfNoneMatch: true, Size: e.Size, SHA256: e.SHA256})
	switch {
	case errors.Is(err, storage.ErrConflict): // it is there from an earlier run, and was compared
		return "", nil
	case from.err != nil && ctx.Err() == nil:
		return fmt.Sprintf("Không đọc được từ thư mục sao lưu (%v).", from.err), nil
	case errors.Is(err, storage.ErrInvalid):
		return fmt.Sprintf("Nội dung trong thư mục sao lưu đã hỏng: không đúng mã băm %s.", e.SHA256), nil
	}
	return "", err
}
