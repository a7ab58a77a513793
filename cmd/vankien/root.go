package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

// newRoot makes the command tree. Every flag can also be set by the
// environment (--listen is VANKIEN_LISTEN, --data VANKIEN_DATA_DIR) or in the
// file that --config names, which holds lines of the same names; flags come
// before the environment, the environment before the file.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:               "vankien",
		Short:             "Kho văn kiện và tìm kiếm của sổ tay đảng viên điện tử",
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return configure(cmd) },
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("không có lệnh %q", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.PersistentFlags().String("data", "./data", "`THƯ_MỤC` dữ liệu: chứa kho và chỉ mục")
	storeFlags(root.PersistentFlags())
	root.PersistentFlags().String("index", "", "chỉ mục: `bleve:THƯ_MỤC` (mặc định bleve:DATA/index)")
	ocrFlags(root.PersistentFlags())
	root.PersistentFlags().String("config", "", "`TỆP` cấu hình gồm các dòng VANKIEN_…=giá trị")
	root.AddCommand(
		serveCommand(), importCommand(), searchCommand(), reindexCommand(),
		tokenCommand(), extractCommand(), describeCommand(), evalCommand(),
		verifyCommand(), backupCommand(), restoreCommand(), readCommand(), recognizeCommand(), citeCommand(),
	)
	speakVietnamese(root)
	return root
}

// atLeast refuses a command line with fewer than n arguments.
func atLeast(n int, what string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < n {
			return usageError{fmt.Errorf("thiếu %s", what)}
		}
		return nil
	}
}

// none refuses arguments.
func none(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s không nhận tham số %q", cmd.Name(), args[0])}
	}
	return nil
}
