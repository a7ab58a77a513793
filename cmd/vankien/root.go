package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/joho/godotenv"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// newRoot makes the command tree. Every flag can also be set by the
// environment (--listen is VANKIEN_LISTEN, --data VANKIEN_DATA_DIR) or in the file that --config names,
// which holds lines of the same names; flags come before the environment, the
// environment before the file.
func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:               "vankien",
		Short:             "Kho văn kiện và tìm kiếm của sổ tay đảng viên điện tử",
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return configure(cmd.Flags()) },
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("không có lệnh %q", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.SetUsageTemplate(usageTemplate)
	root.PersistentFlags().String("data", "./data", "thư mục dữ liệu: chứa kho và chỉ mục")
	root.PersistentFlags().String("store", "", "kho: files:THƯ_MỤC (mặc định files:DATA/store)")
	root.PersistentFlags().String("index", "", "chỉ mục: bleve:THƯ_MỤC (mặc định bleve:DATA/index)")
	root.PersistentFlags().String("config", "", "tệp cấu hình gồm các dòng VANKIEN_…=giá trị")
	root.AddCommand(
		serveCommand(), importCommand(), searchCommand(), reindexCommand(),
		tokenCommand(), extractCommand(), describeCommand(), evalCommand(),
	)
	return root
}

// configure sets the flags that the command line did not, from the environment
// and from the configuration file.
func configure(flags *pflag.FlagSet) error {
	file := map[string]string{}
	path, err := flags.GetString("config")
	if err != nil {
		return err
	}
	if path == "" {
		path = os.Getenv(variable("config"))
	}
	if path != "" {
		if file, err = godotenv.Read(path); err != nil {
			return usageError{fmt.Errorf("tệp cấu hình %s: %w", path, err)}
		}
	}
	var wrong error
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Changed || flag.Name == "help" {
			return
		}
		name := variable(flag.Name)
		value, set := os.LookupEnv(name)
		if !set {
			value, set = file[name]
		}
		if !set {
			return
		}
		if err := flags.Set(flag.Name, value); err != nil {
			wrong = errors.Join(wrong, usageError{fmt.Errorf("%s: %w", name, err)})
		}
	})
	return wrong
}

// variable is the environment's name for a flag. VANKIEN_DATA is taken: it
// names the private measuring data of the tests, which a server started from
// the same shell must never take for its library.
func variable(flag string) string {
	if flag == "data" {
		return "VANKIEN_DATA_DIR"
	}
	return "VANKIEN_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
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

const usageTemplate = `Cách dùng:
  {{.UseLine}}{{if .HasAvailableSubCommands}} LỆNH{{end}}
{{if .HasAvailableSubCommands}}
Các lệnh:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}

Gõ “{{.CommandPath}} LỆNH --help” để xem cách dùng một lệnh.
{{end}}{{if .HasAvailableLocalFlags}}
Tùy chọn:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
Tùy chọn chung (hoặc biến môi trường VANKIEN_…):
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}`
