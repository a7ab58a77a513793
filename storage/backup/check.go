package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"vankien/storage"
)

// CheckOptions of Check.
type CheckOptions struct {
	Progress func(files int) // is told how many files have been read; may be nil
	Found    func(Problem)   // is told of each problem, one at a time; may be nil
}

// CheckReport is what Check found.
type CheckReport struct {
	Snapshots int   `json:"snapshots"` // that are whole
	Objects   int   `json:"objects"`   // files of objects
	Bytes     int64 `json:"bytes"`
	Problems  int   `json:"problems"`
}

// Check reads the whole backup folder: every object against its hash, every
// snapshot to its end, and whether each has all that it names, records their
// originals included. It alters nothing. The error is a *Refusal where dir is no
// backup or one is being written, or the disk's.
func Check(ctx context.Context, dir string, opt CheckOptions) (report CheckReport, err error) {
	f, err := openForReading(dir)
	if err != nil {
		return report, err
	}
	defer f.close(&err)
	c := &checking{folder: f, opt: opt, report: &report, bad: make(map[string]string), told: make(map[string]bool)}
	if err := f.eachObject(func(name, path string) error { return c.object(ctx, name, path) }); err != nil {
		return report, err
	}
	names, err := f.snapshots()
	if err != nil {
		return report, err
	}
	for _, name := range names {
		if err := c.snapshot(ctx, name); err != nil {
			return report, err
		}
	}
	return report, nil
}

type checking struct {
	folder *folder
	opt    CheckOptions
	report *CheckReport
	bad    map[string]string // why, by the hash that is the file's name
	told   map[string]bool   // by key and hash
}

func (c *checking) problem(key, format string, args ...any) {
	c.report.Problems++
	if c.opt.Found != nil {
		c.opt.Found(Problem{Key: key, Reason: fmt.Sprintf(format, args...)})
	}
}

func (c *checking) object(ctx context.Context, name, path string) error {
	file, err := os.Open(path)
	if err == nil {
		defer file.Close()
		var sum string
		if sum, err = hashOf(ctx, file); err == nil && sum != name {
			c.bad[name] = "nội dung không còn đúng mã băm"
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		c.bad[name] = fmt.Sprintf("không đọc được: %v", err)
	} else if info, err := file.Stat(); err == nil {
		c.report.Bytes += info.Size()
	}
	c.report.Objects++
	if c.opt.Progress != nil {
		c.opt.Progress(c.report.Objects)
	}
	return nil
}

// snapshot checks one snapshot. What several share is told once.
func (c *checking) snapshot(ctx context.Context, name string) error {
	records := make(map[storage.ID]parts)
	for entry, err := range c.folder.entries(name) {
		if err != nil {
			c.problem(name, "Bản sao lưu này không còn đọc được trọn vẹn (%v).", err)
			return ctx.Err()
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		c.entry(name, entry)
		if id := documentOf(entry.Key); id != "" {
			switch entry.Key[:2] {
			case storage.DocumentsPrefix[:2]:
				records[id] |= hasRecord
			case storage.OriginalsPrefix[:2]:
				records[id] |= hasOriginal
			}
		}
	}
	c.report.Snapshots++
	for id, has := range records {
		if key := storage.DocumentsPrefix + string(id) + ".json"; has == hasRecord && !c.told[key] {
			c.told[key] = true
			c.problem(key, "Bản sao lưu %s có hồ sơ này mà không có tệp gốc của nó.", name)
		}
	}
	return nil
}

func (c *checking) entry(name string, e Entry) {
	reason, bad := c.bad[e.SHA256]
	if !bad && !c.folder.holds(e) {
		reason, bad = "tệp đã mất hoặc sai độ dài", true
	}
	if e.Damaged != "" && !bad {
		reason, bad = "đã hỏng từ trong kho khi sao lưu", true
	}
	if told := e.Key + " " + e.SHA256; bad && !c.told[told] {
		c.told[told] = true
		c.problem(e.Key, "Bản sao lưu %s: %s (objects/%s/%s).", name, reason, e.SHA256[:2], e.SHA256)
	}
}

// hashOf is the SHA-256 of all that can be read, until ctx ends.
func hashOf(ctx context.Context, from io.Reader) (string, error) {
	hash := sha256.New()
	for {
		if err := ctx.Err(); err != nil {
			return "", err
		}
		_, err := io.CopyN(hash, from, 16<<20)
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(hash.Sum(nil)), nil
		}
		if err != nil {
			return "", err
		}
	}
}
