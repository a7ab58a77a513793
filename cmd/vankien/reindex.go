package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func reindexCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "reindex",
		Short: "Dựng lại chỉ mục từ kho rồi thay chỉ mục cũ",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := openExisting(cmd)
			if err != nil {
				return err
			}
			return o.close(reindex(cmd, o))
		},
	}
}

func reindex(cmd *cobra.Command, o *opened) error {
	ctx := cmd.Context()
	bar := newBar(cmd, -1, "Dựng lại chỉ mục")
	documents := 0
	err := o.writer.Rebuild(ctx, o.index, func(done int) {
		documents = done
		bar.set(done)
	})
	bar.finish()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "Đã dựng lại chỉ mục từ %d văn bản trong kho.\n", documents)
	return err
}
