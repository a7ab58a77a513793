package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"vankien/indexer"
	"vankien/storage"
	"vankien/storage/backup"
)

func backupCommand() *cobra.Command {
	var keep int
	var check bool
	cmd := &cobra.Command{
		Use:   "backup THƯ_MỤC",
		Short: "Sao lưu kho vào một thư mục, cả khi máy chủ đang chạy; lần sau chỉ chép phần mới",
		Long: `Sao lưu kho (tệp gốc, phần chữ, hồ sơ, mã truy cập, nhật ký) vào một thư mục, cả khi máy chủ đang chạy.
Mỗi lần chạy thêm một bản sao lưu; nội dung đã có không chép lại. Bị ngắt giữa chừng thì chạy lại là làm tiếp.

Văn bản đã xóa vĩnh viễn vẫn còn trong các bản sao lưu trước đó. Muốn chúng mất hẳn, chạy với --keep 1:
chỉ giữ lại bản sao lưu vừa lập, mọi bản cũ và nội dung chỉ có trong đó bị xóa, không khôi phục về trước được nữa.`,
		Args: oneFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			if keep < 1 {
				return usageError{fmt.Errorf("--keep %d: giữ ít nhất 1 bản sao lưu", keep)}
			}
			if check {
				return checkBackup(cmd, args[0])
			}
			return createBackup(cmd, args[0], keep)
		},
	}
	cmd.Flags().IntVar(&keep, "keep", 30, "giữ lại `SỐ` bản sao lưu gần nhất, kể cả bản mới; --keep 1 xóa mọi bản cũ")
	cmd.Flags().BoolVar(&check, "check", false, "không sao lưu, chỉ đọc hết thư mục sao lưu và báo chỗ hỏng")
	return cmd
}

// oneFolder takes one argument: the folder of backups.
func oneFolder(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0 || args[0] == "":
		return usageError{fmt.Errorf("thiếu thư mục sao lưu")}
	case len(args) > 1:
		return usageError{fmt.Errorf("%s chỉ nhận một thư mục, thừa %q", cmd.Name(), args[1])}
	}
	return nil
}

func createBackup(cmd *cobra.Command, dir string, keep int) error {
	if err := apart(cmd, dir); err != nil {
		return err
	}
	_, store, err := openExistingStore(cmd)
	if err != nil {
		return err
	}
	p := newProblems(cmd, "Sao lưu")
	report, err := backup.Create(cmd.Context(), store, dir, backup.Options{Keep: keep, Progress: p.bar.set, Found: p.print})
	p.bar.finish()
	if err := withClosing(errors.Join(refused(err), p.failed), store); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(cmd.OutOrStdout(), "Bản sao lưu %s: %s văn bản, %s mục, %s; chép mới %s mục, %s.\n", report.Snapshot,
		thousands(report.Documents), thousands(report.Objects), amount(report.Bytes), thousands(report.Copied), amount(report.CopiedBytes)); err != nil {
		return err
	}
	if report.Removed > 0 {
		if _, err := fmt.Fprintf(cmd.OutOrStdout(), "Đã xóa %s bản sao lưu cũ và %s tệp chỉ có trong đó.\n", thousands(report.Removed), thousands(report.RemovedObjects)); err != nil {
			return err
		}
	}
	return p.outcome(report.Problems)
}

func checkBackup(cmd *cobra.Command, dir string) error {
	p := newProblems(cmd, "Đọc lại bản sao lưu")
	report, err := backup.Check(cmd.Context(), dir, backup.CheckOptions{Progress: p.bar.set, Found: p.print})
	p.bar.finish()
	if err := errors.Join(refused(err), p.failed); err != nil {
		return err
	}
	found := "không có lỗi"
	if report.Problems > 0 {
		found = thousands(report.Problems) + " lỗi"
	}
	if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s bản sao lưu, %s tệp, %s: %s.\n",
		thousands(report.Snapshots), thousands(report.Objects), amount(report.Bytes), found); err != nil {
		return err
	}
	return p.outcome(report.Problems)
}

// problems prints what a backup or a restore complains of.
type problems struct {
	out    io.Writer
	bar    *bar
	failed error // of printing
}

func newProblems(cmd *cobra.Command, what string) *problems {
	return &problems{out: cmd.OutOrStdout(), bar: newBar(cmd, -1, what)}
}

func (p *problems) print(problem backup.Problem) {
	p.bar.clear()
	_, err := fmt.Fprintf(p.out, "%s: %s\n", printableName(problem.Key), printable(problem.Reason))
	p.failed = errors.Join(p.failed, err)
}

func (p *problems) outcome(problems int) error {
	if problems > 0 {
		return errPartly
	}
	return nil
}

// refused gives a refusal of backup or restore its Vietnamese reason.
func refused(err error) error {
	var refusal *backup.Refusal
	if errors.As(err, &refusal) {
		return &indexer.InputError{Reason: refusal.Reason, Err: refusal.Err}
	}
	return err
}

// openExistingStore opens the store that the flags name, with all its objects,
// for commands that have nothing to do where there is none. It takes no notice
// of the index.
func openExistingStore(cmd *cobra.Command) (*storage.Library, closingStore, error) {
	if err := storeExists(cmd); err != nil {
		return nil, nil, err
	}
	store, err := openBackend(cmd)
	if err != nil {
		return nil, nil, err
	}
	return storage.NewLibrary(store), store, nil
}

// apart refuses a backup folder within the library, or around it: what befalls
// the one must not befall the other, and neither may fill the other.
func apart(cmd *cobra.Command, dir string) error {
	at, err := resolve(dir)
	if err != nil {
		return err
	}
	own, err := ownFolders(cmd)
	if err != nil {
		return err
	}
	for _, folder := range own {
		resolved, err := resolve(folder)
		if err != nil {
			return err
		}
		if within(at, resolved) || within(resolved, at) {
			return &indexer.InputError{
				Reason: fmt.Sprintf("Thư mục sao lưu %s và dữ liệu %s nằm trong nhau; hãy chọn một thư mục riêng, tốt nhất ở đĩa khác.", printableName(dir), printableName(folder)),
				Err:    storage.ErrInvalid,
			}
		}
	}
	return nil
}

// ownFolders are the folders of the library.
func ownFolders(cmd *cobra.Command) ([]string, error) {
	index, err := locate(cmd, "index", "bleve")
	if err != nil {
		return nil, err
	}
	folders := []string{index}
	if value, err := cmd.Flags().GetString("store"); err == nil && !strings.HasPrefix(value, bucketScheme) {
		store, err := locate(cmd, "store", "files")
		if err != nil {
			return nil, err
		}
		folders = append(folders, store)
	}
	data, err := cmd.Flags().GetString("data")
	if err != nil {
		return nil, err
	}
	for _, folder := range folders {
		if within(filepath.Clean(folder), filepath.Clean(data)) { // else the folder is not used
			return append([]string{data}, folders...), nil
		}
	}
	return folders, nil
}

// resolve is the absolute path without links, as far as it exists.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	rest := ""
	for {
		real, err := filepath.EvalSymlinks(path)
		if err == nil {
			return filepath.Join(real, rest), nil
		}
		if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(path) == path {
			return "", err
		}
		path, rest = filepath.Dir(path), filepath.Join(filepath.Base(path), rest)
	}
}

// within tells whether a path is folder or lies in it.
func within(path, folder string) bool {
	rel, err := filepath.Rel(folder, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// thousands writes a number as Vietnamese does: 20.000.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s.%03d", thousands(n/1000), n%1000)
}

// amount writes a number of bytes for people: 1,2 GB.
func amount(bytes int64) string {
	value, unit := float64(bytes), "byte"
	for _, larger := range []string{"KB", "MB", "GB", "TB"} {
		if value < 1000 {
			break
		}
		value, unit = value/1000, larger
	}
	if unit == "byte" {
		return fmt.Sprintf("%d byte", bytes)
	}
	return strings.Replace(fmt.Sprintf("%.1f %s", value, unit), ".", ",", 1)
}
