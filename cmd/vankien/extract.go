package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"vankien/indexer"
	"vankien/indexer/extract"
	"vankien/indexer/facts"
	"vankien/storage"
)

// extractLine is what "extract --json" prints of one file.
type extractLine struct {
	File      string         `json:"file"`
	MediaType string         `json:"media_type"`
	Pages     []storage.Page `json:"pages"`
	Error     *string        `json:"error"`
}

func extractCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "extract [--json] [--ocr auto|never|all] TỆP...",
		Short: "In ra chữ đọc được trong các tệp, từng trang",
		Args:  atLeast(1, "tệp cần đọc"),
		RunE: func(cmd *cobra.Command, args []string) error {
			readers, mode, err := fileReaders(cmd, ocrAll)
			if err != nil {
				return err
			}
			read := func(ctx context.Context, f extract.File) (storage.Text, error) {
				return readers.readPages(ctx, f, mode == ocrAll)
			}
			return eachFile(cmd, args, asJSON, read, func(path string, text storage.Text, failure *string) (any, string) {
				line := extractLine{File: path, MediaType: text.MediaType, Pages: text.Pages, Error: failure}
				if line.Pages == nil {
					line.Pages = []storage.Page{}
				}
				var plain strings.Builder
				for _, page := range text.Pages {
					fmt.Fprintf(&plain, "—— %s, trang %d (%s, %.2f)\n%s\n", printableName(path), page.Number, page.Engine, page.Score, printable(page.Text))
				}
				return line, plain.String()
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "in JSON, mỗi tệp một dòng")
	return cmd
}

// fileReaders are the readers that the flags ask for, as the server has them.
func fileReaders(cmd *cobra.Command, allowed ...string) (*readers, string, error) {
	mode, err := ocrMode(cmd, allowed...)
	if err != nil {
		return nil, "", err
	}
	logger := slog.New(slog.DiscardHandler) // what cannot be read is told file by file
	readers := newReaders(logger)
	if err := readers.findOCR(cmd, logger, mode); err != nil {
		return nil, "", err
	}
	if mode == ocrAll && readers.ocr == nil {
		return nil, "", fmt.Errorf("--ocr all: %w", readers.without)
	}
	return readers, mode, nil
}

// describeLine is what "describe --json" prints of one file.
type describeLine struct {
	File string `json:"file"`
	storage.Facts
	Error *string `json:"error"`
}

func describeCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "describe [--json] TỆP...",
		Short: "In ra những gì văn bản tự ghi về mình: số, loại, cơ quan, ngày, trích yếu…",
		Args:  atLeast(1, "tệp cần đọc"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := useBodies(cmd); err != nil {
				return err
			}
			readers, _, err := fileReaders(cmd)
			if err != nil {
				return err
			}
			return eachFile(cmd, args, asJSON, readers.readDescription, func(path string, text storage.Text, failure *string) (any, string) {
				var read storage.Facts
				if failure == nil { // nothing is missing in what was not read
					read = facts.Read(text.Pages)
				}
				read.Normalize()
				return describeLine{File: path, Facts: read, Error: failure}, plainFacts(path, read)
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "in JSON, mỗi tệp một dòng")
	return cmd
}

func plainFacts(path string, f storage.Facts) string {
	var plain strings.Builder
	fmt.Fprintf(&plain, "%s\n", printableName(path))
	for _, row := range []struct{ label, value string }{
		{"Số, ký hiệu", string(f.Number)}, {"Loại", string(f.Kind)}, {"Cơ quan ban hành", string(f.Issuer)},
		{"Ngày ban hành", string(f.Issued)}, {"Nơi ban hành", string(f.Place)}, {"Trích yếu", string(f.Title)},
		{"Người ký", string(f.Signer)}, {"Quyền hạn, chức vụ", string(f.SignerRole)}, {"Hiệu lực từ", string(f.Effective)},
		{"Nơi nhận", strings.Join(f.Recipients, "; ")}, {"Độ mật", string(f.Secrecy)}, {"Độ khẩn", string(f.Urgency)}, {"Phạm vi lưu hành", string(f.Circulation)},
	} {
		if row.value != "" {
			fmt.Fprintf(&plain, "  %s: %s\n", row.label, printable(row.value))
		}
	}
	for _, r := range f.Relations {
		fmt.Fprintf(&plain, "  %s: %s%s\n", relationNames[r.Kind], printable(r.Target), dated(r.Date))
	}
	for _, issue := range f.Issues {
		fmt.Fprintf(&plain, "  Cần xem lại: %s\n", printable(issue))
	}
	return plain.String()
}

// relationNames are what a document does to another, for people.
var relationNames = map[storage.RelationKind]string{
	storage.Replaces: "Thay thế", storage.Repeals: "Bãi bỏ", storage.Amends: "Sửa đổi, bổ sung", storage.BasedOn: "Căn cứ",
	storage.Guides: "Hướng dẫn", storage.Implements: "Thực hiện", storage.Cites: "Viện dẫn",
}

func dated(d storage.Date) string {
	if d == "" {
		return ""
	}
	return ", ngày " + indexer.DisplayDate(d)
}

// eachFile reads each file and prints what line makes of it: JSON, one line a
// file, or plain text. A file that cannot be read has its reason in failure.
func eachFile(cmd *cobra.Command, paths []string, asJSON bool, read indexer.Reader, line func(path string, text storage.Text, failure *string) (any, string)) error {
	encoder := json.NewEncoder(cmd.OutOrStdout())
	encoder.SetEscapeHTML(false)
	failed := false
	for _, path := range paths {
		if err := cmd.Context().Err(); err != nil {
			return err
		}
		var failure *string
		text, err := readFile(cmd.Context(), read, path)
		if err != nil {
			if cmd.Context().Err() != nil {
				return err
			}
			failed = true
			reason, known := fileFault(err)
			if !known {
				reason = explain(err)
			}
			failure = &reason
		}
		object, plain := line(path, text, failure)
		switch {
		case asJSON:
			err = encoder.Encode(object)
		case failure != nil:
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", printableName(path), printable(*failure))
		default:
			_, err = fmt.Fprint(cmd.OutOrStdout(), plain)
		}
		if err != nil {
			return err
		}
	}
	if failed {
		return errPartly
	}
	return nil
}

func readFile(ctx context.Context, read indexer.Reader, path string) (storage.Text, error) {
	file, err := os.Open(path)
	if err != nil {
		return storage.Text{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return storage.Text{}, err
	}
	if !info.Mode().IsRegular() {
		return storage.Text{}, &indexer.InputError{Reason: "không phải là tệp thường", Err: storage.ErrInvalid}
	}
	return read(ctx, extract.File{Name: path, Size: info.Size(), ReaderAt: file})
}
