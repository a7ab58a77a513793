package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/spf13/cobra"

	"vankien/indexer"
	"vankien/storage"
	"vankien/storage/backup"
	"vankien/storage/verify"
)

func verifyCommand() *cobra.Command {
	var repair, asJSON bool
	var from string
	cmd := &cobra.Command{
		Use:   "verify [--repair]",
		Short: "Đọc lại toàn bộ kho và chỉ mục, báo chỗ hỏng và sửa được thì sửa",
		Long: `Đọc lại toàn bộ: tệp gốc theo mã băm, hồ sơ theo lịch sử của nó, phần chữ, mã truy cập, nhật ký, và chỉ mục
theo hồ sơ; chạy được cả khi máy chủ đang chạy. Với --repair, chỗ nào sửa được thì sửa và ghi vào nhật ký.
Không bao giờ xóa tệp gốc. Mã thoát: 0 không còn lỗi, 3 còn lỗi, 1 không kiểm tra được.`,
		Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			v := &verification{cmd: cmd, repair: repair, asJSON: asJSON, bar: newBar(cmd, -1, "Kiểm tra")}
			return v.run(from)
		},
	}
	cmd.Flags().BoolVar(&repair, "repair", false, "sửa những gì sửa được")
	cmd.Flags().StringVar(&from, "from", "", "lấy lại bản lành từ `THƯ_MỤC` sao lưu (cùng với --repair)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "in JSON, mỗi lỗi một dòng, dòng cuối là tổng kết")
	return cmd
}

// verification is one run of the command.
type verification struct {
	cmd     *cobra.Command
	repair  bool
	asJSON  bool
	bar     *bar
	library *storage.Library

	mu             sync.Mutex
	found, mended  int
	failedPrinting error
}

// summary is the last line of --json.
type summary struct {
	verify.Report
	Indexed int `json:"indexed"` // documents in the index, -1 where it could not be asked
	Left    int `json:"left"`    // findings that were not repaired
}

func (v *verification) run(from string) error {
	if from != "" && !v.repair {
		return usageError{fmt.Errorf("--from chỉ dùng cùng với --repair")}
	}
	library, store, err := openExistingStore(v.cmd)
	if err != nil {
		return err
	}
	v.library = library
	return withClosing(v.look(store, from), store)
}

// look looks through the store and the index, and tells what was found.
func (v *verification) look(store storage.Store, from string) error {
	ctx := v.cmd.Context()
	report, err := v.lookAtStore(ctx, store, from)
	if err != nil {
		return err
	}
	indexed, err := v.lookAtIndex(ctx)
	v.bar.finish()
	if err := errors.Join(v.failedPrinting, v.summarize(report, indexed), err); err != nil {
		return err
	}
	if v.found > v.mended {
		return errPartly
	}
	return nil
}

func (v *verification) lookAtStore(ctx context.Context, store storage.Store, from string) (report verify.Report, err error) {
	mode, err := ocrMode(v.cmd)
	if err != nil {
		return report, err
	}
	logger := slog.New(slog.DiscardHandler) // what cannot be read is a finding
	readers := newReaders(logger)
	if v.repair {
		if err := readers.findOCR(v.cmd, logger, mode); err != nil {
			return report, err
		}
	}
	writer := indexer.NewWriter(readers.writes(indexer.WriterConfig{Library: v.library, Logger: logger})) // the next start of a server brings the index in line
	opt := verify.Options{
		Repair: v.repair, By: storage.ByOperator,
		Reread:   func(ctx context.Context, rec storage.Record) error { return reread(ctx, writer, readers, rec) },
		Progress: v.bar.set, Found: v.tell,
	}
	if from != "" {
		copies, refusal := backup.Open(from)
		if refusal != nil {
			return report, refused(refusal)
		}
		defer func() { err = errors.Join(err, copies.Close()) }()
		opt.Good = copies.Good
	}
	return verify.Run(ctx, store, opt)
}

// tell prints one finding.
func (v *verification) tell(f verify.Finding) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.found++
	if f.Repaired {
		v.mended++
	}
	v.bar.clear()
	var err error
	if v.asJSON {
		err = v.encode(f)
	} else {
		_, err = fmt.Fprintf(v.cmd.OutOrStdout(), "%s: %s %s\n", printableName(f.Key), printable(f.Detail), printable(f.Advice))
	}
	v.failedPrinting = errors.Join(v.failedPrinting, err)
}

func (v *verification) encode(value any) error {
	encoder := json.NewEncoder(v.cmd.OutOrStdout())
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

func (v *verification) summarize(report verify.Report, indexed int) error {
	if v.asJSON {
		report.Findings, report.Repaired = v.found, v.mended
		return v.encode(map[string]summary{"summary": {report, indexed, v.found - v.mended}})
	}
	outcome := "không có lỗi"
	switch left := v.found - v.mended; {
	case v.found == 0:
	case left == 0:
		outcome = fmt.Sprintf("%s lỗi, đã sửa hết", thousands(v.found))
	case v.mended == 0:
		outcome = fmt.Sprintf("%s lỗi", thousands(v.found))
	default:
		outcome = fmt.Sprintf("%s lỗi, đã sửa %s, còn %s", thousands(v.found), thousands(v.mended), thousands(left))
	}
	held := ""
	if indexed >= 0 {
		held = fmt.Sprintf(", %s văn bản trong chỉ mục", thousands(indexed))
	}
	_, err := fmt.Fprintf(v.cmd.OutOrStdout(), "%s văn bản, %s tệp gốc, %s phần chữ, %s mã truy cập, %s mục nhật ký (%s)%s: %s.\n",
		thousands(report.Documents), thousands(report.Originals), thousands(report.Texts), thousands(report.Tokens), thousands(report.Events),
		amount(report.Bytes), held, outcome)
	return err
}

// reread reads the original of a document anew and keeps its text. What OCR has
// looked at, it has to look at again.
func reread(ctx context.Context, writer *indexer.Writer, readers *readers, rec storage.Record) error {
	if rec.Reading.OCR != "" && readers.ocr == nil {
		return fmt.Errorf("document %s needs OCR: %w", rec.ID, storage.ErrUnsupported)
	}
	return writer.Reread(ctx, rec)
}
