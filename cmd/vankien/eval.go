package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"vankien/indexer/bleveindex"
	"vankien/indexer/eval"
)

// evalReport is what "eval --json" prints.
type evalReport struct {
	Sets         map[string]eval.Scores `json:"sets"`
	IndexSeconds float64                `json:"index_seconds"`
	IndexBytes   int64                  `json:"index_bytes"`
	QueryMS      percentiles            `json:"query_ms"`
}

type percentiles struct {
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
}

func evalCommand() *cobra.Command {
	var corpus, queries, typing string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "eval --corpus TỆP --queries TỆP [--typing accented|stripped|half]",
		Short: "Đo chất lượng xếp hạng trên bộ câu hỏi đã chấm, bằng một chỉ mục tạm",
		Args:  none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if corpus == "" || queries == "" {
				return usageError{errors.New("cần cả --corpus và --queries")}
			}
			if !slices.Contains(eval.Typings, eval.Typing(typing)) {
				return usageError{fmt.Errorf("--typing %q: chọn một trong %v", typing, eval.Typings)}
			}
			report, err := evaluate(cmd.Context(), corpus, queries, eval.Typing(typing))
			if err != nil {
				return err
			}
			return printReport(cmd, report, asJSON)
		},
	}
	cmd.Flags().StringVar(&corpus, "corpus", "", "`TỆP` JSONL các đoạn văn bản, nén gzip cũng được")
	cmd.Flags().StringVar(&queries, "queries", "", "`TỆP` JSONL các câu hỏi đã chấm, nén gzip cũng được")
	cmd.Flags().StringVar(&typing, "typing", string(eval.Accented), "`CÁCH` gõ dấu: accented, stripped hoặc half")
	cmd.Flags().BoolVar(&asJSON, "json", false, "in JSON")
	return cmd
}

// evaluate measures on a throw-away index.
func evaluate(ctx context.Context, corpusPath, queriesPath string, typing eval.Typing) (report evalReport, err error) {
	var records []eval.Record
	if err := eval.ReadLines(corpusPath, func(r eval.Record) error { records = append(records, r); return nil }); err != nil {
		return report, err
	}
	dir, err := os.MkdirTemp("", "vankien-eval-*")
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	index, err := bleveindex.Open(dir, slog.Default())
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, index.Close()) }()

	corpus := eval.NewCorpus(records)
	began := time.Now()
	if err := corpus.Fill(ctx, index); err != nil {
		return report, err
	}
	report.IndexSeconds = time.Since(began).Seconds()
	if report.IndexBytes, err = folderSize(dir); err != nil {
		return report, err
	}
	scores := make(map[string][]eval.Scores)
	var times []float64
	err = eval.ReadLines(queriesPath, func(q eval.Question) error {
		found, took, err := corpus.Ask(ctx, index, typing.Type(q.Text))
		if err != nil {
			return err
		}
		scores[q.Set] = append(scores[q.Set], eval.Judge(found, q.Relevant))
		times = append(times, float64(took.Microseconds())/1000)
		return nil
	})
	report.Sets = make(map[string]eval.Scores)
	for set, all := range scores {
		report.Sets[set] = eval.Mean(all)
	}
	slices.Sort(times)
	if n := len(times); n > 0 {
		report.QueryMS = percentiles{P50: times[n/2], P95: times[n*95/100]}
	}
	return report, err
}

func folderSize(dir string) (int64, error) {
	var size int64
	err := filepath.WalkDir(dir, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) { // a segment that was merged away meanwhile
			return nil
		}
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}

func printReport(cmd *cobra.Command, report evalReport, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(cmd.OutOrStdout()).Encode(report)
	}
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "%-10s %6s %8s %8s %8s %8s\n", "bộ", "câu", "R@1", "R@10", "MRR@10", "nDCG@10")
	for _, set := range slices.Sorted(maps.Keys(report.Sets)) {
		s := report.Sets[set]
		fmt.Fprintf(out, "%-10s %6d %8.3f %8.3f %8.3f %8.3f\n", set, s.N, s.Recall1, s.Recall10, s.MRR10, s.NDCG10)
	}
	_, err := fmt.Fprintf(out, "lập chỉ mục %.1f s, %d byte; mỗi câu p50 %.1f ms, p95 %.1f ms\n",
		report.IndexSeconds, report.IndexBytes, report.QueryMS.P50, report.QueryMS.P95)
	return err
}
