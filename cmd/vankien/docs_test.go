package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

var shellBlock = regexp.MustCompile("(?s)```sh\n(.*?)```")

// TestDocumentedCommands reads every command line in the documents the way the
// program would: its command, flags and number of arguments must exist.
func TestDocumentedCommands(t *testing.T) {
	documents, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, document := range append(documents, "../../README.md") {
		text, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range shellBlock.FindAllStringSubmatch(string(text), -1) {
			for line := range strings.Lines(block[1]) {
				words := strings.Fields(strings.TrimPrefix(strings.TrimSpace(line), "./"))
				if len(words) > 2 && words[0] == "go" && words[1] == "run" {
					words = append([]string{"vankien"}, words[3:]...)
				}
				if len(words) > 0 && words[0] == "vankien" {
					checked++
					checkCommand(t, document, words[1:])
				}
			}
		}
	}
	if checked < 8 {
		t.Errorf("only %d commands found in the documents", checked)
	}
}

func checkCommand(t *testing.T, document string, words []string) {
	t.Helper()
	cmd, rest, err := newRoot().Find(words)
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if err == nil {
		err = cmd.ValidateArgs(cmd.Flags().Args())
	}
	if err != nil {
		t.Errorf("%s: vankien %s: %v", document, strings.Join(words, " "), err)
	}
}

// TestDocumentedConfiguration: each flag that sets up a server stands in the
// README with its variable, and nothing else does. Of secrets, which are no
// flags for anybody to type, the variable stands there alone.
func TestDocumentedConfiguration(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile("(?m)^\\| (?:`--([a-z0-9-]+)`|–) \\| `([A-Z0-9_]+)` \\|")
	documented := make(map[string]string)
	for _, match := range row.FindAllStringSubmatch(string(text), -1) {
		name := match[1]
		for _, secret := range secretFlags {
			if name == "" && variable(secret) == match[2] {
				name = secret
			}
		}
		documented[name] = match[2]
	}
	serve, _, err := newRoot().Find([]string{"serve"})
	if err != nil {
		t.Fatal(err)
	}
	serve.InheritedFlags() // joins the flags of the root
	serve.Flags().VisitAll(func(flag *pflag.Flag) {
		if flag.Name == "sample" || flag.Name == "help" {
			return
		}
		if documented[flag.Name] != variable(flag.Name) {
			t.Errorf("--%s: the README says %q, want %q", flag.Name, documented[flag.Name], variable(flag.Name))
		}
		delete(documented, flag.Name)
	})
	for flag := range documented {
		t.Errorf("the README documents --%s, which serve does not have", flag)
	}
}
