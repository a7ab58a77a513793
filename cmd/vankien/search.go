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
	var asJSON bool
	var size int
	cmd := &cobra.Command{
		Use:   "search [--json] [--size N] CÂU_TÌM",
		Short: "Tìm trong kho",
		Args:  atLeast(1, "câu tìm"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if size < 1 || size > indexer.MaxPageSize {
				return usageError{fmt.Errorf("--size: từ 1 đến %d", indexer.MaxPageSize)}
			}
			// Whoever may read the data directory may read all of it.
			q := indexer.Query{Text: strings.Join(args, " "), Size: size, Audience: storage.AudienceStaff}.Normalize()
			if err := q.Check(); err != nil {
				return usageError{fmt.Errorf("%s", explain(err))}
			}
			answer, err := search(cmd, q)
			if err != nil {
				return err
			}
			return printAnswer(cmd, answer, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "in JSON như API")
	cmd.Flags().IntVar(&size, "size", 10, "`SỐ` kết quả, từ 1 đến 100")
	return cmd
}

// search asks the index, through the server that holds it where one runs.
func search(cmd *cobra.Command, q indexer.Query) (api.SearchAnswer, error) {
	if server, runs, err := running(cmd); err != nil || runs {
		if err != nil {
			return api.SearchAnswer{}, err
		}
		return server.search(cmd.Context(), q)
	}
	o, err := openExisting(cmd)
	if err != nil {
		return api.SearchAnswer{}, err
	}
	err = o.writer.Repair(cmd.Context(), nil)
	var result indexer.Result
	if err == nil {
		result, err = o.index.Search(cmd.Context(), q)
	}
	return api.NewSearchAnswer(q, result), o.close(err)
}

func printAnswer(cmd *cobra.Command, answer api.SearchAnswer, asJSON bool) error {
	if asJSON {
		encoder := json.NewEncoder(cmd.OutOrStdout())
		encoder.SetEscapeHTML(false)
		return encoder.Encode(answer)
	}
	_, err := fmt.Fprint(cmd.OutOrStdout(), printable(plainAnswer(answer)))
	return err
}

func plainAnswer(answer api.SearchAnswer) string {
	var plain strings.Builder
	if answer.Query.ReadAs != "" {
		fmt.Fprintf(&plain, "Đang tìm: %s.\n", answer.Query.ReadAs)
	}
	if len(answer.Query.Corrections) > 0 {
		fmt.Fprintf(&plain, "Có phải bạn muốn tìm: %s?\n", strings.Join(answer.Query.Corrections, " | "))
	}
	if answer.Total == 0 {
		plain.WriteString("Không tìm thấy văn bản nào.\n")
	} else {
		fmt.Fprintf(&plain, "Tìm thấy %d văn bản.\n", answer.Total)
	}
	if len(answer.Advice) > 0 {
		fmt.Fprintf(&plain, "Những câu tìm này có kết quả: %s\n", strings.Join(answer.Advice, " | "))
	}
	if answer.Total == 0 && len(answer.Advice)+len(answer.Nearest) == 0 {
		plain.WriteString("Hãy thử bỏ bớt từ hoặc điều kiện, chỉ giữ vài từ quan trọng nhất.\n")
	}
	if len(answer.Candidates) > 0 {
		fmt.Fprintf(&plain, "Có %d văn bản đúng với câu tìm. Gõ thêm năm, cơ quan ban hành hoặc vài chữ trong trích yếu để chọn:\n", len(answer.Candidates))
		plain.WriteString(choices(answer.Candidates))
	}
	if len(answer.Nearest) > 0 {
		plain.WriteString("Không có văn bản mang số này trong kho. Các số gần giống:\n" + choices(answer.Nearest))
	}
	for i, hit := range answer.Hits {
		title := string(hit.Title)
		if title == "" {
			title = "Văn bản chưa có trích yếu"
		}
		fmt.Fprintf(&plain, "\n%d. %s\n", i+1, title)
		line := nonEmpty(string(hit.Kind), string(hit.Number), indexer.DisplayDate(hit.Issued), string(hit.Issuer), hit.URL)
		fmt.Fprintf(&plain, "   %s\n", strings.Join(line, " · "))
		for _, passage := range hit.Passages {
			where := strings.Join(nonEmpty(fmt.Sprintf("trang %d", passage.Page), passage.Section), ", ")
			fmt.Fprintf(&plain, "   [%s] %s\n", where, marked(passage))
		}
	}
	return plain.String()
}

// choices are documents to choose from, a line each.
func choices(all []api.Candidate) string {
	var plain strings.Builder
	for _, c := range all {
		line := nonEmpty(string(c.Kind), string(c.Number), indexer.DisplayDate(c.Issued), string(c.Issuer), string(c.Title))
		fmt.Fprintf(&plain, "   - %s\n", strings.Join(line, " · "))
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
func marked(p api.Passage) string {
	runes := []rune(p.Text)
	var out strings.Builder
	at := 0
	for _, mark := range p.Marks {
		out.WriteString(string(runes[at:mark[0]]) + "«" + string(runes[mark[0]:mark[1]]) + "»")
		at = mark[1]
	}
	return out.String() + string(runes[at:])
}
