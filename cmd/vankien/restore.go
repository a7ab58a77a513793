package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"vankien/storage/backup"
)

func restoreCommand() *cobra.Command {
	var snapshot string
	var partial bool
	cmd := &cobra.Command{
		Use:   "restore THƯ_MỤC",
		Short: "Khôi phục một bản sao lưu vào kho trống; bị ngắt thì chạy lại là làm tiếp",
		Long: `Khôi phục một bản sao lưu vào một kho trống (--data hoặc --store), kiểm tra mã băm từng mục.
Bị ngắt giữa chừng thì chạy lại đúng lệnh đó là làm tiếp. Chỉ mục do lần khởi động sau dựng lại.`,
		Args: oneFolder,
		RunE: func(cmd *cobra.Command, args []string) error {
			return restore(cmd, args[0], backup.RestoreOptions{Snapshot: snapshot, Partial: partial})
		},
	}
	cmd.Flags().StringVar(&snapshot, "snapshot", "", "`TÊN` bản sao lưu hoặc phần đầu của tên, như 20261122 (mặc định là bản mới nhất còn nguyên)")
	cmd.Flags().BoolVar(&partial, "partial", false, "thư mục sao lưu có mất nội dung thì vẫn khôi phục phần còn lại")
	return cmd
}

func restore(cmd *cobra.Command, dir string, opt backup.RestoreOptions) error {
	if err := apart(cmd, dir); err != nil {
		return err
	}
	copies, err := backup.Open(dir) // before a store is made for nothing
	if err != nil {
		return refused(err)
	}
	if err := copies.Close(); err != nil {
		return err
	}
	store, err := openBackend(cmd)
	if err != nil {
		return err
	}
	p := newProblems(cmd, "Khôi phục")
	opt.Progress, opt.Found = p.bar.set, p.print
	report, err := backup.Restore(cmd.Context(), dir, store, opt)
	p.bar.finish()
	if err := withClosing(errors.Join(refused(err), p.failed), store); err != nil {
		return err
	}
	if _, err := fmt.Fprintf(cmd.OutOrStdout(), "Đã khôi phục %s văn bản (%s mục, %s) từ bản sao lưu %s. Lần khởi động sau sẽ dựng lại chỉ mục.\n",
		thousands(report.Documents), thousands(report.Objects), amount(report.Bytes), report.Snapshot); err != nil {
		return err
	}
	return p.outcome(report.Problems)
}
