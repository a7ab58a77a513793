package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/joho/godotenv"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// configure sets the flags that the command line did not, from the environment
// and from the configuration file.
func configure(cmd *cobra.Command) error {
	flags := cmd.Flags()
	if err := refuseSecrets(flags); err != nil {
		return err
	}
	path, err := flags.GetString("config")
	if err != nil {
		return err
	}
	if path == "" {
		path = os.Getenv(variable("config"))
	}
	file, err := readConfiguration(cmd.Root(), path)
	if err != nil {
		return usageError{fmt.Errorf("tệp cấu hình %s: %w", printableName(path), err)}
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
			wrong = errors.Join(wrong, usageError{fmt.Errorf("%s: %w", name, flagError(err))})
		}
	})
	return wrong
}

// readConfiguration reads the file at path; "" is none. A name of ours that no
// flag of any command has is a slip that would go unseen, other names are for
// other programs.
func readConfiguration(root *cobra.Command, path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, errors.New(fileReason(err))
	}
	values, err := godotenv.UnmarshalBytes(text)
	if err != nil {
		return nil, errors.New("có dòng không ở dạng TÊN=giá_trị")
	}
	known := variables(root)
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if strings.HasPrefix(name, prefix) && !known[name] {
			return nil, fmt.Errorf("dòng %d: không có biến %s", lineOf(name, string(text)), name)
		}
	}
	return values, nil
}

// lineOf is the number of the line that sets the variable, from 1.
func lineOf(name, text string) int {
	at := regexp.MustCompile(`(?m)^\s*(export\s+)?` + regexp.QuoteMeta(name) + `\s*[=:]`).FindStringIndex(text)
	if at == nil {
		return 1 // only where godotenv reads names otherwise than we do
	}
	return 1 + strings.Count(text[:at[0]], "\n") + strings.Count(text[at[0]:at[1]], "\n")
}

// variables are the names of all flags of all commands.
func variables(root *cobra.Command) map[string]bool {
	names := make(map[string]bool)
	each(root, func(cmd *cobra.Command) {
		for _, flags := range []*pflag.FlagSet{cmd.Flags(), cmd.PersistentFlags()} {
			flags.VisitAll(func(flag *pflag.Flag) {
				if flag.Name != "help" {
					names[variable(flag.Name)] = true
				}
			})
		}
	})
	return names
}

// prefix is that of our variables.
const prefix = "VANKIEN_"

// variable is the environment's name for a flag. VANKIEN_DATA is taken: it
// names the private measuring data of the tests, which a server started from
// the same shell must never take for its library.
func variable(flag string) string {
	if flag == "data" {
		return prefix + "DATA_DIR"
	}
	return prefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}
