package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// speakVietnamese gives the command tree its help, errors and usage in
// Vietnamese: those of cobra are English.
func speakVietnamese(root *cobra.Command) {
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{flagError(err)} })
	root.SetUsageFunc(func(cmd *cobra.Command) error {
		_, err := io.WriteString(cmd.OutOrStderr(), usage(cmd))
		return err
	})
	root.SetHelpCommand(helpCommand())
	root.InitDefaultHelpCmd()
	each(root, func(cmd *cobra.Command) {
		cmd.DisableFlagsInUseLine = true // cobra's "[flags]"
		cmd.InitDefaultHelpFlag()
		cmd.Flags().Lookup("help").Usage = "in cách dùng lệnh này"
	})
}

// each calls visit with a command and all below it.
func each(cmd *cobra.Command, visit func(*cobra.Command)) {
	visit(cmd)
	for _, below := range cmd.Commands() {
		each(below, visit)
	}
}

func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "help [LỆNH]",
		Short:             "In cách dùng một lệnh",
		PersistentPreRunE: func(*cobra.Command, []string) error { return nil }, // help needs no configuration
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usageError{fmt.Errorf("không có lệnh %q", strings.Join(args, " "))}
			}
			return about.Help()
		},
	}
}

// usage is how a command is called and what its flags mean.
func usage(cmd *cobra.Command) string {
	var text strings.Builder
	line := cmd.UseLine()
	if cmd.HasAvailableSubCommands() {
		line += " LỆNH"
	}
	fmt.Fprintf(&text, "Cách dùng:\n  %s [TÙY_CHỌN]\n", line)
	if cmd.HasAvailableSubCommands() {
		text.WriteString("\nCác lệnh:\n")
		for _, below := range cmd.Commands() {
			if below.IsAvailableCommand() {
				fmt.Fprintf(&text, "  %-*s %s\n", below.NamePadding(), below.Name(), below.Short)
			}
		}
		fmt.Fprintf(&text, "\nGõ “%s LỆNH --help” để xem cách dùng một lệnh.\n", cmd.CommandPath())
	}
	if cmd.HasAvailableLocalFlags() {
		text.WriteString("\nTùy chọn:\n" + flagUsages(cmd.LocalFlags()))
	}
	if cmd.HasAvailableInheritedFlags() {
		text.WriteString("\nTùy chọn chung (mọi tùy chọn cũng đặt được bằng biến môi trường VANKIEN_…):\n" + flagUsages(cmd.InheritedFlags()))
	}
	return text.String()
}

// flagUsages is a line for each flag. pflag's own are aligned by bytes, which
// Vietnamese has more of than columns, and say "default" in English.
func flagUsages(flags *pflag.FlagSet) string {
	type row struct{ left, right string }
	var rows []row
	width := 0
	flags.VisitAll(func(flag *pflag.Flag) {
		if flag.Hidden {
			return
		}
		value, meaning := pflag.UnquoteUsage(flag)
		left := "      --" + flag.Name
		if flag.Shorthand != "" {
			left = "  -" + flag.Shorthand + ", --" + flag.Name
		}
		if value != "" {
			left += " " + value
		}
		if flag.DefValue != "" && flag.DefValue != "false" && flag.DefValue != "[]" {
			meaning += " (mặc định " + flag.DefValue + ")"
		}
		rows = append(rows, row{left, meaning})
		width = max(width, utf8.RuneCountInString(left))
	})
	var text strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&text, "%-*s   %s\n", width, r.left, r.right)
	}
	return text.String()
}
