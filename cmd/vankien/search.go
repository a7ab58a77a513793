package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"vankien/api"
	"vankien/indexer"
	"vankien/storage"
)

func searchCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "search [--json] [--size N] CÂU_TÌM",
		Short: "Tìm trong kho",
		Args:  atLeast(1, "câu tìm"),
		RunE: func(cmd *cobra.Command, args []string) error {
			size, err := cmd.Flags().GetInt("size")
			if err != nil {
				return err
			}
			// Whoever may read the data directory may read all of it.
			q := indexer.Query{Text: strings.Join(args, " "), Size: size, Audience: storage.AudienceStaff}.Normalize()
			if err := q.Check(); err != nil {
				return usageError{fmt.Errorf("%s", explain(err))}
			}
			o, err := open(cmd)
			if err != nil {
				return err
			}
			return o.close(search(cmd, o, q))
		},
	}
	cmd.Flags().Bool("json", false, "in JSON như API")
	cmd.Flags().Int("size", 10, "số kết quả")
	return cmd
}

func search(cmd *cobra.Command, o *opened, q indexer.Query) error {
	if err := o.writer.Repair(cmd.Context(), nil); err != nil {
		return err
	}
	result, err := o.index.Search(cmd.Context(), q)
	if err != nil {
		return err
	}
	asJSON, err := cmd.Flags().GetBool("json")
	if err != nil {
		return err
	}
	if asJSON {
		encoder := json.NewEncoder(cmd.OutOrStdout())
		encoder.SetEscapeHTML(false)
		return encoder.Encode(api.NewSearchAnswer(q, result))
	}
	_, err = fmt.Fprint(cmd.OutOrStdout(), plainResult(result))
	return err
}

func plainResult(result indexer.Result) string {
	var plain strings.Builder
	if result.ReadAs != "" {
		fmt.Fprintf(&plain, "Đang tìm %s.\n", result.ReadAs)
	}
	fmt.Fprintf(&plain, "Tìm thấy %d văn bản.\n", result.Total)
	for i, hit := range result.Hits {
		facts := hit.Document.Facts
		fmt.Fprintf(&plain, "\n%d. %s\n", i+1, indexer.DisplayTitle(hit.Document))
		if line := strings.Join(nonEmpty(string(facts.Kind), string(facts.Number), string(facts.Issued), string(facts.Issuer)), " · "); line != "" {
			fmt.Fprintf(&plain, "   %s\n", line)
		}
		for _, passage := range hit.Passages {
			where := strings.Join(nonEmpty(fmt.Sprintf("trang %d", passage.Page), passage.Section), ", ")
			fmt.Fprintf(&plain, "   [%s] %s\n", where, marked(passage))
		}
	}
	return plain.String()
}

func nonEmpty(values ...string) []string {
	var kept []string
	for _, value := range values {
		if value != "" {
			kept = append(kept, value)
		}
	}
	return kept
}

// marked is a passage with its marks in «guillemets».
func marked(p indexer.MatchedPassage) string {
	runes := []rune(p.Text)
	var out strings.Builder
	at := 0
	for _, mark := range p.Marks {
		out.WriteString(string(runes[at:mark[0]]) + "«" + string(runes[mark[0]:mark[1]]) + "»")
		at = mark[1]
	}
	return out.String() + string(runes[at:])
}
