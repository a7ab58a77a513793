package eval_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"vankien/indexer/bleveindex"
	"vankien/indexer/eval"
)

var approximately = cmpopts.EquateApprox(0, 1e-9)

// Worked by hand: DCG gains are 1, 1/log2 3 = .6309, 1/2, … by rank.
func TestJudge(t *testing.T) {
	many := make([]string, 12)
	for i := range many {
		many[i] = fmt.Sprint(i)
	}
	second, third := 1/math.Log2(3), .5
	for _, test := range []struct {
		name            string
		found, relevant []string
		want            eval.Scores
	}{
		{"first", []string{"a", "b"}, []string{"a"}, eval.Scores{N: 1, Recall1: 1, Recall10: 1, MRR10: 1, NDCG10: 1}},
		{"third", []string{"x", "y", "a"}, []string{"a"}, eval.Scores{N: 1, Recall10: 1, MRR10: 1. / 3, NDCG10: third}},
		{"second and third of two", []string{"x", "a", "b"}, []string{"b", "a"}, eval.Scores{N: 1, Recall10: 1, MRR10: .5, NDCG10: (second + third) / (1 + second)}},
		{"one of two, first", []string{"a", "x"}, []string{"a", "b"}, eval.Scores{N: 1, Recall1: .5, Recall10: .5, MRR10: 1, NDCG10: 1 / (1 + second)}},
		{"not found", []string{"x", "y"}, []string{"a"}, eval.Scores{N: 1}},
		{"nothing found", nil, []string{"a"}, eval.Scores{N: 1}},
		{"nothing is relevant", []string{"a"}, nil, eval.Scores{N: 1}},
		{"the eleventh is too late", append(strings.Split("zyxwvutsrq", ""), "a"), []string{"a"}, eval.Scores{N: 1}},
		{"the tenth is not", append(strings.Split("zyxwvutsr", ""), "a"), []string{"a"}, eval.Scores{N: 1, Recall10: 1, MRR10: .1, NDCG10: 1 / math.Log2(11)}},
		{"more are relevant than can be shown", many, many, eval.Scores{N: 1, Recall1: 1. / 12, Recall10: 10. / 12, MRR10: 1, NDCG10: 1}},
	} {
		if diff := cmp.Diff(test.want, eval.Judge(test.found, test.relevant), approximately); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestMean(t *testing.T) {
	got := eval.Mean([]eval.Scores{
		{N: 1, Recall1: 1, Recall10: 1, MRR10: 1, NDCG10: 1},
		{N: 1, Recall10: 1, MRR10: .5, NDCG10: .6},
		{N: 1},
	})
	want := eval.Scores{N: 3, Recall1: 1. / 3, Recall10: 2. / 3, MRR10: .5, NDCG10: 1.6 / 3}
	if diff := cmp.Diff(want, got, approximately); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := eval.Mean(nil); got != (eval.Scores{}) {
		t.Errorf("the mean of nothing is %+v", got)
	}
}

func TestTyping(t *testing.T) {
	const text = "Đảng viên đóng đảng phí ở đâu?"
	for typing, want := range map[eval.Typing]string{
		eval.Accented: "Đảng viên đóng đảng phí ở đâu?",
		eval.Stripped: "dang vien dong dang phi o dau?",
		eval.Half:     "dang viên dong đảng phi ở dau?",
	} {
		if got := typing.Type(text); got != want {
			t.Errorf("%s: %q, want %q", typing, got, want)
		}
		if got := typing.Type(""); got != "" {
			t.Errorf("%s of nothing is %q", typing, got)
		}
	}
	if len(eval.Typings) != 3 {
		t.Errorf("%v", eval.Typings)
	}
}

var records = []eval.Record{
	{ID: "a1", Title: "Kết nạp đảng viên", Text: "Người vào Đảng phải đủ mười tám tuổi.", Law: "A"},
	{ID: "b1", Title: "Chuyển sinh hoạt", Text: "Đảng viên làm thủ tục chuyển sinh hoạt đảng.", Law: "B"},
	{ID: "a2", Title: "Đảng phí", Text: "Đảng viên đóng đảng phí hằng tháng.", Law: "A"},
	{ID: "c", Text: "Huy hiệu Đảng được trao vào ngày lễ lớn."},
	{ID: "A", Text: "Một bản ghi không thuộc luật nào."},
}

func TestRecordsOfOneLawAreOneDocument(t *testing.T) {
	var got [][]string
	seen := map[string]bool{}
	for _, entry := range eval.NewCorpus(records).Entries {
		var texts []string
		for _, p := range entry.Passages {
			texts = append(texts, p.Title+": "+p.Text)
			if p.PageAt(0) != 1 {
				t.Errorf("%s is on page %d", p.Text, p.PageAt(0))
			}
		}
		got = append(got, texts)
		if id := string(entry.Document.ID); seen[id] || !entry.Document.Findable() {
			t.Errorf("document %s", id)
		}
		seen[string(entry.Document.ID)] = true
	}
	text := func(i int) string { return records[i].Title + ": " + records[i].Text }
	want := [][]string{{text(0), text(2)}, {text(1)}, {text(3)}, {text(4)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is asked for and judged are records, not documents.
func TestAsk(t *testing.T) {
	index, err := bleveindex.Open(t.TempDir(), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := index.Close(); err != nil {
			t.Error(err)
		}
	})
	corpus := eval.NewCorpus(records)
	if err := corpus.Fill(t.Context(), index); err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string]string{
		"đóng đảng phí":                     "a2",
		"ket nap dang vien":                 "a1",
		"thủ tục chuyển sinh hoạt":          "b1",
		"trao huy hiệu":                     "c",
		strings.Repeat("huy hiệu lễ ", 100): "c", // more than the search box takes
	} {
		found, _, err := corpus.Ask(t.Context(), index, question)
		if err != nil || len(found) == 0 || found[0] != want {
			t.Errorf("%s: %v, %v, want %s", question, found, err, want)
		}
	}
}

func TestReadLines(t *testing.T) {
	const lines = `{"id":"1","text":"một"}` + "\n\n" + `{"id":"2","text":"hai","law_id":"A","other":1}`
	var zipped bytes.Buffer
	zip := gzip.NewWriter(&zipped)
	if _, err := zip.Write([]byte(lines)); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	errUse := errors.New("no more")
	for _, test := range []struct {
		name, data string
		want       int
		fails      string
	}{
		{"plain", lines, 2, ""},
		{"gzipped", zipped.String(), 2, ""},
		{"empty", "", 0, ""},
		{"one byte", "{", 0, "record 1"},
		{"broken", lines + "\n{", 2, "record 3"},
		{"not what is asked for", `{"id":1}`, 0, "record 1"},
		{"gzip that is cut", zipped.String()[:zipped.Len()-9], 2, "record 3"},
		{"gzip and nothing in it", "\x1f\x8b", 0, "file"},
	} {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, []byte(test.data), 0o600); err != nil {
			t.Fatal(err)
		}
		n := 0
		err := eval.ReadLines(path, func(eval.Record) error { n++; return nil })
		if n != test.want || (err == nil) != (test.fails == "") || err != nil && !strings.Contains(err.Error(), test.fails) {
			t.Errorf("%s: %d records, %v", test.name, n, err)
		}
		if err := eval.ReadLines(path, func(eval.Record) error { return errUse }); test.want > 0 && !errors.Is(err, errUse) {
			t.Errorf("%s: an error of use is %v", test.name, err)
		}
	}
	if err := eval.ReadLines(filepath.Join(t.TempDir(), "none"), func(eval.Record) error { return nil }); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}
